// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace ppo_bench {
/// The same store, with the same pragmas, straight on SQLite's C API: what the plugin's figures are
/// held against. Each statement is prepared once.
class RawStore {
public:
    explicit RawStore(const std::string& path);
    ~RawStore();
    RawStore(const RawStore&) = delete;
    RawStore& operator=(const RawStore&) = delete;

    /// What a toggle writes: access, status and marks, search text, an audit entry and the chain's
    /// head; committed.
    void toggle(const std::string& patient_id, bool enabled);

    /// What a queued invitation writes: invitation, outbox, person, the patient's columns, audit;
    /// committed.
    void invite(const std::string& patient_id);

    /// Whether somebody has this username.
    [[nodiscard]] bool is_taken(const std::string& key);

    /// A page of 100 rows by name, copied into strings.
    [[nodiscard]] std::size_t page(const std::string& sort_name, const std::string& patient_id);

    [[nodiscard]] std::int64_t count_by_status();

private:
    sqlite3_stmt* prepare(const char* sql);
    void run(sqlite3_stmt* statement);
    void audit(const std::string& patient_id);

    sqlite3* handle_ = nullptr;
    std::vector<sqlite3_stmt*> all_{};
    sqlite3_stmt *begin_, *commit_, *access_, *state_, *read_, *audit_, *head_, *head_read_,
        *invitation_, *outbox_, *person_, *queued_, *taken_, *page_, *count_;
    std::int64_t sequence_ = 0;
};
}  // namespace ppo_bench
