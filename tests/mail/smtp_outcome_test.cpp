// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_outcome.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
SmtpReply reply_of(const std::string& bytes) {
    SmtpReplyParser parser;
    parser.feed(bytes);
    return parser.next().value();
}
}  // namespace

class SmtpOutcomeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpOutcomeTest);
    CPPUNIT_TEST(full_mailbox_is_tried_again);
    CPPUNIT_TEST(refused_sender_does_not_fail_the_mail);
    CPPUNIT_TEST(too_large_a_mail_fails_at_once);
    CPPUNIT_TEST(wish_for_sign_in_blames_the_relay);
    CPPUNIT_TEST_SUITE_END();

    void full_mailbox_is_tried_again() {
        for (const auto* full : {"552 mailbox full\r\n", "550 5.2.2 over quota\r\n"}) {
            const auto delivery = judge_refusal(SmtpStep::Recipient, reply_of(full), "a@b.example");
            CPPUNIT_ASSERT(delivery.state == DeliveryState::Deferred && !delivery.relay_broken);
        }
    }
    void refused_sender_does_not_fail_the_mail() {
        const auto delivery = judge_refusal(SmtpStep::Sender, reply_of("553 not you\r\n"),
                                            "a@b.example");
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Deferred && delivery.relay_broken);
    }
    void too_large_a_mail_fails_at_once() {
        const auto delivery = judge_refusal(SmtpStep::Sender, reply_of("552 5.3.4 too big\r\n"),
                                            "a@b.example");
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Failed && !delivery.relay_broken);
    }
    void wish_for_sign_in_blames_the_relay() {
        const auto delivery = judge_refusal(SmtpStep::Recipient, reply_of("530 sign in first\r\n"),
                                            "a@b.example");
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Deferred && delivery.relay_broken);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpOutcomeTest);
