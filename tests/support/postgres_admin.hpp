// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store_address.hpp"

#include <optional>
#include <string>

namespace ppo {
/// The address of the PostgreSQL server that this run of the tests keeps its stores on, from the
/// file that PPO_TEST_STORE_AT names; nothing = tests keep them in SQLite files.
[[nodiscard]] std::optional<std::string> test_server();

/// A database of a test's own on that server, empty but for the product's tables, with the roles
/// and grants that come with the product. It goes with this. Making one takes the server longer
/// than most tests do, so the next test of the process gets it anew with the rows of the first day,
/// unless somebody was there whom nothing is forbidden.
class TestDatabase {
public:
    explicit TestDatabase(const std::string& server);
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    /// As the EMR and the workers have it: their role may do what staff need and no more.
    [[nodiscard]] const std::string& address() const { return address_; }
    /// As somebody has it whom nothing is forbidden, behind the program's back.
    [[nodiscard]] const std::string& administrators_address() {
        is_spoilt_ = true;
        return administrators_;
    }
    /// The same, of a test that only looks.
    [[nodiscard]] const std::string& address_to_look_at() const { return administrators_; }

private:
    std::string server_;
    std::string name_;
    std::string administrators_;
    std::string address_;
    bool is_spoilt_ = false;
};

/// Everything that a store holds, for tests of what is not written there, or not changed: a file's
/// bytes, or every row of every table, each with the transaction that wrote it; but not how many
/// transactions each connection has committed.
[[nodiscard]] std::string bytes_of_store(const StoreAddress& address);

/// The same address for another role, whose password is the administrator's.
[[nodiscard]] std::string with_role(const std::string& address, const std::string& role);

/// The same server's address with another database in it.
[[nodiscard]] std::string with_database(const std::string& server, const std::string& name);
}  // namespace ppo
