// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ppo_test {
/// The server's end of one connection, in the hands of a script.
class ServerSide {
public:
    ServerSide(Poco::Net::StreamSocket socket, std::atomic<bool>& is_over);

    void say(const std::string& bytes);
    /// The next line without its end; throws when the client has left or the test is over.
    [[nodiscard]] std::string line();
    /// What follows DATA, to the line of one dot, as it came.
    [[nodiscard]] std::string data();
    /// This many bytes of what comes, or what there is when the client leaves.
    void skip(std::size_t count);
    /// Says nothing until the client leaves or the test is over.
    void stall();
    /// The same, and does not even read.
    void freeze();
    /// Says the bytes one by one, a second apart, until the client leaves or the test is over.
    void drip(const std::string& bytes);
    /// Reads one byte a second until the client leaves or the test is over.
    void sip();
    /// Says it again and again until the client leaves or the test is over.
    void go_on_and_on(const std::string& bytes);
    void start_tls(const Poco::Net::Context::Ptr& context);
    [[nodiscard]] bool is_encrypted() const { return socket_.secure(); }
    /// Says good-bye to TLS and closes.
    void close();
    /// Ends the connection as a machine does that has forgotten it.
    void reset();

private:
    [[nodiscard]] bool fill();
    /// False if the client has left or the test is over before.
    [[nodiscard]] bool wait(std::chrono::milliseconds time);

    Poco::Net::StreamSocket socket_{};
    std::atomic<bool>& is_over_;
    std::string pending_{};
};

/// Serves every connection on loopback by the script, each on a thread of its own. Ends with the
/// test.
class ScriptedServer {
public:
    using Script = std::function<void(ServerSide&, int connection)>;
    explicit ScriptedServer(Script script, std::uint16_t port = 0);
    ~ScriptedServer();

    /// Connections from now on can take in this many bytes that nobody has read.
    void keep_unread(int bytes) { listener_.setReceiveBufferSize(bytes); }
    [[nodiscard]] std::uint16_t port() const { return listener_.address().port(); }
    [[nodiscard]] int connections() const { return connections_; }

private:
    void listen(const Script& script);
    void serve(const Script& script, const Poco::Net::StreamSocket& socket, int connection);

    Poco::Net::ServerSocket listener_{};
    std::atomic<bool> is_over_{false};
    std::atomic<int> connections_{0};
    std::thread thread_{};
};

/// A script that behaves, but for the answers the test replaces, and that writes down what it
/// heard.
class MailServer {
public:
    /// Answers by step: "greeting", or the first word of the command, or "dot". "close" hangs up
    /// instead, "stall" falls silent; both may end an answer: "250-a\r\nclose".
    std::map<std::string, std::string> answers{
        {"greeting", "220 mx.test ESMTP\r\n"},
        {"EHLO", "250-mx.test\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 PIPELINING\r\n"},
        {"HELO", "250 mx.test\r\n"},
        {"MAIL", "250 2.1.0 ok\r\n"},
        {"RCPT", "250 2.1.5 ok\r\n"},
        {"DATA", "354 go on\r\n"},
        {"dot", "250 2.0.0 queued\r\n"},
        {"RSET", "250 ok\r\n"},
        {"AUTH", "235 welcome\r\n"},
        {"STARTTLS", "220 go\r\n"},
        {"QUIT", "221 bye\r\n"}};
    /// Answers that hold only from the second connection on.
    std::map<std::string, std::string> later_answers{};
    Poco::Net::Context::Ptr tls{};  // For STARTTLS, and from the start where `tls_at_once` is set.
    bool tls_at_once = false;
    std::string ehlo_after_tls{};  // Empty = the same as before.

    void serve(ServerSide& client, int connection);
    [[nodiscard]] ScriptedServer::Script script() {
        return [this](ServerSide& client, int connection) { serve(client, connection); };
    }

    [[nodiscard]] std::vector<std::string> heard() const;
    [[nodiscard]] std::vector<std::string> mails() const;
    /// How many of the commands heard start with this.
    [[nodiscard]] int count(const std::string& start) const;

private:
    [[nodiscard]] bool answer(ServerSide& client, const std::string& step, int connection,
                              bool is_after_tls);
    void note(const std::string& line);

    mutable std::mutex mutex_{};
    std::vector<std::string> heard_{};
    std::vector<std::string> mails_{};
};
}  // namespace ppo_test
