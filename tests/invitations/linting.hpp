// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "invitations/template_linter.hpp"

#include <string>

namespace ppo {
/// Texts in which nothing is to be found.
[[nodiscard]] inline TemplateTexts good_texts() {
    return {"Your portal", "Hello [[first_name]],\n[[link]]\nuntil [[expires]]\n",
            "<p>Hello [[first_name]]</p>\n<p><a href=\"[[link]]\">Go on</a></p>\n"
            "<p>until [[expires]]</p>\n"};
}

/// Everything found, as "html:2 no_link", one a line.
[[nodiscard]] inline std::string found_in(const TemplateTexts& texts) {
    std::string found;
    for (const auto& finding : lint_template(texts))
        found += finding.part + ":" + std::to_string(finding.line) + " " + finding.code + "\n";
    return found;
}

[[nodiscard]] inline std::string found_in_subject(const std::string& subject) {
    auto texts = good_texts();
    texts.subject = subject;
    return found_in(texts);
}
[[nodiscard]] inline std::string found_in_text(const std::string& text) {
    auto texts = good_texts();
    texts.text = text;
    return found_in(texts);
}
[[nodiscard]] inline std::string found_in_html(const std::string& html) {
    auto texts = good_texts();
    texts.html = html;
    return found_in(texts);
}
/// In the good HTML, with more behind it: the more starts on line 4.
[[nodiscard]] inline std::string found_behind_html(const std::string& more) {
    return found_in_html(good_texts().html + more);
}
}  // namespace ppo
