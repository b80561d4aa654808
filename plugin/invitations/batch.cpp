// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"

#include "invitations/batch_pace.hpp"
#include "invitations/batch_selection.hpp"
#include "store/audit_table.hpp"
#include "store/batch_table.hpp"
#include "store/database.hpp"
#include "store/invitation_table.hpp"

#include <algorithm>
#include <map>

namespace ppo {
namespace {
std::string numbered(std::int64_t id) { return "batch=" + std::to_string(id); }

/// Why a step was not taken: there is no such batch, or it is in another state.
Refusal why_not(Connection& connection, std::int64_t id) {
    return find_batch(connection, id) ? Refusal::BatchState : Refusal::UnknownBatch;
}

/// Closes the links of mails that lie in the outbox, which takes the mails out. Links that died
/// another way took theirs along already.
int withdraw_idle_mails(Transaction& transaction, std::int64_t id, const Actor& actor,
                        UnixTime now) {
    int withdrawn = 0;
    for (const auto& mail : idle_mails(transaction, id, now)) {
        const auto open = open_invitation(transaction, mail.patient_id);
        if (!open || open->id != mail.invitation_id) continue;
        close_open_invitation(transaction, mail.patient_id, LinkEnd::Withdrawn, now);
        record(transaction, {.action = "invitation_withdrawn", .patient_id = mail.patient_id},
               actor, now);
        ++withdrawn;
    }
    return withdrawn;
}
}  // namespace

BatchPreview preview_batch(Database& database, const Practice& practice,
                           const BatchSelection& selection, UnixTime now) {
    BatchPreview preview;
    std::map<Refusal, std::int64_t> skips;
    Reading reading{database};
    judge_selection(reading, practice, selection, now,
                    [&](const std::string&, std::optional<Refusal> refusal) {
                        ++preview.selected;
                        ++(refusal ? skips[*refusal] : preview.to_mail);
                    });
    preview.skips.assign(skips.begin(), skips.end());
    std::stable_sort(preview.skips.begin(), preview.skips.end(),
                     [](const auto& one, const auto& other) { return one.second > other.second; });
    preview.done_at = last_leaves_at(preview.to_mail + mails_ahead(reading),
                                     read_pace(reading, now), practice, now);
    return preview;
}

Result<BatchStarted> start_batch(Database& database, const Practice& practice,
                                 const BatchSelection& selection, const Actor& actor,
                                 UnixTime now) {
    BatchStarted started;
    started.starts_at = now + practice.hold_back;
    Transaction transaction{database};
    started.id = add_batch(transaction, {.started_by = actor,
                                         .started_at = now,
                                         .starts_at = started.starts_at,
                                         .signed_in_too = selection.signed_in_too});
    judge_selection(transaction, practice, selection, now,
                    [&](const std::string& patient_id, std::optional<Refusal> refusal) {
                        add_batch_person(transaction, started.id, ++started.selected, patient_id,
                                         refusal);
                        if (!refusal) ++started.to_mail;
                    });
    if (started.to_mail == 0) return Refusal::BatchEmpty;
    put_batch_selected(transaction, started.id, started.selected);
    record(transaction,
           {.action = "batch_started",
            .detail = numbered(started.id) + " selected=" + std::to_string(started.selected) +
                      " to_mail=" + std::to_string(started.to_mail)},
           actor, now);
    transaction.commit();
    return started;
}

Result<Done> undo_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    if (!take_back_batch(transaction, id, now)) return why_not(transaction, id);
    const int people = take_back_waiting(transaction, id);
    record(transaction,
           {.action = "batch_undone",
            .detail = numbered(id) + " taken_back=" + std::to_string(people)},
           actor, now);
    transaction.commit();
    return Done{};
}

Result<Done> pause_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    if (!hold_batch(transaction, id)) return why_not(transaction, id);
    record(transaction, {.action = "batch_paused", .detail = numbered(id)}, actor, now);
    transaction.commit();
    return Done{};
}

Result<Done> resume_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    if (!release_batch(transaction, id, now)) return why_not(transaction, id);
    record(transaction, {.action = "batch_resumed", .detail = numbered(id)}, actor, now);
    transaction.commit();
    return Done{};
}

Result<Done> cancel_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    if (!stop_batch(transaction, id, now)) return why_not(transaction, id);
    const int people = take_back_waiting(transaction, id);
    const int withdrawn = withdraw_idle_mails(transaction, id, actor, now);
    record(transaction,
           {.action = "batch_cancelled",
            .detail = numbered(id) + " taken_back=" + std::to_string(people) +
                      " withdrawn=" + std::to_string(withdrawn)},
           actor, now);
    transaction.commit();
    return Done{};
}
}  // namespace ppo
