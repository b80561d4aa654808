// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ppo_bench {
/// Postfix's test programs, unpacked but not installed.
class MailTools {
public:
    explicit MailTools(std::string folder) : folder_{std::move(folder)} {}

    /// Has smtp-source send as many mails of this size over kept connections, and waits for it.
    void send(std::uint16_t port, int connections, int mails, std::size_t bytes) const;

    /// Starts one of the programs.
    [[nodiscard]] pid_t start(const std::string& program,
                              const std::vector<std::string>& arguments) const;

private:
    std::string folder_;
};

/// A mail server on this machine that takes everything and keeps nothing.
class MailSink {
public:
    explicit MailSink(const MailTools& tools);
    ~MailSink();
    MailSink(const MailSink&) = delete;
    MailSink& operator=(const MailSink&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    std::uint16_t port_;
    pid_t process_;
};
}  // namespace ppo_bench
