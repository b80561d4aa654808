// SPDX-License-Identifier: Apache-2.0
#include "store/report_indexes.hpp"

#include "store/database.hpp"

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
constexpr std::array<Index, 12> indexes{{
    {"patient_by_name", "(sort_name, patient_id) WHERE in_directory = 1"},
    {"patient_by_status", "(status, sort_name, patient_id) WHERE in_directory = 1"},
    {"patient_by_provider", "(provider, sort_name, patient_id) WHERE in_directory = 1"},
    {"patient_enabled", "(sort_name, patient_id) WHERE access_enabled = 1 AND in_directory = 1"},
    {"patient_by_marks", "(marks) WHERE marks <> 0 AND in_directory = 1"},
    {"patient_by_last_invited",
     "(COALESCE(last_invited_at, 0), patient_id) WHERE in_directory = 1"},
    {"patient_by_last_signed_in",
     "(COALESCE(last_signed_in_at, 0), patient_id) WHERE in_directory = 1"},
    {"patient_by_next_appointment",
     "(COALESCE(next_appointment_at, 0), patient_id) WHERE in_directory = 1"},
    // Covers the count of expired links of one colour.
    {"patient_by_link_expiry",
     "(link_expires_at, status, in_directory) WHERE link_expires_at IS NOT NULL"},
    // Small, for few wait; they cover the counts of the marks that pass.
    {"patient_by_locked_until",
     "(locked_until, marks, in_directory) WHERE locked_until IS NOT NULL"},
    {"patient_by_consent_until",
     "(consent_until, marks, in_directory) WHERE consent_until IS NOT NULL"},
    {"patient_by_email", "(email_key)"},
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
    for (const auto& index : indexes) {
        Transaction transaction{database};
        transaction.connection().execute(making(index));
        transaction.commit();
    }
}

void drop_report_indexes(Database& database) {
    Transaction transaction{database};
    for (const auto& index : indexes)
        transaction.connection().execute("DROP INDEX IF EXISTS " + std::string{index.name});
    transaction.commit();
}
}  // namespace ppo
