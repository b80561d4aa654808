// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/template_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// Something that stands against mailing a text.
struct TemplateFinding {
    std::string part{};      // "subject", "text", "html".
    int line = 1;            // In the part, from 1.
    std::string code{};      // Stable: "no_link".
    std::string sentence{};  // What is wrong and how to mend it.
};

/// Everything that stands against mailing these texts, part by part; nothing if they can be mailed.
/// Texts without a finding yield mails with exactly one link in each part, load nothing and run
/// nothing, whatever the values are. At most a few dozen findings a part.
[[nodiscard]] std::vector<TemplateFinding> lint_template(const TemplateTexts& texts);
}  // namespace ppo
