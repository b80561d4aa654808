// SPDX-License-Identifier: Apache-2.0
#include "domain/source.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace ppo {
namespace {
constexpr std::size_t network_bytes = 8;
constexpr std::size_t before_embedded_ipv4 = 12;

using Address = std::array<unsigned char, 16>;

bool embeds_ipv4(const Address& address) {
    const auto* begin = address.data();
    return std::all_of(begin, begin + 10, [](unsigned char byte) { return byte == 0; }) &&
           address[10] == 0xFF && address[11] == 0xFF;
}

std::string written(int family, const unsigned char* bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (::inet_ntop(family, bytes, text.data(), text.size()) == nullptr) return {};
    return text.data();
}
}  // namespace

std::string source_of(std::string_view address) {
    // The zone behind "%" names this machine's own interface.
    const std::string plain{address.substr(0, address.find('%'))};
    Address bytes{};
    if (::inet_pton(AF_INET6, plain.c_str(), bytes.data()) != 1) return std::string{address};
    if (embeds_ipv4(bytes)) return written(AF_INET, bytes.data() + before_embedded_ipv4);
    std::fill(bytes.begin() + network_bytes, bytes.end(), static_cast<unsigned char>(0));
    return written(AF_INET6, bytes.data()) + "/64";
}
}  // namespace ppo
