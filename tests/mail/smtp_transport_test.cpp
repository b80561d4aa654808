// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_transport.hpp"

#include "mail/delivering.hpp"
#include "mail/mail_message.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <future>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

class SmtpTransportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpTransportTest);
    CPPUNIT_TEST(mail_arrives_as_it_was_written);
    CPPUNIT_TEST(mail_arrives_without_pipelining);
    CPPUNIT_TEST(mail_arrives_where_only_helo_is_known);
    CPPUNIT_TEST(commands_have_no_blank_after_the_colon);
    CPPUNIT_TEST(one_recipient_only);
    CPPUNIT_TEST(connection_is_kept_between_mails);
    CPPUNIT_TEST(quits_when_it_ends);
    CPPUNIT_TEST(stale_connection_is_made_anew);
    CPPUNIT_TEST(kept_connection_that_says_421_is_made_anew);
    CPPUNIT_TEST(idle_connection_is_not_trusted);
    CPPUNIT_TEST(starts_afresh_after_a_refusal);
    CPPUNIT_TEST(leaves_a_server_that_waits_for_a_text);
    CPPUNIT_TEST(does_not_take_an_extra_reply_for_the_next_one);
    CPPUNIT_TEST(silent_server_costs_one_deadline);
    CPPUNIT_TEST(session_has_a_deadline_of_its_own);
    CPPUNIT_TEST(nobody_listening_blames_the_relay);
    CPPUNIT_TEST(interrupt_ends_a_stalled_send);
    CPPUNIT_TEST(interrupted_transport_stays_ended);
    CPPUNIT_TEST_SUITE_END();

    void mail_arrives_as_it_was_written() {
        MailServer server;
        CPPUNIT_ASSERT(deliver(server).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, server.mails().size());
        CPPUNIT_ASSERT_EQUAL(write_message(sample_mail()), server.mails()[0]);
    }
    void mail_arrives_without_pipelining() {
        MailServer server;
        server.answers["EHLO"] = no_extensions;
        CPPUNIT_ASSERT(deliver(server).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, server.mails().size());
    }
    void mail_arrives_where_only_helo_is_known() {
        MailServer server;
        server.answers["EHLO"] = "502 what?\r\n";
        CPPUNIT_ASSERT(deliver(server).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::string{"HELO [127.0.0.1]"}, server.heard().at(1));
    }
    void commands_have_no_blank_after_the_colon() {
        MailServer server;
        CPPUNIT_ASSERT(deliver(server).state == DeliveryState::Sent);
        const auto size = std::to_string(write_message(sample_mail()).size());
        CPPUNIT_ASSERT_EQUAL("MAIL FROM:<portal@elm.example> SIZE=" + size, server.heard().at(1));
        CPPUNIT_ASSERT_EQUAL(std::string{"RCPT TO:<anna@home.example>"}, server.heard().at(2));
    }
    void one_recipient_only() {
        MailServer server;
        CPPUNIT_ASSERT(deliver(server).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(1, server.count("RCPT"));
    }
    void connection_is_kept_between_mails() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(1, server.connections());
        CPPUNIT_ASSERT_EQUAL(1, mail_server.count("EHLO"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, mail_server.mails().size());
    }
    void quits_when_it_ends() {
        std::promise<void> quit;
        ScriptedServer server{[&](ServerSide& client, int) {
            MailServer polite;
            polite.serve(client, 1);  // Returns after QUIT; throws when the client just leaves.
            if (polite.count("QUIT") == 1) quit.set_value();
        }};
        {
            SmtpTransport transport{settings_for(server)};
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        }
        CPPUNIT_ASSERT(quit.get_future().wait_for(5s) == std::future_status::ready);
    }
    void stale_connection_is_made_anew() {
        MailServer mail_server;
        mail_server.answers["dot"] = "250 queued\r\nclose";
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(3, server.connections());
    }
    void kept_connection_that_says_421_is_made_anew() {
        ScriptedServer server{[](ServerSide& client, int connection) {
            MailServer mail_server;
            if (connection > 1) return mail_server.serve(client, connection);
            // Takes one mail and answers the next MAIL with 421, as servers do to the idle.
            client.say("220 mx.test\r\n");
            (void)client.line();
            client.say(no_extensions);
            for (const auto* answer : {"250 ok\r\n", "250 ok\r\n", "354 go\r\n"}) {
                (void)client.line();
                client.say(answer);
            }
            (void)client.data();
            client.say("250 queued\r\n");
            (void)client.line();
            client.say("421 idle for too long\r\n");
        }};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(2, server.connections());
    }
    void idle_connection_is_not_trusted() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        settings.deadlines.idle = -1ms;  // Every pause is too long.
        SmtpTransport transport{settings};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(2, server.connections());
    }
    void starts_afresh_after_a_refusal() {
        MailServer mail_server;
        mail_server.answers["RCPT"] = "550 5.1.1 no such user\r\n";
        mail_server.answers["DATA"] = "554 no valid recipients\r\n";
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Failed);
        CPPUNIT_ASSERT_EQUAL(1, server.connections());
        CPPUNIT_ASSERT_EQUAL(1, mail_server.count("RSET"));
    }
    void silent_server_costs_one_deadline() {
        for (const auto* step : {"greeting", "EHLO", "MAIL", "DATA"}) {
            MailServer mail_server;
            mail_server.answers[step] = "stall";
            ScriptedServer server{mail_server.script()};
            auto settings = settings_for(server);
            settings.deadlines.command = 100ms;
            settings.deadlines.data = 100ms;
            SmtpTransport transport{settings};
            const auto delivery = transport.send(sample_mail(), [] {});
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(delivery));
            CPPUNIT_ASSERT_EQUAL(std::string{"The mail server took too long."}, delivery.reason);
        }
    }
    void leaves_a_server_that_waits_for_a_text() {
        MailServer mail_server;
        mail_server.answers["RCPT"] = "550 5.1.1 no such user\r\n";  // And yet DATA is taken.
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Failed);
        CPPUNIT_ASSERT_EQUAL(2, server.connections());
    }
    void does_not_take_an_extra_reply_for_the_next_one() {
        MailServer mail_server;
        mail_server.answers["dot"] = "250 queued\r\n250 and one too many\r\n";
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(2, server.connections());
    }
    void session_has_a_deadline_of_its_own() {
        // Every line comes in time for its command; the talk as a whole does not end.
        ScriptedServer server{[](ServerSide& client, int) {
            client.say("220-x\r\n220-x\r\n");
            client.stall();
        }};
        auto settings = settings_for(server);
        settings.deadlines.session = 150ms;
        SmtpTransport transport{settings};
        CPPUNIT_ASSERT(is_broken(transport.send(sample_mail(), [] {})));
    }
    void nobody_listening_blames_the_relay() {
        SmtpSettings settings;
        {
            ScriptedServer gone{[](ServerSide&, int) {}};
            settings = settings_for(gone);
        }
        SmtpTransport transport{settings};
        const auto delivery = transport.send(sample_mail(), [] {});
        CPPUNIT_ASSERT(is_broken(delivery));
        CPPUNIT_ASSERT_EQUAL(std::string{"The mail server cannot be reached."}, delivery.reason);
    }
    void interrupt_ends_a_stalled_send() {
        std::promise<void> stalled;
        ScriptedServer server{[&](ServerSide& client, int) {
            client.say("220 mx.test\r\n");
            (void)client.line();
            stalled.set_value();
            client.stall();
        }};
        auto settings = settings_for(server);
        settings.deadlines.command = 60s;
        SmtpTransport transport{settings};
        auto sending = std::async(std::launch::async,
                                  [&] { return transport.send(sample_mail(), [] {}); });
        stalled.get_future().wait();
        transport.interrupt();
        CPPUNIT_ASSERT(sending.wait_for(1s) == std::future_status::ready);
        CPPUNIT_ASSERT_EQUAL(std::string{"Sending was stopped."}, sending.get().reason);
    }
    void interrupted_transport_stays_ended() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        transport.interrupt();
        CPPUNIT_ASSERT(is_broken(transport.send(sample_mail(), [] {})));
        CPPUNIT_ASSERT_EQUAL(0, server.connections());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpTransportTest);
