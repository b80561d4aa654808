// SPDX-License-Identifier: Apache-2.0
#include "web/sessions.hpp"

#include <sys/random.h>

#include <array>
#include <stdexcept>

namespace ppo_sim {
std::string random_text() {
    std::array<unsigned char, 32> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error{"The operating system gave no random numbers."};
    }
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) text += {digits[byte >> 4U], digits[byte & 15U]};
    return text;
}

bool same_secret(const std::string& a, const std::string& b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i]) ^
                      static_cast<unsigned>(static_cast<unsigned char>(b[i]));
    }
    return difference == 0;
}

bool is_genuine(const Request& request, const Session& session) {
    return request.from_own_page && same_secret(request.form.get("csrf"), session.csrf);
}
}  // namespace ppo_sim
