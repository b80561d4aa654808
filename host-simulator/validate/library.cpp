// SPDX-License-Identifier: Apache-2.0
#include "validate/library.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>

namespace ppo_validate {
namespace {
/// Bytes of the character that begins here, or 0 if none does.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    const unsigned second = byte(1);
    const bool bad = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                     (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return bad ? 0 : size;
}

struct Named {
    ppo_result result;
    const char* name;
};
#define PPO_NAMED(name) \
    Named { name, #name }
constexpr std::array names{
    PPO_NAMED(PPO_OK),
    PPO_NAMED(PPO_STOPPED),
    PPO_NAMED(PPO_MORE),
    PPO_NAMED(PPO_REFUSED_NOT_PERMITTED),
    PPO_NAMED(PPO_REFUSED_UNKNOWN_PATIENT),
    PPO_NAMED(PPO_REFUSED_SIGN_IN),
    PPO_NAMED(PPO_REFUSED_BATCH_STATE),
    PPO_NAMED(PPO_MISUSE_NULL),
    PPO_NAMED(PPO_MISUSE_STRUCT_SIZE),
    PPO_NAMED(PPO_MISUSE_HANDLE),
    PPO_NAMED(PPO_MISUSE_STATE),
    PPO_NAMED(PPO_MISUSE_TEXT_TOO_LONG),
    PPO_NAMED(PPO_MISUSE_TEXT_NOT_UTF8),
    PPO_NAMED(PPO_MISUSE_TEXT_HAS_NUL),
    PPO_NAMED(PPO_MISUSE_TEXT_EMPTY),
    PPO_NAMED(PPO_MISUSE_VALUE),
    PPO_NAMED(PPO_MISUSE_UNKNOWN_ID),
    PPO_NAMED(PPO_MISUSE_SETTING),
    PPO_NAMED(PPO_FAULT_INTERNAL),
    PPO_NAMED(PPO_FAULT_MEMORY),
    PPO_NAMED(PPO_FAULT_HOST),
    PPO_NAMED(PPO_FAULT_CLOCK),
    PPO_NAMED(PPO_FAULT_STORE),
    PPO_NAMED(PPO_FAULT_STORE_BUSY),
    PPO_NAMED(PPO_FAULT_KEYS),
};
#undef PPO_NAMED
}  // namespace

bool is_good_text(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = character(text);
        if (size == 0 || text.front() == '\0') return false;
        text.remove_prefix(size);
    }
    return true;
}

std::string clean(std::string_view text) {
    std::string printable;
    while (!text.empty() && printable.size() < 300) {
        const std::size_t size = character(text);
        const bool shown = size > 1 || (size == 1 && text.front() >= ' ');
        printable += shown ? std::string{text.substr(0, size)} : "?";
        text.remove_prefix(std::max<std::size_t>(1, size));
    }
    return printable;
}

std::string clean(ppo_text text) {
    return text.data == nullptr
               ? std::string{}
               : clean(std::string_view{text.data, std::min<std::size_t>(text.size, 300)});
}

std::string name_of(ppo_result result) {
    const auto* found = std::find_if(names.begin(), names.end(),
                                     [result](const Named& one) { return one.result == result; });
    return found == names.end() ? std::to_string(result)
                                : std::string{found->name} + " (" + std::to_string(result) + ")";
}

Library::Library(const std::filesystem::path& path) {
    handle_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle_ == nullptr) {
        const char* why = dlerror();
        throw NothingToAsk{"The library cannot be loaded: " + clean(why == nullptr ? "" : why)};
    }
    entry_ = reinterpret_cast<ppo_plugin_entry_function>(dlsym(handle_, "ppo_plugin_entry"));
    if (entry_ == nullptr) throw NothingToAsk{"The library has no ppo_plugin_entry."};
    core_ = entry_(PPO_ABI_MAJOR);
    if (core_ == nullptr) throw CannotGoOn{"ppo_plugin_entry(1) answered NULL."};
    if (!PPO_HAS(ppo_plugin, core_, query) || core_->query == nullptr)
        throw CannotGoOn{"The core table is too small, or its slot query is NULL."};
}

Library::~Library() {
    if (handle_ != nullptr) dlclose(handle_);
}
}  // namespace ppo_validate
