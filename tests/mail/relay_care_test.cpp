// SPDX-License-Identifier: Apache-2.0
#include "mail/relay_care.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using std::chrono::minutes;

class RelayCareTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RelayCareTest);
    CPPUNIT_TEST(rests_longer_each_time_up_to_a_quarter_of_an_hour);
    CPPUNIT_TEST(keeps_since_when_and_takes_the_newest_reason);
    CPPUNIT_TEST(only_who_asked_lengthens_the_rest);
    CPPUNIT_TEST(rests_while_one_asks);
    CPPUNIT_TEST(may_be_asked_at_once_after_no_answer);
    CPPUNIT_TEST_SUITE_END();

public:
    void rests_longer_each_time_up_to_a_quarter_of_an_hour() {
        Relay relay;
        for (const int rest : {1, 2, 4, 8, 15, 15, 15}) {
            relay = after_trouble(relay, "down", true, noon);
            CPPUNIT_ASSERT(relay.rests_until == noon + minutes{rest});
        }
    }

    void keeps_since_when_and_takes_the_newest_reason() {
        const auto first = after_trouble({}, "one", false, noon);
        const auto second = after_trouble(first, "two", true, noon + minutes{1});
        CPPUNIT_ASSERT(second.broken_since == noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"two"}, second.reason);
    }

    void only_who_asked_lengthens_the_rest() {
        const auto first = after_trouble({}, "one", false, noon);
        const auto second = after_trouble(first, "two", false, noon + minutes{1});
        CPPUNIT_ASSERT(second.rests_until == noon + minutes{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, second.failures);
    }

    void rests_while_one_asks() {
        const auto asked = while_asked(after_trouble({}, "one", false, noon), noon + minutes{1});
        CPPUNIT_ASSERT(asked.rests(noon + minutes{1}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, asked.failures);
    }

    void may_be_asked_at_once_after_no_answer() {
        const auto at = noon + minutes{1};
        const auto asked = while_asked(after_trouble({}, "one", false, noon), at);
        CPPUNIT_ASSERT(!after_no_answer(asked, at).rests(at));
        CPPUNIT_ASSERT(after_no_answer(asked, at).broken_since == noon);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RelayCareTest);
