// SPDX-License-Identifier: Apache-2.0
#include "host/mailbox.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo_sim;

class MailboxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailboxTest);
    CPPUNIT_TEST(asks_each_address_once_to_come_back_when_it_greylists);
    CPPUNIT_TEST(answers_with_a_fault_when_it_is_unreachable);
    CPPUNIT_TEST(counts_attempts_that_it_refused);
    CPPUNIT_TEST_SUITE_END();

    Mailbox mailbox_{};

    ppo_result take(const std::string& recipient) {
        std::string reason;
        return mailbox_.take({.recipient = recipient}, reason);
    }

    void asks_each_address_once_to_come_back_when_it_greylists() {
        mailbox_.set_mood(MailServerMood::Greylists);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_MAIL_DEFERRED}, take("a@mail.example"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_MAIL_DEFERRED}, take("b@mail.example"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, take("a@mail.example"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mailbox_.count());
    }

    void answers_with_a_fault_when_it_is_unreachable() {
        mailbox_.set_mood(MailServerMood::Unreachable);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, take("a@mail.example"));
    }

    void counts_attempts_that_it_refused() {
        mailbox_.set_mood(MailServerMood::Rejects);
        static_cast<void>(take("a@mail.example"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, mailbox_.attempts());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailboxTest);
