// SPDX-License-Identifier: Apache-2.0
#include "domain/password_shape.hpp"

#include "domain/unicode_text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace ppo {
namespace {
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_letter(char c) { return is_beyond_ascii(c) || (is_ascii_alnum(c) && !is_ascii_digit(c)); }

/// Which letters a digit or sign stands for.
std::string_view letters_behind(char sign) {
    switch (sign) {
    case '0': return "o";
    case '1':
    case '!':
    case '|': return "il";
    case '2': return "z";
    case '3': return "e";
    case '4':
    case '@': return "a";
    case '5':
    case '$': return "s";
    case '6':
    case '9': return "g";
    case '7':
    case '+': return "t";
    case '8': return "b";
    default: return {};
    }
}

bool stands_for(char written, char letter) {
    return written == letter || letters_behind(written).find(letter) != std::string_view::npos;
}

struct Key {
    int row = 0;
    int column = 0;
};

/// Where the keyboards of the practice's two languages have it alike; nothing for other characters.
std::optional<Key> key_of(char c) {
    constexpr std::array<std::string_view, 5> rows{"1234567890-=", "qwertyuiop", "asdfghjkl;",
                                                   "zxcvbnm,./", "!@#$%^&*()_+"};
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (const auto column = rows[row].find(c); column != std::string_view::npos)
            return Key{static_cast<int>(row % 4), static_cast<int>(column)};
    return std::nullopt;
}

/// A key touches two of the row above: its own column's and the next one's.
bool touch(Key one, Key other) {
    if (one.row == other.row) return std::abs(one.column - other.column) <= 1;
    if (std::abs(one.row - other.row) != 1) return false;
    const auto upper = one.row < other.row ? one : other;
    const auto lower = one.row < other.row ? other : one;
    return upper.column == lower.column || upper.column == lower.column + 1;
}

bool goes_on(char before, char after) {
    if (std::abs(before - after) <= 1) return true;
    const auto one = key_of(before);
    const auto other = key_of(after);
    return one && other && touch(*one, *other);
}

bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
    return !word.empty() && word.size() <= text.size() - at &&
           std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char letter, char written) { return stands_for(written, letter); });
}
}  // namespace

std::string_view without_repetition(std::string_view text) {
    // How long the longest beginning is that also ends here, for each place (Knuth, Morris, Pratt).
    std::vector<std::size_t> border(text.size() + 1, 0);
    for (std::size_t i = 1, length = 0; i < text.size(); ++i) {
        while (length > 0 && text[i] != text[length]) length = border[length];
        if (text[i] == text[length]) ++length;
        border[i + 1] = length;
    }
    const auto period = text.size() - border[text.size()];
    return period > 0 && text.size() % period == 0 ? text.substr(0, period) : text;
}

std::string_view without_tail(std::string_view text) {
    while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
    return text;
}

bool is_all_rows(std::string_view text) {
    constexpr std::size_t shortest_row = 3;
    constexpr std::size_t most_left_over = 2;  // A last character or two hide nothing.
    std::size_t left_over = 0;
    for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end) {
        end = begin + 1;
        while (end < text.size() && goes_on(text[end - 1], text[end])) ++end;
        if (end - begin < shortest_row) left_over += end - begin;
    }
    return !text.empty() && left_over <= most_left_over;
}

bool is_made_of(std::string_view text, const std::vector<std::string>& words) {
    enum class Reach { None, BySignsAlone, ByAWord };
    std::vector<Reach> reach(text.size() + 1, Reach::None);
    reach.front() = Reach::BySignsAlone;
    const auto put = [&reach](std::size_t at, Reach how) { reach[at] = std::max(reach[at], how); };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (reach[at] == Reach::None) continue;
        if (!is_letter(text[at])) put(at + 1, reach[at]);
        for (const auto& word : words)
            if (stands_at(text, at, word)) put(at + word.size(), Reach::ByAWord);
    }
    return reach.back() == Reach::ByAWord;
}
}  // namespace ppo
