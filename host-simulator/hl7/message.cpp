// SPDX-License-Identifier: Apache-2.0
#include "hl7/message.hpp"

#include "import/import.hpp"

#include <Poco/String.h>

#include <algorithm>
#include <set>

namespace ppo_sim {
namespace {
// More repetitions, components or subcomponents no field of a patient has; what follows is not
// read.
constexpr std::size_t most_parts = 100;

std::vector<std::string_view> split(std::string_view text, char separator,
                                    std::size_t most = std::string_view::npos) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
        const auto to = text.find(separator, from);
        parts.push_back(text.substr(from, to - from));
        if (to == std::string_view::npos || parts.size() == most) return parts;
        from = to + 1;
    }
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string latin1_to_utf8(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0U | (byte >> 6U));
            out += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return out;
}

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The bytes of \Xhh…\; nothing if those are no pairs of hexadecimal digits.
std::string bytes_of(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        const int high = hex_value(digits[i]);
        const int low = hex_value(digits[i + 1]);
        if (high < 0 || low < 0) return {};
        bytes += static_cast<char>(high * 16 + low);
    }
    return digits.size() % 2 == 0 ? bytes : std::string{};
}

/// A value of a message that may be told: a short word of letters and digits.
std::string word_or(const std::string& text, const std::string& otherwise) {
    const bool word = !text.empty() && text.size() <= 20 &&
                      std::all_of(text.begin(), text.end(), [](char c) {
                          return is_digit(c) || is_capital(static_cast<char>(c & ~0x20)) ||
                                 std::string_view{" /-._"}.find(c) != std::string_view::npos;
                      });
    return word ? text : otherwise;
}
}  // namespace

std::string Hl7Value::text(std::size_t component, std::size_t subcomponent) const {
    if (component > components_.size()) return {};
    const auto& parts = components_[component - 1];
    return subcomponent > parts.size() ? std::string{} : parts[subcomponent - 1];
}

bool Hl7Value::empty() const {
    return std::all_of(components_.begin(), components_.end(), [](const auto& component) {
        return std::all_of(component.begin(), component.end(),
                           [](const std::string& part) { return part.empty(); });
    });
}

Hl7Message::Hl7Message(const std::string& text) {
    read_separators(text);
    if (problem_) return;
    read_segments(text);
    read_charset(text);
}

void Hl7Message::read_separators(const std::string& text) {
    const auto refuse = [&] {
        problem_ = {Hl7Code::SegmentSequence, "does not begin with MSH and its separators",
                    "MSH^1^2"};
    };
    // MSH, the field separator, four others, since version 2.7 perhaps a fifth.
    if (!text.starts_with("MSH") || text.size() < 8) return refuse();
    const auto end = std::min(text.find(text[3], 4), text.find_first_of("\r\n", 4));
    const std::string others = text.substr(4, end - 4);
    std::set<char> different{text[3]};
    for (const char c : others) different.insert(c);
    const bool usable = std::all_of(different.begin(), different.end(), [](char c) {
        return c > ' ' && c < 0x7F && !is_digit(c) && !is_capital(static_cast<char>(c & ~0x20));
    });
    if (!usable || others.size() < 4 || others.size() > 5 || different.size() != others.size() + 1)
        return refuse();
    field_ = text[3];
    component_ = others[0];
    repetition_ = others[1];
    escape_ = others[2];
    subcomponent_ = others[3];
}

void Hl7Message::read_segments(const std::string& text) {
    std::size_t number = 0;
    for (std::size_t from = 0; from < text.size();) {
        const auto to = std::min(text.find_first_of("\r\n", from), text.size());
        const std::string_view line{text.data() + from, to - from};
        from = to + 1;
        if (line.empty()) continue;
        ++number;
        const bool named = line.size() >= 3 && is_capital(line[0]) &&
                           (is_capital(line[1]) || is_digit(line[1])) &&
                           (is_capital(line[2]) || is_digit(line[2])) &&
                           (line.size() == 3 || line[3] == field_);
        if (!named) {
            if (!problem_)
                problem_ = {Hl7Code::SegmentSequence,
                            "line " + std::to_string(number) + " is no segment", ""};
            continue;
        }
        Hl7Segment segment{std::string{line.substr(0, 3)}, {}};
        for (const auto& field : split(line, field_)) segment.fields.emplace_back(field);
        // The separator between MSH and its second field counts as the first one.
        if (segment.name == "MSH")
            segment.fields.insert(segment.fields.begin() + 1, std::string{field_});
        segments_.push_back(std::move(segment));
    }
}

