// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace ppo {
/// Where a store is: the path of a SQLite file, or a database on a PostgreSQL server as libpq's
/// URI.
class StoreAddress {
public:
    StoreAddress(std::string text) : text_{std::move(text)} {}  // NOLINT: a text is an address.
    StoreAddress(const char* text) : text_{text} {}             // NOLINT: as above.

    [[nodiscard]] bool is_server() const;

    /// Neither: meant as a server's address, but not written as one. It may hold a password.
    [[nodiscard]] bool is_mistyped() const;

    [[nodiscard]] const std::string& text() const { return text_; }

    /// As sentences name it: the path, or host and database without user, password and options;
    /// where it is unclear what a part is, less.
    [[nodiscard]] std::string shown() const;

private:
    std::string text_;
};
}  // namespace ppo
