// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_dialogue.hpp"

#include "mail/delivering.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

namespace {
SmtpReply reply_of(const std::string& bytes) {
    SmtpReplyParser parser;
    parser.feed(bytes);
    return parser.next().value();
}
}  // namespace

class SmtpDialogueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpDialogueTest);
    CPPUNIT_TEST(abilities_come_from_whole_keywords);
    CPPUNIT_TEST(dots_are_stuffed);
    CPPUNIT_TEST(every_4xx_defers);
    CPPUNIT_TEST(every_421_blames_the_relay);
    CPPUNIT_TEST(refused_recipient_or_content_fails);
    CPPUNIT_TEST(refused_recipient_fails_with_pipelining_too);
    CPPUNIT_TEST(recipient_refused_but_data_taken_sends_nothing);
    CPPUNIT_TEST(refused_greeting_blames_the_relay);
    CPPUNIT_TEST(reason_does_not_show_the_address);
    CPPUNIT_TEST(truncated_reply_does_not_hang);
    CPPUNIT_TEST(endless_reply_is_cut_off);
    CPPUNIT_TEST(endless_line_is_cut_off);
    CPPUNIT_TEST(nul_in_a_reply_blames_the_relay);
    CPPUNIT_TEST(nonsense_blames_the_relay);
    CPPUNIT_TEST(lost_after_the_dot_is_unknown);
    CPPUNIT_TEST(silence_after_the_dot_is_unknown);
    CPPUNIT_TEST(nonsense_after_the_dot_is_unknown);
    CPPUNIT_TEST(lost_before_the_dot_is_deferred);
    CPPUNIT_TEST(smtputf8_is_asked_for_where_needed);
    CPPUNIT_TEST(missing_smtputf8_fails_the_mail);
    CPPUNIT_TEST(mail_over_the_size_limit_fails);
    CPPUNIT_TEST(injected_recipient_never_reaches_the_wire);
    CPPUNIT_TEST(signs_in_with_plain);
    CPPUNIT_TEST(signs_in_with_login);
    CPPUNIT_TEST(refused_sign_in_blames_the_relay);
    CPPUNIT_TEST(password_that_a_server_repeats_is_not_shown);
    CPPUNIT_TEST(reports_get_an_envelope_id_where_they_are_offered);
    CPPUNIT_TEST(envelope_id_is_xtext);
    CPPUNIT_TEST(answer_before_the_mail_is_none_to_it);
    CPPUNIT_TEST(missing_auth_blames_the_relay);
    CPPUNIT_TEST(starttls_that_is_not_offered_blames_the_relay);
    CPPUNIT_TEST_SUITE_END();

    void abilities_come_from_whole_keywords() {
        const auto none = read_abilities(
            reply_of("250-STARTTLS PIPELINING\r\n250-XPIPELINING\r\n250-AUTHENTIC PLAIN\r\n250 "
                     "PLAIN LOGIN SMTPUTF8\r\n"));
        CPPUNIT_ASSERT(!none.start_tls && !none.pipelining && !none.auth_plain && !none.smtputf8);
        const auto all = read_abilities(
            reply_of("250-mx\r\n250-starttls\r\n250-PIPELINING\r\n250-8BITMIME\r\n"
                     "250-AUTH=LOGIN PLAIN\r\n250-SIZE 1000\r\n250 SMTPUTF8\r\n"));
        CPPUNIT_ASSERT(all.start_tls && all.pipelining && all.eight_bit_mime && all.auth_plain &&
                       all.auth_login && all.smtputf8 && all.has_size);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, all.largest_mail);
    }
    void dots_are_stuffed() {
        CPPUNIT_ASSERT_EQUAL(std::string{"..a\r\n...\r\nb.\r\n.\r\n"},
                             write_data_block(".a\r\n..\r\nb.\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"a\r\n.\r\n"}, write_data_block("a"));
    }
    void every_4xx_defers() {
        for (const auto* step : {"MAIL", "RCPT", "DATA", "dot"}) {
            const auto delivery = deliver_with(step, "451 4.7.1 greylisted\r\n");
            CPPUNIT_ASSERT_MESSAGE(step, is_later(delivery));
            CPPUNIT_ASSERT_EQUAL(std::string{"451 4.7.1 greylisted"}, delivery.reason);
        }
    }
    void every_421_blames_the_relay() {
        for (const auto* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"})
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(deliver_with(step, "421 closing\r\nclose")));
    }
    void refused_recipient_or_content_fails() {
        for (const auto* step : {"RCPT", "DATA", "dot"}) {
            MailServer server;
            server.answers["EHLO"] = no_extensions;
            server.answers[step] = "550 5.7.1 refused\r\n";
            const auto delivery = deliver(server);
            CPPUNIT_ASSERT_MESSAGE(step, delivery.state == DeliveryState::Failed);
            CPPUNIT_ASSERT_MESSAGE(step, !delivery.relay_broken);
        }
    }
    void refused_recipient_fails_with_pipelining_too() {
        MailServer server;
        server.answers["RCPT"] = "550 5.1.1 no such user\r\n";
        server.answers["DATA"] = "554 5.5.1 no valid recipients\r\n";
        const auto delivery = deliver(server);
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Failed);
        CPPUNIT_ASSERT_EQUAL(std::string{"550 5.1.1 no such user"}, delivery.reason);
    }
    void recipient_refused_but_data_taken_sends_nothing() {
        MailServer server;
        server.answers["RCPT"] = "550 5.1.1 no such user\r\n";
        CPPUNIT_ASSERT(deliver(server).state == DeliveryState::Failed);
        CPPUNIT_ASSERT(server.mails().empty());
    }
    void refused_greeting_blames_the_relay() {
        for (const auto* step : {"greeting", "MAIL"})
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(deliver_with(step, "554 not from you\r\n")));
    }
    void reason_does_not_show_the_address() {
        CPPUNIT_ASSERT_EQUAL(std::string{"550 <address> unknown"},
                             deliver_with("dot", "550 <anna@home.example> unknown\r\n").reason);
    }
    void truncated_reply_does_not_hang() {
        for (const auto* step : {"greeting", "EHLO", "MAIL"})
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(deliver_with(step, "250-more\r\nclose")));
    }
    void endless_reply_is_cut_off() {
        MailServer server;
        server.answers["EHLO"].clear();
        for (int i = 0; i < 1000; ++i) server.answers["EHLO"] += "250-on and on\r\n";
        CPPUNIT_ASSERT(is_broken(deliver(server)));
    }
    void endless_line_is_cut_off() {
        CPPUNIT_ASSERT(
            is_broken(deliver_with("EHLO", "250 " + std::string(66'000, 'x') + "stall")));
    }
    void nul_in_a_reply_blames_the_relay() {
        CPPUNIT_ASSERT(is_broken(deliver_with("EHLO", std::string{"250 a\0b\r\n", 9})));
    }
    void nonsense_blames_the_relay() {
        for (const auto* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"})
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(deliver_with(step, "HTTP/1.1 400 Bad\r\n")));
    }
    void lost_after_the_dot_is_unknown() {
        CPPUNIT_ASSERT(deliver_with("dot", "close").state == DeliveryState::Unknown);
        CPPUNIT_ASSERT(deliver_with("dot", "250-almost\r\nclose").state == DeliveryState::Unknown);
    }
    void silence_after_the_dot_is_unknown() {
        MailServer mail_server;
        mail_server.answers["dot"] = "stall";
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        settings.deadlines.final_dot = 100ms;
        SmtpTransport transport{settings};
        CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Unknown);
    }
    void nonsense_after_the_dot_is_unknown() {
        for (const auto* answer : {"hello\r\n", "354 more\r\n"})
            CPPUNIT_ASSERT(deliver_with("dot", answer).state == DeliveryState::Unknown);
    }
    void lost_before_the_dot_is_deferred() {
        for (const auto* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"})
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(deliver_with(step, "close")));
    }
    void smtputf8_is_asked_for_where_needed() {
        MailServer server;
        server.answers["EHLO"] = "250-mx.test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n";
        auto mail = sample_mail();
        mail.recipient = "müller@home.example";
        CPPUNIT_ASSERT(deliver(server, mail).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::string{"MAIL FROM:<portal@elm.example> BODY=8BITMIME SMTPUTF8"},
                             server.heard().at(1));
    }
    void missing_smtputf8_fails_the_mail() {
        MailServer server;
        auto mail = sample_mail();
        mail.recipient = "müller@home.example";
        const auto delivery = deliver(server, mail);
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Failed);
        CPPUNIT_ASSERT_EQUAL(0, server.count("MAIL"));
    }
    void mail_over_the_size_limit_fails() {
        const auto delivery = deliver_with("EHLO", "250-mx.test\r\n250 SIZE 100\r\n");
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Failed);
    }
    void injected_recipient_never_reaches_the_wire() {
        MailServer server;
        auto mail = sample_mail();
        mail.recipient = "a@x.example>\r\nRCPT TO:<evil@y.example";
        CPPUNIT_ASSERT(deliver(server, mail).state == DeliveryState::Failed);
        CPPUNIT_ASSERT_EQUAL(0, server.count("RCPT"));
    }
    Delivery deliver_signed_in(MailServer& mail_server) {
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        settings.user = "portal";
        settings.password = "pässword";
        SmtpTransport transport{settings};
        return transport.send(sample_mail(), [] {});
    }
    void signs_in_with_plain() {
        MailServer server;
        server.answers["EHLO"] = "250-mx.test\r\n250 AUTH CRAM-MD5 PLAIN\r\n";
        CPPUNIT_ASSERT(deliver_signed_in(server).state == DeliveryState::Sent);
        // "\0portal\0pässword"
        CPPUNIT_ASSERT_EQUAL(std::string{"AUTH PLAIN AHBvcnRhbABww6Rzc3dvcmQ="},
                             server.heard().at(1));
    }
    void signs_in_with_login() {
        MailServer server;
        server.answers["EHLO"] = "250-mx.test\r\n250 AUTH LOGIN\r\n";
        server.answers["AUTH"] = "334 VXNlcm5hbWU6\r\n";
        server.answers["cG9ydGFs"] = "334 UGFzc3dvcmQ6\r\n";
        server.answers["cMOkc3N3b3Jk"] = "235 welcome\r\n";
        CPPUNIT_ASSERT(deliver_signed_in(server).state == DeliveryState::Sent);
    }
    void refused_sign_in_blames_the_relay() {
        MailServer server;
        server.answers["EHLO"] = "250-mx.test\r\n250 AUTH PLAIN\r\n";
        server.answers["AUTH"] = "535 5.7.8 wrong\r\n";
        const auto delivery = deliver_signed_in(server);
        CPPUNIT_ASSERT(is_broken(delivery));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"The mail server refused user name and password: 535 5.7.8"},
            delivery.reason);
        CPPUNIT_ASSERT_EQUAL(0, server.count("MAIL"));
    }
    void password_that_a_server_repeats_is_not_shown() {
        MailServer server;
        server.answers["EHLO"] = "250-mx.test\r\n250 AUTH LOGIN\r\n";
        server.answers["AUTH"] = "334 VXNlcm5hbWU6\r\n";
        server.answers["cG9ydGFs"] = "334 UGFzc3dvcmQ6\r\n";
        server.answers["cMOkc3N3b3Jk"] = "500 cMOkc3N3b3Jk is no command\r\n";
        const auto delivery = deliver_signed_in(server);
        CPPUNIT_ASSERT(is_broken(delivery));
        CPPUNIT_ASSERT(delivery.reason.find("cMOkc3N3b3Jk") == std::string::npos);
    }
    void reports_get_an_envelope_id_where_they_are_offered() {
        MailServer server;
        server.answers["EHLO"] = "250-mx.test\r\n250 DSN\r\n";
        CPPUNIT_ASSERT(deliver(server).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"MAIL FROM:<portal@elm.example> RET=HDRS ENVID=0123456789abcdef"},
            server.heard().at(1));
        CPPUNIT_ASSERT_EQUAL(std::string{"RCPT TO:<anna@home.example>"}, server.heard().at(2));
    }
    void envelope_id_is_xtext() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a+2Bb+3Dc"}, write_envelope_id("a+b=c@elm.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{"+20+C3+A4"}, write_envelope_id(" ä@elm.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             write_envelope_id(std::string(101, 'a') + "@elm.example"));
    }
    void answer_before_the_mail_is_none_to_it() {
        MailServer server;
        server.answers["DATA"] = "354 go on\r\n250 2.0.0 queued\r\n";
        const auto delivery = deliver(server);
        CPPUNIT_ASSERT(is_broken(delivery));
        CPPUNIT_ASSERT(server.mails().empty());
    }
    void missing_auth_blames_the_relay() {
        MailServer server;
        CPPUNIT_ASSERT(is_broken(deliver_signed_in(server)));
        CPPUNIT_ASSERT_EQUAL(0, server.count("MAIL"));
    }
    void starttls_that_is_not_offered_blames_the_relay() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        settings.server.security = SmtpSecurity::StartTls;
        SmtpTransport transport{settings};
        CPPUNIT_ASSERT(is_broken(transport.send(sample_mail(), [] {})));
        CPPUNIT_ASSERT_EQUAL(0, mail_server.count("MAIL"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpDialogueTest);
