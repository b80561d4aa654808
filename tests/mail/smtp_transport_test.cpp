// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_transport.hpp"

#include "mail/delivering.hpp"
#include "mail/mail_message.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>

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
    CPPUNIT_TEST(mail_that_was_answered_is_not_said_again);
    CPPUNIT_TEST(idle_connection_is_not_trusted);
    CPPUNIT_TEST(starts_afresh_after_a_refusal);
    CPPUNIT_TEST(leaves_a_server_that_waits_for_a_text);
    CPPUNIT_TEST(does_not_take_an_extra_reply_for_the_next_one);
    CPPUNIT_TEST(silent_server_costs_one_deadline);
    CPPUNIT_TEST(session_has_a_deadline_of_its_own);
    CPPUNIT_TEST(nobody_listening_blames_the_relay);
    CPPUNIT_TEST(threads_get_connections_of_their_own);
    CPPUNIT_TEST(more_threads_than_connections_wait_for_their_turn);
    CPPUNIT_TEST(interrupt_ends_every_send);
    CPPUNIT_TEST(mail_leaves_once_the_server_waits_for_it);
    CPPUNIT_TEST(mail_that_is_refused_does_not_leave);
    CPPUNIT_TEST(fault_while_leaving_sends_nothing);
    CPPUNIT_TEST(connection_ends_after_so_many_mails);
    CPPUNIT_TEST(connection_ends_after_so_long);
    CPPUNIT_TEST(small_packets_are_sent_at_once);
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
    /// Takes one mail, then says this to the commands of the next and closes.
    static ScriptedServer::Script takes_one_mail_then_says(const std::vector<std::string>& more) {
        return [more](ServerSide& client, int connection) {
            MailServer mail_server;
            if (connection > 1) return mail_server.serve(client, connection);
            client.say("220 mx.test\r\n");
            (void)client.line();
            client.say(no_extensions);
            for (const auto* answer : {"250 ok\r\n", "250 ok\r\n", "354 go\r\n"}) {
                (void)client.line();
                client.say(answer);
            }
            (void)client.data();
            client.say("250 queued\r\n");
            for (const auto& answer : more) {
                (void)client.line();
                client.say(answer);
            }
        };
    }
    void kept_connection_that_says_421_is_made_anew() {
        ScriptedServer server{takes_one_mail_then_says({"421 idle for too long\r\n"})};
        SmtpTransport transport{settings_for(server)};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(2, server.connections());
    }
    void mail_that_was_answered_is_not_said_again() {
        ScriptedServer server{takes_one_mail_then_says({"250 ok\r\n", ""})};
        SmtpTransport transport{settings_for(server)};
        CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT(is_broken(transport.send(sample_mail(), [] {})));
        CPPUNIT_ASSERT_EQUAL(1, server.connections());
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
    /// Everybody's mail waits in DATA until so many are there at the same time.
    class Gathering {
    public:
        explicit Gathering(int size) : size_{size} {}
        void wait() {
            std::unique_lock lock{mutex_};
            ++there_;
            all_there_.notify_all();
            is_whole_ = all_there_.wait_for(lock, 10s, [this] { return there_ >= size_; });
        }
        [[nodiscard]] bool is_whole() const { return is_whole_; }

    private:
        int size_;
        int there_ = 0;
        bool is_whole_ = false;
        std::mutex mutex_{};
        std::condition_variable all_there_{};
    };
    static std::vector<std::future<Delivery>> send_from_threads(SmtpTransport& transport, int count,
                                                                const Transport::Leaving& leaving) {
        std::vector<std::future<Delivery>> sending;
        for (int i = 0; i < count; ++i)
            sending.push_back(std::async(std::launch::async, [&transport, leaving] {
                return transport.send(sample_mail(), leaving);
            }));
        return sending;
    }
    void threads_get_connections_of_their_own() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        settings.connections = 4;
        SmtpTransport transport{settings};
        Gathering gathering{4};
        for (auto& one : send_from_threads(transport, 4, [&] { gathering.wait(); }))
            CPPUNIT_ASSERT(one.get().state == DeliveryState::Sent);
        CPPUNIT_ASSERT(gathering.is_whole());
        CPPUNIT_ASSERT_EQUAL(4, transport.connections());
        CPPUNIT_ASSERT_EQUAL(4, server.connections());
    }
    void more_threads_than_connections_wait_for_their_turn() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        settings.connections = 2;
        SmtpTransport transport{settings};
        for (auto& one : send_from_threads(transport, 8, [] {}))
            CPPUNIT_ASSERT(one.get().state == DeliveryState::Sent);
        CPPUNIT_ASSERT(server.connections() <= 2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, mail_server.mails().size());
    }
    void interrupt_ends_every_send() {
        Gathering stalled{3};
        ScriptedServer server{[&](ServerSide& client, int) {
            stalled.wait();
            client.stall();
        }};
        auto settings = settings_for(server);
        settings.connections = 2;
        settings.deadlines.command = 60s;
        SmtpTransport transport{settings};
        auto sending = send_from_threads(transport, 3, [] {});  // One of them waits for its turn.
        stalled.wait();
        transport.interrupt();
        for (auto& one : sending) CPPUNIT_ASSERT(one.wait_for(1s) == std::future_status::ready);
    }
    void mail_leaves_once_the_server_waits_for_it() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        std::vector<std::string> heard_before;
        const auto delivery = transport.send(sample_mail(), [&] {
            CPPUNIT_ASSERT(heard_before.empty());
            heard_before = mail_server.heard();
            CPPUNIT_ASSERT(mail_server.mails().empty());
        });
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::string{"DATA"}, heard_before.back());
    }
    void mail_that_is_refused_does_not_leave() {
        for (const auto* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"}) {
            MailServer mail_server;
            mail_server.answers[step] = "550 no\r\n";
            mail_server.answers["HELO"] = "550 no\r\n";
            ScriptedServer server{mail_server.script()};
            SmtpTransport transport{settings_for(server)};
            bool left = false;
            (void)transport.send(sample_mail(), [&left] { left = true; });
            CPPUNIT_ASSERT_MESSAGE(step, !left);
        }
    }
    void fault_while_leaving_sends_nothing() {
        MailServer mail_server;
        {
            ScriptedServer server{mail_server.script()};
            SmtpTransport transport{settings_for(server)};
            const auto fails = [] { throw std::logic_error{"the journal cannot be written"}; };
            CPPUNIT_ASSERT_THROW((void)transport.send(sample_mail(), fails), std::logic_error);
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
            CPPUNIT_ASSERT_EQUAL(2, server.connections());
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mail_server.mails().size());
    }
    static int connections_for_four_mails(const std::function<void(SmtpSettings&)>& change) {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        auto settings = settings_for(server);
        change(settings);
        SmtpTransport transport{settings};
        for (int i = 0; i < 4; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        return server.connections();
    }
    void connection_ends_after_so_many_mails() {
        CPPUNIT_ASSERT_EQUAL(
            2, connections_for_four_mails([](SmtpSettings& some) { some.mails_a_connection = 2; }));
    }
    void connection_ends_after_so_long() {
        CPPUNIT_ASSERT_EQUAL(4, connections_for_four_mails(
                                    [](SmtpSettings& some) { some.deadlines.connection = 0ms; }));
    }
    /// Looks at this process's own end of the connection to that port.
    static int no_delay_towards(std::uint16_t port) {
        for (int file = 0; file < 1024; ++file) {
            sockaddr_in peer{};
            socklen_t size = sizeof peer;
            if (::getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) != 0 ||
                peer.sin_family != AF_INET || ntohs(peer.sin_port) != port)
                continue;
            int on = 0;
            size = sizeof on;
            CPPUNIT_ASSERT_EQUAL(0, ::getsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, &size));
            return on;
        }
        return -1;
    }
    void small_packets_are_sent_at_once() {
        MailServer mail_server;
        ScriptedServer server{mail_server.script()};
        SmtpTransport transport{settings_for(server)};
        int seen = -1;
        (void)transport.send(sample_mail(), [&] { seen = no_delay_towards(server.port()); });
        CPPUNIT_ASSERT_EQUAL(1, seen);
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
