// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_steps.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <vector>

using namespace ppo;

class SmtpStepsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpStepsTest);
    CPPUNIT_TEST(tells_steps_in_their_order);
    CPPUNIT_TEST(tells_nothing_after_a_failure);
    CPPUNIT_TEST(failure_says_what_may_mend_it);
    CPPUNIT_TEST(nobody_need_listen);
    CPPUNIT_TEST_SUITE_END();

    std::vector<MailStep> told_{};
    SmtpSteps steps_{[this](const MailStep& step) { told_.push_back(step); }};

    void tells_steps_in_their_order() {
        steps_.begin("connect");
        steps_.pass("There.");
        steps_.begin("greeting");
        steps_.pass("Hello.");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told_.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"connect"}, told_[0].step);
        CPPUNIT_ASSERT(told_[0].passed);
        CPPUNIT_ASSERT_EQUAL(std::string{"Hello."}, told_[1].sentence);
    }
    void tells_nothing_after_a_failure() {
        steps_.begin("recipient");
        steps_.fail("No.");
        steps_.fail("No again.");
        steps_.begin("data");
        steps_.pass("Yes.");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told_.size());
        CPPUNIT_ASSERT(!told_[0].passed);
        CPPUNIT_ASSERT_EQUAL(std::string{"No."}, told_[0].sentence);
    }
    void failure_says_what_may_mend_it() {
        steps_.begin("auth");
        steps_.fail("No.");
        CPPUNIT_ASSERT_EQUAL(std::string{"No. Check user name and password in the settings."},
                             told_[0].sentence);
    }
    void nobody_need_listen() {
        SmtpSteps silent;
        silent.begin("auth");
        silent.pass("Yes.");
        silent.fail("No.");
        CPPUNIT_ASSERT(told_.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpStepsTest);
