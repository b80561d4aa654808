// SPDX-License-Identifier: Apache-2.0
#include "mail/header_encoder.hpp"

#include "mail/mime_reader.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using namespace ppo_test;

namespace {
std::string value_of(const std::string& header) {
    return read_message(header).headers.at(0).second;
}

std::size_t longest_line(const std::string& text) {
    std::size_t longest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        longest = std::max(longest, end - at);
        at = end + 2;
    }
    return longest;
}

bool is_valid_utf8_in_each_word(const std::string& value) {
    for (auto at = value.find("=?UTF-8?B?"); at != std::string::npos;
         at = value.find("=?UTF-8?B?", at + 1)) {
        const auto end = value.find("?=", at + 10);
        const auto bytes = read_base64(std::string_view{value}.substr(at + 10, end - at - 10));
        // A word may neither start with the rest of a character nor end within one.
        const auto is_rest = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
        if (bytes.empty() || is_rest(bytes.front())) return false;
        std::size_t last = bytes.size() - 1;
        while (is_rest(bytes[last])) --last;
        const auto lead = static_cast<unsigned char>(bytes[last]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (last + length != bytes.size()) return false;
    }
    return true;
}
}  // namespace

class HeaderEncoderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HeaderEncoderTest);
    CPPUNIT_TEST(plain_text_stays_plain);
    CPPUNIT_TEST(long_text_of_umlauts_survives);
    CPPUNIT_TEST(words_are_cut_between_characters);
    CPPUNIT_TEST(no_line_is_longer_than_76);
    CPPUNIT_TEST(text_that_looks_encoded_is_encoded);
    CPPUNIT_TEST(control_characters_are_refused_in_text);
    CPPUNIT_TEST(line_ends_beyond_ascii_become_blanks);
    CPPUNIT_TEST(broken_utf8_is_refused);
    CPPUNIT_TEST(refusal_names_the_field_and_not_the_value);
    CPPUNIT_TEST(simple_name_stands_bare);
    CPPUNIT_TEST(quotes_and_backslashes_are_escaped);
    CPPUNIT_TEST(emoji_name_is_encoded_before_the_address);
    CPPUNIT_TEST(name_cannot_bring_its_own_address);
    CPPUNIT_TEST(control_characters_are_refused_in_names);
    CPPUNIT_TEST(addresses_that_break_out_are_refused);
    CPPUNIT_TEST(good_addresses_are_taken);
    CPPUNIT_TEST(tokens_are_printable_ascii);
    CPPUNIT_TEST_SUITE_END();

    void plain_text_stays_plain() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Subject: Set up your portal account\r\n"},
                             write_text_header("Subject", "Set up your portal account"));
    }
    void long_text_of_umlauts_survives() {
        std::string text;
        for (int i = 0; i < 60; ++i) text += "Grüße 😀 ñ ";
        CPPUNIT_ASSERT_EQUAL(text,
                             read_encoded_words(value_of(write_text_header("Subject", text))));
    }
    void words_are_cut_between_characters() {
        for (std::size_t shift = 0; shift < 4; ++shift) {
            std::string text(shift, 'x');
            for (int i = 0; i < 50; ++i) text += "😀";
            CPPUNIT_ASSERT(
                is_valid_utf8_in_each_word(value_of(write_text_header("Subject", text))));
        }
    }
    void no_line_is_longer_than_76() {
        for (std::size_t length = 0; length < 300; length += 7) {
            std::string text(length, 'x');
            CPPUNIT_ASSERT(longest_line(write_text_header("Subject", text)) <= 76);
            CPPUNIT_ASSERT(
                longest_line(write_text_header("A-Very-Long-Name-Of-A-Header-Field-Which-"
                                               "Leaves-Room-For-Nothing",
                                               text + "é")) <= 76);
            CPPUNIT_ASSERT(longest_line(write_mailbox_header("From", text + "\"", "a@b.example")) <=
                           76);
        }
    }
    void text_that_looks_encoded_is_encoded() {
        const std::string text = "=?UTF-8?B?QQ==?=";
        const auto value = value_of(write_text_header("Subject", text));
        CPPUNIT_ASSERT(value != text);
        CPPUNIT_ASSERT_EQUAL(text, read_encoded_words(value));
    }
    void control_characters_are_refused_in_text() {
        for (const std::string bad : {"a\rb", "a\nb", "a\r\nBcc: x@y.example", "a\tb", "a\x7F"})
            CPPUNIT_ASSERT_THROW((void)write_text_header("Subject", bad), UnwritableHeader);
        CPPUNIT_ASSERT_THROW((void)write_text_header("Subject", std::string{"a\0b", 3}),
                             UnwritableHeader);
    }
    void line_ends_beyond_ascii_become_blanks() {
        for (const std::string end : {"\xC2\x85", "\xC2\x80", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
            CPPUNIT_ASSERT_EQUAL(std::string{"Subject: a b\r\n"},
                                 write_text_header("Subject", "a" + end + "b"));
            CPPUNIT_ASSERT_EQUAL(std::string{"From: a b <c@d.example>\r\n"},
                                 write_mailbox_header("From", "a" + end + "b", "c@d.example"));
            CPPUNIT_ASSERT_THROW(require_address("To", "a" + end + "@b.example"), UnwritableHeader);
        }
    }
    void broken_utf8_is_refused() {
        for (const std::string bad : {"\xFF", "a\xC3", "\xED\xA0\x80", "\xC0\x8A"})
            CPPUNIT_ASSERT_THROW((void)write_text_header("Subject", bad), UnwritableHeader);
    }
    void refusal_names_the_field_and_not_the_value() {
        try {
            (void)write_mailbox_header("Reply-To", "", "secret\n@b.example");
            CPPUNIT_FAIL("was written");
        } catch (const UnwritableHeader& refused) {
            CPPUNIT_ASSERT_EQUAL(std::string{"mail header cannot be written: Reply-To"},
                                 std::string{refused.what()});
        }
    }
    void simple_name_stands_bare() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"From: Elm Street Practice <portal@elm.example>\r\n"},
            write_mailbox_header("From", "Elm Street Practice", "portal@elm.example"));
    }
    void quotes_and_backslashes_are_escaped() {
        CPPUNIT_ASSERT_EQUAL(std::string{"From: \"Dr. \\\"Bob\\\" O\\\\K, MD\" <a@b.example>\r\n"},
                             write_mailbox_header("From", "Dr. \"Bob\" O\\K, MD", "a@b.example"));
    }
    void emoji_name_is_encoded_before_the_address() {
        const auto value = value_of(write_mailbox_header("From", "Praxis Müller 😀", "a@b.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Praxis Müller 😀 <a@b.example>"},
                             read_encoded_words(value));
    }
    void name_cannot_bring_its_own_address() {
        const auto header = write_mailbox_header("From", "x\" <evil@y.example>, \"", "a@b.example");
        CPPUNIT_ASSERT_EQUAL(
            std::string{"From: \"x\\\" <evil@y.example>, \\\"\" <a@b.example>\r\n"}, header);
    }
    void control_characters_are_refused_in_names() {
        for (const std::string bad : {"a\r\nBcc: x@y.example", "a\nb", "a\rb"})
            CPPUNIT_ASSERT_THROW((void)write_mailbox_header("From", bad, "a@b.example"),
                                 UnwritableHeader);
    }
    void addresses_that_break_out_are_refused() {
        for (const std::string bad :
             {"", "=?UTF-8?B?QQ==?=@b.example", "a", "@b", "a@", "a@b@c", "a b@c.example",
              "a@x.example>\r\nRCPT TO:<evil@y.example", "a@x.example,b@y.example", "<a@x.example>",
              "\"a\"@x.example", "a@x.example\n", "a;b@x.example"})
            CPPUNIT_ASSERT_THROW(require_address("To", bad), UnwritableHeader);
        CPPUNIT_ASSERT_THROW(require_address("To", "a@" + std::string(253, 'x')), UnwritableHeader);
        CPPUNIT_ASSERT_THROW(require_address("To", std::string{"a\0@b.example", 12}),
                             UnwritableHeader);
    }
    void good_addresses_are_taken() {
        for (const std::string good :
             {"a@b.example", "anna.o'brien+x@mail.b.example", "müller@b.example"})
            CPPUNIT_ASSERT_NO_THROW(require_address("To", good));
    }
    void tokens_are_printable_ascii() {
        CPPUNIT_ASSERT_THROW((void)write_token_header("Content-Language", "en\r\nX: y"),
                             UnwritableHeader);
        CPPUNIT_ASSERT_THROW((void)write_token_header("Content-Language", "é"), UnwritableHeader);
        CPPUNIT_ASSERT_THROW((void)write_token_header("Content-Language", ""), UnwritableHeader);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HeaderEncoderTest);
