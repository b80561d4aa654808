// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_connection.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

using namespace ppo;

class SqliteConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqliteConnectionTest);
    CPPUNIT_TEST(values_come_back_as_they_went_in);
    CPPUNIT_TEST(nothing_is_null_and_empty_text_is_not);
    CPPUNIT_TEST(text_with_a_nul_byte_keeps_its_length);
    CPPUNIT_TEST(values_known_only_at_run_time_are_bound_in_their_order);
    CPPUNIT_TEST(run_says_how_many_rows_it_changed);
    CPPUNIT_TEST(statement_in_use_is_not_used_again);
    CPPUNIT_TEST(refused_statement_leaves_the_rows_being_read_alone);
    CPPUNIT_TEST(statement_can_be_used_again_once_its_rows_are_gone);
    CPPUNIT_TEST(moved_rows_go_on_where_they_were);
    CPPUNIT_TEST(reader_cannot_write);
    CPPUNIT_TEST(foreign_keys_hold);
    CPPUNIT_TEST(broken_rule_is_a_fault_without_the_value_in_it);
    CPPUNIT_TEST(statement_is_usable_after_its_fault);
    CPPUNIT_TEST(very_many_statements_are_let_go_and_prepared_again);
    CPPUNIT_TEST(knows_whether_a_transaction_is_open);
    CPPUNIT_TEST(writer_syncs_fully_and_truncates_its_journal);
    CPPUNIT_TEST(knows_what_kind_of_value_stands_in_a_column);
    CPPUNIT_TEST(a_statement_names_the_practice_that_is_served);
    CPPUNIT_TEST(a_statement_of_a_practice_needs_one);
    CPPUNIT_TEST_SUITE_END();

    TempFolder folder_{};
    SqliteConnection writer_{folder_.file("a.db"), Connection::Role::Writer};

    static constexpr std::string_view insert = "INSERT INTO thing (name, number) VALUES ($1, $2)";
    static constexpr std::string_view every = "SELECT name, number FROM thing ORDER BY rowid";

