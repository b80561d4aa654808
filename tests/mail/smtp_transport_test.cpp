// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_transport.hpp"

#include "mail/mail_message.hpp"
#include "mail/sample_mail.hpp"
#include "mail/scripted_server.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <future>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

namespace {
SmtpSettings settings_for(const ScriptedServer& server) {
    SmtpSettings settings;
    settings.server = {SmtpSecurity::Plain, "127.0.0.1", server.port()};
    settings.deadlines.connect = 5s;
    settings.deadlines.command = 5s;
    settings.deadlines.data = 5s;
    settings.deadlines.final_dot = 5s;
    return settings;
}

/// One mail to a server that behaves but for one answer.
Delivery deliver(MailServer& mail_server, const OutgoingMail& mail = sample_mail()) {
    ScriptedServer server{mail_server.script()};
    SmtpTransport transport{settings_for(server)};
    return transport.send(mail);
}

Delivery deliver_with(const std::string& step, const std::string& answer) {
    MailServer mail_server;
    mail_server.answers[step] = answer;
    return deliver(mail_server);
}

bool is_broken(const Delivery& delivery) {
    return delivery.state == DeliveryState::Deferred && delivery.relay_broken &&
           !delivery.reason.empty();
}
bool is_later(const Delivery& delivery) {
    return delivery.state == DeliveryState::Deferred && !delivery.relay_broken;
}

constexpr const char* no_extensions = "250 mx.test\r\n";
}  // namespace

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
    CPPUNIT_TEST(silent_server_costs_one_deadline);
    CPPUNIT_TEST(session_has_a_deadline_of_its_own);
    CPPUNIT_TEST(nobody_listening_blames_the_relay);
    CPPUNIT_TEST(interrupt_ends_a_stalled_send);
    CPPUNIT_TEST(interrupted_transport_stays_ended);
    CPPUNIT_TEST(smtputf8_is_asked_for_where_needed);
    CPPUNIT_TEST(missing_smtputf8_fails_the_mail);
    CPPUNIT_TEST(mail_over_the_size_limit_fails);
    CPPUNIT_TEST(injected_recipient_never_reaches_the_wire);
    CPPUNIT_TEST(signs_in_with_plain);
    CPPUNIT_TEST(signs_in_with_login);
    CPPUNIT_TEST(refused_sign_in_blames_the_relay);
    CPPUNIT_TEST(missing_auth_blames_the_relay);
    CPPUNIT_TEST(starttls_that_is_not_offered_blames_the_relay);
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
            CPPUNIT_ASSERT(transport.send(sample_mail()).state == DeliveryState::Sent);
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
            CPPUNIT_ASSERT(transport.send(sample_mail()).state == DeliveryState::Sent);
        }
        CPPUNIT_ASSERT(quit.get_future().wait_for(5s) == std::future_status::ready);
    }
    void stale_connection_is_made_anew() {
        MailServer mail_server;
        mail_server.answers["dot"] = "250 queued\r\nclose";
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail()).state == DeliveryState::Sent);
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
            CPPUNIT_ASSERT(transport.send(sample_mail()).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(2, server.connections());
    }
    void idle_connection_is_not_trusted() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        settings.deadlines.idle = -1ms;  // Every pause is too long.
        SmtpTransport transport{settings};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail()).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(2, server.connections());
    }
    void starts_afresh_after_a_refusal() {
        MailServer mail_server;
        mail_server.answers["RCPT"] = "550 5.1.1 no such user\r\n";
        mail_server.answers["DATA"] = "554 no valid recipients\r\n";
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail()).state == DeliveryState::Failed);
        CPPUNIT_ASSERT_EQUAL(1, server.connections());
        CPPUNIT_ASSERT_EQUAL(1, mail_server.count("RSET"));
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
        CPPUNIT_ASSERT(transport.send(sample_mail()).state == DeliveryState::Unknown);
    }
    void nonsense_after_the_dot_is_unknown() {
        for (const auto* answer : {"hello\r\n", "354 more\r\n"})
            CPPUNIT_ASSERT(deliver_with("dot", answer).state == DeliveryState::Unknown);
    }
    void lost_before_the_dot_is_deferred() {
        for (const auto* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"})
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(deliver_with(step, "close")));
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
            const auto delivery = transport.send(sample_mail());
            CPPUNIT_ASSERT_MESSAGE(step, is_broken(delivery));
            CPPUNIT_ASSERT_EQUAL(std::string{"The mail server took too long."}, delivery.reason);
        }
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
        CPPUNIT_ASSERT(is_broken(transport.send(sample_mail())));
    }
    void nobody_listening_blames_the_relay() {
        SmtpSettings settings;
        {
            ScriptedServer gone{[](ServerSide&, int) {}};
            settings = settings_for(gone);
        }
        SmtpTransport transport{settings};
        const auto delivery = transport.send(sample_mail());
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
                                  [&] { return transport.send(sample_mail()); });
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
        CPPUNIT_ASSERT(is_broken(transport.send(sample_mail())));
        CPPUNIT_ASSERT_EQUAL(0, server.connections());
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
        return transport.send(sample_mail());
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
        CPPUNIT_ASSERT_EQUAL(std::string{"The mail server refused our sign-in: 535 5.7.8 wrong"},
                             delivery.reason);
        CPPUNIT_ASSERT_EQUAL(0, server.count("MAIL"));
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
        CPPUNIT_ASSERT(is_broken(transport.send(sample_mail())));
        CPPUNIT_ASSERT_EQUAL(0, mail_server.count("MAIL"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpTransportTest);
