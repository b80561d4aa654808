// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings_file.hpp"
#include "web/http.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ppo_sim {
/// One of the words that a setting may be, and what people call it.
struct SettingOption {
    const char* value = "";
    const char* label = "";
};

/// One input of the settings page. Its name is the setting's, but for the three that make up
/// `mail_transport`.
struct SettingField {
    const char* name = "";
    const char* label = "";
    const char* hint = "";
    bool required = false;                     // Its value is always kept, also an empty one.
    std::span<const SettingOption> options{};  // None: something to type.
};

struct SettingGroup {
    const char* title = "";
    std::span<const SettingField> fields{};
};

[[nodiscard]] std::span<const SettingGroup> setting_groups();

/// What the inputs show while `choices` run as `settings`; the password is never shown.
[[nodiscard]] Form to_form(const Choices& choices, const Settings& settings);

/// The choices that a form means, with those of `now` that the page does not show. A password that
/// was not typed again goes on, but only to the server and user that it was typed for: else it is
/// in `bad`.
[[nodiscard]] Choices to_choices(const Form& form, const Choices& now, std::vector<BadChoice>& bad);

/// The input where a setting is typed.
[[nodiscard]] std::string input_of(const std::string& setting);
}  // namespace ppo_sim
