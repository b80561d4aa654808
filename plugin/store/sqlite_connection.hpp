// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"

#include <memory>
#include <string>

namespace Poco::Data {
class Session;
}
struct sqlite3;

namespace ppo {
/// A connection to a SQLite file: Poco's connector opens it, statements run on the native handle,
/// because Poco prepares them anew each time. A writer's changes begin with BEGIN IMMEDIATE: the
/// file's write lock is the line that practices stand in.
class SqliteConnection final : public Connection {
public:
    SqliteConnection(const std::string& path, Role role);
    ~SqliteConnection() override;

    [[nodiscard]] bool has_table(std::string_view name) override;
    void begin() override;
    void commit() override;
    void roll_back() override;
    [[nodiscard]] bool in_transaction() const override;

private:
    [[nodiscard]] std::unique_ptr<Statement> prepare(const std::string& sql) override;
    void execute_once(const std::string& sql) override;

    std::unique_ptr<Poco::Data::Session> session_;
    sqlite3* handle_;
};
}  // namespace ppo
