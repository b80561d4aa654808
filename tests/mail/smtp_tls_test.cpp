// SPDX-License-Identifier: Apache-2.0
#include "mail/mail_message.hpp"
#include "mail/sample_mail.hpp"
#include "mail/scripted_server.hpp"
#include "mail/smtp_transport.hpp"
#include "mail/test_certificates.hpp"

#include <Poco/Net/AcceptCertificateHandler.h>
#include <Poco/Net/SSLManager.h>
#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <memory>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

class SmtpTlsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpTlsTest);
    CPPUNIT_TEST(starttls_with_a_known_authority_sends);
    CPPUNIT_TEST(implicit_tls_with_a_known_authority_sends);
    CPPUNIT_TEST(host_name_is_checked_and_accepted);
    CPPUNIT_TEST(connection_is_kept_under_tls);
    CPPUNIT_TEST(hello_is_said_again_under_tls);
    CPPUNIT_TEST(self_signed_certificate_is_refused);
    CPPUNIT_TEST(unknown_authority_is_refused);
    CPPUNIT_TEST(wrong_address_is_refused);
    CPPUNIT_TEST(wrong_name_is_refused);
    CPPUNIT_TEST(expired_certificate_is_refused);
    CPPUNIT_TEST(lenient_host_process_changes_nothing);
    CPPUNIT_TEST(words_injected_before_tls_are_an_attack);
    CPPUNIT_TEST(refused_starttls_sends_nothing);
    CPPUNIT_TEST(abilities_from_before_tls_are_forgotten);
    CPPUNIT_TEST(signs_in_under_tls);
    CPPUNIT_TEST(lost_after_the_dot_is_unknown_under_tls_too);
    CPPUNIT_TEST(silent_handshake_costs_one_deadline);
    CPPUNIT_TEST(interrupt_ends_a_stalled_handshake);
    CPPUNIT_TEST(server_that_resets_does_not_end_the_process);
    CPPUNIT_TEST(missing_authority_file_blames_the_relay);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        server_.answers["EHLO"] = "250-mx.test\r\n250-PIPELINING\r\n250 STARTTLS\r\n";
        server_.ehlo_after_tls = "250-mx.test\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n";
    }

