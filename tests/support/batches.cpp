// SPDX-License-Identifier: Apache-2.0
#include "support/batches.hpp"

#include "domain/refusal_sentence.hpp"
#include "invitations/batch.hpp"
#include "store/audit_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"

#include <stdexcept>

namespace ppo {
namespace {
std::string word_of(BatchOutcome outcome) {
    switch (outcome) {
    case BatchOutcome::Waiting: return "waiting";
    case BatchOutcome::Skipped: return "skipped";
    case BatchOutcome::TakenBack: return "taken_back";
    case BatchOutcome::Queued: return "queued";
    case BatchOutcome::Sent: return "sent";
    case BatchOutcome::Deferred: return "deferred";
    case BatchOutcome::Failed: return "failed";
    case BatchOutcome::Unknown: return "unknown";
    case BatchOutcome::Cancelled: return "cancelled";
    case BatchOutcome::Bounced: return "bounced";
    case BatchOutcome::Sending: return "sending";
    }
    return {};
}
}  // namespace

std::string person_id(int number) {
    const auto digits = std::to_string(number);
    return "P" + std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits;
}

void add_people(TempStore& store, int count) {
    Transaction transaction{store};
    for (int i = 1; i <= count; ++i) {
        auto patient = anna(person_id(i));
        patient.email = "p" + std::to_string(i) + "@example.org";
        patient.access_granted = true;
        put_patient(transaction, patient);
    }
    transaction.commit();
}

BatchSelection everybody() { return {.filter = ReportQuery{}}; }

BatchSelection these(std::vector<std::string> patient_ids) {
    return {.patient_ids = std::move(patient_ids)};
}

std::int64_t start_some(TempStore& store, const Practice& practice, const BatchSelection& selection,
                        UnixTime at) {
    const auto started = start_batch(store, practice, selection, nurse, at);
    if (!started) throw std::logic_error{"the test's batch does not start"};
    return started->id;
}

int advance_all(TempStore& store, const Practice& practice, UnixTime at) {
    int steps = 0;
    while (advance_batches(
        store, practice, [](const std::vector<std::string>&) { return std::set<std::string>{}; },
        at))
        ++steps;
    return steps;
}

int settle_due(TempStore& store, UnixTime at, MailState state) {
    Transaction transaction{store};
    int settled = 0;
    while (const auto mail = lease_due_mail(transaction, at, at + std::chrono::minutes{1}, "w1")) {
        if (!settle_mail(transaction, *mail, "w1", {.state = state, .tries = 1}))
            throw std::logic_error{"the test's mail cannot be settled"};
        ++settled;
    }
    transaction.commit();
    return settled;
}

BatchProgress progress_of(TempStore& store, std::int64_t id, UnixTime at) {
    const auto found = read_batches(store, elm_practice(), id, at);
    if (found.size() != 1) throw std::logic_error{"the test asks for a batch it did not start"};
    return found.front();
}

std::int64_t how_many(const BatchProgress& progress, BatchOutcome outcome) {
    return progress.by_outcome.at(static_cast<std::size_t>(outcome));
}

std::string people_of(TempStore& store, std::int64_t id, std::uint32_t outcomes, UnixTime at) {
    std::string all;
    for (const auto& person : read_batch_people(store, id, outcomes, 0, 10'000, at)) {
        all += person.patient_id + " " + word_of(person.outcome);
        if (person.skipped_because) all += " " + std::string{refusal_code(*person.skipped_because)};
        all += ";";
    }
    return all;
}

std::string batch_record(TempStore& store) {
    return store.ask([](Connection& connection) {
        std::string all;
        for (const auto& entry : read_audit(connection, 0, {}, 100'000))
            if (entry.action.rfind("batch_", 0) == 0)
                all += entry.action + " " + entry.actor.id + " " + entry.detail + ";";
        return all;
    });
}
}  // namespace ppo
