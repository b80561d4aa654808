// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace ppo {
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// The values of a statement, as libpq takes them. All travel as text.
struct PostgresValues {
    std::vector<Oid> types{};
    std::vector<const char*> texts{};  // NULL for SQL's NULL.
};

/// The wire to a PostgreSQL server. Poco's connector opens it; messages then go on the native
/// connection in pipeline mode: what was added since the last exchange leaves together and costs
/// one round trip. No wait is without a deadline. Throws StoreFault; after Kind::Lost the link is
/// down until `restore`.
class PostgresLink {
public:
    /// Connects. `address` is a URI as libpq takes it. The server refuses changes if only reading
    /// is meant.
    PostgresLink(std::string address, bool only_reads);
    ~PostgresLink();
    PostgresLink(const PostgresLink&) = delete;
    PostgresLink& operator=(const PostgresLink&) = delete;

    /// Rises each time the server is connected to anew: statements prepared before are gone.
    [[nodiscard]] std::int64_t generation() const { return generation_; }
    [[nodiscard]] bool is_up() const { return is_up_; }

    /// Lets the link go, so that the next use connects anew, perhaps to another server.
    void drop();

    /// Lets every prepared statement go; all of them are prepared again when they are next used.
    void forget_prepared();

    /// Connects again after the link was lost; for a second after that has failed it fails at once,
    /// so that no host waits at every call while a server is down.
    void restore();

    void add(const char* sql);
    void add_prepare(const std::string& name, const std::string& sql,
                     const std::vector<Oid>& types);
    void add_execute(const std::string& name, const PostgresValues& values);
    /// One result for each message, in order, up to the first that failed; `failed` says how.
    struct Answers {
        std::vector<PostgresResult> results{};
        std::string sqlstate{};  // Empty = all went well.
    };
    [[nodiscard]] Answers exchange(std::chrono::milliseconds patience);

    /// Sends what was added; the next exchange reads its answers and passes over them.
    void send_off();

private:
    void set_up();
    void add_border();
    void check_sent(int sent);
    void wait(bool to_write, std::chrono::steady_clock::time_point until);
    void flush(std::chrono::steady_clock::time_point until);
    [[nodiscard]] PostgresResult next_result(std::chrono::steady_clock::time_point until);
    [[noreturn]] void lose();

    std::unique_ptr<Poco::Data::Session> session_;
    PGconn* handle_ = nullptr;
    bool only_reads_;
    bool is_up_ = false;
    std::int64_t generation_ = 0;
    int borders_sent_ = 0;         // Whose answers have not been read.
    int borders_passed_over_ = 0;  // The first of these.
    std::chrono::steady_clock::time_point failed_at_{};
};
}  // namespace ppo