public:
    void setUp() override {
        writer_.execute("CREATE TABLE thing (name TEXT UNIQUE, number BIGINT)");
        writer_.execute("CREATE TABLE part (thing TEXT REFERENCES thing (name))");
    }

    void values_come_back_as_they_went_in() {
        writer_.run(insert, std::string{"Núñez"}, noon);
        auto rows = writer_.query(every);
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_EQUAL(std::string{"Núñez"}, rows.text(0));
        CPPUNIT_ASSERT(noon == *rows.time(1));
        CPPUNIT_ASSERT(!rows.next());
    }

    void nothing_is_null_and_empty_text_is_not() {
        writer_.run(insert, std::string_view{}, std::optional<UnixTime>{});
        auto rows = writer_.query(every);
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT(!rows.is_null(0) && rows.text(0).empty());
        CPPUNIT_ASSERT(rows.is_null(1) && !rows.time(1));
    }

    void knows_what_kind_of_value_stands_in_a_column() {
        writer_.execute("INSERT INTO thing VALUES ('a', 3), (x'61', 3.5), (NULL, 'x')");
        auto rows = writer_.query(every);
        CPPUNIT_ASSERT(rows.next() && rows.is_text(0) && rows.is_integer(1));
        CPPUNIT_ASSERT(rows.next() && !rows.is_text(0) && !rows.is_integer(1));
        CPPUNIT_ASSERT(rows.next() && !rows.is_text(0) && !rows.is_integer(1));
    }

    void text_with_a_nul_byte_keeps_its_length() {
        writer_.run(insert, std::string_view{"a\0b", 3}, 1);
        auto rows = writer_.query(every);
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, rows.view(0).size());
    }

    void values_known_only_at_run_time_are_bound_in_their_order() {
        writer_.run(insert, "one", 1);
        writer_.run(insert, "two", 2);
        auto rows = writer_.query_with("SELECT name FROM thing WHERE number > $1 AND name < $2",
                                       {std::int64_t{1}, std::string{"u"}});
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_EQUAL(std::string{"two"}, rows.text(0));
    }

    void run_says_how_many_rows_it_changed() {
        CPPUNIT_ASSERT_EQUAL(1, writer_.run(insert, "one", 1));
        CPPUNIT_ASSERT_EQUAL(1, writer_.run(insert, "two", 1));
        CPPUNIT_ASSERT_EQUAL(2,
                             writer_.run("UPDATE thing SET number = $1 WHERE number = $2", 5, 1));
        CPPUNIT_ASSERT_EQUAL(0,
                             writer_.run("UPDATE thing SET number = $1 WHERE number = $2", 5, 1));
    }

    void statement_in_use_is_not_used_again() {
        writer_.run(insert, "one", 1);
        auto rows = writer_.query(every);
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_THROW(static_cast<void>(writer_.query(every)), std::logic_error);
    }

    void refused_statement_leaves_the_rows_being_read_alone() {
        writer_.run(insert, "one", 1);
        writer_.run(insert, "two", 2);
        auto rows = writer_.query(every);
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_THROW(static_cast<void>(writer_.query(every)), std::logic_error);
        CPPUNIT_ASSERT_EQUAL(std::string{"one"}, rows.text(0));
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_EQUAL(std::string{"two"}, rows.text(0));
    }

    void statement_can_be_used_again_once_its_rows_are_gone() {
        writer_.run(insert, "one", 1);
        for (int i = 0; i < 3; ++i) {
            auto rows = writer_.query(every);
            CPPUNIT_ASSERT(rows.next());
        }
    }

    void moved_rows_go_on_where_they_were() {
        writer_.run(insert, "one", 1);
        writer_.run(insert, "two", 2);
        auto rows = writer_.query(every);
        CPPUNIT_ASSERT(rows.next());
        Rows moved{std::move(rows)};
        CPPUNIT_ASSERT(moved.next());
        CPPUNIT_ASSERT_EQUAL(std::string{"two"}, moved.text(0));
    }

    void reader_cannot_write() {
        SqliteConnection reader{folder_.file("a.db"), Connection::Role::Reader};
        const auto fault = fault_of([&] { reader.run(insert, "one", 1); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::ReadOnly, fault.kind());
    }

    void foreign_keys_hold() {
        const auto fault = fault_of([&] { writer_.run("INSERT INTO part VALUES ($1)", "none"); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Failed, fault.kind());
    }

    void broken_rule_is_a_fault_without_the_value_in_it() {
        writer_.run(insert, "anna@example.org", 1);
        const auto fault = fault_of([&] { writer_.run(insert, "anna@example.org", 1); });
        CPPUNIT_ASSERT(std::string{fault.what()}.find("anna") == std::string::npos);
    }

    void very_many_statements_are_let_go_and_prepared_again() {
        const auto prepared = [&] {
            auto rows = writer_.query("SELECT COUNT(*) FROM sqlite_stmt");
            return rows.next() ? rows.integer(0) : -1;
        };
        const auto ask = [&](int number) {
            auto rows = writer_.query("SELECT " + std::to_string(number));
            return rows.next() ? rows.integer(0) : -1;
        };
        for (int number = 0; number < 300; ++number) static_cast<void>(ask(number));
        CPPUNIT_ASSERT(prepared() > 300);
        writer_.forget_if_many();
        CPPUNIT_ASSERT(prepared() < 3);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, ask(7));
    }

    void statement_is_usable_after_its_fault() {
        writer_.run(insert, "one", 1);
        static_cast<void>(fault_of([&] { writer_.run(insert, "one", 1); }));
        CPPUNIT_ASSERT_EQUAL(1, writer_.run(insert, "two", 1));
    }

    void a_statement_names_the_practice_that_is_served() {
        for (const std::int64_t practice : {7, 8}) {
            writer_.serve(practice);
            auto rows = writer_.query("SELECT :practice");
            CPPUNIT_ASSERT(rows.next());
            CPPUNIT_ASSERT_EQUAL(practice, rows.integer(0));
        }
    }

    void a_statement_of_a_practice_needs_one() {
        CPPUNIT_ASSERT_THROW(static_cast<void>(writer_.query("SELECT :practice")),
                             std::logic_error);
    }

    void knows_whether_a_transaction_is_open() {
        CPPUNIT_ASSERT(!writer_.in_transaction());
        writer_.run("BEGIN IMMEDIATE");
        CPPUNIT_ASSERT(writer_.in_transaction());
        writer_.run("ROLLBACK");
        CPPUNIT_ASSERT(!writer_.in_transaction());
    }

    void writer_syncs_fully_and_truncates_its_journal() {
        const auto setting = [this](std::string_view pragma) {
            auto rows = writer_.query(pragma);
            return rows.next() ? rows.text(0) : std::string{};
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"2"}, setting("PRAGMA synchronous"));
        CPPUNIT_ASSERT_EQUAL(std::string{"truncate"}, setting("PRAGMA journal_mode"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SqliteConnectionTest);
