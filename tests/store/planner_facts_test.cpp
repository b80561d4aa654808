// SPDX-License-Identifier: Apache-2.0
#include "store/planner_facts.hpp"

#include "store/report_indexes.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class PlannerFactsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PlannerFactsTest);
    CPPUNIT_TEST(every_index_that_begins_with_the_practice_is_told);
    CPPUNIT_TEST(an_index_that_is_made_again_is_told_again);
    CPPUNIT_TEST(told_twice_it_changes_nothing);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    std::int64_t untold() {
        return store_.number(
            "SELECT COUNT(*) FROM sqlite_master AS made JOIN pragma_index_info(made.name) AS "
            "held WHERE made.type = 'index' AND held.seqno = 0 AND held.name = 'practice' AND "
            "made.tbl_name <> 'practice' AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 WHERE idx = "
            "made.name)");
    }

    void every_index_that_begins_with_the_practice_is_told() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, untold());
        CPPUNIT_ASSERT(store_.number("SELECT COUNT(*) FROM sqlite_stat1") > 30);
    }

    void an_index_that_is_made_again_is_told_again() {
        drop_report_indexes(store_);
        make_report_indexes_again(store_);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, untold());
    }

    void told_twice_it_changes_nothing() {
        store_.close();
        const auto before = bytes_of_file(store_.path());
        store_.reopen();
        store_.close();
        CPPUNIT_ASSERT(before == bytes_of_file(store_.path()));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PlannerFactsTest);
