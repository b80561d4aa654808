// SPDX-License-Identifier: Apache-2.0
#include "store/report_indexes.hpp"

#include "store/database.hpp"
#include "store/planner_facts.hpp"

#include <array>
#include <string>
#include <string_view>

namespace ppo {
namespace {
struct Index {
    std::string_view name{};
    std::string_view content{};
};

// Each order of the report, each filter that often leaves few of many patients, and the addresses
// that self-service looks for.
constexpr std::array<Index, 13> indexes{{
    {"patient_by_name", "(practice, sort_name, patient_id) WHERE in_directory = 1"},
    {"patient_by_status", "(practice, status, sort_name, patient_id) WHERE in_directory = 1"},
    {"patient_by_provider", "(practice, provider, sort_name, patient_id) WHERE in_directory = 1"},
    {"patient_enabled",
     "(practice, sort_name, patient_id) WHERE access_enabled = 1 AND in_directory = 1"},
    {"patient_by_marks", "(practice, marks) WHERE marks <> 0 AND in_directory = 1"},
    {"patient_by_last_invited",
     "(practice, COALESCE(last_invited_at, 0), patient_id) WHERE in_directory = 1"},
    {"patient_by_last_signed_in",
     "(practice, COALESCE(last_signed_in_at, 0), patient_id) WHERE in_directory = 1"},
    {"patient_by_next_appointment",
     "(practice, COALESCE(next_appointment_at, 0), patient_id) WHERE in_directory = 1"},
    // Covers the count of expired links of one colour.
    {"patient_by_link_expiry",
     "(practice, link_expires_at, status, in_directory) WHERE link_expires_at IS NOT NULL"},
    // Small, for few wait; they cover the counts of the marks that pass.
    {"patient_by_locked_until",
     "(practice, locked_until, marks, in_directory) WHERE locked_until IS NOT NULL"},
    {"patient_by_consent_until",
     "(practice, consent_until, marks, in_directory) WHERE consent_until IS NOT NULL"},
    {"patient_by_email", "(practice, email_key)"},
    // For lists of everybody: in the order of the rows, as the table itself is.
    {"patient_of_practice", "(practice)"},
}};

std::string making(const Index& index) {
    return "CREATE INDEX IF NOT EXISTS " + std::string{index.name} + " ON patient " +
           std::string{index.content};
}
}  // namespace

void make_report_indexes(Connection& writer) {
    for (const auto& index : indexes) writer.execute(making(index));
}

void make_report_indexes_again(Database& database) {
    if (database.engine() == Engine::PostgreSql) return;  // Whoever only uses tables may not.
    for (const auto& index : indexes) {
        Transaction transaction{database};
        transaction.connection().execute(making(index));
        tell_planner(transaction.connection());
        transaction.commit();
    }
}

void drop_report_indexes(Database& database) {
    if (database.engine() == Engine::PostgreSql) return;  // Whoever only uses tables may not.
    Transaction transaction{database};
    for (const auto& index : indexes)
        transaction.connection().execute("DROP INDEX IF EXISTS " + std::string{index.name});
    transaction.commit();
}
}  // namespace ppo
