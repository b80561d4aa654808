// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_steps.hpp"

#include "mail/delivering.hpp"
#include "mail/test_certificates.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <vector>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

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

/// The steps as they are told on the way to a real server.
class SmtpWalkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpWalkTest);
    CPPUNIT_TEST(goes_as_far_as_signing_in_and_hands_over_nothing);
    CPPUNIT_TEST(goes_on_to_the_content_with_a_mail);
    CPPUNIT_TEST(implicit_tls_comes_before_the_greeting);
    CPPUNIT_TEST(plain_way_has_no_step_of_encryption);
    CPPUNIT_TEST(sentences_name_server_and_port);
    CPPUNIT_TEST(unknown_name_ends_at_look_up);
    CPPUNIT_TEST(closed_port_ends_at_connect);
    CPPUNIT_TEST(certificate_for_another_name_ends_at_tls);
    CPPUNIT_TEST(missing_authorities_end_at_tls);
    CPPUNIT_TEST(missing_starttls_ends_there);
    CPPUNIT_TEST(refused_password_ends_at_auth);
    CPPUNIT_TEST(refusals_end_where_they_happen);
    CPPUNIT_TEST(lost_connection_ends_where_it_happens);
    CPPUNIT_TEST(mail_that_cannot_be_written_is_told);
    CPPUNIT_TEST(does_not_use_up_the_connections_of_mails);
    CPPUNIT_TEST(no_sentence_shows_the_password);
    CPPUNIT_TEST(silence_costs_one_deadline);
    CPPUNIT_TEST(interrupt_ends_it);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        mail_server_.answers["greeting"] = "220 mx.elm.example ESMTP\r\n";
        mail_server_.answers["EHLO"] = "250-mx.test\r\n250-PIPELINING\r\n250 STARTTLS\r\n";
        mail_server_.ehlo_after_tls = "250-mx.test\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n";
    }