void Hl7Message::read_charset(const std::string& text) {
    const std::string field = Poco::trim(
        segments_.front().fields.size() > 18 ? segments_.front().fields[18] : std::string{});
    std::string name = Poco::toUpper(field);
    while (!name.empty() && name.back() == repetition_) name.pop_back();
    std::optional<Hl7Problem> problem;
    const auto refuse = [&](Hl7Code code, const std::string& sentence) {
        problem = {code, sentence, "MSH^1^18"};
    };
    if (name == "8859/1")
        charset_ = Charset::Latin1;
    else if (name == "ASCII" && !is_ascii(text))
        refuse(Hl7Code::DataType, "says ASCII in MSH-18 and holds other characters");
    else if (!name.empty() && name != "ASCII" && name != "UNICODE UTF-8")
        refuse(Hl7Code::TableValue, "the character set " + word_or(name, "in MSH-18") +
                                        " is not read: send UNICODE UTF-8, 8859/1 or ASCII");
    else if (!is_utf8(text))
        refuse(Hl7Code::DataType, "is not UTF-8, and MSH-18 names no other character set");
    if (problem && !problem_) problem_ = problem;
}

const Hl7Segment* Hl7Message::first(std::string_view name) const {
    for (const auto& segment : segments_)
        if (segment.name == name) return &segment;
    return nullptr;
}

std::vector<Hl7Value> Hl7Message::values(const Hl7Segment* segment, std::size_t field) const {
    std::vector<Hl7Value> values;
    if (segment == nullptr || field >= segment->fields.size() || segment->fields[field].empty())
        return values;
    for (const auto repetition : split(segment->fields[field], repetition_, most_parts)) {
        std::vector<std::vector<std::string>> components;
        for (const auto component : split(repetition, component_, most_parts)) {
            auto& parts = components.emplace_back();
            for (const auto part : split(component, subcomponent_, most_parts))
                parts.push_back(decoded(part));
        }
        values.emplace_back(std::move(components));
    }
    return values;
}

std::string Hl7Message::text(const Hl7Segment* segment, std::size_t field,
                             std::size_t component) const {
    const auto found = values(segment, field);
    return found.empty() ? std::string{} : found.front().text(component);
}

std::string Hl7Message::header(std::size_t field, std::size_t component) const {
    return segments_.empty() ? std::string{} : text(&segments_.front(), field, component);
}

bool Hl7Message::deletes(const Hl7Segment* segment, std::size_t field) const {
    return segment != nullptr && field < segment->fields.size() &&
           segment->fields[field] == hl7_delete;
}

std::string Hl7Message::decoded(std::string_view text) const {
    std::string plain = Poco::trim(unescaped(text));
    return charset_ == Charset::Latin1 ? latin1_to_utf8(plain) : plain;
}

/// Sequences about looks (\H\, \N\, \.br\) leave nothing or a space, unknown ones nothing; an
/// escape character that begins no sequence is itself.
std::string Hl7Message::unescaped(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto end = text[at] == escape_ ? text.find(escape_, at + 1) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += text[at];
            continue;
        }
        const auto word = text.substr(at + 1, end - at - 1);
        if (word == "F") out += field_;
        if (word == "S") out += component_;
        if (word == "T") out += subcomponent_;
        if (word == "R") out += repetition_;
        if (word == "E") out += escape_;
        if (word.starts_with('X')) out += bytes_of(word.substr(1));
        if (word.starts_with('.')) out += ' ';
        at = end;
    }
    return out;
}

std::string hl7_escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '|': out += "\\F\\"; break;
        case '^': out += "\\S\\"; break;
        case '&': out += "\\T\\"; break;
        case '~': out += "\\R\\"; break;
        case '\\': out += "\\E\\"; break;
        case '\r': out += "\\X0D\\"; break;
        case '\n': out += "\\X0A\\"; break;
        default: out += c;
        }
    }
    return out;
}
}  // namespace ppo_sim