private:
    TestAuthority authority_{};
    MailServer server_{};
    std::string host_{"127.0.0.1"};
    std::string user_{};

    SmtpSettings settings_for(const ScriptedServer& server, SmtpSecurity security) {
        SmtpSettings settings;
        settings.server = {security, host_, server.port()};
        settings.user = user_;
        settings.password = "secret";
        settings.ca_file = authority_.ca_file();
        settings.deadlines.command = 5s;
        return settings;
    }
    Delivery deliver(SmtpSecurity security = SmtpSecurity::StartTls) {
        ScriptedServer server{server_.script()};
        SmtpTransport transport{settings_for(server, security)};
        return transport.send(sample_mail(), [] {});
    }
    void assert_untrusted(const Delivery& delivery, const std::string& why) {
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Deferred && delivery.relay_broken);
        CPPUNIT_ASSERT_EQUAL("The certificate of the mail server " + why,
                             delivery.reason.substr(0, delivery.reason.find(':')));
        CPPUNIT_ASSERT_EQUAL(0, server_.count("MAIL"));
    }

    void starttls_with_a_known_authority_sends() {
        server_.tls = authority_.server("IP:127.0.0.1");
        CPPUNIT_ASSERT_EQUAL(std::string{}, deliver().reason);
        CPPUNIT_ASSERT_EQUAL(write_message(sample_mail()), server_.mails().at(0));
    }
    void implicit_tls_with_a_known_authority_sends() {
        server_.tls = authority_.server("IP:127.0.0.1");
        server_.tls_at_once = true;
        CPPUNIT_ASSERT_EQUAL(std::string{}, deliver(SmtpSecurity::ImplicitTls).reason);
        CPPUNIT_ASSERT_EQUAL(write_message(sample_mail()), server_.mails().at(0));
    }
    void host_name_is_checked_and_accepted() {
        host_ = "localhost";
        server_.tls = authority_.server("DNS:localhost");
        CPPUNIT_ASSERT_EQUAL(std::string{}, deliver().reason);
    }
    void connection_is_kept_under_tls() {
        server_.tls = authority_.server("IP:127.0.0.1");
        ScriptedServer server{server_.script()};
        SmtpTransport transport{settings_for(server, SmtpSecurity::StartTls)};
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(1, server.connections());
    }
    void hello_is_said_again_under_tls() {
        server_.tls = authority_.server("IP:127.0.0.1");
        CPPUNIT_ASSERT(deliver().state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(2, server_.count("EHLO"));
    }
    void self_signed_certificate_is_refused() {
        server_.tls = authority_.self_signed_server("IP:127.0.0.1");
        assert_untrusted(deliver(), "is signed by nobody whom we trust");
    }
    void unknown_authority_is_refused() {
        TestAuthority stranger;
        server_.tls = stranger.server("IP:127.0.0.1");
        assert_untrusted(deliver(), "is not trusted.");
    }
    void wrong_address_is_refused() {
        server_.tls = authority_.server("IP:127.0.0.2,DNS:localhost");
        assert_untrusted(deliver(), "is for another name than 127.0.0.1");
    }
    void wrong_name_is_refused() {
        host_ = "localhost";
        server_.tls = authority_.server("DNS:mx.elm.example,IP:127.0.0.1");
        assert_untrusted(deliver(), "is for another name than localhost");
    }
    void expired_certificate_is_refused() {
        server_.tls = authority_.server("IP:127.0.0.1", true);
        assert_untrusted(deliver(), "has expired");
    }
    void lenient_host_process_changes_nothing() {
        using namespace Poco::Net;
        SSLManager::instance().initializeClient(
            nullptr, new AcceptCertificateHandler{false},
            new Context{Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE});
        server_.tls = authority_.self_signed_server("IP:127.0.0.1");
        const auto delivery = deliver();
        SSLManager::instance().shutdown();
        assert_untrusted(delivery, "is signed by nobody whom we trust");
    }
    void words_injected_before_tls_are_an_attack() {
        server_.tls = authority_.server("IP:127.0.0.1");
        server_.answers["STARTTLS"] = "220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n";
        const auto delivery = deliver();
        CPPUNIT_ASSERT(delivery.relay_broken);
        CPPUNIT_ASSERT_EQUAL(1, server_.count("EHLO"));
    }
    void refused_starttls_sends_nothing() {
        server_.answers["STARTTLS"] = "454 not now\r\n";
        const auto delivery = deliver();
        CPPUNIT_ASSERT(delivery.relay_broken);
        CPPUNIT_ASSERT_EQUAL(0, server_.count("MAIL"));
    }
    void abilities_from_before_tls_are_forgotten() {
        server_.tls = authority_.server("IP:127.0.0.1");
        server_.answers["EHLO"] = "250-mx.test\r\n250-SIZE 10\r\n250 STARTTLS\r\n";
        CPPUNIT_ASSERT_EQUAL(std::string{}, deliver().reason);
    }
    void signs_in_under_tls() {
        server_.tls = authority_.server("IP:127.0.0.1");
        user_ = "portal";
        CPPUNIT_ASSERT_EQUAL(std::string{}, deliver().reason);
        CPPUNIT_ASSERT_EQUAL(std::string{"AUTH PLAIN AHBvcnRhbABzZWNyZXQ="}, server_.heard().at(3));
    }
    void lost_after_the_dot_is_unknown_under_tls_too() {
        server_.tls = authority_.server("IP:127.0.0.1");
        server_.answers["dot"] = "close";
        CPPUNIT_ASSERT(deliver().state == DeliveryState::Unknown);
    }
    void silent_handshake_costs_one_deadline() {
        ScriptedServer server{[](ServerSide& client, int) { client.stall(); }};
        auto settings = settings_for(server, SmtpSecurity::ImplicitTls);
        settings.deadlines.command = 100ms;
        SmtpTransport transport{settings};
        CPPUNIT_ASSERT_EQUAL(std::string{"The mail server took too long."},
                             transport.send(sample_mail(), [] {}).reason);
    }
    void interrupt_ends_a_stalled_handshake() {
        std::promise<void> connected;
        ScriptedServer server{[&](ServerSide& client, int) {
            connected.set_value();
            client.stall();
        }};
        auto settings = settings_for(server, SmtpSecurity::ImplicitTls);
        settings.deadlines.command = 60s;
        SmtpTransport transport{settings};
        auto sending = std::async(std::launch::async,
                                  [&] { return transport.send(sample_mail(), [] {}); });
        connected.get_future().wait();
        transport.interrupt();
        CPPUNIT_ASSERT(sending.wait_for(1s) == std::future_status::ready);
    }
    void server_that_resets_does_not_end_the_process() {
        server_.tls = authority_.server("IP:127.0.0.1");
        server_.answers["dot"] = "250 queued\r\nclose";
        ScriptedServer server{server_.script()};
        SmtpTransport transport{settings_for(server, SmtpSecurity::StartTls)};
        // Each mail finds the connection before it reset: QUIT and TLS's good-bye go nowhere.
        for (int i = 0; i < 5; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
    }
    void missing_authority_file_blames_the_relay() {
        ScriptedServer server{server_.script()};
        auto settings = settings_for(server, SmtpSecurity::StartTls);
        settings.ca_file = authority_.ca_file() + ".gone";
        SmtpTransport transport{settings};
        CPPUNIT_ASSERT_EQUAL(
            std::string{"The certificate authorities for the mail server cannot be read."},
            transport.send(sample_mail(), [] {}).reason);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpTlsTest);
