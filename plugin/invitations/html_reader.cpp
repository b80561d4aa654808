// SPDX-License-Identifier: Apache-2.0
#include "invitations/html_reader.hpp"

#include "domain/unicode_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace ppo {
namespace {
constexpr std::string_view blanks = " \t\r\n";
constexpr auto nowhere = std::string_view::npos;

bool is_blank(char c) { return blanks.find(c) != nowhere; }

std::string lower(std::string_view text) {
    std::string made{text};
    std::transform(made.begin(), made.end(), made.begin(), ascii_lower);
    return made;
}

/// Reads one tag from its "<" on.
class TagReader {
public:
    TagReader(std::string_view html, std::size_t start) : html_{html}, at_{start + 1} {
        tag_.start = start;
    }

    std::optional<HtmlToken> read() {
        tag_.kind = take('/') ? HtmlToken::Kind::Close : HtmlToken::Kind::Open;
        tag_.name = lower(take_while(is_ascii_alnum));
        if (tag_.name.empty() || is_ascii_digit(tag_.name.front())) return std::nullopt;
        while (true) {
            const bool apart = !take_while(is_blank).empty();
            if (take('/') && at_ < html_.size() && html_[at_] != '>') return std::nullopt;
            if (take('>')) break;
            if (!apart || !read_attribute()) return std::nullopt;
        }
        if (tag_.kind == HtmlToken::Kind::Close && !tag_.attributes.empty()) return std::nullopt;
        tag_.end = at_;
        return std::move(tag_);
    }

private:
    static bool is_name(char c) { return is_ascii_alnum(c) || c == '-' || c == ':' || c == '_'; }
    static bool is_bare(char c) {
        return is_ascii_alnum(c) || std::string_view{"-_.#%,"}.find(c) != nowhere;
    }

    bool take(char c) {
        if (at_ >= html_.size() || html_[at_] != c) return false;
        ++at_;
        return true;
    }
    template <class Belongs>
    std::string_view take_while(Belongs belongs) {
        const auto start = at_;
        while (at_ < html_.size() && belongs(html_[at_])) ++at_;
        return html_.substr(start, at_ - start);
    }

    bool read_attribute() {
        HtmlAttribute attribute;
        attribute.start = at_;
        attribute.name = lower(take_while(is_name));
        const auto is_same = [&](const HtmlAttribute& other) {
            return other.name == attribute.name;
        };
        // Of two with one name browsers take the first: not what whoever wrote the second meant.
        if (attribute.name.empty() ||
            std::any_of(tag_.attributes.begin(), tag_.attributes.end(), is_same))
            return false;
        const auto behind_name = at_;
        take_while(is_blank);
        if (!take('=')) {
            at_ = behind_name;
        } else {
            take_while(is_blank);
            if (!read_value(attribute)) return false;
        }
        tag_.attributes.push_back(std::move(attribute));
        return true;
    }

    bool read_value(HtmlAttribute& attribute) {
        for (const char quote : {'"', '\''}) {
            if (!take(quote)) continue;
            attribute.is_quoted = true;
            attribute.value = take_while([quote](char c) { return c != quote; });
            return take(quote);
        }
        attribute.value = take_while(is_bare);
        return !attribute.value.empty();
    }

    std::string_view html_;
    std::size_t at_;
    HtmlToken tag_{};
};

HtmlToken read_markup(std::string_view html, std::size_t start) {
    constexpr std::string_view doctype = "<!doctype html>";
    if (lower(html.substr(start, doctype.size())) == doctype)
        return {HtmlToken::Kind::Doctype, {}, {}, start, start + doctype.size()};
    if (auto tag = TagReader{html, start}.read()) return *std::move(tag);
    return {HtmlToken::Kind::Broken, {}, {}, start, start + 1};
}

void append_utf8(std::string& text, std::uint32_t code) {
    const bool is_character = code > 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
    text += to_utf8(icu::UnicodeString{static_cast<UChar32>(is_character ? code : 0xFFFD)});
}

/// The character of a reference whose name or number, without "&" and ";", this is.
std::optional<std::uint32_t> referred(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 19> names{
        {{"amp", '&'},
         {"lt", '<'},
         {"gt", '>'},
         {"quot", '"'},
         {"apos", '\''},
         {"nbsp", 0xA0},
         {"colon", ':'},
         {"semi", ';'},
         {"sol", '/'},
         {"bsol", '\\'},
         {"lpar", '('},
         {"rpar", ')'},
         {"period", '.'},
         {"comma", ','},
         {"commat", '@'},
         {"NewLine", '\n'},
         {"Tab", '\t'},
         {"equals", '='},
         {"num", '#'}}};
    if (name.empty()) return std::nullopt;
    if (name.front() != '#') {
        for (const auto& [known, code] : names)
            if (known == name) return code;
        return std::nullopt;
    }
    name.remove_prefix(1);
    const bool is_hex = !name.empty() && ascii_lower(name.front()) == 'x';
    if (is_hex) name.remove_prefix(1);
    if (name.empty()) return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : name) {
        const char digit = ascii_lower(c);
        const bool is_digit = is_ascii_digit(digit);
        if (!is_digit && (!is_hex || digit < 'a' || digit > 'f')) return std::nullopt;
        code = code * (is_hex ? 16U : 10U) +
               static_cast<std::uint32_t>(is_digit ? digit - '0' : digit - 'a' + 10);
        code = std::min<std::uint32_t>(code, 0x110000);  // Beyond every character; cannot overflow.
    }
    return code;
}
}  // namespace

std::vector<HtmlToken> read_html(std::string_view html) {
    std::vector<HtmlToken> tokens;
    const auto add_text = [&](const std::string& within, std::size_t start, std::size_t end) {
        if (end > start) tokens.push_back({HtmlToken::Kind::Text, within, {}, start, end});
    };
    std::size_t at = 0;
    while (at < html.size()) {
        const auto start = std::min(html.find('<', at), html.size());
        add_text({}, at, start);
        if (start == html.size()) break;
        tokens.push_back(read_markup(html, start));
        at = tokens.back().end;
        const std::string name = tokens.back().name;
        if (tokens.back().kind != HtmlToken::Kind::Open || (name != "title" && name != "style"))
            continue;
        const auto end = std::min(lower(html).find("</" + name, at), html.size());
        add_text(name, at, end);  // Up to its own end nothing in it is a tag.
        at = end;
    }
    return tokens;
}

std::string decode_references(std::string_view text) {
    std::string decoded;
    while (!text.empty()) {
        const auto start = std::min(text.find('&'), text.size());
        decoded += text.substr(0, start);
        text.remove_prefix(start);
        if (text.empty()) break;
        std::size_t end = text.size() > 1 && text[1] == '#' ? 2 : 1;
        const bool is_hex = end == 2 && text.size() > 2 && ascii_lower(text[2]) == 'x';
        if (is_hex) ++end;
        const bool is_number = end > 1;
        const auto belongs = [&](char c) {
            const char digit = ascii_lower(c);
            if (!is_number) return is_ascii_alnum(c);
            return is_ascii_digit(c) || (is_hex && digit >= 'a' && digit <= 'f');
        };
        while (end < text.size() && belongs(text[end])) ++end;
        const auto code = referred(text.substr(1, end - 1));
        if (code) {
            append_utf8(decoded, *code);
            if (end < text.size() && text[end] == ';') ++end;  // Browsers forgive its absence.
        } else {
            decoded += text.substr(0, end);
        }
        text.remove_prefix(end);
    }
    return decoded;
}
}  // namespace ppo
