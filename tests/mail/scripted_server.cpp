// SPDX-License-Identifier: Apache-2.0
#include "mail/scripted_server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <sys/socket.h>

#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>

namespace ppo_test {
namespace {
struct ClientLeft : std::runtime_error {
    using std::runtime_error::runtime_error;
};
constexpr long slice = 20'000;  // Microseconds between two looks at whether the test is over.
}  // namespace

ServerSide::ServerSide(Poco::Net::StreamSocket socket, std::atomic<bool>& is_over)
    : socket_{std::move(socket)}, is_over_{is_over} {
    socket_.setNoDelay(true);
    socket_.setReceiveTimeout(Poco::Timespan{10, 0});
}

void ServerSide::say(const std::string& bytes) {
    std::size_t at = 0;
    while (at < bytes.size())
        at += static_cast<std::size_t>(socket_.sendBytes(
            bytes.data() + at, static_cast<int>(bytes.size() - at), MSG_NOSIGNAL));
}

bool ServerSide::fill() {
    while (!is_over_) {
        if (!socket_.secure() &&
            !socket_.poll(Poco::Timespan{slice}, Poco::Net::Socket::SELECT_READ))
            continue;
        std::array<char, 4096> buffer{};
        const int count = socket_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
        if (count <= 0) return false;
        pending_.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }
    return false;
}

std::string ServerSide::line() {
    while (true) {
        const auto end = pending_.find("\r\n");
        if (end != std::string::npos) {
            std::string found = pending_.substr(0, end);
            pending_.erase(0, end + 2);
            return found;
        }
        if (!fill()) throw ClientLeft{"the client has left"};
    }
}

std::string ServerSide::data() {
    std::string text;
    while (true) {
        const std::string next = line();
        if (next == ".") return text;
        text += next + "\r\n";
    }
}

void ServerSide::skip(std::size_t count) {
    while (pending_.size() < count && fill()) {
    }
    pending_.erase(0, count);
}

void ServerSide::stall() {
    while (fill()) pending_.clear();
}

bool ServerSide::wait(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (!is_over_ && std::chrono::steady_clock::now() < end)
        if (socket_.poll(Poco::Timespan{slice}, Poco::Net::Socket::SELECT_ERROR)) return false;
    return !is_over_;
}

void ServerSide::freeze() {
    while (wait(std::chrono::seconds{1})) {
    }
}

void ServerSide::drip(const std::string& bytes) {
    for (const char byte : bytes) {
        say({byte});
        if (!wait(std::chrono::seconds{1})) return;
    }
    stall();
}

void ServerSide::sip() {
    char byte = 0;
    while (socket_.receiveBytes(&byte, 1) > 0 && wait(std::chrono::seconds{1})) {
    }
}

void ServerSide::go_on_and_on(const std::string& bytes) {
    socket_.setSendTimeout(Poco::Timespan{slice});
    while (!is_over_) {
        try {
            say(bytes);
        } catch (const Poco::TimeoutException&) {  // The client does not read any more.
        }
    }
}

void ServerSide::start_tls(const Poco::Net::Context::Ptr& context) {
    socket_ = Poco::Net::SecureStreamSocket::attach(socket_, context);
}

void ServerSide::close() { socket_.close(); }

void ServerSide::reset() {
    socket_.setLinger(true, 0);
    socket_.close();
}

ScriptedServer::ScriptedServer(Script script, std::uint16_t port)
    : listener_{Poco::Net::SocketAddress{"127.0.0.1", port}},
      thread_{[this, script = std::move(script)] { listen(script); }} {}

ScriptedServer::~ScriptedServer() {
    is_over_ = true;
    thread_.join();
}

void ScriptedServer::listen(const Script& script) {
    // A client that hangs up early must not end the test program by a signal.
    sigset_t pipe{};
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    std::vector<std::thread> clients;
    while (!is_over_) {
        if (!listener_.poll(Poco::Timespan{slice}, Poco::Net::Socket::SELECT_READ)) continue;
        auto socket = std::make_unique<Poco::Net::StreamSocket>(listener_.acceptConnection());
        const int connection = ++connections_;
        clients.emplace_back([this, &script, connection, socket = std::move(socket)] {
            serve(script, *socket, connection);
        });
    }
    for (auto& client : clients) client.join();
}

void ScriptedServer::serve(const Script& script, const Poco::Net::StreamSocket& socket,
                           int connection) {
    try {
        ServerSide client{socket, is_over_};
        script(client, connection);
    } catch (const ClientLeft&) {  // As clients do.
    } catch (const Poco::Exception&) {
    }
}

void MailServer::serve(ServerSide& client, int connection) {
    if (tls_at_once) client.start_tls(tls);
    bool is_after_tls = tls_at_once;
    if (!answer(client, "greeting", connection, is_after_tls)) return;
    while (true) {
        const std::string command = client.line();
        note(command);
        const std::string step = command.substr(0, command.find(' '));
        if (!answer(client, step, connection, is_after_tls)) return;
        if (step == "QUIT") return;
        if (step == "STARTTLS" && tls) {
            client.start_tls(tls);
            is_after_tls = true;
        }
        if (step == "DATA" && answers.at("DATA").starts_with("354")) {
            const std::string mail = client.data();
            {
                const std::lock_guard lock{mutex_};
                mails_.push_back(mail);
            }
            if (!answer(client, "dot", connection, is_after_tls)) return;
        }
    }
}

bool MailServer::answer(ServerSide& client, const std::string& step, int connection,
                        bool is_after_tls) {
    const auto own = answers.find(step);
    const auto later = later_answers.find(step);
    std::string text = own == answers.end() ? "500 what?\r\n" : own->second;
    if (connection > 1 && later != later_answers.end()) text = later->second;
    if (step == "EHLO" && is_after_tls && !ehlo_after_tls.empty()) text = ehlo_after_tls;
    for (const std::string end : {"close", "stall"}) {
        if (!text.ends_with(end)) continue;
        client.say(text.substr(0, text.size() - end.size()));
        if (end == "stall") client.stall();
        return false;
    }
    client.say(text);
    return true;
}

void MailServer::note(const std::string& line) {
    const std::lock_guard lock{mutex_};
    heard_.push_back(line);
}

std::vector<std::string> MailServer::heard() const {
    const std::lock_guard lock{mutex_};
    return heard_;
}

std::vector<std::string> MailServer::mails() const {
    const std::lock_guard lock{mutex_};
    return mails_;
}

int MailServer::count(const std::string& start) const {
    int found = 0;
    for (const auto& line : heard())
        if (line.starts_with(start)) ++found;
    return found;
}
}  // namespace ppo_test
