// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace ppo {
enum class SmtpSecurity {
    Plain,        // smtp://: loopback only.
    StartTls,     // smtp+starttls://: encrypted before anything is said, or not at all.
    ImplicitTls,  // smtps://
};

struct SmtpAddress {
    SmtpSecurity security = SmtpSecurity::StartTls;
    std::string host{};  // A name or an IP address; IPv6 without brackets.
    std::uint16_t port = 0;
};

struct FolderAddress {
    std::string path{};
};

/// Why a text is no address of a transport; one sentence for whoever configures the plugin.
struct BadTransportAddress {
    std::string reason{};
};

using TransportAddress = std::variant<SmtpAddress, FolderAddress, BadTransportAddress>;

/// Reads "smtp://HOST:PORT", "smtp+starttls://HOST:PORT", "smtps://HOST:PORT" (ports 25, 587 and
/// 465 may be left out, IPv6 stands in brackets) and "folder:PATH". Plain smtp is taken for
/// loopback only.
[[nodiscard]] TransportAddress read_transport_address(std::string_view text);

/// Whether the host is this machine: 127.0.0.0/8, ::1 or localhost.
[[nodiscard]] bool is_loopback(std::string_view host);
}  // namespace ppo
