// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_words.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class AnalyticsWordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnalyticsWordsTest);
    CPPUNIT_TEST(a_median_is_said_in_days);
    CPPUNIT_TEST(a_share_is_rounded_and_none_of_nobody);
    CPPUNIT_TEST(a_funnel_is_a_sentence);
    CPPUNIT_TEST(those_without_a_label_have_words);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_median_is_said_in_days() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, median_words({}));
        CPPUNIT_ASSERT_EQUAL(std::string{"under 2 hours"}, median_words({3, 0}));
        CPPUNIT_ASSERT_EQUAL(std::string{"0.4 days"}, median_words({3, 4}));
        CPPUNIT_ASSERT_EQUAL(std::string{"1 day"}, median_words({3, 10}));
        CPPUNIT_ASSERT_EQUAL(std::string{"2.5 days"}, median_words({3, 25}));
        CPPUNIT_ASSERT_EQUAL(std::string{"45 days"}, median_words({3, 450}));
    }

    void a_share_is_rounded_and_none_of_nobody() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, share_words(0, 0));
        CPPUNIT_ASSERT_EQUAL(std::string{"67 %"}, share_words(2, 3));
        CPPUNIT_ASSERT_EQUAL(std::string{"100 %"}, share_words(7, 7));
    }

    void a_funnel_is_a_sentence() {
        FunnelGroup group;
        group.patients = 1'565;
        group.enabled = 120;
        CPPUNIT_ASSERT_EQUAL(
            std::string{"1,565 patients: 120 enabled, 0 invited, 0 set up, 0 signed in."},
            funnel_sentence(group));
    }

    void those_without_a_label_have_words() {
        for (const auto by : {GroupBy::None, GroupBy::Provider, GroupBy::Tag, GroupBy::Week})
            CPPUNIT_ASSERT(!word_for_none(by).empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AnalyticsWordsTest);
