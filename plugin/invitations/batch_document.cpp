// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch_document.hpp"

#include "domain/csv_cell.hpp"
#include "domain/local_time.hpp"
#include "domain/refusal_sentence.hpp"
#include "invitations/batch.hpp"
#include "store/audit_table.hpp"
#include "store/batch_table.hpp"
#include "store/database.hpp"

namespace ppo {
namespace {
constexpr std::int64_t people_a_piece = 200;

std::string_view word_of(BatchOutcome outcome) {
    switch (outcome) {
    case BatchOutcome::Queued: return "queued";
    case BatchOutcome::Sent: return "sent";
    case BatchOutcome::Deferred: return "deferred";
    case BatchOutcome::Failed: return "failed";
    case BatchOutcome::Unknown: return "outcome unknown";
    case BatchOutcome::Cancelled: return "cancelled";
    case BatchOutcome::Bounced: return "bounced";
    case BatchOutcome::Sending: return "sending";
    case BatchOutcome::Waiting: return "waiting";
    case BatchOutcome::Skipped: return "skipped";
    case BatchOutcome::TakenBack: return "taken back";
    }
    return {};
}

std::string shown(const std::optional<UnixTime>& time) {
    return time ? write_iso(*time) : std::string{};
}

std::string row_of(const BatchPerson& person) {
    const auto reason = person.skipped_because ? refusal_sentence(*person.skipped_because, "en")
                                               : person.reason;
    std::string line = std::to_string(person.place);
    for (const auto& cell : {person.patient_id, person.name, std::string{word_of(person.outcome)},
                             reason, shown(person.queued_at), shown(person.next_try_at)})
        line += "," + csv_cell(cell);
    return line + "\r\n";
}

/// False if there is no such batch.
bool record_reader(Database& database, std::int64_t id, const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    if (!find_batch(transaction, id)) return false;
    record(transaction, {.action = "batch_list_taken_out", .detail = "batch=" + std::to_string(id)},
           actor, now);
    transaction.commit();
    return true;
}
}  // namespace

Result<Done> write_batch_list(Database& database, std::int64_t id, std::uint32_t outcomes,
                              const std::function<bool(std::string_view)>& take, const Actor& actor,
                              UnixTime now) {
    if (!record_reader(database, id, actor, now)) return Refusal::UnknownBatch;
    if (!take("\xEF\xBB\xBFPlace,Patient,Name,Outcome,Reason,Queued,Next try\r\n")) return Done{};
    std::int64_t after = 0;
    for (;;) {
        const auto people = read_batch_people(database, id, outcomes, after, people_a_piece, now);
        if (people.empty()) return Done{};
        std::string piece;
        for (const auto& person : people) piece += row_of(person);
        if (!take(piece)) return Done{};
        after = people.back().place;
    }
}
}  // namespace ppo
