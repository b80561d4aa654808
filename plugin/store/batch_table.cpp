// SPDX-License-Identifier: Apache-2.0
#include "store/batch_table.hpp"

#include "store/database.hpp"

#include "domain/refusal_sentence.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::string_view all_columns =
    "SELECT batch_id, state, started_by, came_from, started_at, starts_at, ended_at, "
    "signed_in_too, selected FROM batch ";

std::vector<Batch> all_in(Rows rows) {
    std::vector<Batch> batches;
    while (rows.next()) {
        Batch batch;
        batch.id = rows.integer(0);
        batch.state = static_cast<BatchState>(rows.integer(1));
        batch.started_by = {Actor::Kind::Staff, rows.text(2), rows.text(3)};
        batch.started_at = from_milliseconds(rows.integer(4));
        batch.starts_at = from_milliseconds(rows.integer(5));
        batch.ended_at = rows.time(6);
        batch.signed_in_too = rows.flag(7);
        batch.selected = rows.integer(8);
        batches.push_back(std::move(batch));
    }
    return batches;
}

std::string name_of(const std::string& first, const std::string& last) {
    return last + (first.empty() || last.empty() ? "" : ", ") + first;
}

/// The outcomes as which the wanted ones are stored: who is being sent to is queued or deferred.
std::uint32_t stored_ones(std::uint32_t wanted) {
    constexpr auto bit = [](BatchOutcome outcome) { return 1U << static_cast<unsigned>(outcome); };
    if ((wanted & bit(BatchOutcome::Sending)) == 0) return wanted;
    return (wanted & ~bit(BatchOutcome::Sending)) | bit(BatchOutcome::Queued) |
           bit(BatchOutcome::Deferred);
}

std::int64_t number_of_bit(std::uint32_t bit) {
    std::int64_t number = 0;
    while (bit > 1) {
        bit >>= 1U;
        ++number;
    }
    return number;
}
}  // namespace

