// SPDX-License-Identifier: Apache-2.0
#include "raw_postgres.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace ppo_bench {
namespace {
const std::string mac(64, 'a');

/// The colour that follows from the other facts once access is on or off.
std::string status_of(bool enabled) {
    return enabled ? "CASE WHEN chart_status > 2 THEN 1 WHEN first_signed_in_at IS NOT NULL THEN 4 "
                     "WHEN credentials_issued_at IS NOT NULL THEN 3 ELSE 2 END"
                   : "1";
}
}  // namespace

RawPostgres::RawPostgres(const std::string& address) : handle_{PQconnectdb(address.c_str())} {
    if (PQstatus(handle_) != CONNECTION_OK) throw std::runtime_error{PQerrorMessage(handle_)};
    execute("SET client_min_messages = warning");
}

RawPostgres::~RawPostgres() { PQfinish(handle_); }

RawPostgres::Result RawPostgres::checked(PGresult* result) const {
    Result owned{result};
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error{PQerrorMessage(handle_)};
    return owned;
}

void RawPostgres::execute(const std::string& sql) { checked(PQexec(handle_, sql.c_str())); }

RawPostgres::Result RawPostgres::run(const std::string& sql, const Texts& values) {
    auto& name = statements_[sql];
    if (name.empty()) {
        name = "raw" + std::to_string(statements_.size());
        checked(PQprepare(handle_, name.c_str(), sql.c_str(), 0, nullptr));
    }
    std::array<const char*, 8> places{};
    for (std::size_t i = 0; i < values.size(); ++i) places.at(i) = values[i].c_str();
    return checked(PQexecPrepared(handle_, name.c_str(), static_cast<int>(values.size()),
                                  places.data(), nullptr, nullptr, 0));
}

std::size_t RawPostgres::take(const PGresult& result) {
    constexpr std::size_t piece = 1 << 16;
    const int rows = PQntuples(&result);
    const int columns = PQnfields(&result);
    buffer_.clear();
    for (int row = 0; row < rows; ++row) {
        if (buffer_.size() > piece) buffer_.clear();
        for (int column = 0; column < columns; ++column)
            buffer_.append(PQgetvalue(&result, row, column),
                           static_cast<std::size_t>(PQgetlength(&result, row, column)));
    }
    return static_cast<std::size_t>(rows);
}

std::string RawPostgres::text(const std::string& sql, const Texts& values) {
    const auto result = run(sql, values);
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::size_t RawPostgres::take_rows(const std::string& sql, const Texts& values) {
    return take(*run(sql, values));
}

std::size_t RawPostgres::stream(const std::string& query) {
    constexpr std::size_t rows_a_step = 1000;
    execute("BEGIN");
    execute("DECLARE everybody NO SCROLL CURSOR FOR " + query);
    std::size_t rows = 0;
    std::size_t step = rows_a_step;
    while (step == rows_a_step) rows += step = take_rows("FETCH FORWARD 1000 FROM everybody");
    execute("COMMIT");
    return rows;
}

void RawPostgres::toggle(const std::string& patient_id, bool enabled) {
    const std::string whom = " WHERE practice = 1 AND patient_id = $1";
    take_rows("BEGIN");
    take_rows("SELECT * FROM patient" + whom + " AND in_directory = 1 FOR UPDATE", {patient_id});
    take_rows("UPDATE patient SET access_enabled = " + std::string{enabled ? "1" : "0"} + whom,
              {patient_id});
    take_rows("UPDATE patient SET status = " + status_of(enabled) + whom, {patient_id});
    if (!enabled) {
        take_rows("UPDATE invitation SET closed_at = 1772452800000, closed_by = 3" + whom +
                      " AND closed_at IS NULL",
                  {patient_id});
        take_rows("UPDATE patient SET security_epoch = security_epoch + 1" + whom, {patient_id});
    }
    const auto last = text("SELECT sequence FROM audit_head WHERE practice = 1 FOR UPDATE");
    const auto next = std::to_string(std::strtoll(last.c_str(), nullptr, 10) + 1);
    take_rows(
        "INSERT INTO audit (practice, sequence, at, actor, actor_id, came_from, action, "
        "patient_id, outcome, detail, mac) VALUES (1, $1, 1772452800000, 1, 'raw', '', "
        "'access_enabled', $2, 'done', '', $3)",
        {next, patient_id, mac});
    take_rows("UPDATE audit_head SET sequence = $1, mac = $2 WHERE practice = 1", {next, mac});
    take_rows("COMMIT");
}

std::string postgres_condition(const Filter& filter) {
    std::string sql = filter.sql;
    const std::string by_file = "instr(tags, " + sql_text(";" + filter.tag + ";") + ") > 0";
    if (const auto at = sql.find(by_file); at != std::string::npos)
        sql.replace(at, by_file.size(), "tags LIKE " + sql_text("%;" + filter.tag + ";%"));
    return sql;
}

std::string raw_postgres_page(const Filter& filter, std::uint32_t sort, std::uint64_t limit) {
    static const std::array<const char*, 5> orders{
        "sort_name, patient_id", "status, sort_name, patient_id",
        "COALESCE(last_invited_at, 0), patient_id", "COALESCE(last_signed_in_at, 0), patient_id",
        "COALESCE(next_appointment_at, 0), patient_id"};
    const auto condition = postgres_condition(filter);
    return "SELECT patient_id, status, marks, link_expires_at, locked_until, first_name, "
           "last_name, email, username, last_invited_at, last_signed_in_at, provider, tags, "
           "next_appointment_at, chart_status, access_enabled, sort_name, consent_until FROM "
           "patient WHERE practice = 1 AND in_directory = 1" +
           (condition.empty() ? "" : " AND " + condition) + " ORDER BY " + orders.at(sort) +
           (limit == 0 ? "" : " LIMIT " + std::to_string(limit + 1));
}
}  // namespace ppo_bench
