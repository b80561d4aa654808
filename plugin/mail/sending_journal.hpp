// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ppo {
/// What a worker remembers between handing a mail over and storing how that ended, so that being
/// killed in between mails nobody twice: a small file that only it has locked. Survives the death
/// of the process, not a power cut. Holds ids, outcomes and the server's cleaned words; no address,
/// no link.
class SendingJournal {
public:
    /// Makes the file `<prefix>-sending-<lease>`, mode 0600; with an empty prefix there is none,
    /// and nothing is remembered. Throws StoreFault.
    explicit SendingJournal(const std::string& prefix);
    /// Takes the file away.
    ~SendingJournal();
    SendingJournal(const SendingJournal&) = delete;
    SendingJournal& operator=(const SendingJournal&) = delete;

    /// What the worker's leases are called.
    [[nodiscard]] const std::string& lease() const { return lease_; }

    /// A group is about to be leased. Throws StoreFault.
    void begin(UnixTime now);

    /// The last bytes of a mail are about to leave. Throws StoreFault if that cannot be remembered:
    /// then the mail must stay. From any thread.
    void leaving(std::string_view mail_id);

    /// A mail's try ended. From any thread.
    void ended(std::string_view mail_id, const Delivery& delivery);

    /// Everything until now is stored. Throws StoreFault.
    void forget();

    /// Leaves the file to whoever recovers it: what it says could not be stored.
    void leave_behind();

private:
    [[nodiscard]] bool write(std::string_view line);

    std::string lease_;
    std::string path_{};
    int file_ = -1;
    std::atomic<bool> is_spoilt_{false};
};

/// What the journal of a worker that has died says.
struct LeftBehind {
    std::string lease{};
    UnixTime begun_at{};
    /// Each mail that was leaving, with how that ended if it is known.
    std::map<std::string, std::optional<Delivery>, std::less<>> mails{};
};

/// Reads a journal. Whatever is no whole, known line counts as not written.
[[nodiscard]] LeftBehind read_journal(std::string_view lease, std::string_view bytes);

/// Gives each journal whose worker is dead to `take`, while nobody else can have it, and takes the
/// file away after that.
void take_journals_left_behind(const std::string& prefix,
                               const std::function<void(const LeftBehind& left)>& take);
}  // namespace ppo
