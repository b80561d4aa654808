// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filters.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ppo_bench {
/// A store with the plugin's pragmas, straight on SQLite's C API: what the plugin's figures are
/// held against. Each statement is prepared once.
class RawStore {
public:
    explicit RawStore(const std::string& path);
    ~RawStore();
    RawStore(const RawStore&) = delete;
    RawStore& operator=(const RawStore&) = delete;

    /// Once and for all.
    void execute(const std::string& sql);
    [[nodiscard]] std::int64_t number(const std::string& sql);
    [[nodiscard]] std::string text(const std::string& sql);
    [[nodiscard]] bool has_table(const std::string& name);

    /// What a toggle writes: it looks at the row, sets access, status and marks, and adds an entry
    /// to the record and its head; committed.
    void toggle(const std::string& patient_id, bool enabled);

    /// Access for all of them by one statement and, if so said, an entry of the record for each by
    /// another; committed. Returns how many changed.
    std::int64_t set_access_of_many(const std::vector<std::string>& ids, bool enabled,
                                    bool recorded = true);

    /// Whether somebody has this username.
    [[nodiscard]] bool is_taken(const std::string& key);

    /// Lets the statement run to its end, and takes every value of every row into one buffer, as
    /// it stands. Returns how many rows there were.
    std::size_t take_rows(sqlite3_stmt* statement);

    /// Prepared when it is first asked for.
    [[nodiscard]] sqlite3_stmt* prepared(const std::string& sql);

private:
    void run(sqlite3_stmt* statement);
    void audit(const std::string& patient_id);
    void audit_selected();

    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*> statements_{};
    std::string buffer_{};
};

/// A place in the report's order: the row before the page.
struct RawPlace {
    std::string sort_name{};
    std::int64_t number = 0;
    std::string patient_id{};
};

/// A page of the report. The first call tries each way that somebody who knows SQLite would try
/// (what the planner chooses, the order's own index, the trigram index) and keeps the quickest.
class RawPage {
public:
    RawPage(RawStore& store, const Filter& filter, std::uint32_t sort, bool descending,
            std::uint64_t limit, const std::string& behind_patient = {});

    /// Returns how many rows it has.
    std::size_t read();

private:
    std::size_t read_by(const std::string& sql);

    RawStore& store_;
    std::vector<std::string> ways_{};
    std::uint32_t sort_;
    RawPlace place_{};
    bool has_place_;
    sqlite3_stmt* best_ = nullptr;
};
}  // namespace ppo_bench
