// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_address.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
SmtpAddress read_server(std::string_view text) {
    return std::get<SmtpAddress>(read_transport_address(text));
}
bool is_bad(std::string_view text) {
    const auto read = read_transport_address(text);
    const auto* bad = std::get_if<BadTransportAddress>(&read);
    return bad != nullptr && !bad->reason.empty();
}
}  // namespace

class SmtpAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpAddressTest);
    CPPUNIT_TEST(reads_each_scheme_with_its_port);
    CPPUNIT_TEST(default_ports_may_be_left_out);
    CPPUNIT_TEST(ipv6_stands_in_brackets);
    CPPUNIT_TEST(plain_smtp_is_for_this_machine_only);
    CPPUNIT_TEST(loopback_has_several_names);
    CPPUNIT_TEST(folder_keeps_its_path);
    CPPUNIT_TEST(bad_texts_have_a_reason);
    CPPUNIT_TEST_SUITE_END();

    void reads_each_scheme_with_its_port() {
        const auto server = read_server("smtp+starttls://mail.elm.example:2525");
        CPPUNIT_ASSERT(server.security == SmtpSecurity::StartTls);
        CPPUNIT_ASSERT_EQUAL(std::string{"mail.elm.example"}, server.host);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{2525}, server.port);
        CPPUNIT_ASSERT(read_server("smtps://mail.elm.example").security ==
                       SmtpSecurity::ImplicitTls);
    }
    void default_ports_may_be_left_out() {
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{25}, read_server("smtp://127.0.0.1").port);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{587}, read_server("smtp+starttls://a.example").port);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{465}, read_server("smtps://a.example").port);
    }
    void ipv6_stands_in_brackets() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2001:db8::1"},
                             read_server("smtps://[2001:db8::1]:465").host);
    }
    void plain_smtp_is_for_this_machine_only() {
        for (const auto* bad :
             {"smtp://mail.elm.example", "smtp://192.0.2.1:25", "smtp://[2001:db8::1]",
              "smtp://localhost.example", "smtp://127.0.0.1.example"})
            CPPUNIT_ASSERT_MESSAGE(bad, is_bad(bad));
    }
    void loopback_has_several_names() {
        for (const auto* good :
             {"smtp://localhost", "smtp://LocalHost:25", "smtp://127.9.9.9:25", "smtp://[::1]:25"})
            CPPUNIT_ASSERT_MESSAGE(good, !is_bad(good));
    }
    void folder_keeps_its_path() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"/var/mail out"},
            std::get<FolderAddress>(read_transport_address("folder:/var/mail out")).path);
    }
    void bad_texts_have_a_reason() {
        for (const auto* bad :
             {"", "mail.elm.example", "http://a.example", "smtps://",
              "smtps://a.example:", "smtps://a.example:0", "smtps://a.example:65536",
              "smtps://a.example:25x", "smtps://a b.example", "smtps://user@a.example",
              "smtps://[::1", "smtps://[a]", "smtps://a.example/x", "smtps://-a.example",
              "smtps://a..example", "folder:", "smtps://[::1]x", "smtps://a.example:-1"})
            CPPUNIT_ASSERT_MESSAGE(bad, is_bad(bad));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpAddressTest);
