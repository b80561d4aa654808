// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/ppo.h"
#include "validate/check.hpp"

#include <cstring>
#include <string>
#include <string_view>

namespace ppo_validate {
[[nodiscard]] inline ppo_text borrow(std::string_view text) { return {text.data(), text.size()}; }
[[nodiscard]] inline std::string copy(ppo_text text) {
    return text.data == nullptr ? std::string{} : std::string{text.data, text.size};
}

/// UTF-8 without U+0000, as the contract has it.
[[nodiscard]] bool is_good_text(std::string_view text);
/// Text of the plugin as it can be printed, whatever it is: at most 300 bytes.
[[nodiscard]] std::string clean(std::string_view text);
[[nodiscard]] std::string clean(ppo_text text);

/// "refused_no_email (-1006)"; the number alone for what this major does not name.
[[nodiscard]] std::string name_of(ppo_result result);
[[nodiscard]] inline bool is_refused(ppo_result result) {
    return result <= -1000 && result >= -1999;
}
[[nodiscard]] inline bool is_misuse(ppo_result result) {
    return result <= -2000 && result >= -2999;
}
[[nodiscard]] inline bool is_fault(ppo_result result) { return result <= -3000 && result >= -3999; }
/// One of the four bands that the contract documents.
[[nodiscard]] inline bool is_defined(ppo_result result) {
    return (result >= PPO_OK && result <= PPO_MORE) || is_refused(result) || is_misuse(result) ||
           is_fault(result);
}

/// A struct of the contract, all zero but its size.
template <class Struct>
[[nodiscard]] Struct fresh() {
    Struct made{};
    made.struct_size = sizeof made;
    return made;
}

/// A library that cannot be loaded, or has no entry.
struct NothingToAsk : CannotGoOn {
    using CannotGoOn::CannotGoOn;
};

/// The plugin, loaded as a host loads it. Throws CannotGoOn, a NothingToAsk before its entry.
class Library {
public:
    explicit Library(const std::filesystem::path& path);
    ~Library();
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    [[nodiscard]] ppo_plugin_entry_function entry() const { return entry_; }
    [[nodiscard]] const ppo_plugin& core() const { return *core_; }
    /// NULL if the plugin does not offer the interface.
    template <class Table>
    [[nodiscard]] const Table* table(const char* id) const {
        return static_cast<const Table*>(core_->query({id, std::strlen(id)}));
    }
    /// Throws NotOffered.
    template <class Table>
    [[nodiscard]] const Table& required(const char* id) const {
        const auto* found = table<Table>(id);
        if (found == nullptr) throw NotOffered{std::string{"the plugin does not offer "} + id};
        return *found;
    }

private:
    void* handle_ = nullptr;
    ppo_plugin_entry_function entry_ = nullptr;
    const ppo_plugin* core_ = nullptr;
};
}  // namespace ppo_validate
