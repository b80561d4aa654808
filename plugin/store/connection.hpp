// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"
#include "store/statement.hpp"

#include <any>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace ppo {
/// The rows of a query, one at a time. Ends the query when it goes.
class Rows {
public:
    explicit Rows(Statement& statement) : statement_{&statement} {}
    ~Rows() {
        if (statement_ != nullptr) statement_->reset();
    }
    Rows(Rows&& other) noexcept : statement_{other.statement_} { other.statement_ = nullptr; }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows& operator=(Rows&&) = delete;

    /// Moves to the next row; false after the last. Columns count from 0, text is borrowed until
    /// the next call.
    [[nodiscard]] bool next() { return statement_->next(); }
    [[nodiscard]] bool is_null(int column) const { return statement_->is_null(column); }
    /// SQLite keeps what it is given whatever the column was declared as: whoever checks what
    /// others may have written asks these first.
    [[nodiscard]] bool is_integer(int column) const { return statement_->is_integer(column); }
    [[nodiscard]] bool is_text(int column) const { return statement_->is_text(column); }
    [[nodiscard]] std::int64_t integer(int column) const { return statement_->integer(column); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] std::string_view view(int column) const { return statement_->view(column); }
    [[nodiscard]] std::string text(int column) const { return std::string{view(column)}; }
    [[nodiscard]] std::optional<UnixTime> time(int column) const {
        if (is_null(column)) return std::nullopt;
        return from_milliseconds(integer(column));
    }

private:
    Statement* statement_;
};

enum class Engine { Sqlite, PostgreSql };

/// One connection to the store, with its prepared statements. SqliteConnection and
/// PostgresConnection say how each engine does it; everything above sees this. Used by one thread
/// at a time. Throws StoreFault.
class Connection {
public:
    enum class Role { Writer, Reader };

    virtual ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] Engine engine() const { return engine_; }
    [[nodiscard]] Role role() const { return role_; }

    /// Whose rows `:practice` in a statement means from now on.
    void serve(std::int64_t practice);
    [[nodiscard]] std::int64_t practice() const { return practice_; }

    /// Runs a statement with the values for $1, $2 and so on, and returns how many rows it changed.
    template <class... Values>
    int run(std::string_view sql, const Values&... values) {
        Statement& statement = prepared(sql);
        const Rows ends_it{statement};
        bind_all(statement, Statement::Texts::Borrowed, values...);
        return statement.finish();
    }

    /// Starts a query with the values for $1, $2 and so on.
    template <class... Values>
    [[nodiscard]] Rows query(std::string_view sql, const Values&... values) {
        Statement& statement = prepared(sql);
        bind_all(statement, Statement::Texts::Copied, values...);
        return Rows{statement};
    }

    /// A value whose number is known only at run time, as in the report's filters.
    using Value = std::variant<std::int64_t, std::string>;
    [[nodiscard]] Rows query_with(std::string_view sql, const std::vector<Value>& values) {
        Statement& statement = prepared(sql);
        bind_each(statement, Statement::Texts::Copied, values);
        return Rows{statement};
    }
    int run_with(std::string_view sql, const std::vector<Value>& values) {
        Statement& statement = prepared(sql);
        const Rows ends_it{statement};
        bind_each(statement, Statement::Texts::Borrowed, values);
        return statement.finish();
    }

    /// As query_with, for as many rows as there are patients: they are fetched a thousand at a
    /// time, so that no process holds them all.
    [[nodiscard]] virtual Rows stream_with(std::string_view sql, const std::vector<Value>& values) {
        return query_with(sql, values);
    }

    /// Runs SQL that is used once, such as a migration's statement or a pragma.
    void execute(std::string_view sql) { execute_once(with_practice(sql)); }

    [[nodiscard]] virtual bool has_table(std::string_view name) = 0;

    /// A writer begins an action's changes, and stands in the practice's line until they end; a
    /// reader takes one picture of the store.
    virtual void begin() = 0;
    /// A reader looks at things that need not be of one moment: no picture where it costs extra.
    /// `commit` ends it all the same.
    virtual void begin_looking() { begin(); }
    virtual void commit() = 0;
    virtual void roll_back() = 0;

    /// False once the engine has rolled back by itself, as SQLite does when the disk is full.
    [[nodiscard]] virtual bool in_transaction() const = 0;

    /// Filters make many statements: once there are very many, they are let go and prepared again
    /// when needed. Only while no rows of this connection live: before a transaction begins.
    void forget_if_many();

    /// What whoever plans queries remembers of the store between two of them, and looks after.
    [[nodiscard]] std::any& planners_memory() { return planners_memory_; }

protected:
    Connection(Engine engine, Role role) : engine_{engine}, role_{role} {}

    [[nodiscard]] virtual std::unique_ptr<Statement> prepare(const std::string& sql) = 0;
    virtual void execute_once(const std::string& sql) = 0;
    /// Before the connection that the statements belong to goes.
    void forget_statements() { statements_.clear(); }

    Statement& prepared(std::string_view sql);
    static void bind_each(Statement& statement, Statement::Texts texts,
                          const std::vector<Value>& values);

private:
    [[nodiscard]] std::string with_practice(std::string_view sql) const;

    template <class Value>
    static constexpr bool is_text = std::is_convertible_v<const Value&, std::string_view>;

    template <class Value>
    static void bind(Statement& statement, int place, Statement::Texts texts, const Value& value) {
        if constexpr (is_text<Value>)
            statement.bind_text(place, texts, value);
        else if constexpr (std::is_same_v<Value, UnixTime>)
            statement.bind_integer(place, to_milliseconds(value));
        else
            statement.bind_integer(place, static_cast<std::int64_t>(value));
    }
    template <class Value>
    static void bind(Statement& statement, int place, Statement::Texts texts,
                     const std::optional<Value>& value) {
        if (value)
            bind(statement, place, texts, *value);
        else
            statement.bind_null(place,
                                is_text<Value> ? Statement::Kind::Text : Statement::Kind::Integer);
    }
    template <class... Values>
    static void bind_all([[maybe_unused]] Statement& statement,
                         [[maybe_unused]] Statement::Texts texts, const Values&... values) {
        int place = 0;
        (bind(statement, ++place, texts, values), ...);
    }

    Engine engine_;
    Role role_;
    std::int64_t practice_ = 0;
    std::map<std::string, std::unique_ptr<Statement>, std::less<>> statements_{};
    std::any planners_memory_{};
};
}  // namespace ppo
