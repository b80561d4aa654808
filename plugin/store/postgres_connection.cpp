// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_connection.hpp"

#include "store/postgres_fault.hpp"
#include "store/postgres_statement.hpp"

#include <poll.h>

#include <random>
#include <utility>

namespace ppo {
namespace {
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Longer than the server's own limits (postgres_link.cpp): usually the server ends what takes too
// long, and this end only gives up on a server that says nothing.
constexpr milliseconds patience{13'000};
constexpr milliseconds patience_with_text{15 * 60'000};  // Migrations and indexes take minutes.
constexpr milliseconds asking_after_commit{15'000};
constexpr milliseconds between_questions{200};

/// First number of our advisory locks: "ppo" in ASCII. The second is the practice.
constexpr auto line_class = "7368815";

std::string random_name() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::random_device device;
    std::string name;
    for (int i = 0; i < 32; ++i) name += digits[device() & 15U];
    return name;
}

void pause(milliseconds time) { poll(nullptr, 0, static_cast<int>(time.count())); }

[[nodiscard]] PostgresResult last_of(PostgresLink::Answers answers) {
    if (!answers.sqlstate.empty()) throw postgres_fault(answers.sqlstate);
    if (answers.results.empty()) throw postgres_fault("XX000");
    return std::move(answers.results.back());
}
}  // namespace

PostgresConnection::PostgresConnection(const std::string& address, Role role)
    : Connection{Engine::PostgreSql, role}, link_{address, role == Role::Reader} {
    if (role == Role::Writer) writer_id_ = random_name();
}

PostgresConnection::~PostgresConnection() { forget_statements(); }

std::unique_ptr<Statement> PostgresConnection::prepare(const std::string& sql) {
    // A reader's cursors are statements that name themselves.
    constexpr std::string_view streamed = "DECLARE";
    const auto name = "s" + std::to_string(++statements_made_);
    if (!sql.starts_with(streamed))
        return std::make_unique<PostgresStatement>(*this, name, sql,
                                                   PostgresStatement::Reads::AllAtOnce);
    return std::make_unique<PostgresStatement>(*this, name,
                                               "DECLARE " + name + sql.substr(streamed.size()),
                                               PostgresStatement::Reads::ByCursor);
}

Rows PostgresConnection::stream_with(std::string_view sql, const std::vector<Value>& values) {
    Statement& statement = prepared("DECLARE NO SCROLL CURSOR FOR " + std::string{sql});
    bind_each(statement, Statement::Texts::Copied, values);
    return Rows{statement};
}

/// What fails because the server went away while nothing was under way is tried once more.
template <class Exchange>
auto PostgresConnection::with_one_restoring(Exchange exchange) {
    const bool is_under_way = state_ == State::Open;
    const bool was_up = link_.is_up();
    if (!was_up && !is_under_way) link_.restore();
    try {
        return exchange();
    } catch (const StoreFault& fault) {
        if (fault.kind() != StoreFault::Kind::Lost) throw;
        if (is_under_way) state_ = State::Idle;
        if (is_under_way || !was_up) throw;
    }
    link_.restore();
    return exchange();
}

PostgresResult PostgresConnection::answer_to(PostgresStatement& statement) {
    return with_one_restoring([&] {
        const bool begins = state_ == State::PictureToCome;
        if (begins) link_.add("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        const std::size_t before = (begins ? 1 : 0) + (add_new_plans() ? 1 : 0);
        const auto& values = statement.values();
        const bool prepares = statement.prepared_in() != link_.generation();
        if (prepares) link_.add_prepare(statement.name(), statement.sql(), values.types);
        link_.add_execute(statement.name(), values);
        auto answers = link_.exchange(patience);
        const std::size_t done = answers.results.size();
        if (begins && done > 0) state_ = State::Open;
        if (prepares && done > before) statement.is_prepared_in(link_.generation());
        return last_of(std::move(answers));
    });
}

/// The server plans a prepared statement a few times and keeps the plan until its statistics
/// change, minutes later: a plan that was made for an empty table would go through the whole of it
/// for each of a hundred thousand patients. So it plans anew each time that twice as much was done.
bool PostgresConnection::add_new_plans() {
    if (++statements_run_ < plans_grow_old_at_) return false;
    plans_grow_old_at_ *= 2;
    link_.add("DISCARD PLANS");
    return true;
}

PostgresResult PostgresConnection::answer_to_text(const std::string& sql) {
    return with_one_restoring([&] {
        link_.add(sql.c_str());
        return last_of(link_.exchange(patience));
    });
}

void PostgresConnection::close_cursor(const std::string& name) noexcept {
    if (state_ != State::Open || !link_.is_up()) return;
    try {
        link_.add(("CLOSE " + name).c_str());
        link_.send_off();
    } catch (const StoreFault&) {  // The link is lost, and the cursor with it.
    }
}

void PostgresConnection::execute_once(const std::string& sql) {
    static_cast<void>(with_one_restoring([&] {
        link_.add("SET LOCAL statement_timeout = 0");  // Of this transaction, or of none.
        link_.add(sql.c_str());
        return last_of(link_.exchange(patience_with_text));
    }));
}

bool PostgresConnection::has_table(std::string_view name) {
    return query(
               "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND "
               "tablename = $1",
               name)
        .next();
}

void PostgresConnection::begin() {
    if (std::exchange(has_left_statements_, false)) link_.forget_prepared();
    if (role() == Role::Reader) {
        state_ = State::PictureToCome;
        return;
    }
    try {
        with_one_restoring([this] { begin_changes(); });
    } catch (const StoreFault& fault) {
        if (state_ == State::Open) roll_back();
        if (fault.kind() == StoreFault::Kind::ReadOnly)
            link_.drop();  // There may be a primary now.
        throw;
    }
}

void PostgresConnection::begin_changes() {
    link_.add("BEGIN");
    if (practice() == 0)  // The store's own affairs: migrations, and finding a practice.
        link_.add((std::string{"SELECT pg_advisory_xact_lock("} + line_class + ", 0)").c_str());
    else
        add_line_and_key();
    auto answers = link_.exchange(patience);
    const std::size_t prepared = 2;  // After BEGIN.
    if (!answers.results.empty()) state_ = State::Open;
    if (practice() != 0 && answers.results.size() > prepared) line_in_ = link_.generation();
    static_cast<void>(last_of(std::move(answers)));
}

/// The line first: whatever is read afterwards is as the one before left it. Then the key by which
/// this transaction is known, should the answer to its COMMIT be lost. Both are prepared once, for
/// the server takes longer to read and plan them than to do them.
void PostgresConnection::add_line_and_key() {
    if (line_in_ != link_.generation()) {
        link_.add_prepare(
            "line", std::string{"SELECT pg_advisory_xact_lock("} + line_class + ", $1::integer)",
            {});
        link_.add_prepare("key",
                          "INSERT INTO writer (practice, writer_id, changes, at) VALUES ($1, $2, "
                          "$3, (EXTRACT(EPOCH FROM now()) * 1000)::bigint) ON CONFLICT (practice, "
                          "writer_id) DO UPDATE SET changes = excluded.changes, at = excluded.at",
                          {});
    }
    const auto number = std::to_string(practice());
    const auto changes = std::to_string(++changes_);
    link_.add_execute("line", {{}, {number.c_str()}});
    link_.add_execute("key", {{}, {number.c_str(), writer_id_.c_str(), changes.c_str()}});
}

void PostgresConnection::commit() {
    if (role() == Role::Reader) {
        const bool has_begun = state_ == State::Open;
        state_ = State::Idle;
        if (!has_begun || !link_.is_up()) return;
        link_.add("COMMIT");
        link_.send_off();  // Nothing hangs on it; whoever comes next passes over its answer.
        return;
    }
    try {
        link_.add("COMMIT");
        const auto done = last_of(link_.exchange(patience));
        state_ = State::Idle;
        // The COMMIT of a failed transaction succeeds, and undoes it.
        if (std::string_view{PQcmdStatus(done.get())} != "COMMIT") throw postgres_fault("25P02");
    } catch (const StoreFault& fault) {
        state_ = State::Idle;
        if (fault.kind() != StoreFault::Kind::Lost || practice() == 0) throw;
        if (!was_kept()) throw;
    }
}

/// Asks the server, once it is there again, for the key of the transaction whose COMMIT it did not
/// answer. Standing in the practice's line first means that the transaction has ended.
bool PostgresConnection::was_kept() {
    const auto until = steady_clock::now() + asking_after_commit;
    const auto asked = changes_;
    while (true) {
        try {
            if (!link_.is_up()) link_.restore();
            link_.add("BEGIN");
            link_.add((std::string{"SELECT pg_advisory_xact_lock("} + line_class + ", " +
                       std::to_string(practice()) + ")")
                          .c_str());
            link_.add(("SELECT changes FROM writer WHERE practice = " + std::to_string(practice()) +
                       " AND writer_id = '" + writer_id_ + "'")
                          .c_str());
            auto answers = link_.exchange(patience);
            const bool has_answer = answers.sqlstate.empty() && answers.results.size() == 3;
            std::string found;
            if (has_answer && PQntuples(answers.results[2].get()) == 1)
                found = PQgetvalue(answers.results[2].get(), 0, 0);
            link_.add("ROLLBACK");
            link_.send_off();
            if (has_answer) return found == std::to_string(asked);
        } catch (const StoreFault&) {  // Not there yet.
        }
        if (steady_clock::now() + between_questions > until)
            throw StoreFault{StoreFault::Kind::Unknown,
                             "the database went away while it stored a change, and whether it was "
                             "kept cannot be found out; look before doing it again"};
        pause(between_questions);
    }
}

void PostgresConnection::roll_back() {
    const bool has_begun = state_ == State::Open;
    state_ = State::Idle;
    if (!has_begun || !link_.is_up()) return;
    try {
        link_.add("ROLLBACK");
        static_cast<void>(link_.exchange(patience));
    } catch (const StoreFault&) {  // The link is lost: then the server undoes it.
    }
}
}  // namespace ppo
