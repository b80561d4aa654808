// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"

#include <algorithm>

namespace ppo_sim {
namespace {
struct Limit {
    std::string Patient::*field;
    std::size_t bytes;
    const char* reason;
};

// The limits of ppo_patient: a longer text would be refused by the plugin later, out of sight.
constexpr Limit limits[] = {{&Patient::id, 64, "the id is longer than 64 bytes"},
                            {&Patient::first, 220, "the first name is longer than 220 bytes"},
                            {&Patient::last, 220, "the last name is longer than 220 bytes"},
                            {&Patient::email, 320, "the e-mail is longer than 320 bytes"},
                            {&Patient::postal_code, 32, "the ZIP is longer than 32 bytes"},
                            {&Patient::language, 35, "the language is longer than 35 bytes"},
                            {&Patient::provider, 220, "the provider is longer than 220 bytes"},
                            // These no plugin sees, but the file of charts has to stay readable.
                            {&Patient::phone, 220, "the phone number is longer than 220 bytes"},
                            {&Patient::sex, 220, "the sex is longer than 220 bytes"}};

bool has_control_characters(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Bytes of the character that begins here, or 0 if none does (RFC 3629).
std::size_t character_length(const std::string& text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(at);
    const unsigned second = byte(at + 1);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(at + 1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
        return follows(at + 1) && follows(at + 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
        return follows(at + 1) && follows(at + 2) && follows(at + 3) ? 4 : 0;
    }
    return 0;
}
}  // namespace

bool is_utf8(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string why_unusable(const Patient& patient) {
    if (patient.id.empty()) return "has no id";
    if (patient.first.empty() && patient.last.empty()) return "has neither first nor last name";
    for (const auto& limit : limits) {
        const std::string& value = patient.*limit.field;
        if (value.size() > limit.bytes) return limit.reason;
        if (has_control_characters(value)) return "holds control characters";
        if (!is_utf8(value)) return "is not UTF-8";
    }
    if (patient.tags.size() > 32) return "has more than 32 tags";
    for (const auto& tag : patient.tags)
        if (tag.size() > 64 || has_control_characters(tag)) return "a tag is longer than 64 bytes";
    return {};
}
}  // namespace ppo_sim
