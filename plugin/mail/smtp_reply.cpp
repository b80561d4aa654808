// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_reply.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ppo {
namespace {
constexpr std::size_t most_lines = 100;
constexpr std::size_t most_bytes = 64 * 1024;
constexpr std::size_t longest_reason = 200;
constexpr std::string_view stand_in = "<address>";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Signs at which a word of a server's sentence ends.
bool ends_word(char c) {
    return std::string_view{" \t\r\n<>()[]{},;:\"'"}.find(c) != std::string_view::npos;
}

/// Everything between angle brackets that holds an "@", then every other word that does.
std::string without_addresses(const std::string& text) {
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '<') {
            const auto end = text.find('>', at);
            if (end != std::string::npos &&
                text.substr(at, end - at).find('@') != std::string::npos) {
                clean += stand_in;
                at = end + 1;
                continue;
            }
        }
        if (ends_word(text[at])) {
            clean += text[at++];
            continue;
        }
        const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                                      ends_word);
        const std::string word{text.begin() + static_cast<std::ptrdiff_t>(at), end};
        clean += word.find('@') == std::string::npos ? word : std::string{stand_in};
        at += word.size();
    }
    return clean;
}

std::string lower(std::string_view text) {
    std::string small{text};
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return small;
}

/// Replaces the name before the "@" where it stands as a word of its own.
std::string without_local_part(const std::string& text, std::string_view recipient) {
    const std::string name = lower(recipient.substr(0, recipient.find('@')));
    if (name.empty()) return text;
    const auto is_word_sign = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    const std::string searched = lower(text);
    std::string clean;
    std::size_t at = 0;
    for (auto hit = searched.find(name); hit != std::string::npos;
         hit = searched.find(name, hit + 1)) {
        if (hit < at) continue;
        const std::size_t end = hit + name.size();
        const bool starts = hit == 0 || !is_word_sign(searched[hit - 1]);
        const bool ends = end == searched.size() || !is_word_sign(searched[end]);
        if (!starts || !ends) continue;
        clean.append(text, at, hit - at).append(stand_in);
        at = end;
    }
    return clean.append(text, at, std::string::npos);
}

/// Without addresses, and with a "?" for every sign that is not printable ASCII.
std::string printable(std::string_view words, std::string_view recipient) {
    std::string text = without_local_part(without_addresses(std::string{words}), recipient);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < 0x20 || c >= 0x7F; }, '?');
    return text;
}

std::string shortened(const std::string& text) {
    return text.size() <= longest_reason ? text : text.substr(0, longest_reason - 3) + "...";
}
}  // namespace

std::string SmtpReply::enhanced_code() const {
    if (lines.empty()) return {};
    const std::string& text = lines.front();
    const std::string code_text = text.substr(0, text.find(' '));
    const bool has_form = code_text.size() >= 5 && is_digit(code_text[0]) && code_text[1] == '.' &&
                          std::count(code_text.begin(), code_text.end(), '.') == 2 &&
                          std::all_of(code_text.begin(), code_text.end(),
                                      [](char c) { return is_digit(c) || c == '.'; });
    return has_form ? code_text : std::string{};
}

void SmtpReplyParser::feed(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos)
        throw SmtpProtocolFault{"The mail server sent a reply with a NUL in it."};
    if (pending_.size() + bytes.size() > most_bytes)
        throw SmtpProtocolFault{"The mail server sent a reply without an end."};
    pending_ += bytes;
}

std::optional<SmtpReply> SmtpReplyParser::next() {
    while (true) {
        const auto end = pending_.find('\n');
        if (end == std::string::npos) return std::nullopt;
        std::string line = pending_.substr(0, end);
        pending_.erase(0, end + 1);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (!take_line(line)) continue;
        reply_size_ = 0;
        return std::exchange(reply_, SmtpReply{});
    }
}

bool SmtpReplyParser::take_line(std::string_view line) {
    const bool has_code = line.size() >= 3 && line[0] >= '2' && line[0] <= '5' &&
                          is_digit(line[1]) && is_digit(line[2]);
    if (!has_code || (line.size() > 3 && line[3] != ' ' && line[3] != '-'))
        throw SmtpProtocolFault{"The mail server answered with something that is not SMTP."};
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (!reply_.lines.empty() && code != reply_.code)
        throw SmtpProtocolFault{"The mail server changed its mind in the middle of a reply."};
    reply_size_ += line.size();
    if (reply_.lines.size() >= most_lines || reply_size_ > most_bytes)
        throw SmtpProtocolFault{"The mail server sent a reply without an end."};
    reply_.code = code;
    reply_.lines.emplace_back(line.substr(std::min<std::size_t>(line.size(), 4)));
    return line.size() == 3 || line[3] == ' ';
}

std::string clean_words(std::string_view words, std::string_view recipient) {
    return shortened(printable(words, recipient));
}

std::string clean_reason(const SmtpReply& reply, std::string_view recipient) {
    std::string text;
    for (const auto& line : reply.lines) text += " " + line;
    return shortened(std::to_string(reply.code) + printable(text, recipient));
}
}  // namespace ppo
