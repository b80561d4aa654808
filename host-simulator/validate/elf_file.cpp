// SPDX-License-Identifier: Apache-2.0
#include "validate/elf_file.hpp"

#include "validate/check.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace ppo_validate {
namespace {
/// The file's bytes; whatever stands beyond them is an error of the file.
class Bytes {
public:
    explicit Bytes(const std::filesystem::path& path) {
        std::ifstream file{path, std::ios::binary};
        bytes_.assign(std::istreambuf_iterator<char>{file}, {});
    }
    template <class Struct>
    [[nodiscard]] Struct at(std::uint64_t offset) const {
        Struct read{};
        if (offset > bytes_.size() || bytes_.size() - offset < sizeof read)
            throw CannotGoOn{"The file is cut off: it ends before what its own headers name."};
        std::memcpy(&read, bytes_.data() + offset, sizeof read);
        return read;
    }
    [[nodiscard]] std::string text(std::uint64_t offset) const {
        if (offset >= bytes_.size()) return {};
        return std::string{bytes_.c_str() + offset};
    }

private:
    std::string bytes_{};
};

void read_symbols(const Bytes& bytes, const Elf64_Shdr& section, std::uint64_t names,
                  ElfFile& file) {
    for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= section.sh_size; at += sizeof(Elf64_Sym)) {
        const auto symbol = bytes.at<Elf64_Sym>(section.sh_offset + at);
        const auto binding = ELF64_ST_BIND(symbol.st_info);
        const auto visibility = ELF64_ST_VISIBILITY(symbol.st_other);
        // An absolute symbol is the name of a version, not something to call.
        const bool defined = symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS;
        const bool visible = binding != STB_LOCAL &&
                             (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
        if (defined && visible)
            file.exported.push_back({bytes.text(names + symbol.st_name),
                                     ELF64_ST_TYPE(symbol.st_info) == STT_FUNC,
                                     binding == STB_GNU_UNIQUE});
    }
}

void read_dynamic(const Bytes& bytes, const Elf64_Shdr& section, std::uint64_t names,
                  ElfFile& file) {
    for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= section.sh_size; at += sizeof(Elf64_Dyn)) {
        const auto entry = bytes.at<Elf64_Dyn>(section.sh_offset + at);
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_NEEDED) file.needed.push_back(bytes.text(names + entry.d_un.d_val));
        if (entry.d_tag == DT_TEXTREL) file.has_text_relocations = true;
        if (entry.d_tag == DT_FLAGS && (entry.d_un.d_val & DF_TEXTREL) != 0)
            file.has_text_relocations = true;
    }
}
}  // namespace

ElfFile read_elf(const std::filesystem::path& path) {
    const Bytes bytes{path};
    const auto header = bytes.at<Elf64_Ehdr>(0);
    if (header.e_shnum == 0)
        throw CannotGoOn{"The file has no section headers, so its symbols cannot be read."};
    ElfFile file;
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        const auto segment = bytes.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
        if (segment.p_type == PT_GNU_STACK && (segment.p_flags & PF_X) != 0)
            file.has_executable_stack = true;
    }
    const auto section_at = [&](std::uint64_t index) {
        return bytes.at<Elf64_Shdr>(header.e_shoff + index * sizeof(Elf64_Shdr));
    };
    for (unsigned i = 0; i < header.e_shnum; ++i) {
        const auto section = section_at(i);
        if (section.sh_type != SHT_DYNSYM && section.sh_type != SHT_DYNAMIC) continue;
        const std::uint64_t names = section_at(section.sh_link).sh_offset;
        if (section.sh_type == SHT_DYNSYM) read_symbols(bytes, section, names, file);
        if (section.sh_type == SHT_DYNAMIC) read_dynamic(bytes, section, names, file);
    }
    return file;
}
}  // namespace ppo_validate
