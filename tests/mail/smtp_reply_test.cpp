// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_reply.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
SmtpReply reply_of(const std::string& bytes) {
    SmtpReplyParser parser;
    parser.feed(bytes);
    return parser.next().value();
}
std::string cleaned(const std::string& bytes) {
    return clean_reason(reply_of(bytes), "anna.w@home.example");
}
}  // namespace

class SmtpReplyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpReplyTest);
    CPPUNIT_TEST(reads_a_reply_byte_by_byte);
    CPPUNIT_TEST(keeps_the_next_reply_for_later);
    CPPUNIT_TEST(half_a_reply_is_none);
    CPPUNIT_TEST(refuses_what_is_not_smtp);
    CPPUNIT_TEST(refuses_the_hundred_and_first_line);
    CPPUNIT_TEST(refuses_a_line_without_end);
    CPPUNIT_TEST(reads_enhanced_codes);
    CPPUNIT_TEST(reason_hides_addresses);
    CPPUNIT_TEST(reason_hides_the_name_before_the_at_sign);
    CPPUNIT_TEST(reason_is_short_and_printable);
    CPPUNIT_TEST_SUITE_END();

    void reads_a_reply_byte_by_byte() {
        SmtpReplyParser parser;
        const std::string bytes = "250-one\r\n250-two\r\n250 three\r\n";
        for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
            parser.feed(bytes.substr(i, 1));
            CPPUNIT_ASSERT(!parser.next());
        }
        parser.feed("\n");
        const auto reply = parser.next();
        CPPUNIT_ASSERT_EQUAL(250, reply->code);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, reply->lines.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"two"}, reply->lines[1]);
    }
    void keeps_the_next_reply_for_later() {
        SmtpReplyParser parser;
        parser.feed("250 a\r\n354 b\r\n");
        CPPUNIT_ASSERT_EQUAL(250, parser.next()->code);
        CPPUNIT_ASSERT(parser.has_leftover());
        CPPUNIT_ASSERT_EQUAL(354, parser.next()->code);
        CPPUNIT_ASSERT(!parser.has_leftover());
    }
    void half_a_reply_is_none() {
        SmtpReplyParser parser;
        parser.feed("250-a\r\n250");
        CPPUNIT_ASSERT(!parser.next());
        CPPUNIT_ASSERT(parser.has_leftover());
    }
    void refuses_what_is_not_smtp() {
        for (const std::string bad : {"HTTP/1.1 400\r\n", "\r\n", "25\r\n", "150 a\r\n",
                                      "600 a\r\n", "250x\r\n", "250-a\r\n354 b\r\n"}) {
            SmtpReplyParser parser;
            parser.feed(bad);
            CPPUNIT_ASSERT_THROW_MESSAGE(bad, (void)parser.next(), SmtpProtocolFault);
        }
        SmtpReplyParser parser;
        CPPUNIT_ASSERT_THROW(parser.feed(std::string{"250 \0\r\n", 7}), SmtpProtocolFault);
    }
    void refuses_the_hundred_and_first_line() {
        SmtpReplyParser parser;
        for (int i = 0; i < 100; ++i) {
            parser.feed("250-x\r\n");
            CPPUNIT_ASSERT(!parser.next());
        }
        parser.feed("250 x\r\n");
        CPPUNIT_ASSERT_THROW((void)parser.next(), SmtpProtocolFault);
    }
    void refuses_a_line_without_end() {
        SmtpReplyParser parser;
        parser.feed("250 " + std::string(65'000, 'x'));
        CPPUNIT_ASSERT_THROW(parser.feed(std::string(1000, 'x')), SmtpProtocolFault);
    }
    void reads_enhanced_codes() {
        CPPUNIT_ASSERT_EQUAL(std::string{"5.1.1"}, reply_of("550 5.1.1 no\r\n").enhanced_code());
        CPPUNIT_ASSERT_EQUAL(std::string{}, reply_of("550 no such user\r\n").enhanced_code());
        CPPUNIT_ASSERT_EQUAL(std::string{}, reply_of("550\r\n").enhanced_code());
    }
    void reason_hides_addresses() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"550 5.1.1 <address>: unknown, see <address>"},
            cleaned("550 5.1.1 <Anna.W@home.example>: unknown, see help@mx.example\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"550 <address> no"},
                             cleaned("550 <\"a b\"@x.example> no\r\n"));
        CPPUNIT_ASSERT(cleaned("550 müller@b.example?\r\n").find("ller") == std::string::npos);
    }
    void reason_hides_the_name_before_the_at_sign() {
        CPPUNIT_ASSERT_EQUAL(std::string{"550 <address>... User unknown"},
                             cleaned("550 ANNA.W... User unknown\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"550 xanna.w stays"}, cleaned("550 xanna.w stays\r\n"));
    }
    void reason_is_short_and_printable() {
        const auto reason = cleaned("550-a\tb\x1B[31m\xC3\xA9\r\n550 " + std::string(500, 'x') +
                                    "\r\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{200}, reason.size());
        CPPUNIT_ASSERT(reason.starts_with("550 a?b?[31m?? xxx"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpReplyTest);