std::optional<Batch> find_batch(Connection& connection, std::int64_t id) {
    const auto found = all_in(connection.query(
        std::string{all_columns} + "WHERE practice = :practice AND batch_id = $1", id));
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<Batch> read_stored_batches(Connection& connection, std::optional<std::int64_t> id) {
    if (id)
        return all_in(connection.query(
            std::string{all_columns} + "WHERE practice = :practice AND batch_id = $1", *id));
    return all_in(connection.query(std::string{all_columns} +
                                   "WHERE practice = :practice ORDER BY batch_id DESC"));
}

std::vector<Batch> due_batches(Connection& connection, UnixTime now) {
    return all_in(connection.query(std::string{all_columns} +
                                       "WHERE practice = :practice AND ended_at IS NULL AND (state "
                                       "= 2 OR (state = 1 AND starts_at <= $1)) "
                                       "ORDER BY starts_at, batch_id",
                                   now));
}

std::int64_t add_batch(Transaction& transaction, const Batch& batch) {
    Connection& connection = transaction;
    std::int64_t id = 1;
    {
        auto rows = connection.query(
            "SELECT COALESCE(MAX(batch_id), 0) + 1 FROM batch WHERE practice = :practice");
        if (rows.next()) id = rows.integer(0);
    }
    connection.run(
        "INSERT INTO batch (practice, batch_id, state, started_by, came_from, started_at, "
        "starts_at, "
        "signed_in_too, selected) VALUES (:practice, $1, $2, $3, $4, $5, $6, $7, $8)",
        id, static_cast<int>(batch.state), batch.started_by.id, batch.started_by.from,
        batch.started_at, batch.starts_at, batch.signed_in_too, batch.selected);
    return id;
}

void add_batch_person(Transaction& transaction, std::int64_t id, std::int64_t place,
                      std::string_view patient_id, std::optional<Refusal> skipped_because) {
    transaction.connection().run(
        "INSERT INTO batch_person (practice, batch_id, place, patient_id, outcome, reason) "
        "VALUES (:practice, $1, $2, $3, $4, $5)",
        id, place, patient_id,
        static_cast<int>(skipped_because ? BatchOutcome::Skipped : BatchOutcome::Waiting),
        skipped_because ? refusal_code(*skipped_because) : std::string_view{});
}

void put_batch_selected(Transaction& transaction, std::int64_t id, std::int64_t selected) {
    transaction.connection().run(
        "UPDATE batch SET selected = $1 WHERE practice = :practice AND batch_id = $2", selected,
        id);
}

bool begin_batch(Transaction& transaction, std::int64_t id, UnixTime now) {
    return transaction.connection().run(
               "UPDATE batch SET state = 2 WHERE practice = :practice AND batch_id = $1 AND state "
               "= 1 AND starts_at <= $2",
               id, now) == 1;
}

bool hold_batch(Transaction& transaction, std::int64_t id) {
    return transaction.connection().run(
               "UPDATE batch SET state = 3 WHERE practice = :practice AND batch_id = $1 AND state "
               "IN (1, 2)",
               id) == 1;
}

bool release_batch(Transaction& transaction, std::int64_t id, UnixTime now) {
    return transaction.connection().run(
               "UPDATE batch SET state = CASE WHEN starts_at > $1 THEN 1 ELSE 2 END "
               "WHERE practice = :practice AND batch_id = $2 AND state = 3",
               now, id) == 1;
}

bool take_back_batch(Transaction& transaction, std::int64_t id, UnixTime now) {
    return transaction.connection().run(
               "UPDATE batch SET state = 6, ended_at = $1 WHERE practice = :practice AND batch_id "
               "= $2 "
               "AND (state = 1 OR (state = 3 AND starts_at > $1)) AND NOT EXISTS ("
               "SELECT 1 FROM batch_person WHERE practice = :practice AND batch_person.batch_id = "
               "batch.batch_id "
               "AND outcome < 16)",
               now, id) == 1;
}

bool stop_batch(Transaction& transaction, std::int64_t id, UnixTime now) {
    return transaction.connection().run(
               "UPDATE batch SET state = 5, ended_at = $1 WHERE practice = :practice AND batch_id "
               "= $2 "
               "AND state IN (1, 2, 3)",
               now, id) == 1;
}

bool finish_batch(Transaction& transaction, std::int64_t id, UnixTime now) {
    return transaction.connection().run(
               "UPDATE batch SET state = 4, ended_at = $1 WHERE practice = :practice AND batch_id "
               "= $2 AND state = 2 "
               "AND NOT EXISTS (SELECT 1 FROM batch_person WHERE practice = :practice AND "
               "batch_person.batch_id = "
               "batch.batch_id AND outcome IN (1, 3, 16))",
               now, id) == 1;
}

int stop_all_batches(Transaction& transaction, UnixTime now) {
    for (const auto& batch : read_stored_batches(transaction, std::nullopt))
        transaction.connection().run(
            "UPDATE batch_person SET outcome = CASE WHEN outcome = 16 THEN 18 ELSE 6 END WHERE "
            "practice = :practice AND batch_id = $1 AND outcome IN (1, 3, 16)",
            batch.id);
    return transaction.connection().run(
        "UPDATE batch SET state = 5, ended_at = $1 WHERE practice = :practice AND state IN (1, 2, "
        "3)",
        now);
}

int take_back_waiting(Transaction& transaction, std::int64_t id) {
    return transaction.connection().run(
        "UPDATE batch_person SET outcome = 18 WHERE practice = :practice AND batch_id = $1 AND "
        "outcome = 16",
        id);
}

std::vector<WaitingPerson> next_waiting(Connection& connection, std::int64_t id, int limit) {
    std::vector<WaitingPerson> people;
    auto rows = connection.query(
        "SELECT place, patient_id FROM batch_person WHERE practice = :practice AND batch_id = $1 "
        "AND outcome = 16 "
        "ORDER BY place LIMIT $2",
        id, limit);
    while (rows.next()) people.push_back({rows.integer(0), rows.text(1)});
    return people;
}

bool put_person_queued(Transaction& transaction, const BatchPlace& place,
                       std::string_view mail_id) {
    return transaction.connection().run(
               "UPDATE batch_person SET outcome = 1, mail_id = $1 "
               "WHERE practice = :practice AND batch_id = $2 AND place = $3 AND outcome = 16",
               mail_id, place.batch_id, place.place) == 1;
}

bool put_person_skipped(Transaction& transaction, const BatchPlace& place, Refusal reason) {
    return transaction.connection().run(
               "UPDATE batch_person SET outcome = 17, reason = $1 "
               "WHERE practice = :practice AND batch_id = $2 AND place = $3 AND outcome = 16",
               refusal_code(reason), place.batch_id, place.place) == 1;
}

void put_batch_outcome(Transaction& transaction, const BatchPlace& place, MailState state) {
    transaction.connection().run(
        "UPDATE batch_person SET outcome = $1 WHERE practice = :practice AND batch_id = $2 AND "
        "place = $3",
        static_cast<int>(state), place.batch_id, place.place);
}

std::vector<IdleMail> idle_mails(Connection& connection, std::int64_t id, UnixTime now) {
    std::vector<IdleMail> mails;
    auto rows = connection.query(
        "SELECT outbox_person.patient_id, COALESCE(outbox_person.invitation_id, '') FROM outbox "
        "JOIN outbox_person ON outbox_person.practice = :practice AND outbox_person.mail_id = "
        "outbox.mail_id "
        "WHERE outbox.practice = :practice AND outbox.batch_id = $1 AND next_try_at IS NOT NULL "
        "AND (leased_until IS NULL OR leased_until <= $2)",
        id, now);
    while (rows.next()) mails.push_back({rows.text(0), rows.text(1)});
    return mails;
}

BatchMails batch_mails(Connection& connection, UnixTime now) {
    auto rows = connection.query(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN next_try_at <= $1 THEN 1 ELSE 0 END), 0) "
        "FROM batch JOIN outbox ON outbox.practice = :practice AND outbox.batch_id = "
        "batch.batch_id "
        "WHERE batch.practice = :practice AND ended_at IS NULL AND batch.state = 2 AND "
        "outbox.batch_id IS NOT NULL "
        "AND next_try_at IS NOT NULL",
        now);
    if (!rows.next()) return {};
    return {rows.integer(0), rows.integer(1)};
}

