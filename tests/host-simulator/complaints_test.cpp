// SPDX-License-Identifier: Apache-2.0
#include "web/complaints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sstream>

using namespace ppo_sim;

class ComplaintsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ComplaintsTest);
    CPPUNIT_TEST(the_same_is_said_once_however_often_it_comes);
    CPPUNIT_TEST(another_sentence_is_said_and_the_first_is_not_said_again);
    CPPUNIT_TEST(that_one_thing_works_again_says_nothing_of_others);
    CPPUNIT_TEST(after_it_worked_the_same_is_said_anew);
    CPPUNIT_TEST(what_came_often_and_comes_no_more_is_said_to_be_over);
    CPPUNIT_TEST(what_came_once_is_forgotten_without_a_word);
    CPPUNIT_TEST(what_still_comes_is_not_over);
    CPPUNIT_TEST_SUITE_END();

    const Complaints::Time start_ = Complaints::Time{} + std::chrono::hours{1};
    std::ostringstream out_{};
    Complaints complaints_{out_};

    void the_same_is_said_once_however_often_it_comes() {
        for (int second = 0; second < 300; ++second) {
            complaints_.say("down", start_ + std::chrono::seconds{second});
            complaints_.forget_old(start_ + std::chrono::seconds{second});
        }
        CPPUNIT_ASSERT_EQUAL(std::string{"down\n"}, out_.str());
    }

    void another_sentence_is_said_and_the_first_is_not_said_again() {
        for (const auto* sentence : {"lost", "full", "lost", "full"}) complaints_.say(sentence);
        CPPUNIT_ASSERT_EQUAL(std::string{"lost\nfull\n"}, out_.str());
    }

    void that_one_thing_works_again_says_nothing_of_others() {
        complaints_.say("down");
        complaints_.say("the mails wait");
        complaints_.works_again("down", "well");
        complaints_.say("the mails wait");
        CPPUNIT_ASSERT_EQUAL(std::string{"down\nthe mails wait\nwell\n"}, out_.str());
    }

    void after_it_worked_the_same_is_said_anew() {
        complaints_.say("down");
        complaints_.works_again("down", "well");
        complaints_.say("down");
        CPPUNIT_ASSERT_EQUAL(std::string{"down\nwell\ndown\n"}, out_.str());
    }

    void what_came_often_and_comes_no_more_is_said_to_be_over() {
        complaints_.say("down", start_);
        complaints_.say("down", start_ + std::chrono::seconds{5});
        complaints_.forget_old(start_ + std::chrono::seconds{5} + Complaints::quiet);
        complaints_.forget_old(start_ + std::chrono::hours{1});
        CPPUNIT_ASSERT_EQUAL(
            std::string{"down\nThat was said 2 times, and for a minute no more: down\n"},
            out_.str());
    }

    void what_came_once_is_forgotten_without_a_word() {
        complaints_.say("down", start_);
        complaints_.forget_old(start_ + Complaints::quiet);
        complaints_.say("down", start_ + Complaints::quiet);
        CPPUNIT_ASSERT_EQUAL(std::string{"down\ndown\n"}, out_.str());
    }

    void what_still_comes_is_not_over() {
        complaints_.say("down", start_);
        complaints_.say("down", start_ + std::chrono::seconds{50});
        complaints_.forget_old(start_ + Complaints::quiet);
        CPPUNIT_ASSERT_EQUAL(std::string{"down\n"}, out_.str());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ComplaintsTest);
