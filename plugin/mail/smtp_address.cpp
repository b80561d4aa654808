// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_address.hpp"

#include <Poco/Net/IPAddress.h>

#include <algorithm>
#include <charconv>

namespace ppo {
namespace {
struct Scheme {
    std::string_view prefix{};
    SmtpSecurity security = SmtpSecurity::Plain;
    std::uint16_t default_port = 0;
};
constexpr Scheme schemes[] = {
    {"smtp+starttls://", SmtpSecurity::StartTls, 587},
    {"smtps://", SmtpSecurity::ImplicitTls, 465},
    {"smtp://", SmtpSecurity::Plain, 25},
};

bool is_host_name(std::string_view host) {
    const bool has_good_signs = std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '-' || c == '.';
    });
    return !host.empty() && host.size() <= 253 && has_good_signs && host.front() != '.' &&
           host.front() != '-' && host.find("..") == std::string_view::npos;
}

bool is_ipv6(std::string_view host) {
    Poco::Net::IPAddress address;
    return host.find('%') == std::string_view::npos &&
           Poco::Net::IPAddress::tryParse(std::string{host}, address) &&
           address.family() == Poco::Net::IPAddress::IPv6;
}

TransportAddress read_host_and_port(const Scheme& scheme, std::string_view rest) {
    SmtpAddress server{scheme.security, {}, scheme.default_port};
    if (!rest.empty() && rest.front() == '[') {
        const auto end = rest.find(']');
        if (end == std::string_view::npos || !is_ipv6(rest.substr(1, end - 1)))
            return BadTransportAddress{
                "Between the brackets of the mail server stands no IPv6 address."};
        server.host = rest.substr(1, end - 1);
        rest.remove_prefix(end + 1);
    } else {
        const auto end = std::min(rest.find(':'), rest.size());
        server.host = rest.substr(0, end);
        rest.remove_prefix(end);
        if (!is_host_name(server.host))
            return BadTransportAddress{"The mail server has no valid host name or IP address."};
    }
    if (!rest.empty()) {
        unsigned port = 0;
        const auto* end = rest.data() + rest.size();
        const auto read = std::from_chars(rest.data() + 1, end, port);
        if (rest.front() != ':' || read.ec != std::errc{} || read.ptr != end || port == 0 ||
            port > 65535)
            return BadTransportAddress{
                "The port of the mail server is not a number from 1 to 65535."};
        server.port = static_cast<std::uint16_t>(port);
    }
    if (server.security == SmtpSecurity::Plain && !is_loopback(server.host))
        return BadTransportAddress{
            "Mail without encryption (smtp://) may only go to this machine; "
            "use smtp+starttls:// or smtps://."};
    return server;
}
}  // namespace

TransportAddress read_transport_address(std::string_view text) {
    constexpr std::string_view folder = "folder:";
    if (text.starts_with(folder)) {
        const auto path = text.substr(folder.size());
        if (path.empty() || path.find('\0') != std::string_view::npos)
            return BadTransportAddress{"The folder for mails has no path."};
        return FolderAddress{std::string{path}};
    }
    for (const auto& scheme : schemes)
        if (text.starts_with(scheme.prefix))
            return read_host_and_port(scheme, text.substr(scheme.prefix.size()));
    return BadTransportAddress{
        "A mail transport starts with smtp://, smtp+starttls://, smtps:// or folder:."};
}

bool is_loopback(std::string_view host) {
    std::string lower{host};
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (lower == "localhost") return true;
    Poco::Net::IPAddress address;
    return Poco::Net::IPAddress::tryParse(lower, address) && address.isLoopback();
}
}  // namespace ppo
