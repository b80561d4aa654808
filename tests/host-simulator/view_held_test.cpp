// SPDX-License-Identifier: Apache-2.0
#include "web/view_held.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo_sim;

class HeldViewsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HeldViewsTest);
    CPPUNIT_TEST(gives_a_view_back_once);
    CPPUNIT_TEST(gives_a_view_to_nobody_else);
    CPPUNIT_TEST(lets_the_oldest_make_room);
    CPPUNIT_TEST(keeps_no_view_of_an_instance_that_was_replaced);
    CPPUNIT_TEST(closes_all_views_before_their_instance_ends);
    CPPUNIT_TEST_SUITE_END();

    HeldViews held_{};

    void gives_a_view_back_once() {
        held_.keep("k", {.whose = "Dana"});
        CPPUNIT_ASSERT(held_.take("k", "Dana"));
        CPPUNIT_ASSERT(!held_.take("k", "Dana"));
    }

    void gives_a_view_to_nobody_else() {
        held_.keep("k", {.whose = "Dana"});
        CPPUNIT_ASSERT(!held_.take("k", "Sam"));
    }

    void lets_the_oldest_make_room() {
        for (int i = 0; i <= 8; ++i) held_.keep(std::to_string(i), {.whose = "Dana"});
        CPPUNIT_ASSERT(!held_.take("0", "Dana"));
        CPPUNIT_ASSERT(held_.take("1", "Dana") && held_.take("8", "Dana"));
    }

    void keeps_no_view_of_an_instance_that_was_replaced() {
        held_.keep("k", {.whose = "Dana"}, [] { return false; });
        CPPUNIT_ASSERT(!held_.take("k", "Dana"));
        held_.keep("k", {.whose = "Dana"}, [] { return true; });
        CPPUNIT_ASSERT(held_.take("k", "Dana"));
    }

    void closes_all_views_before_their_instance_ends() {
        held_.keep("k", {.whose = "Dana"});
        held_.close();
        CPPUNIT_ASSERT(!held_.take("k", "Dana"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HeldViewsTest);
