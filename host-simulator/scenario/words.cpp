// SPDX-License-Identifier: Apache-2.0
#include "scenario/words.hpp"

#include "scenario/step_failed.hpp"

#include <algorithm>
#include <sstream>

namespace ppo_sim {
namespace {
constexpr auto hidden = "***";

bool names_secret(const std::string& name) { return name.find("password") != std::string::npos; }

/// The place of the first word that is a password by its position, or the number of words.
std::size_t first_secret(const Line& line) {
    // Any field may be set by its label, and a label may say "Portal password".
    if (line.starts_with({"set"}) && line.words.size() > 1 && says(line.words[1], "password"))
        return 2;
    if (line.starts_with({"sign", "in"})) return 3;
    if (line.starts_with({"change", "password"})) return 2;
    return line.words.size();
}

std::string as_written(const std::string& word) {
    const bool needs = word.empty() || word.find_first_of(" \t#\"") != std::string::npos;
    return needs ? "\"" + word + "\"" : word;
}
}  // namespace

bool Line::starts_with(const std::vector<std::string>& beginning) const {
    return words.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), words.begin());
}

Line read_line(const std::string& text, std::size_t number) {
    Line line{};
    line.number = number;
    std::string word;
    bool in_word = false;
    bool in_quotes = false;
    bool quoted_word = false;
    const auto end_word = [&] {
        if (!in_word) return;
        line.words.push_back(word);
        line.quoted.push_back(quoted_word);
        word.clear();
        in_word = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_quotes && c == '\\' && i + 1 < text.size()) {
            word += text[++i];
        } else if (c == '"') {
            if (!in_word) quoted_word = true;
            in_quotes = !in_quotes;
            in_word = true;
        } else if (in_quotes) {
            word += c;
        } else if (c == '#' && !in_word) {
            break;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            end_word();
        } else {
            if (!in_word) quoted_word = false;
            word += c;
            in_word = true;
        }
    }
    end_word();
    if (in_quotes) line.problem = "a quotation mark is never closed";
    return line;
}

std::vector<Line> read_lines(const std::string& scenario) {
    std::vector<Line> lines;
    std::istringstream in{scenario};
    std::string text;
    for (std::size_t number = 1; std::getline(in, text); ++number) {
        Line line = read_line(text, number);
        if (!line.blank()) lines.push_back(std::move(line));
    }
    return lines;
}

std::string without_secrets(const Line& line) {
    std::string shown;
    const std::size_t secret = first_secret(line);
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        if (i > 0) shown += ' ';
        const std::string& word = line.words[i];
        const auto equals = word.find('=');
        if (i >= secret)
            shown += hidden;
        else if (equals != std::string::npos && names_secret(word.substr(0, equals)))
            shown += word.substr(0, equals + 1) + hidden;
        else
            shown += as_written(word);
    }
    return shown;
}

std::vector<std::string> secrets_of(const Line& line) {
    std::vector<std::string> secrets;
    const std::size_t secret = first_secret(line);
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        const std::string& word = line.words[i];
        const auto equals = word.find('=');
        if (i >= secret)
            secrets.push_back(word);
        else if (equals != std::string::npos && names_secret(word.substr(0, equals)))
            secrets.push_back(word.substr(equals + 1));
    }
    return secrets;
}

Arguments::Arguments(const Line& line, std::size_t skip) {
    for (std::size_t i = skip; i < line.words.size(); ++i) {
        const std::string& word = line.words[i];
        const auto equals = word.find('=');
        const bool named = !line.quoted[i] && equals != std::string::npos && equals > 0 &&
                           word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == equals;
        if (named)
            named_[word.substr(0, equals)] = word.substr(equals + 1);
        else
            plain_.push_back(word);
    }
}

std::string Arguments::get(const std::string& name) const {
    const auto found = named_.find(name);
    return found == named_.end() ? std::string{} : found->second;
}

const std::string& Arguments::at(std::size_t place, const char* what) const {
    if (place >= plain_.size()) throw StepFailed{std::string{"say "} + what};
    return plain_[place];
}

void Arguments::allow(const std::vector<std::string>& names, std::size_t most_plain) const {
    for (const auto& [name, value] : named_)
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw StepFailed{"this step does not know " + name + "="};
    if (plain_.size() > most_plain) throw StepFailed{"there are more words than this step takes"};
}
}  // namespace ppo_sim