std::array<std::int64_t, batch_outcomes> count_outcomes(Connection& connection, std::int64_t id,
                                                        UnixTime now) {
    std::array<std::int64_t, batch_outcomes> counts{};
    {
        auto rows = connection.query(
            "SELECT outcome, COUNT(*) FROM batch_person WHERE practice = :practice AND batch_id = "
            "$1 GROUP BY outcome",
            id);
        while (rows.next()) counts.at(static_cast<std::size_t>(rows.integer(0))) = rows.integer(1);
    }
    auto rows = connection.query(
        "SELECT state, COUNT(*) FROM outbox WHERE practice = :practice AND batch_id = $1 AND "
        "next_try_at IS NOT NULL "
        "AND leased_until > $2 GROUP BY state",
        id, now);
    while (rows.next()) {
        counts.at(static_cast<std::size_t>(rows.integer(0))) -= rows.integer(1);
        counts[static_cast<std::size_t>(BatchOutcome::Sending)] += rows.integer(1);
    }
    return counts;
}

std::int64_t mails_ahead(Connection& connection) {
    auto rows = connection.query(
        "SELECT (SELECT COUNT(*) FROM outbox WHERE practice = :practice AND next_try_at IS NOT "
        "NULL) + "
        "(SELECT COUNT(*) FROM batch JOIN batch_person "
        "ON batch_person.practice = :practice AND batch_person.batch_id = batch.batch_id WHERE "
        "batch.practice = :practice AND ended_at IS NULL AND outcome = 16)");
    return rows.next() ? rows.integer(0) : 0;
}

HandedOver handed_over(Connection& connection, UnixTime since, UnixTime now) {
    constexpr std::int64_t minute = 60'000;
    auto rows = connection.query(
        "SELECT COALESCE(SUM(mails), 0), MIN(minute) FROM delivery_minute "
        "WHERE practice = :practice AND minute > $1 AND minute <= $2 AND mails > 0",
        to_milliseconds(since) / minute, to_milliseconds(now) / minute);
    if (!rows.next() || rows.is_null(1)) return {};
    return {rows.integer(0), from_milliseconds(rows.integer(1) * minute)};
}

std::vector<BatchPerson> read_people(Connection& connection, std::int64_t id,
                                     std::uint32_t outcomes, std::int64_t after, std::int64_t limit,
                                     UnixTime now) {
    const std::uint32_t wanted = outcomes == 0 ? (1U << batch_outcomes) - 1 : outcomes;
    const std::uint32_t stored = stored_ones(wanted);
    // One outcome is read in the index of outcomes, several in the order of places.
    const bool only_one = (stored & (stored - 1)) == 0;
    const std::int64_t outcome = only_one ? number_of_bit(stored) : std::int64_t{stored};
    const std::string shown =
        "CASE WHEN outbox.leased_until > $1 AND outbox.next_try_at IS NOT NULL "
        "AND person.outcome IN (1, 3) THEN 8 ELSE person.outcome END";
    std::vector<BatchPerson> people;
    auto rows = connection.query(
        "SELECT person.place, person.patient_id, " + shown +
            ", person.reason, COALESCE(first_name, ''), COALESCE(last_name, ''), "
            "COALESCE(outbox.reason, ''), outbox.created_at, outbox.next_try_at "
            "FROM batch_person AS person LEFT JOIN outbox ON outbox.practice = :practice AND "
            "outbox.mail_id = person.mail_id "
            "LEFT JOIN patient ON patient.practice = :practice AND patient.patient_id = "
            "person.patient_id "
            "WHERE person.practice = :practice AND person.batch_id = $2 AND person.place > $3 "
            "AND " +
            (only_one ? "person.outcome = $4" : "(($4 >> person.outcome) & 1) = 1") +
            " AND (($5 >> " + shown + ") & 1) = 1 ORDER BY person.place LIMIT $6",
        now, id, after, outcome, wanted, limit);
    while (rows.next()) {
        BatchPerson person;
        person.place = rows.integer(0);
        person.patient_id = rows.text(1);
        person.outcome = static_cast<BatchOutcome>(rows.integer(2));
        person.skipped_because = refusal_with(rows.view(3));
        person.name = name_of(rows.text(4), rows.text(5));
        person.reason = rows.text(6);
        person.queued_at = rows.time(7);
        if (person.outcome == BatchOutcome::Deferred) person.next_try_at = rows.time(8);
        people.push_back(std::move(person));
    }
    return people;
}
}  // namespace ppo
