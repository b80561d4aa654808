// SPDX-License-Identifier: Apache-2.0
#include "store/kept_counts.hpp"

#include "domain/patient.hpp"
#include "store/connection.hpp"
#include "store/engine_words.hpp"
#include "store/patient_table.hpp"

#include <array>

namespace ppo {
namespace {
constexpr std::int64_t narrow = 65'536;     // 2^16 ms: about a minute.
constexpr std::int64_t wide = 268'435'456;  // 2^28 ms: about three days.

// A row is counted as what it was no longer, and as what it is from now on. The same row may be
// changed several times in a transaction; the counts are right after each.
constexpr std::array<std::string_view, 4> sqlite_triggers{
    "patient_counted_new AFTER INSERT ON patient WHEN NEW.in_directory = 1 BEGIN "
    "INSERT INTO patient_count (practice, status, marks, access_enabled, has_username, set_up, "
    "patients) "
    "VALUES (NEW.practice, NEW.status, NEW.marks, NEW.access_enabled, NEW.username_key IS NOT "
    "NULL, "
    "NEW.username_key IS NOT NULL AND NEW.has_password, 1) "
    "ON CONFLICT (practice, status, marks, access_enabled, has_username, set_up) "
    "DO UPDATE SET patients = patients + 1; END",

    "patient_counted AFTER UPDATE OF status, marks, access_enabled, has_password, username_key, "
    "in_directory ON patient WHEN (OLD.status, OLD.marks, OLD.access_enabled, OLD.has_password, "
    "OLD.username_key IS NULL, OLD.in_directory) <> (NEW.status, NEW.marks, NEW.access_enabled, "
    "NEW.has_password, NEW.username_key IS NULL, NEW.in_directory) BEGIN "
    "UPDATE patient_count SET patients = patients - 1 WHERE OLD.in_directory = 1 "
    "AND practice = OLD.practice AND status = OLD.status AND marks = OLD.marks AND access_enabled "
    "= OLD.access_enabled "
    "AND has_username = (OLD.username_key IS NOT NULL) "
    "AND set_up = (OLD.username_key IS NOT NULL AND OLD.has_password); "
    "INSERT INTO patient_count (practice, status, marks, access_enabled, has_username, set_up, "
    "patients) "
    "SELECT NEW.practice, NEW.status, NEW.marks, NEW.access_enabled, NEW.username_key IS NOT NULL, "
    "NEW.username_key IS NOT NULL AND NEW.has_password, 1 WHERE NEW.in_directory = 1 "
    "ON CONFLICT (practice, status, marks, access_enabled, has_username, set_up) "
    "DO UPDATE SET patients = patients + 1; END",

    "link_expiry_was_counted AFTER UPDATE OF link_expires_at, in_directory ON patient "
    "WHEN OLD.link_expires_at IS NOT NULL AND OLD.in_directory = 1 "
    "AND (NEW.link_expires_at IS NOT OLD.link_expires_at OR NEW.in_directory = 0) BEGIN "
    "UPDATE link_expiry_count SET patients = patients - 1 "
    "WHERE practice = OLD.practice AND width = 65536 AND bucket = OLD.link_expires_at / 65536; "
    "UPDATE link_expiry_count SET patients = patients - 1 "
    "WHERE practice = OLD.practice AND width = 268435456 AND bucket = OLD.link_expires_at / "
    "268435456; "
    "DELETE FROM link_expiry_count WHERE practice = OLD.practice AND width = 65536 "
    "AND bucket = OLD.link_expires_at / 65536 AND patients = 0; END",

    "link_expiry_counted AFTER UPDATE OF link_expires_at, in_directory ON patient "
    "WHEN NEW.link_expires_at IS NOT NULL AND NEW.in_directory = 1 "
    "AND (NEW.link_expires_at IS NOT OLD.link_expires_at OR OLD.in_directory = 0) BEGIN "
    "INSERT INTO link_expiry_count (practice, width, bucket, patients) "
    "VALUES (NEW.practice, 65536, NEW.link_expires_at / 65536, 1), "
    "(NEW.practice, 268435456, NEW.link_expires_at / 268435456, 1) "
    "ON CONFLICT (practice, width, bucket) DO UPDATE SET patients = patients + 1; END"};

// The same for PostgreSQL. The functions run as their owner: who may change a patient need not be
// allowed to change a count.
constexpr std::array<std::string_view, 3> postgres_functions{
    "keep_patient_count(p_practice bigint, p_status smallint, p_marks bigint, p_access smallint, "
    "p_named boolean, p_set_up boolean, p_change bigint) RETURNS void AS $$ "
    "INSERT INTO patient_count (practice, status, marks, access_enabled, has_username, set_up, "
    "patients) VALUES (p_practice, p_status, p_marks, p_access, p_named::int, "
    "(p_named AND p_set_up)::int, p_change) "
    "ON CONFLICT (practice, status, marks, access_enabled, has_username, set_up) "
    "DO UPDATE SET patients = patient_count.patients + excluded.patients $$ LANGUAGE sql",

    "keep_patient_counts() RETURNS trigger AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' AND OLD.in_directory = 1 THEN "
    "PERFORM keep_patient_count(OLD.practice, OLD.status, OLD.marks, OLD.access_enabled, "
    "OLD.username_key IS NOT NULL, OLD.has_password = 1, -1); END IF; "
    "IF NEW.in_directory = 1 THEN "
    "PERFORM keep_patient_count(NEW.practice, NEW.status, NEW.marks, NEW.access_enabled, "
    "NEW.username_key IS NOT NULL, NEW.has_password = 1, 1); END IF; "
    "RETURN NULL; END $$ LANGUAGE plpgsql",

    "keep_link_expiry_counts() RETURNS trigger AS $$ BEGIN "
    "IF OLD.link_expires_at IS NOT NULL AND OLD.in_directory = 1 THEN "
    "UPDATE link_expiry_count SET patients = patients - 1 WHERE practice = OLD.practice AND "
    "((width = 65536 AND bucket = OLD.link_expires_at / 65536) OR "
    "(width = 268435456 AND bucket = OLD.link_expires_at / 268435456)); "
    "DELETE FROM link_expiry_count WHERE practice = OLD.practice AND width = 65536 AND "
    "bucket = OLD.link_expires_at / 65536 AND patients = 0; END IF; "
    "IF NEW.link_expires_at IS NOT NULL AND NEW.in_directory = 1 THEN "
    "INSERT INTO link_expiry_count (practice, width, bucket, patients) VALUES "
    "(NEW.practice, 65536, NEW.link_expires_at / 65536, 1), "
    "(NEW.practice, 268435456, NEW.link_expires_at / 268435456, 1) "
    "ON CONFLICT (practice, width, bucket) "
    "DO UPDATE SET patients = link_expiry_count.patients + 1; END IF; "
    "RETURN NULL; END $$ LANGUAGE plpgsql"};

constexpr std::array<std::string_view, 3> postgres_triggers{
    "patient_counted_new AFTER INSERT ON patient FOR EACH ROW "
    "EXECUTE FUNCTION keep_patient_counts()",

    "patient_counted AFTER UPDATE OF status, marks, access_enabled, has_password, username_key, "
    "in_directory ON patient FOR EACH ROW WHEN ((OLD.status, OLD.marks, OLD.access_enabled, "
    "OLD.has_password, OLD.username_key IS NULL, OLD.in_directory) IS DISTINCT FROM "
    "(NEW.status, NEW.marks, NEW.access_enabled, NEW.has_password, NEW.username_key IS NULL, "
    "NEW.in_directory)) EXECUTE FUNCTION keep_patient_counts()",

    "link_expiry_counted AFTER UPDATE OF link_expires_at, in_directory ON patient FOR EACH ROW "
    "WHEN ((OLD.link_expires_at, OLD.in_directory) IS DISTINCT FROM "
    "(NEW.link_expires_at, NEW.in_directory)) EXECUTE FUNCTION keep_link_expiry_counts()"};

void keep_counts_on_postgres(Connection& writer) {
    for (const auto function : postgres_functions)
        writer.execute("CREATE OR REPLACE FUNCTION " + std::string{function} +
                       " SECURITY DEFINER SET search_path FROM CURRENT");
    for (const auto trigger : postgres_triggers)
        writer.execute("CREATE OR REPLACE TRIGGER " + std::string{trigger});
}

std::int64_t sum_of(Rows rows) { return rows.next() ? rows.integer(0) : 0; }
}  // namespace

void keep_counts(Connection& writer) {
    if (writer.engine() == Engine::PostgreSql) return keep_counts_on_postgres(writer);
    for (const auto trigger : sqlite_triggers)
        writer.execute("CREATE TRIGGER IF NOT EXISTS " + std::string{trigger});
}

std::vector<KeptCount> kept_counts(Connection& connection) {
    std::vector<KeptCount> counts;
    auto rows = connection.query(
        "SELECT status, marks, access_enabled, has_username, set_up, patients FROM patient_count "
        "WHERE practice = :practice AND patients > 0");
    while (rows.next())
        counts.push_back({static_cast<PortalStatus>(rows.integer(0)),
                          Marks{static_cast<std::uint64_t>(rows.integer(1))}, rows.flag(2),
                          rows.flag(3), rows.flag(4), rows.integer(5)});
    return counts;
}

std::int64_t count_expired_links(Connection& connection, UnixTime now) {
    const auto at = to_milliseconds(now);
    const auto whole = at / wide;
    const auto part = at / narrow;
    // Past wide buckets, then past narrow ones of the wide bucket that has begun, then the links of
    // the narrow one.
    return sum_of(connection.query("SELECT COALESCE(SUM(patients), 0) FROM link_expiry_count "
                                   "WHERE practice = :practice AND width = $1 AND bucket < $2",
                                   wide, whole)) +
           sum_of(connection.query(
               "SELECT COALESCE(SUM(patients), 0) FROM link_expiry_count "
               "WHERE practice = :practice AND width = $1 AND bucket >= $2 AND bucket < $3",
               narrow, whole * (wide / narrow), part)) +
           sum_of(connection.query("SELECT COUNT(*) FROM patient WHERE practice = :practice AND "
                                   "link_expires_at >= $1 AND link_expires_at <= $2 "
                                   "AND " +
                                       hidden(connection.engine(), "in_directory") + " = 1",
                                   part * narrow, at));
}

std::int64_t count_choice(Connection& connection, ChoiceKind kind, std::string_view choice) {
    return sum_of(
        connection.query("SELECT patients FROM choice_count WHERE practice = :practice AND kind = "
                         "$1 AND choice = $2",
                         static_cast<int>(kind), choice));
}

void ChoiceChanges::add(const Patient& patient, std::int64_t patients) {
    if (!patient.provider.empty()) changes_[{ChoiceKind::Provider, patient.provider}] += patients;
    for (const auto& tag : patient.tags) changes_[{ChoiceKind::Tag, tag}] += patients;
}

void ChoiceChanges::write(Connection& connection) {
    for (const auto& [choice, patients] : changes_)
        if (patients != 0)
            connection.run(
                "INSERT INTO choice_count (practice, kind, choice, patients) VALUES (:practice, "
                "$1, $2, $3) "
                "ON CONFLICT (practice, kind, choice) DO UPDATE SET "
                "patients = choice_count.patients + excluded.patients",
                static_cast<int>(choice.first), choice.second, patients);
    changes_.clear();
}

std::vector<std::string> known_choices(Connection& connection, ChoiceKind kind, std::size_t limit) {
    std::vector<std::string> choices;
    auto rows = connection.query(
        "SELECT choice FROM choice_count WHERE practice = :practice AND kind = $1 AND patients > 0 "
        "ORDER BY choice LIMIT $2",
        static_cast<int>(kind), limit);
    while (rows.next()) choices.push_back(rows.text(0));
    return choices;
}

void fill_choice_counts(Connection& writer) {
    ChoiceChanges changes;
    {
        auto rows = writer.query(
            "SELECT provider, tags FROM patient WHERE practice = :practice AND in_directory = 1");
        while (rows.next()) {
            Patient patient;
            patient.provider = rows.text(0);
            patient.tags = split_tags(rows.view(1));
            changes.came(patient);
        }
    }
    changes.write(writer);
}
}  // namespace ppo
