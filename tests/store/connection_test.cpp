// SPDX-License-Identifier: Apache-2.0
#include "store/connection.hpp"

#include "store/sqlite_connection.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

using namespace ppo;

class ConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionTest);
    CPPUNIT_TEST(practice_stands_in_the_statement);
    CPPUNIT_TEST(other_practice_means_other_rows);
    CPPUNIT_TEST(statement_of_a_practice_before_one_is_served_is_an_error_of_ours);
    CPPUNIT_TEST(stream_gives_the_rows_of_the_query);
    CPPUNIT_TEST(knows_which_tables_there_are);
    CPPUNIT_TEST_SUITE_END();

    TempFolder folder_{};
    SqliteConnection connection_{folder_.file("a.db"), Connection::Role::Writer};

    std::int64_t rows_of_the_practice() {
        auto rows = connection_.query("SELECT COUNT(*) FROM thing WHERE practice = :practice");
        return rows.next() ? rows.integer(0) : -1;
    }

public:
    void setUp() override {
        connection_.execute("CREATE TABLE thing (practice BIGINT, number BIGINT)");
        connection_.execute("INSERT INTO thing VALUES (1, 10), (2, 20), (2, 21)");
    }
    void practice_stands_in_the_statement() {
        connection_.serve(1);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows_of_the_practice());
    }
    void other_practice_means_other_rows() {
        connection_.serve(1);
        static_cast<void>(rows_of_the_practice());
        connection_.serve(2);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, rows_of_the_practice());
    }
    void statement_of_a_practice_before_one_is_served_is_an_error_of_ours() {
        CPPUNIT_ASSERT_THROW(rows_of_the_practice(), std::logic_error);
    }
    void stream_gives_the_rows_of_the_query() {
        auto rows = connection_.stream_with("SELECT number FROM thing WHERE number > $1",
                                            {std::int64_t{15}});
        int found = 0;
        while (rows.next()) ++found;
        CPPUNIT_ASSERT_EQUAL(2, found);
    }
    void knows_which_tables_there_are() {
        CPPUNIT_ASSERT(connection_.has_table("thing"));
        CPPUNIT_ASSERT(!connection_.has_table("thin"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionTest);
