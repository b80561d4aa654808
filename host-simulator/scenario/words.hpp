// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace ppo_sim {
/// One line of a scenario, cut into words. `"two words"` is one word; `name="two words"` too; `#`
/// at the beginning of a word starts a comment; inside quotation marks `\"` and `\\` stand for
/// themselves.
struct Line {
    std::size_t number = 0;
    std::vector<std::string> words{};
    std::vector<bool>
        quoted{};  // Of each word: it begins with a quotation mark, so "=" in it is just a letter.
    std::string problem{};  // Why it cannot be read; empty otherwise.

    [[nodiscard]] bool blank() const { return words.empty() && problem.empty(); }
    /// True if the line begins with these words.
    [[nodiscard]] bool starts_with(const std::vector<std::string>& beginning) const;
};

[[nodiscard]] Line read_line(const std::string& text, std::size_t number);

/// The lines of a scenario that say something.
[[nodiscard]] std::vector<Line> read_lines(const std::string& scenario);

/// The line as it may be shown: what could be a password or a link is replaced.
[[nodiscard]] std::string without_secrets(const Line& line);

/// The words of a line that are passwords.
[[nodiscard]] std::vector<std::string> secrets_of(const Line& line);

/// What follows a step's own words: `name=value` pairs, and words without "=".
class Arguments {
public:
    Arguments(const Line& line, std::size_t skip);

    [[nodiscard]] const std::vector<std::string>& plain() const { return plain_; }
    [[nodiscard]] const std::map<std::string, std::string>& named() const { return named_; }
    [[nodiscard]] bool has(const std::string& name) const { return named_.contains(name); }
    /// Empty if absent.
    [[nodiscard]] std::string get(const std::string& name) const;
    /// The plain word at this place; throws StepFailed saying `what` is missing.
    [[nodiscard]] const std::string& at(std::size_t place, const char* what) const;
    /// Throws StepFailed if there are named ones other than these, or more plain words than
    /// `most_plain`.
    void allow(const std::vector<std::string>& names, std::size_t most_plain) const;

private:
    std::vector<std::string> plain_{};
    std::map<std::string, std::string> named_{};
};
}  // namespace ppo_sim
