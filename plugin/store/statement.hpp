// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace ppo {
/// A prepared statement of one connection, on whichever engine. Places and values are given first,
/// then it either finishes at once or its rows are read one at a time. Columns count from 0, places
/// from 1. Everything throws StoreFault.
class Statement {
public:
    /// A statement that runs at once borrows its texts; rows outlive the call, so theirs are
    /// copied.
    enum class Texts { Borrowed, Copied };
    /// A NULL has the type of the value that it stands for.
    enum class Kind { Text, Integer };

    Statement() = default;
    virtual ~Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    [[nodiscard]] virtual bool is_busy() const = 0;

    virtual void bind_text(int place, Texts texts, std::string_view text) = 0;
    virtual void bind_integer(int place, std::int64_t number) = 0;
    virtual void bind_null(int place, Kind kind) = 0;

    /// Runs it to its end; how many rows it changed.
    virtual int finish() = 0;

    /// Moves to the next row; false after the last.
    virtual bool next() = 0;
    /// Ends it, on every way out: it can be used again.
    virtual void reset() noexcept = 0;

    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual bool is_integer(int column) const = 0;
    [[nodiscard]] virtual bool is_text(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    /// Borrowed until the next row.
    [[nodiscard]] virtual std::string_view view(int column) const = 0;
};
}  // namespace ppo
