// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/smtp_address.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
using SteadyTime = std::chrono::steady_clock::time_point;

/// The network failed, a deadline passed, or the transport was interrupted. The text is ours and
/// names no address.
class ConnectionLost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The bytes beneath a dialogue: one socket that never blocks longer than asked, plain at first,
/// TLS from start_tls() on. Every wait looks at `stopped` several times a second.
class SmtpConnection {
public:
    /// Tries every address of the host within the deadline.
    SmtpConnection(const SmtpAddress& server, const std::vector<Poco::Net::IPAddress>& addresses,
                   SteadyTime deadline, const std::atomic<bool>& stopped);
    SmtpConnection(const SmtpConnection&) = delete;
    SmtpConnection& operator=(const SmtpConnection&) = delete;
    ~SmtpConnection();

    void start_tls(const std::string& host, const Poco::Net::Context::Ptr& context,
                   SteadyTime deadline);
    void write(std::string_view bytes, SteadyTime deadline);
    /// The same, for a text that is answered at its end: what arrives before its last piece has
    /// left is given back, and nothing more is written. Empty if all has left.
    [[nodiscard]] std::string write_unless_answered(std::string_view bytes, SteadyTime deadline);
    /// At least one byte; the end of the stream is ConnectionLost.
    [[nodiscard]] std::string read(SteadyTime deadline);
    /// What has arrived, without waiting; the end of the stream is ConnectionLost.
    [[nodiscard]] std::string read_arrived();
    /// "[192.0.2.1]" or "[IPv6:2001:db8::1]": how this machine calls itself towards the server.
    [[nodiscard]] std::string own_name() const;

private:
    void connect(const Poco::Net::SocketAddress& address, SteadyTime deadline);
    void wait(int what, SteadyTime deadline);

    Poco::Net::StreamSocket socket_{};
    const std::atomic<bool>& stopped_;
    bool is_secure_ = false;
};
}  // namespace ppo
