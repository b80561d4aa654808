// SPDX-License-Identifier: Apache-2.0
#include "mail/mail_message.hpp"

#include "mail/header_encoder.hpp"
#include "mail/mime_reader.hpp"
#include "mail/sample_mail.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using namespace ppo_test;

class MailMessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailMessageTest);
    CPPUNIT_TEST(has_every_header_once_and_in_order);
    CPPUNIT_TEST(headers_say_what_the_mail_says);
    CPPUNIT_TEST(text_comes_before_html);
    CPPUNIT_TEST(bodies_survive_with_network_line_ends);
    CPPUNIT_TEST(is_ascii_with_short_lines_only);
    CPPUNIT_TEST(same_mail_gives_same_bytes);
    CPPUNIT_TEST(boundary_cannot_be_guessed_into_a_body);
    CPPUNIT_TEST(empty_reply_to_is_left_out);
    CPPUNIT_TEST(every_field_of_a_header_refuses_line_breaks);
    CPPUNIT_TEST(knows_when_smtputf8_is_needed);
    CPPUNIT_TEST_SUITE_END();

    void has_every_header_once_and_in_order() {
        const auto message = read_message(write_message(sample_mail()));
        std::string names;
        for (const auto& header : message.headers) names += header.first + " ";
        CPPUNIT_ASSERT_EQUAL(std::string{"From To Reply-To Subject Date Message-ID Auto-Submitted "
                                         "MIME-Version Content-Language Content-Type "},
                             names);
    }
    void headers_say_what_the_mail_says() {
        const auto message = read_message(write_message(sample_mail()));
        CPPUNIT_ASSERT_EQUAL(std::string{"Elm Street Practice <portal@elm.example>"},
                             message.header("From"));
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@home.example"}, message.header("To"));
        CPPUNIT_ASSERT_EQUAL(std::string{"desk@elm.example"}, message.header("Reply-To"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Sun, 22 Nov 2026 19:30:00 +0000"},
                             message.header("Date"));
        CPPUNIT_ASSERT_EQUAL(std::string{"<0123456789abcdef@elm.example>"},
                             message.header("Message-ID"));
        CPPUNIT_ASSERT_EQUAL(std::string{"auto-generated"}, message.header("Auto-Submitted"));
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, message.header("Content-Language"));
    }
    void text_comes_before_html() {
        const auto parts = read_parts(read_message(write_message(sample_mail())));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, parts.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"text/plain; charset=utf-8"},
                             parts[0].header("Content-Type"));
        CPPUNIT_ASSERT_EQUAL(std::string{"text/html; charset=utf-8"},
                             parts[1].header("Content-Type"));
    }
    void bodies_survive_with_network_line_ends() {
        auto mail = sample_mail();
        mail.words.text = "Grüße\n.\n\r\nbare\rend 😀";
        const auto parts = read_parts(read_message(write_message(mail)));
        CPPUNIT_ASSERT_EQUAL(std::string{"Grüße\r\n.\r\n\r\nbare\r\nend 😀"},
                             read_base64(parts[0].body));
        CPPUNIT_ASSERT_EQUAL(std::string{"<p>Hello Anna</p>\r\n"}, read_base64(parts[1].body));
    }
    void is_ascii_with_short_lines_only() {
        auto mail = sample_mail();
        mail.sender_name = "Praxis für Müdigkeit 😀 und \"mehr\" davon, mit einem langen Namen dazu";
        mail.words.text = std::string(5000, 'x') + "é";
        const auto bytes = write_message(mail);
        std::size_t line = 0;
        for (const char c : bytes) {
            CPPUNIT_ASSERT(static_cast<unsigned char>(c) < 0x80);
            line = c == '\n' ? 0 : line + 1;
            CPPUNIT_ASSERT(line <= 77);
        }
    }
    void same_mail_gives_same_bytes() {
        CPPUNIT_ASSERT_EQUAL(write_message(sample_mail()), write_message(sample_mail()));
    }
    void boundary_cannot_be_guessed_into_a_body() {
        auto mail = sample_mail();
        const std::string type = read_message(write_message(mail)).header("Content-Type");
        mail.words.text = "--" + type.substr(type.find('"') + 1, 26) + "--\r\n";
        const auto parts = read_parts(read_message(write_message(mail)));
        CPPUNIT_ASSERT_EQUAL(mail.words.text, read_base64(parts.at(0).body));
    }
    void empty_reply_to_is_left_out() {
        auto mail = sample_mail();
        mail.reply_to.clear();
        CPPUNIT_ASSERT(write_message(mail).find("Reply-To") == std::string::npos);
    }
    void every_field_of_a_header_refuses_line_breaks() {
        const std::string attack = "a@b.example\r\nBcc: evil@y.example";
        std::string OutgoingMail::*const fields[] = {
            &OutgoingMail::message_id, &OutgoingMail::sender_name, &OutgoingMail::sender_address,
            &OutgoingMail::reply_to, &OutgoingMail::recipient};
        for (const auto field : fields) {
            auto mail = sample_mail();
            mail.*field = attack;
            CPPUNIT_ASSERT_THROW((void)write_message(mail), UnwritableHeader);
        }
        for (auto field : {&MailWords::subject, &MailWords::language}) {
            auto mail = sample_mail();
            mail.words.*field = attack;
            CPPUNIT_ASSERT_THROW((void)write_message(mail), UnwritableHeader);
        }
    }
    void knows_when_smtputf8_is_needed() {
        auto mail = sample_mail();
        mail.sender_name = "Müller";
        CPPUNIT_ASSERT(!needs_smtputf8(mail));
        mail.recipient = "müller@b.example";
        CPPUNIT_ASSERT(needs_smtputf8(mail));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailMessageTest);
