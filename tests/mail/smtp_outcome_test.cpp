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
    CPPUNIT_TEST(unknown_address_fails_in_the_servers_words);
    CPPUNIT_TEST(refused_sender_does_not_fail_the_mail);
    CPPUNIT_TEST(too_large_a_mail_fails_at_once);
    CPPUNIT_TEST(wish_for_sign_in_blames_the_relay);
    CPPUNIT_TEST(refusal_to_relay_blames_the_relay);
    CPPUNIT_TEST(server_out_of_step_blames_the_relay);
    CPPUNIT_TEST(policy_fails_the_mail_and_spares_the_address);
    CPPUNIT_TEST(missing_smtputf8_has_a_reason_of_its_own);
    CPPUNIT_TEST(reason_keeps_its_length);
    CPPUNIT_TEST_SUITE_END();

    static Delivery judged(SmtpStep step, const std::string& reply,
                           const std::string& recipient = "a@b.example") {
        return judge_refusal(step, reply_of(reply + "\r\n"), recipient);
    }
    static bool is_later(const Delivery& delivery) {
        return delivery.state == DeliveryState::Deferred && !delivery.relay_broken;
    }
    static bool is_never(const Delivery& delivery) {
        return delivery.state == DeliveryState::Failed && !delivery.relay_broken;
    }
    static bool is_broken(const Delivery& delivery) {
        return delivery.state == DeliveryState::Deferred && delivery.relay_broken;
    }

    void full_mailbox_is_tried_again() {
        for (const auto* full : {"552 mailbox full", "550 5.2.2 over quota", "452 4.2.2 full"}) {
            const auto delivery = judged(SmtpStep::Recipient, full);
            CPPUNIT_ASSERT_MESSAGE(full, is_later(delivery));
            CPPUNIT_ASSERT_EQUAL(std::string{"The mailbox is full: "} + full, delivery.reason);
        }
    }
    void unknown_address_fails_in_the_servers_words() {
        for (const auto* gone : {"550 5.1.1 no such user", "551 not here", "553 5.1.3 bad address",
                                 "550 5.2.1 disabled for policy", "501 5.1.3 bad syntax"}) {
            const auto delivery = judged(SmtpStep::Recipient, gone);
            CPPUNIT_ASSERT_MESSAGE(gone, is_never(delivery));
            CPPUNIT_ASSERT_EQUAL(std::string{gone}, delivery.reason);
        }
    }
    void refused_sender_does_not_fail_the_mail() {
        CPPUNIT_ASSERT(is_broken(judged(SmtpStep::Sender, "553 not you")));
    }
    void too_large_a_mail_fails_at_once() {
        CPPUNIT_ASSERT(is_never(judged(SmtpStep::Sender, "552 5.3.4 too big")));
    }
    void wish_for_sign_in_blames_the_relay() {
        for (const auto* wish : {"530 sign in first", "534 5.7.9 weak", "535 no", "538 5.7.11 no"})
            CPPUNIT_ASSERT_MESSAGE(wish, is_broken(judged(SmtpStep::Recipient, wish)));
    }
    void refusal_to_relay_blames_the_relay() {
        CPPUNIT_ASSERT(
            is_broken(judged(SmtpStep::Recipient, "554 5.7.1 <a@b.example>: Relay access denied")));
    }
    void server_out_of_step_blames_the_relay() {
        for (const auto* lost : {"500 what?", "502 5.5.1 not here", "503 bad sequence"})
            CPPUNIT_ASSERT_MESSAGE(lost, is_broken(judged(SmtpStep::Recipient, lost)));
    }
    void policy_fails_the_mail_and_spares_the_address() {
        for (const auto* policy : {"550 5.7.1 no", "554 your host is BLOCKED",
                                   "550 looks like spam", "550 5.7.26 DMARC"}) {
            const auto delivery = judged(SmtpStep::Content, policy);
            CPPUNIT_ASSERT_MESSAGE(policy, is_never(delivery));
            CPPUNIT_ASSERT_EQUAL(std::string{"Refused by policy, not for the address: "} + policy,
                                 delivery.reason);
        }
    }
    void missing_smtputf8_has_a_reason_of_its_own() {
        const std::string start = "The mail server cannot send to an address with such letters";
        for (const auto& delivery :
             {judged(SmtpStep::Recipient, "550 5.6.7 no"),
              judged(SmtpStep::Sender, "555 what is SMTPUTF8", "müller@b.example")}) {
            CPPUNIT_ASSERT(is_never(delivery));
            CPPUNIT_ASSERT_EQUAL(start, delivery.reason.substr(0, start.size()));
        }
    }
    void reason_keeps_its_length() {
        const auto delivery = judged(SmtpStep::Content, "550 5.7.1 " + std::string(400, 'x'));
        CPPUNIT_ASSERT_EQUAL(std::size_t{200}, delivery.reason.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpOutcomeTest);
