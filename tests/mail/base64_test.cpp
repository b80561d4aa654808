// SPDX-License-Identifier: Apache-2.0
#include "mail/base64.hpp"

#include "mail/mime_reader.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class Base64Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Base64Test);
    CPPUNIT_TEST(pads_as_the_standard_says);
    CPPUNIT_TEST(every_byte_survives);
    CPPUNIT_TEST(lines_hold_76_characters);
    CPPUNIT_TEST_SUITE_END();

    void pads_as_the_standard_says() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, write_base64(""));
        CPPUNIT_ASSERT_EQUAL(std::string{"Zg=="}, write_base64("f"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Zm8="}, write_base64("fo"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Zm9v"}, write_base64("foo"));
    }
    void every_byte_survives() {
        std::string bytes;
        for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
        CPPUNIT_ASSERT_EQUAL(bytes, ppo_test::read_base64(write_base64(bytes)));
    }
    void lines_hold_76_characters() {
        const auto lines = write_base64_lines(std::string(58, 'x'));
        CPPUNIT_ASSERT_EQUAL(std::size_t{76}, lines.find("\r\n"));
        CPPUNIT_ASSERT(lines.ends_with("\r\neA==\r\n"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Base64Test);
