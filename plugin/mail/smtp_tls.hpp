// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/Context.h>

#include <string>

namespace ppo {
/// TLS 1.2 or newer towards this one host, whose certificate must have a good chain and this name
/// or address. Reading the system's authorities takes tens of milliseconds: make one and keep it.
/// `ca_file` (PEM) stands in for them. Throws where the authorities cannot be read. Nothing here
/// touches the settings of the process, which are the host's.
[[nodiscard]] Poco::Net::Context::Ptr make_smtp_tls_context(const std::string& host,
                                                            const std::string& ca_file);

/// What was wrong with the certificate that the last handshake on this thread refused, and what
/// mends it; empty if nothing was. Asked once, it is forgotten.
[[nodiscard]] std::string take_certificate_trouble(const std::string& host);
}  // namespace ppo
