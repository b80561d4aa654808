// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Transaction;

/// Who asked for a link, and what for. The numbers are stored.
enum class LinkOrigin { FirstSetUp = 1, ResetByStaff = 2, AskedByPatient = 3 };

/// How a link died other than by time. The numbers are stored.
enum class LinkEnd {
    Open = 0,
    Used = 1,
    Replaced = 2,
    AccessDisabled = 3,  // Access off, or the chart closed.
    EmailChanged = 4,
    CredentialsChanged = 5,
    Withdrawn = 6,
    Restored = 7,  // The store came back from a backup.
};

/// One e-mail with one link.
struct Invitation {
    std::string id{};  // 32 hex digits.
    std::string patient_id{};
    LinkOrigin origin = LinkOrigin::FirstSetUp;
    std::string key_id{};
    std::string link_digest{};
    std::int64_t epoch = 0;
    UnixTime created_at{};
    UnixTime expires_at{};
    LinkEnd end = LinkEnd::Open;
    std::int64_t wrong_answers = 0;
    std::optional<UnixTime> wait_until{};
    std::optional<UnixTime> remind_at{};  // Nothing = not any more.
};

/// The patient has no other open one: close that first.
void add_invitation(Transaction& transaction, const Invitation& invitation);

[[nodiscard]] std::optional<Invitation> find_invitation(Connection& connection,
                                                        std::string_view invitation_id);
[[nodiscard]] std::optional<Invitation> invitation_with_digest(Connection& connection,
                                                               std::string_view digest);
[[nodiscard]] std::optional<Invitation> open_invitation(Connection& connection,
                                                        std::string_view patient_id);
[[nodiscard]] std::optional<UnixTime> last_invitation_at(Connection& connection,
                                                         std::string_view patient_id);
/// How the newest link of a patient ended; nothing if there never was one.
[[nodiscard]] std::optional<LinkEnd> last_link_end(Connection& connection,
                                                   std::string_view patient_id);

/// Kills the open link of a patient, takes its mail out of the outbox if that has not left, and
/// brings the row up to date. False if there was none.
bool close_open_invitation(Transaction& transaction, std::string_view patient_id, LinkEnd end,
                           UnixTime now);

/// Closes whatever link of the practice is open, and returns how many were. The patients' rows and
/// the mails are the caller's: end_everything_of_patients, cancel_all_mails.
int close_all_invitations(Transaction& transaction, LinkEnd end, UnixTime now);

/// Consumes the link: one guarded UPDATE, whose row count decides who was first. Returns whose link
/// it was; nothing if it cannot be used any more, for whatever reason, at this moment.
[[nodiscard]] std::optional<std::string> use_link(Transaction& transaction, std::string_view digest,
                                                  UnixTime now);

/// Counts a wrong answer on the link's page and says until when the next one has to wait.
void put_wrong_answer(Transaction& transaction, std::string_view invitation_id,
                      std::int64_t wrong_answers, std::optional<UnixTime> wait_until);

/// Whether an open link waits for its reminder. Costs microseconds: it looks at one row of an
/// index.
[[nodiscard]] bool is_reminder_due(Connection& connection, UnixTime now);

/// Open links whose reminder is due, the longest waiting first; at most `most`.
[[nodiscard]] std::vector<Invitation> due_reminders(Connection& connection, UnixTime now, int most);

/// Moves the reminder of a link on, or ends it.
void put_remind_at(Transaction& transaction, std::string_view invitation_id,
                   std::optional<UnixTime> remind_at);
}  // namespace ppo
