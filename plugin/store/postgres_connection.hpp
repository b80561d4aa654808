// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "store/postgres_link.hpp"

#include <string>

namespace ppo {
class PostgresStatement;

/// A connection to a PostgreSQL server. A writer's changes begin with a lock on the practice's
/// line, so that they see what went before and nobody comes between; a reader's picture begins with
/// its first query, in the same round trip. A server that went away while nothing was under way is
/// connected to again and nobody notices; in the middle of a transaction it is StoreFault Lost, and
/// nothing was kept. Whether a COMMIT without an answer was kept is asked of the server itself.
class PostgresConnection final : public Connection {
public:
    PostgresConnection(const std::string& address, Role role);
    ~PostgresConnection() override;

    [[nodiscard]] Rows stream_with(std::string_view sql, const std::vector<Value>& values) override;
    [[nodiscard]] bool has_table(std::string_view name) override;
    void begin() override;
    void begin_looking() override {}
    void commit() override;
    void roll_back() override;
    [[nodiscard]] bool in_transaction() const override { return state_ == State::Open; }

private:
    friend class PostgresStatement;
    enum class State { Idle, PictureToCome, Open };

    [[nodiscard]] std::unique_ptr<Statement> prepare(const std::string& sql) override;
    void execute_once(const std::string& sql) override;

    /// Runs a prepared statement, with what must go before it.
    [[nodiscard]] PostgresResult answer_to(PostgresStatement& statement);
    /// The next rows of a cursor, or its end; text that is not prepared.
    [[nodiscard]] PostgresResult answer_to_text(const std::string& sql);
    void close_cursor(const std::string& name) noexcept;

    template <class Exchange>
    auto with_one_restoring(Exchange exchange);
    void begin_changes();
    void add_line_and_key();
    [[nodiscard]] bool add_new_plans();
    [[nodiscard]] bool was_kept();
    void left_a_statement() { has_left_statements_ = true; }

    PostgresLink link_;
    State state_ = State::Idle;
    std::int64_t statements_made_ = 0;
    bool has_left_statements_ = false;
    std::int64_t statements_run_ = 0;
    std::int64_t plans_grow_old_at_ = 128;
    std::int64_t line_in_ = 0;  // As which of the link's connections the line is prepared.
    std::string writer_id_{};
    std::int64_t changes_ = 0;  // Of this writer, counted by its transactions.
};
}  // namespace ppo
