// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_connection.hpp"

#include "mail/smtp_tls.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace ppo {
namespace {
using Poco::Net::SecureStreamSocket;
using Poco::Net::Socket;
using Poco::Net::SocketAddress;
using Poco::Net::StreamSocket;

constexpr std::chrono::milliseconds longest_nap{100};

/// What a TLS call waits for, if its answer says that it has to wait; else 0.
int wanted_by_tls(int answer) {
    if (answer == SecureStreamSocket::ERR_SSL_WANT_READ) return Socket::SELECT_READ;
    if (answer == SecureStreamSocket::ERR_SSL_WANT_WRITE) return Socket::SELECT_WRITE;
    return 0;
}
}  // namespace

SmtpConnection::SmtpConnection(const SmtpAddress& server,
                               const std::vector<Poco::Net::IPAddress>& addresses,
                               SteadyTime deadline, const std::atomic<bool>& stopped)
    : stopped_{stopped} {
    for (const auto& address : addresses) {
        const bool is_last = &address == &addresses.back();
        // Without encryption nothing leaves this machine, whatever a name resolves to.
        if (server.security == SmtpSecurity::Plain && !address.isLoopback()) continue;
        // A dead first address must leave time for the second.
        const auto now = std::chrono::steady_clock::now();
        const auto share = is_last ? deadline : now + (deadline - now) / 2;
        try {
            connect(SocketAddress{address, server.port}, share);
            return;
        } catch (const ConnectionLost&) {
            socket_.close();
            if (is_last || stopped_) throw;
        }
    }
    throw ConnectionLost{"The mail server has no address that can be used."};
}

SmtpConnection::~SmtpConnection() {
    try {
        socket_.close();
    } catch (const Poco::Exception&) {  // TLS could not say good-bye; the socket is closed with its
                                        // last owner.
    }
}

void SmtpConnection::connect(const SocketAddress& address, SteadyTime deadline) {
    try {
        socket_ = StreamSocket{};
        socket_.connectNB(address);
        wait(Socket::SELECT_WRITE, deadline);
        if (socket_.impl()->socketError() != 0)
            throw ConnectionLost{"The mail server cannot be reached."};
        socket_.setNoDelay(true);  // Otherwise each mail waits 44 ms for an acknowledgement.
    } catch (const Poco::Exception&) {
        throw ConnectionLost{"The mail server cannot be reached."};
    }
}

void SmtpConnection::start_tls(const std::string& host, const Poco::Net::Context::Ptr& context,
                               SteadyTime deadline) {
    try {
        ::ERR_clear_error();
        SecureStreamSocket secure = SecureStreamSocket::attach(socket_, host, context);
        socket_ = secure;
        is_secure_ = true;
        while (true) {
            const int answer = secure.completeHandshake();
            if (answer > 0) return;
            const int wanted = wanted_by_tls(answer);
            if (wanted == 0) throw ConnectionLost{"The mail server hung up while TLS began."};
            wait(wanted, deadline);
        }
    } catch (const Poco::Exception&) {
        ::ERR_clear_error();
        const auto trouble = take_certificate_trouble(host);
        throw ConnectionLost{!trouble.empty()
                                 ? trouble
                                 : "TLS with the mail server failed: check whether this port wants "
                                   "smtps:// or smtp+starttls://."};
    }
}

void SmtpConnection::write(std::string_view bytes, SteadyTime deadline) {
    try {
        while (!bytes.empty()) {
            if (!is_secure_) wait(Socket::SELECT_WRITE, deadline);
            const int count = socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()),
                                                MSG_NOSIGNAL);
            if (count > 0)
                bytes.remove_prefix(static_cast<std::size_t>(count));
            else if (is_secure_)
                wait(std::max(wanted_by_tls(count), int{Socket::SELECT_READ}), deadline);
        }
    } catch (const Poco::Exception&) {
        throw ConnectionLost{"The connection to the mail server was lost."};
    }
}

std::string SmtpConnection::write_unless_answered(std::string_view bytes, SteadyTime deadline) {
    constexpr std::size_t piece = 64 * 1024;
    try {
        while (!bytes.empty()) {
            if (auto answer = read_arrived(); !answer.empty()) return answer;
            const auto size = std::min(bytes.size(), piece);
            const int count = socket_.sendBytes(bytes.data(), static_cast<int>(size), MSG_NOSIGNAL);
            if (count > 0)
                bytes.remove_prefix(static_cast<std::size_t>(count));
            else
                wait(Socket::SELECT_WRITE | Socket::SELECT_READ, deadline);
        }
        return {};
    } catch (const Poco::Exception&) {
        throw ConnectionLost{"The connection to the mail server was lost."};
    }
}

std::string SmtpConnection::read(SteadyTime deadline) {
    try {
        std::array<char, 4096> buffer{};
        while (true) {
            if (!is_secure_) wait(Socket::SELECT_READ, deadline);
            const int count = socket_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
            if (count > 0) return std::string{buffer.data(), static_cast<std::size_t>(count)};
            if (count == 0) throw ConnectionLost{"The mail server hung up."};
            if (is_secure_)
                wait(std::max(wanted_by_tls(count), int{Socket::SELECT_READ}), deadline);
        }
    } catch (const Poco::Exception&) {
        throw ConnectionLost{"The connection to the mail server was lost."};
    }
}

std::string SmtpConnection::read_arrived() {
    try {
        const int what = Socket::SELECT_READ | Socket::SELECT_ERROR;
        if (!is_secure_ && !socket_.poll(Poco::Timespan{0}, what)) return {};
        std::array<char, 4096> buffer{};
        const int count = socket_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
        if (count == 0) throw ConnectionLost{"The mail server hung up."};
        // Under TLS there may be nothing for us in what arrived.
        return count < 0 ? std::string{}
                         : std::string{buffer.data(), static_cast<std::size_t>(count)};
    } catch (const Poco::Exception&) {
        throw ConnectionLost{"The connection to the mail server was lost."};
    }
}

std::string SmtpConnection::own_name() const {
    const auto host = socket_.address().host();
    const bool is_ipv6 = host.family() == Poco::Net::IPAddress::IPv6;
    const std::string written = host.toString();
    return (is_ipv6 ? "[IPv6:" : "[") + written.substr(0, written.find('%')) + "]";
}

void SmtpConnection::wait(int what, SteadyTime deadline) {
    while (true) {
        if (stopped_) throw ConnectionLost{"Sending was stopped."};
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) throw ConnectionLost{"The mail server took too long."};
        const auto nap = std::min<std::chrono::microseconds>(left, longest_nap);
        if (socket_.poll(Poco::Timespan{nap.count()}, what | Socket::SELECT_ERROR)) return;
    }
}
}  // namespace ppo
