// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_connection.hpp"

#include "store/fault.hpp"
#include "support/postgres_admin.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <stdexcept>

using namespace ppo;

/// Registered for PostgreSQL only: without a server of the tests there is nothing to say.
class PostgresConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PostgresConnectionTest);
    CPPUNIT_TEST(values_come_back_as_they_went_in);
    CPPUNIT_TEST(nothing_is_null_and_empty_text_is_not);
    CPPUNIT_TEST(run_says_how_many_rows_it_changed);
    CPPUNIT_TEST(statement_in_use_is_not_used_again);
    CPPUNIT_TEST(broken_rule_is_a_fault_without_the_value_in_it);
    CPPUNIT_TEST(reader_cannot_write);
    CPPUNIT_TEST(texts_are_compared_byte_by_byte);
    CPPUNIT_TEST(stream_is_read_to_its_end_and_can_be_left);
    CPPUNIT_TEST(very_many_statements_are_let_go_and_prepared_again);
    CPPUNIT_TEST(commit_of_a_broken_transaction_is_no_commit);
    CPPUNIT_TEST(server_that_ended_an_idle_connection_is_not_noticed);
    CPPUNIT_TEST(server_that_ends_a_transaction_kept_nothing);
    CPPUNIT_TEST_SUITE_END();

    std::optional<TestDatabase> database_{};
    std::optional<PostgresConnection> writer_{};

    static constexpr std::string_view insert = "INSERT INTO thing (name, number) VALUES ($1, $2)";

    std::int64_t things() {
        auto rows = writer_->query("SELECT COUNT(*) FROM thing");
        return rows.next() ? rows.integer(0) : -1;
    }

    /// As an administrator or a restart of the server does it.
    void end_connections() {
        PostgresConnection other{database_->administrators_address(), Connection::Role::Writer};
        auto rows = other.query(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
            "current_database() AND pid <> pg_backend_pid()");
        while (rows.next()) {
        }
    }

public:
    void setUp() override {
        const auto server = test_server();
        if (!server) throw std::runtime_error{"PPO_TEST_STORE_AT names no server"};
        database_.emplace(*server);
        writer_.emplace(database_->administrators_address(), Connection::Role::Writer);
        writer_->execute("CREATE TABLE thing (name TEXT COLLATE \"C\" UNIQUE, number BIGINT)");
    }
    void tearDown() override {
        writer_.reset();
        database_.reset();
    }

    void values_come_back_as_they_went_in() {
        writer_->run(insert, std::string{"Núñez"}, std::int64_t{-9'000'000'000});
        auto rows = writer_->query("SELECT name, number, number < 0 FROM thing");
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_EQUAL(std::string{"Núñez"}, rows.text(0));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-9'000'000'000}, rows.integer(1));
        CPPUNIT_ASSERT(rows.flag(2) && rows.is_text(0) && rows.is_integer(1));
        CPPUNIT_ASSERT(!rows.next());
    }
    void nothing_is_null_and_empty_text_is_not() {
        writer_->run(insert, "", std::optional<std::int64_t>{});
        auto rows = writer_->query("SELECT name, number FROM thing");
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT(!rows.is_null(0) && rows.is_null(1) && !rows.time(1));
    }
    void run_says_how_many_rows_it_changed() {
        CPPUNIT_ASSERT_EQUAL(1, writer_->run(insert, "one", 1));
        CPPUNIT_ASSERT_EQUAL(
            0, writer_->run("INSERT INTO thing (name) VALUES ($1) ON CONFLICT DO NOTHING", "one"));
    }
    void statement_in_use_is_not_used_again() {
        writer_->run(insert, "one", 1);
        auto rows = writer_->query("SELECT name FROM thing");
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_THROW(static_cast<void>(writer_->query("SELECT name FROM thing")),
                             std::logic_error);
    }
    void broken_rule_is_a_fault_without_the_value_in_it() {
        writer_->run(insert, "anna@example.org", 1);
        const auto fault = fault_of([&] { writer_->run(insert, "anna@example.org", 1); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Failed, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("anna") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(1, writer_->run(insert, "bruno", 1));
    }
    void reader_cannot_write() {
        PostgresConnection reader{database_->address(), Connection::Role::Reader};
        reader.begin();
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::ReadOnly,
                             fault_of([&] { reader.run(insert, "one", 1); }).kind());
    }
    void texts_are_compared_byte_by_byte() {
        for (const char* name : {"b", "B", "a", "ä"}) writer_->run(insert, name, 1);
        std::string order;
        auto rows = writer_->query("SELECT name FROM thing ORDER BY name");
        while (rows.next()) order += rows.text(0);
        CPPUNIT_ASSERT_EQUAL(std::string{"Babä"}, order);
    }
    void stream_is_read_to_its_end_and_can_be_left() {
        writer_->execute("INSERT INTO thing SELECT 'n' || i, i FROM generate_series(1, 2500) AS i");
        PostgresConnection reader{database_->administrators_address(), Connection::Role::Reader};
        for (const int wanted : {10, 2'500}) {
            reader.begin();
            {
                auto rows = reader.stream_with("SELECT number FROM thing WHERE number > $1",
                                               {std::int64_t{0}});
                int found = 0;
                while (found < wanted && rows.next()) ++found;
                CPPUNIT_ASSERT_EQUAL(wanted, found);
                if (wanted == 2'500) CPPUNIT_ASSERT(!rows.next());
            }
            reader.commit();
        }
    }
    void very_many_statements_are_let_go_and_prepared_again() {
        const auto ask = [&](int number) {
            auto rows = writer_->query("SELECT " + std::to_string(number));
            return rows.next() ? rows.integer(0) : -1;
        };
        for (int number = 0; number < 300; ++number) static_cast<void>(ask(number));
        writer_->forget_if_many();
        writer_->begin();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, ask(7));
        auto rows = writer_->query("SELECT COUNT(*) FROM pg_prepared_statements");
        CPPUNIT_ASSERT(rows.next() && rows.integer(0) < 10);
    }
    void commit_of_a_broken_transaction_is_no_commit() {
        writer_->begin();
        writer_->run(insert, "one", 1);
        static_cast<void>(fault_of([&] { writer_->run(insert, "one", 1); }));
        CPPUNIT_ASSERT_THROW(writer_->commit(), StoreFault);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, things());
    }
    void server_that_ended_an_idle_connection_is_not_noticed() {
        end_connections();
        writer_->begin();
        writer_->run(insert, "one", 1);
        writer_->commit();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, things());
    }
    void server_that_ends_a_transaction_kept_nothing() {
        writer_->begin();
        writer_->run(insert, "one", 1);
        end_connections();
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Lost,
                             fault_of([&] { writer_->run(insert, "two", 1); }).kind());
        CPPUNIT_ASSERT(!writer_->in_transaction());
        writer_->begin();
        writer_->roll_back();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, things());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PostgresConnectionTest);
