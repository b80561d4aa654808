// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "invitations/template_linter.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ppo {
/// Collects what is found in one part of a mail's text, in the order of its lines.
class FindingList {
public:
    FindingList(std::string part, std::string_view text) : part_{std::move(part)}, text_{text} {}

    /// `at` counts bytes from the start of the part.
    void add(std::size_t at, std::string_view code, std::string sentence) {
        if (found_.size() >= most) return;  // Whoever mends these sees the others.
        const auto before = text_.substr(0, at);
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        found_.push_back({part_, static_cast<int>(line), std::string{code}, std::move(sentence)});
    }

    [[nodiscard]] bool empty() const { return found_.empty(); }
    [[nodiscard]] std::string_view text() const { return text_; }

    [[nodiscard]] std::vector<TemplateFinding> take() {
        std::stable_sort(found_.begin(), found_.end(),
                         [](const auto& one, const auto& other) { return one.line < other.line; });
        return std::move(found_);
    }

private:
    static constexpr std::size_t most = 40;
    std::string part_{};
    std::string_view text_{};
    std::vector<TemplateFinding> found_{};
};

/// A word of the checked text as a finding quotes it: only what reads well in a sentence.
[[nodiscard]] inline std::string quoted_word(std::string_view word) {
    constexpr std::size_t longest = 40;
    std::string quoted{word.substr(0, longest)};
    const auto reads_badly = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E;
    };
    std::replace_if(quoted.begin(), quoted.end(), reads_badly, '?');
    return "\"" + quoted + (word.size() > longest ? "..." : "") + "\"";
}
}  // namespace ppo
