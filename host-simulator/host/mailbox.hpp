// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <cstdint>
#include <mutex>
#include <set>
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
    Down,         // Answers "deferred": the plugin tries again.
    Unreachable,  // Nobody answers: no mail leaves, whomever it is for.
    Greylists,    // Answers "deferred" to the first mail for an address, and takes the second.
    Rejects,      // Answers "rejected": never to this address.
    Drops,        // Takes the mail and loses the line before it says so: "unknown".
};

/// The pretend mail server and everybody's mailbox in one. Thread-safe.
class Mailbox {
public:
    void set_mood(MailServerMood mood);
    [[nodiscard]] MailServerMood mood() const;

    /// Takes a mail as the mood says; `reason` receives why not. Returns the result for
    /// ppo_host_mail_1.
    [[nodiscard]] ppo_result take(const Letter& letter, std::string& reason);

    /// How often a mail was brought here, taken or not.
    [[nodiscard]] std::uint64_t attempts() const;
    [[nodiscard]] std::size_t count() const;
    /// Oldest first.
    [[nodiscard]] std::vector<Letter> all() const;

private:
    mutable std::mutex lock_{};
    MailServerMood mood_ = MailServerMood::Up;
    std::vector<Letter> letters_{};
    std::set<std::string> greylisted_{};
    std::uint64_t attempts_ = 0;
};
}  // namespace ppo_sim
