// SPDX-License-Identifier: Apache-2.0
#include "store/report_indexes.hpp"

#include "store/report_counts.hpp"
#include "store/report_table.hpp"
#include "support/crowd.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class ReportIndexesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportIndexesTest);
    CPPUNIT_TEST(new_store_has_them);
    CPPUNIT_TEST(dropped_ones_are_made_again);
    CPPUNIT_TEST(opening_the_store_makes_what_a_crash_left_out);
    CPPUNIT_TEST(the_report_says_the_same_without_them);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    std::int64_t indexes() {
        return store_.number(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND (name LIKE "
            "'patient_by_%' OR name IN ('patient_enabled', 'patient_of_practice'))");
    }

    void new_store_has_them() {
        store_.add(anna());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{13}, indexes());
    }

    void dropped_ones_are_made_again() {
        drop_report_indexes(store_);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, indexes());
        make_report_indexes_again(store_);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{13}, indexes());
    }

    void opening_the_store_makes_what_a_crash_left_out() {
        drop_report_indexes(store_);
        store_.reopen();
        store_.add(anna());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{13}, indexes());
    }

    void the_report_says_the_same_without_them() {
        add_crowd(store_, 200);
        std::mt19937 dice{52};
        std::vector<ReportQuery> queries;
        for (int i = 0; i < 20; ++i) queries.push_back(random_query(dice));
        const auto answers = [&] {
            return store_.ask([&](Connection& connection) {
                std::string all;
                for (const auto& query : queries) {
                    all += std::to_string(count_report(connection, query, noon).patients) + ":";
                    for (const auto& row :
                         read_report(connection, query, std::nullopt, false, 100, noon))
                        all += row.patient_id + " ";
                }
                return all;
            });
        };
        const auto with = answers();
        drop_report_indexes(store_);
        CPPUNIT_ASSERT_EQUAL(with, answers());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportIndexesTest);
