// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filters.hpp"

#include <libpq-fe.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ppo_bench {
/// A database straight on libpq: what the plugin's figures are held against. Each statement is
/// prepared once and run by PQexecPrepared; every value is copied into one buffer, as it stands.
class RawPostgres {
public:
    explicit RawPostgres(const std::string& address);
    ~RawPostgres();
    RawPostgres(const RawPostgres&) = delete;
    RawPostgres& operator=(const RawPostgres&) = delete;

    using Texts = std::vector<std::string>;

    /// Once and for all, outside of a transaction.
    void execute(const std::string& sql);
    [[nodiscard]] std::string text(const std::string& sql, const Texts& values = {});

    /// Runs a statement to its end; how many rows it had.
    std::size_t take_rows(const std::string& sql, const Texts& values = {});

    /// The rows of a query through a cursor, a thousand at a time.
    std::size_t stream(const std::string& query);

    /// What a toggle writes, statement by statement; committed.
    void toggle(const std::string& patient_id, bool enabled);

private:
    struct Clear {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using Result = std::unique_ptr<PGresult, Clear>;
    Result run(const std::string& sql, const Texts& values);
    Result checked(PGresult* result) const;
    std::size_t take(const PGresult& result);

    PGconn* handle_ = nullptr;
    std::map<std::string, std::string> statements_{};
    std::string buffer_{};
};

/// The first rows of the report, with the columns that the plugin reads, as somebody writes it who
/// knows PostgreSQL: the filter's values stand in the text, so the planner knows them.
[[nodiscard]] std::string raw_postgres_page(const Filter& filter, std::uint32_t sort,
                                            std::uint64_t limit);
/// The filter's condition; empty = none.
[[nodiscard]] std::string postgres_condition(const Filter& filter);
}  // namespace ppo_bench
