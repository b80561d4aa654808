// SPDX-License-Identifier: Apache-2.0
#include "mail_tools.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace ppo_bench {
namespace {
class Socket {
public:
    Socket() = default;
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { ::close(number_); }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_ = ::socket(AF_INET, SOCK_STREAM, 0);
};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

std::uint16_t free_port() {
    const Socket socket;
    auto address = loopback(0);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.number(), any, size) != 0 || ::getsockname(socket.number(), any, &size) != 0)
        throw std::runtime_error{"no free port"};
    return ntohs(address.sin_port);
}

bool is_open(std::uint16_t port) {
    const Socket socket;
    const auto address = loopback(port);
    return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address),
                     sizeof address) == 0;
}

std::string at(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }
std::vector<std::string> arguments_for(std::uint16_t port) {
    std::vector<std::string> arguments{"-4", at(port), "100"};
    if (::geteuid() == 0) arguments.insert(arguments.begin(), {"-u", "nobody"});  // It insists.
    return arguments;
}
}  // namespace

pid_t MailTools::start(const std::string& program,
                       const std::vector<std::string>& arguments) const {
    const std::string path = folder_ + "/usr/sbin/" + program;
    std::vector<char*> words{const_cast<char*>(path.c_str())};
    for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    const std::string libraries = folder_ + "/usr/lib/postfix";
    const pid_t process = ::fork();
    if (process == 0) {
        ::setenv("LD_LIBRARY_PATH", libraries.c_str(), 1);
        ::execv(path.c_str(), words.data());
        ::_exit(127);
    }
    if (process < 0) throw std::runtime_error{"no process for " + program};
    return process;
}

void MailTools::send(std::uint16_t port, int connections, int mails, std::size_t bytes) const {
    const pid_t source = start(
        "smtp-source", {"-d", "-4", "-s", std::to_string(connections), "-m", std::to_string(mails),
                        "-l", std::to_string(bytes), "-f", "portal@bench.example", "-t",
                        "person@example.test", at(port)});
    int ended = 0;
    if (::waitpid(source, &ended, 0) != source || ended != 0)
        throw std::runtime_error{"smtp-source failed"};
}

MailSink::MailSink(const MailTools& tools)
    : port_{free_port()}, process_{tools.start("smtp-sink", arguments_for(port_))} {
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!is_open(port_)) {
        if (std::chrono::steady_clock::now() > patience ||
            ::waitpid(process_, nullptr, WNOHANG) != 0)
            throw std::runtime_error{"smtp-sink does not start"};
        std::this_thread::yield();
    }
}

MailSink::~MailSink() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}
}  // namespace ppo_bench
