// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <mutex>
#include <string>
#include <vector>

namespace ppo_sim {
/// One mail as the plugin handed it over.
struct Letter {
    std::string message_id{};
    std::string sender{};
    std::string recipient{};
    std::string message{};  // Whole, RFC 5322.
    ppo_time received_at = 0;
};

/// How the pretend mail server answers.
enum class MailServerMood {
    Up,
    Down,     // Answers "deferred": the plugin tries again.
    Rejects,  // Answers "rejected": never to this address.
    Drops,    // Takes the mail and loses the line before it says so: "unknown".
};

/// The pretend mail server and everybody's mailbox in one. Thread-safe.
class Mailbox {
public:
    void set_mood(MailServerMood mood);
    [[nodiscard]] MailServerMood mood() const;

    /// Takes a mail as the mood says; `reason` receives why not. Returns the result for
    /// ppo_host_mail_1.
    [[nodiscard]] ppo_result take(const Letter& letter, std::string& reason);

    [[nodiscard]] std::size_t count() const;
    /// Oldest first.
    [[nodiscard]] std::vector<Letter> all() const;

private:
    mutable std::mutex lock_{};
    MailServerMood mood_ = MailServerMood::Up;
    std::vector<Letter> letters_{};
};
}  // namespace ppo_sim
