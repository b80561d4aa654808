// SPDX-License-Identifier: Apache-2.0
#include "web/http.hpp"

#include <algorithm>

namespace ppo_sim {
namespace {
int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void add_percent(std::string& to, char c) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    to += {'%', digits[byte >> 4U], digits[byte & 15U]};
}

/// Form text has "+" for a blank, addresses have not.
std::string decode_percent(std::string_view text, char plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            decoded += plus;
        } else if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                   hex_digit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}
}  // namespace

Form Form::parse(std::string_view encoded) {
    Form form;
    while (!encoded.empty()) {
        const auto end = std::min(encoded.find('&'), encoded.size());
        const auto pair = encoded.substr(0, end);
        encoded.remove_prefix(std::min(end + 1, encoded.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        form.add(decode_percent(pair.substr(0, equals), ' '), decode_percent(value, ' '));
    }
    return form;
}

void Form::add(std::string name, std::string value) {
    pairs_.emplace_back(std::move(name), std::move(value));
}

void Form::remove(std::string_view name) {
    std::erase_if(pairs_, [name](const auto& pair) { return pair.first == name; });
}

std::string Form::get(std::string_view name) const {
    std::string found;
    for (const auto& [key, value] : pairs_) {
        if (key == name) found = value;
    }
    return found;
}

bool Form::has(std::string_view name) const {
    return std::any_of(pairs_.begin(), pairs_.end(),
                       [name](const auto& pair) { return pair.first == name; });
}

std::vector<std::string> Form::all(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& [key, value] : pairs_) {
        if (key == name) found.push_back(value);
    }
    return found;
}

std::string Form::encoded() const {
    std::string query;
    for (const auto& [name, value] : pairs_) {
        if (!query.empty()) query += '&';
        query += encode_url(name) + '=' + encode_url(value);
    }
    return query;
}

std::string encode_url(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            encoded += c;
        } else {
            add_percent(encoded, c);
        }
    }
    return encoded;
}

std::string decode_url(std::string_view text) { return decode_percent(text, '+'); }

std::string with_query(std::string_view path, const Form& query) {
    const std::string encoded = query.encoded();
    return encoded.empty() ? std::string{path} : std::string{path} + "?" + encoded;
}

std::string Request::cookie(const std::string& name) const {
    const auto found = cookies.find(name);
    return found == cookies.end() ? std::string{} : found->second;
}

Response Response::html(std::string body, int status) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

Response Response::go(const std::string& url) {
    Response response;
    response.status = 303;
    response.header("Location", url);
    return response;
}

void Response::header(std::string name, const std::string& value) {
    std::string safe;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            add_percent(safe, c);
        } else {
            safe += c;
        }
    }
    headers.emplace_back(std::move(name), std::move(safe));
}

bool is_own_page(std::string_view fetch_site, std::string_view origin, std::string_view host) {
    if (!fetch_site.empty() && fetch_site != "same-origin" && fetch_site != "none") return false;
    // Browsers hide the origin behind "null" where a policy tells them to; the token still counts.
    if (origin.empty() || origin == "null") return true;
    const auto scheme = origin.find("://");
    return scheme != std::string_view::npos && origin.substr(scheme + 3) == host;
}

std::vector<std::string> segments_after(std::string_view path, std::string_view prefix) {
    std::vector<std::string> segments;
    path.remove_prefix(std::min(prefix.size(), path.size()));
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        if (end > 0) segments.emplace_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return segments;
}
}  // namespace ppo_sim
