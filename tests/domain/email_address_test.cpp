// SPDX-License-Identifier: Apache-2.0
#include "domain/email_address.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <string_view>

using namespace ppo;

namespace {
void assert_valid(std::string_view text) {
    CPPUNIT_ASSERT_MESSAGE(std::string{text}, is_valid_email(text));
}

void assert_invalid(std::string_view text) {
    CPPUNIT_ASSERT_MESSAGE(std::string{text}, !is_valid_email(text));
}
}  // namespace

class EmailAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EmailAddressTest);
    CPPUNIT_TEST(accepts_the_addresses_people_have);
    CPPUNIT_TEST(accepts_letters_beyond_ascii);
    CPPUNIT_TEST(refuses_what_is_no_single_address);
    CPPUNIT_TEST(refuses_hosts_without_a_name_and_a_dot);
    CPPUNIT_TEST(refuses_dots_and_hyphens_at_the_edges_of_the_local_part);
    CPPUNIT_TEST(refuses_quotes_brackets_and_comments);
    CPPUNIT_TEST(refuses_spaces_and_control_characters_anywhere);
    CPPUNIT_TEST(refuses_letters_that_cannot_be_seen);
    CPPUNIT_TEST(refuses_hosts_in_imitated_letters);
    CPPUNIT_TEST(refuses_broken_utf8);
    CPPUNIT_TEST(limits_every_part_to_what_mail_servers_take);
    CPPUNIT_TEST(limits_an_address_to_254_bytes);
    CPPUNIT_TEST(compares_addresses_without_case_and_blanks);
    CPPUNIT_TEST(keeps_look_alike_mailboxes_apart);
    CPPUNIT_TEST(takes_both_forms_of_an_international_host_for_one);
    CPPUNIT_TEST(leaves_hosts_alone_that_the_mapping_would_alter);
    CPPUNIT_TEST_SUITE_END();

    void accepts_the_addresses_people_have() {
        for (const char* text : {"anna@example.org", "ANNA.Weaver+portal@mail.example.co.uk",
                                 "o'brien@example.org", "a@b.co", "x_y%z@ex-ample.museum",
                                 "1234567890@example.com", "a@xn--bcher-kva.example"})
            assert_valid(text);
    }

    void accepts_letters_beyond_ascii() {
        assert_valid("jörg.müller@example.org");
        assert_valid("用户@例子.广告");
    }

    void refuses_what_is_no_single_address() {
        for (const char* text : {"", "anna", "@", "anna@", "@example.org", "anna@@example.org",
                                 "a@b@example.org", "anna@example.org,bob@example.org",
                                 "anna@example.org;bob@example.org", "anna at example.org"})
            assert_invalid(text);
    }

    void refuses_hosts_without_a_name_and_a_dot() {
        for (const char* text :
             {"anna@localhost", "anna@example.", "anna@.org", "anna@exa..mple.org",
              "anna@-example.org", "anna@example-.org", "anna@127.0.0.1", "anna@[127.0.0.1]",
              "anna@exa_mple.org", "anna@example.c"})
            assert_invalid(text);
    }

    void refuses_dots_and_hyphens_at_the_edges_of_the_local_part() {
        for (const char* text : {".anna@example.org", "anna.@example.org", "an..na@example.org",
                                 "-anna@example.org", "anna-@example.org"})
            assert_invalid(text);
    }

    void refuses_quotes_brackets_and_comments() {
        for (const char* text :
             {"\"anna\"@example.org", "<anna@example.org>", "anna(x)@example.org",
              "Anna <anna@example.org>", "anna\\@example.org", "an:na@example.org"})
            assert_invalid(text);
    }

    void refuses_spaces_and_control_characters_anywhere() {
        using namespace std::string_view_literals;
        for (const auto text :
             {" anna@example.org"sv, "anna@example.org "sv, "an na@example.org"sv,
              "anna@example.org\r\nBcc: eve@example.org"sv, "anna\n@example.org"sv,
              "anna\0@example.org"sv, "anna@exam\tple.org"sv, "anna@example.org\x7F"sv,
              "an\u00A0na@example.org"sv, "an\u0085na@example.org"sv})
            assert_invalid(text);
    }

    void refuses_letters_that_cannot_be_seen() {
        assert_invalid("an\u200Dna@example.org");
        assert_invalid("an\u202Ena@example.org");
        assert_invalid("anna@exam\u00ADple.org");
    }

    void refuses_hosts_in_imitated_letters() { assert_invalid("anna@ｅxample.org"); }

    void refuses_broken_utf8() {
        assert_invalid("an\xC3na@example.org");
        assert_invalid("an\xED\xA0\x80@example.org");
    }

    void limits_every_part_to_what_mail_servers_take() {
        const std::string local(64, 'a');
        const std::string label(63, 'b');
        assert_valid(local + "@example.org");
        assert_invalid(local + "a@example.org");
        assert_valid("a@" + label + ".org");
        assert_invalid("a@" + label + "b.org");
    }

    void limits_an_address_to_254_bytes() {
        const std::string label(61, 'b');
        const auto address = std::string(64, 'a') + "@" + label + "." + label + "." + label +
                             ".org";
        CPPUNIT_ASSERT_EQUAL(std::size_t{254}, address.size());
        assert_valid(address);
        assert_invalid(address + "g");
    }

    void compares_addresses_without_case_and_blanks() {
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, email_key("  Anna@EXAMPLE.org\t"));
    }

    void takes_both_forms_of_an_international_host_for_one() {
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@xn--bcher-kva.example"},
                             email_key("Anna@bücher.example"));
        CPPUNIT_ASSERT_EQUAL(email_key("anna@XN--BCHER-KVA.example"),
                             email_key("anna@bu\u0308cher.EXAMPLE"));
        CPPUNIT_ASSERT_EQUAL(std::string{"a@xn--strae-oqa.example"}, email_key("a@straße.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{"jörg@xn--bcher-kva.example"},
                             email_key("jörg@bücher.example"));
    }

    void leaves_hosts_alone_that_the_mapping_would_alter() {
        for (const char* address :
             {"a@BÜCHER.example", "a@straẞe.example", "a@\uFF45xample.org", "a@exa\u3002org",
              "a@\u212Aelvin.example", "a@exam\u00ADple.org", "a@\u0627a.example"})
            CPPUNIT_ASSERT_MESSAGE(email_key(address),
                                   email_key(address).find("xn--") == std::string::npos &&
                                       email_key(address) != "a@example.org");
    }

    void keeps_look_alike_mailboxes_apart() {
        CPPUNIT_ASSERT(email_key("m\u0131ke@example.org") != email_key("mike@example.org"));
        CPPUNIT_ASSERT(email_key("MIKE@example.org") != email_key("m\u0131ke@example.org"));
        CPPUNIT_ASSERT(email_key("\u212Aate@example.org") != email_key("kate@example.org"));
        CPPUNIT_ASSERT(email_key("JÖRG@example.org") != email_key("jörg@example.org"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EmailAddressTest);