private:
    TestAuthority authority_{};
    MailServer mail_server_{};
    SmtpSecurity security_ = SmtpSecurity::StartTls;
    std::vector<MailStep> told_{};
    std::string ca_file_{authority_.ca_file()};

    void walk(const OutgoingMail* mail) {
        if (security_ != SmtpSecurity::Plain && !mail_server_.tls)
            mail_server_.tls = authority_.server("IP:127.0.0.1");
        mail_server_.tls_at_once = security_ == SmtpSecurity::ImplicitTls;
        ScriptedServer server{mail_server_.script()};
        auto settings = settings_for(server);
        settings.server.security = security_;
        settings.ca_file = ca_file_;
        if (security_ != SmtpSecurity::Plain) settings.user = "portal";
        settings.password = "pass word";
        SmtpTransport transport{settings};
        walk(transport, mail);
    }
    void walk(SmtpTransport& transport, const OutgoingMail* mail) {
        told_.clear();
        transport.walk(mail, [this](const MailStep& step) { told_.push_back(step); });
    }
    /// "connect greeting auth!": the last one failed.
    [[nodiscard]] std::string way() const {
        std::string way;
        for (const auto& step : told_) {
            CPPUNIT_ASSERT(!step.sentence.empty());
            way += (way.empty() ? "" : " ") + step.step + (step.passed ? "" : "!");
        }
        return way;
    }
    [[nodiscard]] bool says(const std::string& words) const {
        return told_.back().sentence.find(words) != std::string::npos;
    }

    void goes_as_far_as_signing_in_and_hands_over_nothing() {
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"look_up connect greeting ehlo starttls tls second_ehlo auth"}, way());
        CPPUNIT_ASSERT_EQUAL(0, mail_server_.count("MAIL"));
    }
    void goes_on_to_the_content_with_a_mail() {
        const auto mail = sample_mail();
        walk(&mail);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"look_up connect greeting ehlo starttls tls second_ehlo auth "
                        "sender recipient data content"},
            way());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mail_server_.mails().size());
    }
    void implicit_tls_comes_before_the_greeting() {
        security_ = SmtpSecurity::ImplicitTls;
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up connect tls greeting ehlo auth"}, way());
    }
    void plain_way_has_no_step_of_encryption() {
        security_ = SmtpSecurity::Plain;
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up connect greeting ehlo"}, way());
    }
    void sentences_name_server_and_port() {
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"The server answers as mx.elm.example."},
                             told_.at(2).sentence);
        CPPUNIT_ASSERT_EQUAL(std::string{"The server offers STARTTLS, PIPELINING."},
                             told_.at(3).sentence);
    }
    void unknown_name_ends_at_look_up() {
        SmtpSettings settings;
        settings.server = {SmtpSecurity::StartTls, "mail.invalid", 587};
        settings.ca_file = authority_.ca_file();
        SmtpTransport transport{settings};
        walk(transport, nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up!"}, way());
        CPPUNIT_ASSERT(says("Check the name"));
    }
    void closed_port_ends_at_connect() {
        SmtpSettings settings;
        {
            ScriptedServer gone{[](ServerSide&, int) {}};
            settings = settings_for(gone);
        }
        SmtpTransport transport{settings};
        walk(transport, nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up connect!"}, way());
        CPPUNIT_ASSERT(says("Check name and port"));
    }
    void certificate_for_another_name_ends_at_tls() {
        mail_server_.tls = authority_.server("DNS:other.example");
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up connect greeting ehlo starttls tls!"}, way());
        CPPUNIT_ASSERT(says("is for another name than 127.0.0.1: check the name"));
    }
    void missing_authorities_end_at_tls() {
        ca_file_ += ".gone";
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"tls!"}, way());
    }
    void missing_starttls_ends_there() {
        mail_server_.answers["EHLO"] = no_extensions;
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up connect greeting ehlo starttls!"}, way());
        CPPUNIT_ASSERT(says("smtps://"));
    }
    void refused_password_ends_at_auth() {
        mail_server_.answers["AUTH"] = "535 5.7.8 wrong\r\n";
        walk(nullptr);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"look_up connect greeting ehlo starttls tls second_ehlo auth!"}, way());
        CPPUNIT_ASSERT(says("refused user name and password"));
    }
    void refusals_end_where_they_happen() {
        security_ = SmtpSecurity::Plain;
        const auto mail = sample_mail();
        const std::vector<std::pair<std::string, std::string>> ends{
            {"MAIL", "sender!"}, {"RCPT", "recipient!"}, {"DATA", "data!"}, {"dot", "content!"}};
        const auto good = mail_server_.answers;
        for (const auto& [step, end] : ends) {
            mail_server_.answers = good;
            mail_server_.answers[step] = "550 5.1.1 no such user\r\n";
            walk(&mail);
            CPPUNIT_ASSERT_MESSAGE(way(), way().ends_with(end));
            CPPUNIT_ASSERT(says("550 5.1.1 no such user"));
        }
    }
    void lost_connection_ends_where_it_happens() {
        security_ = SmtpSecurity::Plain;
        const auto mail = sample_mail();
        const std::vector<std::pair<std::string, std::string>> ends{
            {"greeting", "greeting!"}, {"EHLO", "ehlo!"}, {"MAIL", "sender!"},
            {"RCPT", "recipient!"},    {"DATA", "data!"}, {"dot", "content!"}};
        const auto good = mail_server_.answers;
        for (const auto& [step, end] : ends) {
            mail_server_.answers = good;
            mail_server_.answers[step] = "close";
            walk(&mail);
            CPPUNIT_ASSERT_MESSAGE(way(), way().ends_with(end));
        }
    }
    void mail_that_cannot_be_written_is_told() {
        auto mail = sample_mail();
        mail.words.subject = "a\nb";
        walk(&mail);
        CPPUNIT_ASSERT_EQUAL(std::string{"content!"}, way());
    }
    void does_not_use_up_the_connections_of_mails() {
        ScriptedServer server{mail_server_.script()};
        SmtpTransport transport{settings_for(server)};
        const auto delivery = transport.send(sample_mail(), [&] { walk(transport, nullptr); });
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up connect greeting ehlo"}, way());
    }
    void no_sentence_shows_the_password() {
        walk(nullptr);
        for (const auto& step : told_)
            for (const auto* secret : {"pass word", "cGFzcyB3b3Jk", "AHBvcnRhbA"})
                CPPUNIT_ASSERT(step.sentence.find(secret) == std::string::npos);
    }
    void silence_costs_one_deadline() {
        ScriptedServer server{[](ServerSide& client, int) { client.stall(); }};
        auto settings = settings_for(server);
        settings.deadlines.walk = 100ms;
        SmtpTransport transport{settings};
        walk(transport, nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string{"look_up connect greeting!"}, way());
    }
    void interrupt_ends_it() {
        std::promise<void> connected;
        ScriptedServer server{[&](ServerSide& client, int) {
            connected.set_value();
            client.stall();
        }};
        auto settings = settings_for(server);
        settings.deadlines.command = 60s;
        SmtpTransport transport{settings};
        auto walking = std::async(std::launch::async, [&] { walk(transport, nullptr); });
        connected.get_future().wait();
        transport.interrupt();
        CPPUNIT_ASSERT(walking.wait_for(1s) == std::future_status::ready);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpWalkTest);
