// SPDX-License-Identifier: Apache-2.0
#include "mail/mime_reader.hpp"

#include <stdexcept>

namespace ppo_test {
std::string ReadMessage::header(const std::string& name) const {
    std::string found;
    int count = 0;
    for (const auto& [key, value] : headers) {
        if (key != name) continue;
        found = value;
        ++count;
    }
    if (count != 1) throw std::runtime_error{name + " stands " + std::to_string(count) + " times"};
    return found;
}

ReadMessage read_message(const std::string& bytes) {
    ReadMessage message;
    std::size_t at = 0;
    bool in_headers = true;
    while (at < bytes.size()) {
        const auto end = bytes.find("\r\n", at);
        if (end == std::string::npos) throw std::runtime_error{"the last line has no end"};
        const std::string line = bytes.substr(at, end - at);
        at = end + 2;
        if (line.find_first_of("\r\n") != std::string::npos)
            throw std::runtime_error{"bare CR or LF"};
        if (line.size() > 998) throw std::runtime_error{"a line is too long"};
        if (!in_headers) {
            message.body += line + "\r\n";
        } else if (line.empty()) {
            in_headers = false;
        } else if (line[0] == ' ' || line[0] == '\t') {
            message.headers.back().second += line;
        } else {
            const auto colon = line.find(": ");
            if (colon == std::string::npos) throw std::runtime_error{"a header without a colon"};
            message.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        }
    }
    return message;
}

std::vector<ReadMessage> read_parts(const ReadMessage& message) {
    const std::string type = message.header("Content-Type");
    const auto start = type.find("boundary=\"") + 10;
    const std::string boundary = "--" + type.substr(start, type.find('"', start) - start);
    std::vector<ReadMessage> parts;
    auto at = message.body.find(boundary);
    while (true) {
        at += boundary.size();
        if (message.body.compare(at, 4, "--\r\n") == 0) return parts;
        const auto end = message.body.find(boundary, at);
        if (end == std::string::npos) throw std::runtime_error{"the last boundary is missing"};
        parts.push_back(read_message(message.body.substr(at + 2, end - at - 2)));
        at = end;
    }
}

std::string read_base64(std::string_view text) {
    constexpr std::string_view
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n' || c == '=') continue;
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) throw std::runtime_error{"not base64"};
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xFF);
        }
    }
    return bytes;
}

std::string read_encoded_words(const std::string& value) {
    std::string text;
    std::size_t at = 0;
    bool after_word = false;
    while (at < value.size()) {
        const auto start = value.find("=?UTF-8?B?", at);
        const std::string between = value.substr(
            at, start == std::string::npos ? std::string::npos : start - at);
        if (!after_word || between.find_first_not_of(' ') != std::string::npos) text += between;
        if (start == std::string::npos) break;
        const auto end = value.find("?=", start + 10);
        if (end == std::string::npos) throw std::runtime_error{"an encoded word has no end"};
        if (end + 2 - start > 75) throw std::runtime_error{"an encoded word is too long"};
        text += read_base64(std::string_view{value}.substr(start + 10, end - start - 10));
        at = end + 2;
        after_word = true;
    }
    return text;
}
}  // namespace ppo_test
