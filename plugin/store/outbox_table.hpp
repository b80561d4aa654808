// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/portal_status.hpp"
#include "domain/unix_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Transaction;

/// What a mail is. The numbers are stored.
enum class MailKind {
    Invitation = 1,
    UsernameReminder = 2,
    PasswordChanged = 3,
    UsernameChanged = 4,
    EmailChanged = 5,
    SignInTrouble = 6
};

/// One of those whom a mail is about.
struct MailPerson {
    std::string patient_id{};
    std::string invitation_id{};  // Of an invitation; else empty.
};

/// Which place of which batch a mail is for.
struct BatchPlace {
    std::int64_t batch_id = 0;
    std::int64_t place = 0;
};

/// A row of the outbox: the promise that a mail leaves. It holds neither text nor link.
struct QueuedMail {
    std::string id{};
    MailKind kind = MailKind::Invitation;
    std::string recipient{};  // The address on file when it was queued.
    std::string language{};
    MailState state = MailState::Queued;
    UnixTime created_at{};
    std::int64_t tries = 0;
    std::optional<UnixTime> next_try_at{};
    std::string reason{};
    std::vector<MailPerson> people{};
    bool can_wait = false;                   // Batch or reminder: single mails leave first.
    bool is_reminder = false;                // The same link once more.
    std::optional<BatchPlace> batch{};       // The place in a batch that it is for.
    std::optional<UnixTime> leased_until{};  // Until then a worker has it in hand.

    /// Whether it is on its way right now: what staff see as "sending".
    [[nodiscard]] bool in_hand(UnixTime now) const { return leased_until && *leased_until > now; }
};

/// Queues a mail and sets the mail state of those whom an invitation invites.
void queue_mail(Transaction& transaction, const QueuedMail& mail);

/// Queues a notice about the patient's account, without link and without any value of it. Goes to
/// the address given, which is on file at this moment; to nobody if that cannot be mailed, or the
/// chart is closed, or the patient wants no mail.
void queue_notice(Transaction& transaction, const Account& account, MailKind kind,
                  const std::string& recipient, UnixTime now, bool can_wait = false);

/// Takes up to `most` mails that are due into hand until `leased_until`, so that no other worker
/// has them too: those that somebody waits for first, then as they became due. Mails of a paused
/// batch stay.
[[nodiscard]] std::vector<QueuedMail> lease_due_mails(Transaction& transaction, UnixTime now,
                                                      UnixTime leased_until, std::string_view lease,
                                                      std::int64_t most);

/// Whether one is due that nobody has in hand, and whose batch is not paused.
[[nodiscard]] bool is_mail_due(Connection& connection, UnixTime now);

/// Whether any mail is in a worker's hand, or was when that ended.
[[nodiscard]] bool is_mail_in_hand(Connection& connection);

/// What is in the hand of one worker.
[[nodiscard]] std::vector<QueuedMail> mails_in_hand(Connection& connection, std::string_view lease);

/// Keeps what is in one worker's hand there for longer.
void renew_lease(Transaction& transaction, std::string_view lease, UnixTime leased_until);

/// Gives a mail back as it was taken: nothing was tried.
void give_mail_back(Transaction& transaction, std::string_view mail_id, std::string_view lease);

/// The same for all that one worker still has in hand.
void give_mails_back(Transaction& transaction, std::string_view lease);

/// When the next mail is due; nothing if none waits.
[[nodiscard]] std::optional<UnixTime> next_mail_due_at(Connection& connection);

/// How a try ended.
struct MailOutcome {
    MailState state = MailState::Sent;
    std::int64_t tries = 0;
    std::optional<UnixTime> next_try_at{};  // Nothing = that was the last one.
    std::string reason{};
    UnixTime at{};  // A mail that was sent invites its people since then.
};

/// Stores it with everything that follows for those whom the mail invites, and gives the lease
/// back; false if the lease is another worker's by now. AnyEnd: what has left invites also whose
/// link was withdrawn meanwhile.
enum class Links { NotDead, AnyEnd };
[[nodiscard]] bool settle_mail(Transaction& transaction, const QueuedMail& mail,
                               std::string_view lease, const MailOutcome& outcome,
                               Links links = Links::NotDead);

/// What waits.
struct OutboxState {
    std::int64_t waiting = 0;
    std::int64_t deferred = 0;         // Of these: tried before.
    std::optional<UnixTime> oldest{};  // When the oldest of them was queued.
};
[[nodiscard]] OutboxState read_outbox_state(Connection& connection);

/// Those whom this mail invites, as long as no newer mail does. NotDead: and their link has not
/// died another way than by use.
[[nodiscard]] std::vector<std::string> whom_it_invites(Connection& connection,
                                                       const QueuedMail& mail, Links links);

/// Takes whatever waits out, also from a worker's hand, and returns how many mails that were. The
/// patients' rows are the caller's: end_everything_of_patients.
int cancel_all_mails(Transaction& transaction, std::string_view reason);

/// Takes the mail of an invitation out, if that has not left and invites nobody else.
void cancel_mail_of(Transaction& transaction, std::string_view invitation_id);

/// The mail that carried the last invitation of a patient.
[[nodiscard]] std::optional<QueuedMail> last_mail_to(Connection& connection,
                                                     std::string_view patient_id);
}  // namespace ppo
