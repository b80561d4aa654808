// SPDX-License-Identifier: Apache-2.0
#include "host/mail_reader.hpp"
#include "host/mail_decoding.hpp"

#include <cppunit/extensions/HelperMacros.h>

namespace {
constexpr auto invitation =
    "From: =?utf-8?Q?Pr=C3=A1ctica_Uno?= <portal@p.example>\r\n"
    "To: anna@b.example\r\n"
    "Subject: =?utf-8?B?V2lsbGtvbW1lbiw=?=\r\n =?utf-8?B?IEFubmE=?=\r\n"
    "Message-ID: <one@p.example>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/alternative;\r\n boundary=\"b=1\"\r\n"
    "\r\n"
    "--b=1\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "\r\n"
    "Open https://p.example/r/abc=\r\ndef, please =3D)\r\n"
    "--b=1\r\n"
    "Content-Type: text/html; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "PGI+SGk8\r\nL2I+\r\n"
    "--b=1--\r\n";
}  // namespace

class MailReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailReaderTest);
    CPPUNIT_TEST(encoded_words_are_decoded_and_joined);
    CPPUNIT_TEST(quoted_printable_text_joins_soft_line_breaks);
    CPPUNIT_TEST(base64_html_is_decoded);
    CPPUNIT_TEST(the_message_id_stands_without_brackets);
    CPPUNIT_TEST(links_end_before_punctuation);
    CPPUNIT_TEST(the_secret_follows_the_last_slash);
    CPPUNIT_TEST(a_plain_message_has_its_text);
    CPPUNIT_TEST(latin_1_becomes_utf_8);
    CPPUNIT_TEST(a_mail_cut_off_anywhere_is_read_without_a_crash);
    CPPUNIT_TEST(a_folder_that_is_not_there_has_no_mails);
    CPPUNIT_TEST_SUITE_END();

    void encoded_words_are_decoded_and_joined() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Willkommen, Anna"},
                             ppo_sim::read_mail(invitation).subject);
        CPPUNIT_ASSERT_EQUAL(std::string{"Práctica Uno <portal@p.example>"},
                             ppo_sim::read_mail(invitation).from);
    }

    void quoted_printable_text_joins_soft_line_breaks() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Open https://p.example/r/abcdef, please =)"},
                             ppo_sim::read_mail(invitation).text);
    }

    void base64_html_is_decoded() {
        CPPUNIT_ASSERT_EQUAL(std::string{"<b>Hi</b>"}, ppo_sim::read_mail(invitation).html);
    }

    void the_message_id_stands_without_brackets() {
        CPPUNIT_ASSERT_EQUAL(std::string{"one@p.example"},
                             ppo_sim::read_mail(invitation).message_id);
    }

    void links_end_before_punctuation() {
        const auto links = ppo_sim::read_mail(invitation).links;
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, links.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"https://p.example/r/abcdef"}, links[0]);
    }

    void the_secret_follows_the_last_slash() {
        CPPUNIT_ASSERT_EQUAL(std::string{"abc"}, ppo_sim::secret_of("https://p.example/r/abc"));
    }

    void a_plain_message_has_its_text() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Hello\nyou"},
                             ppo_sim::read_mail("Subject: x\n\nHello\nyou").text);
    }

    void latin_1_becomes_utf_8() {
        CPPUNIT_ASSERT_EQUAL(std::string{"ñ"}, ppo_sim::decode_words("=?iso-8859-1?Q?=F1?="));
    }

    void a_mail_cut_off_anywhere_is_read_without_a_crash() {
        const std::string whole = invitation;
        for (std::size_t length = 0; length < whole.size(); ++length)
            CPPUNIT_ASSERT(ppo_sim::read_mail(whole.substr(0, length)).text.size() <= whole.size());
    }

    void a_folder_that_is_not_there_has_no_mails() {
        CPPUNIT_ASSERT(ppo_sim::list_mails("/nowhere/at/all").empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailReaderTest);
