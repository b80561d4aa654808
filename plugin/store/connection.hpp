// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

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

namespace Poco::Data {
class Session;
}
struct sqlite3;
struct sqlite3_stmt;

namespace ppo {
/// The rows of a query, one at a time. Ends the query when it goes.
class Rows {
public:
    explicit Rows(sqlite3_stmt* statement) : statement_{statement} {}
    ~Rows();
    Rows(Rows&& other) noexcept : statement_{other.statement_} { other.statement_ = nullptr; }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows& operator=(Rows&&) = delete;

    /// Moves to the next row; false after the last. Columns count from 0, text is borrowed until
    /// the next call.
    [[nodiscard]] bool next();
    [[nodiscard]] bool is_null(int column) const;
    /// SQLite keeps what it is given whatever the column was declared as: whoever checks what
    /// others may have written asks these first.
    [[nodiscard]] bool is_integer(int column) const;
    [[nodiscard]] bool is_text(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string{view(column)}; }
    [[nodiscard]] std::optional<UnixTime> time(int column) const;

private:
    sqlite3_stmt* statement_;
};

/// One connection to the store, with its prepared statements: Poco's connector opens it, statements
/// run on the native handle, because Poco prepares them anew each time. Used by one thread at a
/// time.
class Connection {
public:
    enum class Role { Writer, Reader };

    Connection(const std::string& path, Role role);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs a statement with the values for $1, $2 and so on, and returns how many rows it changed.
    template <class... Values>
    int run(std::string_view sql, const Values&... values) {
        sqlite3_stmt* statement = prepared(sql);
        bind_all(statement, Texts::Borrowed, values...);
        return finish(statement);
    }

    /// Starts a query with the values for $1, $2 and so on.
    template <class... Values>
    [[nodiscard]] Rows query(std::string_view sql, const Values&... values) {
        sqlite3_stmt* statement = prepared(sql);
        bind_all(statement, Texts::Copied, values...);
        return Rows{statement};
    }

    /// A value whose number is known only at run time, as in the report's filters.
    using Value = std::variant<std::int64_t, std::string>;
    [[nodiscard]] Rows query_with(std::string_view sql, const std::vector<Value>& values) {
        sqlite3_stmt* statement = prepared(sql);
        bind_each(statement, Texts::Copied, values);
        return Rows{statement};
    }
    int run_with(std::string_view sql, const std::vector<Value>& values) {
        sqlite3_stmt* statement = prepared(sql);
        bind_each(statement, Texts::Borrowed, values);
        return finish(statement);
    }

    /// Runs SQL that is used once, such as a migration's statement or a pragma.
    void execute(const std::string& sql);

    /// Filters make many statements: once there are very many, they are let go and prepared again
    /// when needed. Only while no rows of this connection live: before a transaction begins.
    void forget_if_many();

    /// What whoever plans queries remembers of the store between two of them, and looks after.
    [[nodiscard]] std::any& planners_memory() { return planners_memory_; }

    /// False once SQLite has rolled back by itself, as it does when the disk is full.
    [[nodiscard]] bool in_transaction() const;

private:
    sqlite3_stmt* prepared(std::string_view sql);
    int finish(sqlite3_stmt* statement);
    /// A statement that runs at once borrows its texts; rows outlive the call, so theirs are
    /// copied.
    enum class Texts { Borrowed, Copied };
    static void bind_text(sqlite3_stmt* statement, int place, Texts texts, std::string_view text);
    static void bind_integer(sqlite3_stmt* statement, int place, std::int64_t number);
    static void bind_null(sqlite3_stmt* statement, int place);

    template <class Value>
    static void bind(sqlite3_stmt* statement, int place, Texts texts, const Value& value) {
        if constexpr (std::is_convertible_v<const Value&, std::string_view>)
            bind_text(statement, place, texts, value);
        else if constexpr (std::is_same_v<Value, UnixTime>)
            bind_integer(statement, place, to_milliseconds(value));
        else
            bind_integer(statement, place, static_cast<std::int64_t>(value));
    }
    template <class Value>
    static void bind(sqlite3_stmt* statement, int place, Texts texts,
                     const std::optional<Value>& value) {
        if (value)
            bind(statement, place, texts, *value);
        else
            bind_null(statement, place);
    }
    template <class... Values>
    static void bind_all([[maybe_unused]] sqlite3_stmt* statement, [[maybe_unused]] Texts texts,
                         const Values&... values) {
        int place = 0;
        (bind(statement, ++place, texts, values), ...);
    }
    static void bind_each(sqlite3_stmt* statement, Texts texts, const std::vector<Value>& values) {
        int place = 0;
        for (const auto& value : values)
            std::visit([&](const auto& known) { bind(statement, ++place, texts, known); }, value);
    }

    std::unique_ptr<Poco::Data::Session> session_;
    sqlite3* handle_;
    std::map<std::string, sqlite3_stmt*, std::less<>> statements_{};
    std::any planners_memory_{};
};
}  // namespace ppo
