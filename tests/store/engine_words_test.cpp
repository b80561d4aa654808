// SPDX-License-Identifier: Apache-2.0
#include "store/engine_words.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class EngineWordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EngineWordsTest);
    CPPUNIT_TEST(sqlites_planner_is_kept_off_a_hidden_column);
    CPPUNIT_TEST(postgresqls_planner_sees_every_column);
    CPPUNIT_TEST(texts_of_postgresql_are_compared_byte_by_byte);
    CPPUNIT_TEST(words_that_hold_the_type_are_left_alone);
    CPPUNIT_TEST(migrations_reach_sqlite_as_they_are);
    CPPUNIT_TEST(pattern_takes_its_own_signs_literally);
    CPPUNIT_TEST_SUITE_END();

public:
    void sqlites_planner_is_kept_off_a_hidden_column() {
        CPPUNIT_ASSERT_EQUAL(std::string{"+status"}, hidden(Engine::Sqlite, "status"));
    }
    void postgresqls_planner_sees_every_column() {
        CPPUNIT_ASSERT_EQUAL(std::string{"status"}, hidden(Engine::PostgreSql, "status"));
    }
    void texts_of_postgresql_are_compared_byte_by_byte() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"CREATE TABLE a (b TEXT COLLATE \"C\" NOT NULL, c TEXT COLLATE \"C\")"},
            on_engine(Engine::PostgreSql, "CREATE TABLE a (b TEXT NOT NULL, c TEXT)"));
    }
    void words_that_hold_the_type_are_left_alone() {
        const std::string sql = "SELECT search_text, TEXTS, MY_TEXT FROM a";
        CPPUNIT_ASSERT_EQUAL(sql, on_engine(Engine::PostgreSql, sql));
    }
    void migrations_reach_sqlite_as_they_are() {
        const std::string sql = "CREATE TABLE a (b TEXT)";
        CPPUNIT_ASSERT_EQUAL(sql, on_engine(Engine::Sqlite, sql));
    }
    void pattern_takes_its_own_signs_literally() {
        CPPUNIT_ASSERT_EQUAL(std::string{"%50\\%\\_\\\\%"}, part_of("50%_\\"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EngineWordsTest);
