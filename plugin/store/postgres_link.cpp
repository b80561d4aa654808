// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_link.hpp"

#include "store/postgres_address.hpp"
#include "store/postgres_fault.hpp"

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/PostgreSQL/PostgreSQLException.h>
#include <Poco/Data/PostgreSQL/SessionHandle.h>
#include <Poco/Data/Session.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace ppo {
namespace {
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds connecting{5'000};  // In all, over every host of the address.
constexpr milliseconds rest_after_failure{1'000};
constexpr milliseconds sending{10'000};

/// How long the server lets things take; the waits of this end are longer. Times are numbers in our
/// columns; should one ever be shown by the server, it is UTC.
constexpr auto session_settings =
    "SELECT set_config('statement_timeout', '10000', false), "
    "set_config('lock_timeout', '5000', false), "
    "set_config('idle_in_transaction_session_timeout', '10000', false), "
    "set_config('TimeZone', 'UTC', false), set_config('client_encoding', 'UTF8', false), "
    "set_config('standard_conforming_strings', 'on', false)";

void say_nothing(void*, const char*) {}  // Notices would go to the host's stderr.

std::unique_ptr<Poco::Data::Session> open_session(const std::string& address) {
    static const bool is_registered = [] {
        Poco::Data::PostgreSQL::Connector::registerConnector();
        return true;
    }();
    static_cast<void>(is_registered);
    const auto parameters = postgres_parameters(address);
    // Poco 1.11 loses the memory of a connection that failed, so the server is knocked at first.
    if (!postgres_answers(parameters)) throw lost_server();
    try {
        return std::make_unique<Poco::Data::Session>(Poco::Data::PostgreSQL::Connector::KEY,
                                                     poco_connection_string(parameters));
    } catch (const Poco::Exception&) {  // Its text may hold user and host.
        throw StoreFault{StoreFault::Kind::Unreadable,
                         "the database answers but lets nobody in: check user, password, database "
                         "and certificates of the store's address"};
    }
}

PGconn* handle_of(Poco::Data::Session& session) {
    auto* handle = Poco::AnyCast<Poco::Data::PostgreSQL::SessionHandle*>(
        session.getProperty("handle"));
    return *handle;
}
}  // namespace

PostgresLink::PostgresLink(std::string address, bool only_reads)
    : session_{open_session(address)}, handle_{handle_of(*session_)}, only_reads_{only_reads} {
    set_up();
}

PostgresLink::~PostgresLink() = default;

void PostgresLink::set_up() {
    PQsetNoticeProcessor(handle_, say_nothing, nullptr);
    borders_sent_ = 0;
    borders_passed_over_ = 0;
    is_up_ = true;
    const char* encoding = PQparameterStatus(handle_, "server_encoding");
    if (encoding == nullptr || std::strcmp(encoding, "UTF8") != 0) {
        drop();
        throw StoreFault{StoreFault::Kind::Unreadable,
                         "the database is not in UTF-8; create it with ENCODING 'UTF8'"};
    }
    if (PQsetnonblocking(handle_, 1) != 0 || PQenterPipelineMode(handle_) != 1) lose();
    add(session_settings);
    if (only_reads_) add("SET default_transaction_read_only = on");
    if (!exchange(connecting).sqlstate.empty()) lose();
    ++generation_;
}

void PostgresLink::restore() {
    const auto begun = steady_clock::now();
    if (failed_at_ != steady_clock::time_point{} && begun < failed_at_ + rest_after_failure)
        throw lost_server();
    const auto until = begun + connecting;
    bool is_connected = false;
    if (PQresetStart(handle_) == 1) {
        PostgresPollingStatusType polling = PGRES_POLLING_WRITING;
        while (polling == PGRES_POLLING_READING || polling == PGRES_POLLING_WRITING) {
            pollfd waiting{PQsocket(handle_),
                           static_cast<short>(polling == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                           0};
            const auto left = std::chrono::duration_cast<milliseconds>(until - steady_clock::now());
            if (left <= milliseconds{0} || waiting.fd < 0) break;
            if (poll(&waiting, 1, static_cast<int>(left.count())) < 0 && errno != EINTR) break;
            if (waiting.revents != 0) polling = PQresetPoll(handle_);
        }
        is_connected = polling == PGRES_POLLING_OK;
    }
    if (!is_connected) {
        failed_at_ = steady_clock::now();
        throw lost_server();
    }
    failed_at_ = {};
    set_up();
}

/// The server is told at once, so that it ends what was under way and lets its locks go.
void PostgresLink::drop() {
    is_up_ = false;
    const int wire = PQsocket(handle_);
    if (wire >= 0) shutdown(wire, SHUT_RDWR);
}

void PostgresLink::lose() {
    drop();
    throw lost_server();
}

void PostgresLink::forget_prepared() {
    if (!is_up_) return;
    add("DEALLOCATE ALL");
    send_off();
    ++generation_;
}

void PostgresLink::check_sent(int sent) {
    if (sent != 1) lose();
}

void PostgresLink::add(const char* sql) {
    check_sent(PQsendQueryParams(handle_, sql, 0, nullptr, nullptr, nullptr, nullptr, 0));
}

void PostgresLink::add_prepare(const std::string& name, const std::string& sql,
                               const std::vector<Oid>& types) {
    check_sent(PQsendPrepare(handle_, name.c_str(), sql.c_str(), static_cast<int>(types.size()),
                             types.data()));
}

void PostgresLink::add_execute(const std::string& name, const PostgresValues& values) {
    check_sent(PQsendQueryPrepared(handle_, name.c_str(), static_cast<int>(values.texts.size()),
                                   values.texts.data(), nullptr, nullptr, 0));
}

void PostgresLink::add_border() {
    check_sent(PQpipelineSync(handle_));
    ++borders_sent_;
}

void PostgresLink::wait(bool to_write, steady_clock::time_point until) {
    pollfd waiting{PQsocket(handle_), static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN), 0};
    while (true) {
        const auto left = std::chrono::duration_cast<milliseconds>(until - steady_clock::now());
        if (left < milliseconds{0} || waiting.fd < 0) lose();
        const int ready = poll(&waiting, 1, static_cast<int>(left.count()));
        if (ready > 0) break;
        if (ready == 0 || errno != EINTR) lose();
    }
    if ((waiting.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(handle_) != 1)
        lose();
}

void PostgresLink::flush(steady_clock::time_point until) {
    while (true) {
        const int left = PQflush(handle_);
        if (left == 0) return;
        if (left < 0) lose();
        wait(true, until);
    }
}

/// Nothing between two messages' results; throws when the link is lost.
PostgresResult PostgresLink::next_result(steady_clock::time_point until) {
    while (PQisBusy(handle_) == 1) wait(false, until);
    PostgresResult result{PQgetResult(handle_)};
    if (PQstatus(handle_) == CONNECTION_BAD) {
        const char* state = result ? PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) : nullptr;
        is_up_ = false;
        if (state != nullptr) {
            const auto fault = postgres_fault(state);
            if (fault.kind() == StoreFault::Kind::Lost) throw fault;
        }
        throw lost_server();
    }
    return result;
}

PostgresLink::Answers PostgresLink::exchange(milliseconds patience) {
    if (!is_up_) throw lost_server();
    add_border();
    const auto until = steady_clock::now() + patience;
    flush(until);
    Answers answers;
    int nothing_in_a_row = 0;
    while (borders_sent_ > 0) {
        auto result = next_result(until);
        if (!result) {  // Two are an empty answer and its end; more is a wire that lost its place.
            if (++nothing_in_a_row > 3) lose();
            continue;
        }
        nothing_in_a_row = 0;
        const auto status = PQresultStatus(result.get());
        const bool is_passed_over = borders_passed_over_ > 0;
        if (status == PGRES_PIPELINE_SYNC) {
            --borders_sent_;
            if (is_passed_over) --borders_passed_over_;
        } else if (status == PGRES_FATAL_ERROR) {
            const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
            if (!is_passed_over && answers.sqlstate.empty())
                answers.sqlstate = state == nullptr ? "XX000" : state;
        } else if (status != PGRES_PIPELINE_ABORTED && !is_passed_over) {
            answers.results.push_back(std::move(result));
        }
    }
    return answers;
}

void PostgresLink::send_off() {
    if (!is_up_) return;
    add_border();
    borders_passed_over_ = borders_sent_;
    flush(steady_clock::now() + sending);
}
}  // namespace ppo
