// SPDX-License-Identifier: Apache-2.0
#include "validate/plugin_file.hpp"

#include <elf.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

namespace ppo_validate {
namespace {
constexpr auto cut_off = " is cut off, and ends before what its own headers name: copy it anew";

/// Empty beyond the end. Reads no more than this: the file may be anything, and of any size.
template <class Struct>
std::optional<Struct> struct_at(std::ifstream& file, std::uint64_t offset) {
    Struct read{};
    file.clear();
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(reinterpret_cast<char*>(&read), sizeof read);
    return file ? std::optional{read} : std::nullopt;
}

bool begins_as_elf(std::ifstream& file) {
    struct Magic {
        char bytes[SELFMAG];
    };
    const auto magic = struct_at<Magic>(file, 0);
    return magic && std::memcmp(magic->bytes, ELFMAG, SELFMAG) == 0;
}

bool is_of_this_machine(const Elf64_Ehdr& header) {
    std::ifstream this_program{"/proc/self/exe", std::ios::binary};
    const auto own = struct_at<Elf64_Ehdr>(this_program, 0);
    return !own ||
           (header.e_ident[EI_CLASS] == own->e_ident[EI_CLASS] &&
            header.e_ident[EI_DATA] == own->e_ident[EI_DATA] && header.e_machine == own->e_machine);
}

/// Whatever is loaded of it is there; reading what is not would be a crash within dlopen.
bool is_whole(std::ifstream& file, const Elf64_Ehdr& header) {
    file.clear();
    file.seekg(0, std::ios::end);
    const auto size = static_cast<std::uint64_t>(file.tellg());
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        const auto segment = struct_at<Elf64_Phdr>(file, header.e_phoff + i * sizeof(Elf64_Phdr));
        if (!segment) return false;
        if (segment->p_type == PT_LOAD &&
            (segment->p_offset > size || size - segment->p_offset < segment->p_filesz))
            return false;
    }
    return true;
}

/// A program that may lie anywhere in memory is an ELF file of a library's type; one flag tells.
bool is_marked_as_program(std::ifstream& file, const Elf64_Ehdr& header) {
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        const auto segment = struct_at<Elf64_Phdr>(file, header.e_phoff + i * sizeof(Elf64_Phdr));
        if (!segment) return false;
        if (segment->p_type != PT_DYNAMIC) continue;
        for (std::uint64_t at = 0; at < segment->p_filesz; at += sizeof(Elf64_Dyn)) {
            const auto entry = struct_at<Elf64_Dyn>(file, segment->p_offset + at);
            if (!entry || entry->d_tag == DT_NULL) break;
            if (entry->d_tag == DT_FLAGS_1) return (entry->d_un.d_val & DF_1_PIE) != 0;
        }
    }
    return false;
}

std::string why_no_library_of_elf(std::ifstream& file) {
    const auto header = struct_at<Elf64_Ehdr>(file, 0);
    if (!header) return cut_off;
    if (!is_of_this_machine(*header))
        return " is built for another machine than this ppo-validate: check it there";
    if (header->e_type == ET_REL) return " is an object file: link it as a library, with -shared";
    if (header->e_type == ET_EXEC || is_marked_as_program(file, *header))
        return " is a program, and a plugin is a library: link it with -shared";
    if (header->e_type != ET_DYN) return " is an ELF file, but no library: name the plugin's .so";
    if (!is_whole(file, *header)) return cut_off;
    return {};
}
}  // namespace

std::string why_no_library(const std::filesystem::path& path) {
    std::error_code failure;
    const auto status = std::filesystem::status(path, failure);
    if (status.type() == std::filesystem::file_type::not_found)
        return "there is no file " + path.string();
    if (status.type() == std::filesystem::file_type::none)
        return path.string() + " cannot be looked at: " + failure.message();
    if (std::filesystem::is_directory(status))
        return path.string() + " is a folder: name the plugin's file in it";
    if (!std::filesystem::is_regular_file(status))
        return path.string() + " is no regular file: name the plugin's .so";
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file) return path.string() + " cannot be read: " + std::strerror(errno);
    if (!begins_as_elf(file))
        return path.string() + " is no ELF file, and so no library: name the plugin's .so";
    const std::string why = why_no_library_of_elf(file);
    return why.empty() ? why : path.string() + why;
}
}  // namespace ppo_validate
