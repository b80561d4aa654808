// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"

#include "invitations/batch_selection.hpp"
#include "invitations/send_invitation.hpp"
#include "store/audit_table.hpp"
#include "store/batch_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

// A batch becomes mails just in time: links begin to age when they are made, and what lies in the
// outbox cannot be judged again as cheaply.
namespace ppo {
namespace {
constexpr int people_a_step = 200;
constexpr std::int64_t most_due = 1000;      // What the worker takes in a few minutes.
constexpr std::int64_t most_pending = 5000;  // With those that are deferred.

bool begin(Database& database, const Batch& batch, UnixTime now) {
    Transaction transaction{database};
    const bool begun = begin_batch(transaction, batch.id, now);
    transaction.commit();
    return begun;
}

bool finish(Database& database, const Batch& batch, UnixTime now) {
    Transaction transaction{database};
    if (!finish_batch(transaction, batch.id, now)) return false;
    record(transaction, {.action = "batch_done", .detail = "batch=" + std::to_string(batch.id)},
           Actor{}, now);
    transaction.commit();
    return true;
}

/// Queues this person's mail, or says why there is none.
void take_turn(Transaction& transaction, const Practice& practice, const Batch& batch,
               const WaitingPerson& person, bool is_readable, UnixTime now) {
    const BatchPlace place{batch.id, person.place};
    const auto account = find_account(transaction, person.patient_id);
    const auto refusal = !is_readable ? Refusal::ChartUnreadable
                         : account    ? why_skipped(transaction, practice, to_invitee(*account),
                                                    batch.signed_in_too, now)
                                      : Refusal::UnknownPatient;
    if (refusal) {
        static_cast<void>(put_person_skipped(transaction, place, *refusal));
        return;
    }
    const auto queued = queue_links(transaction, practice, {*account}, origin_for(*account),
                                    batch.started_by, now, place);
    static_cast<void>(put_person_queued(transaction, place, queued.mail_id));
}

/// All of the group or none. Whoever is no longer in the same place has had the turn already, by
/// another process.
bool queue_group(Database& database, const Practice& practice, std::int64_t id,
                 const std::vector<WaitingPerson>& group, const std::set<std::string>& unreadable,
                 UnixTime now) {
    Transaction transaction{database};
    const auto batch = find_batch(transaction, id);
    if (!batch || batch->state != BatchState::Running) return false;
    const auto waiting = next_waiting(transaction, id, people_a_step);
    if (waiting.empty() || waiting.front().place != group.front().place) return false;
    for (const auto& person : group)
        take_turn(transaction, practice, *batch, person, !unreadable.contains(person.patient_id),
                  now);
    transaction.commit();
    return true;
}

bool advance(Database& database, const Practice& practice, const RefreshPatients& refresh,
             const Batch& batch, UnixTime now) {
    if (batch.state == BatchState::HeldBack) return begin(database, batch, now);
    std::vector<WaitingPerson> group;
    BatchMails mails;
    {
        Reading reading{database};
        group = next_waiting(reading, batch.id, people_a_step);
        if (!group.empty()) mails = batch_mails(reading, now);
    }
    if (group.empty()) return finish(database, batch, now);
    if (mails.due >= most_due || mails.pending >= most_pending) return false;
    std::vector<std::string> patient_ids;
    for (const auto& person : group) patient_ids.push_back(person.patient_id);
    const auto unreadable = refresh(patient_ids);
    return queue_group(database, practice, batch.id, group, unreadable, now);
}
}  // namespace

bool advance_batches(Database& database, const Practice& practice, const RefreshPatients& refresh,
                     UnixTime now) {
    std::vector<Batch> due;
    {
        Reading reading{database};
        due = due_batches(reading, now);
    }
    for (const auto& batch : due)
        if (advance(database, practice, refresh, batch, now)) return true;
    return false;
}
}  // namespace ppo
