// SPDX-License-Identifier: Apache-2.0
#include "mail/mime_parts.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
std::string value_of(std::string_view header, std::string_view name) {
    const auto block = read_fields(header);
    CPPUNIT_ASSERT(block);
    return std::string{block->fields.value(name)};
}

std::vector<std::string> parts_of(std::string_view body) {
    const auto parts = split_parts(body, "b", 10);
    CPPUNIT_ASSERT(parts);
    return {parts->begin(), parts->end()};
}
}  // namespace

class MimePartsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MimePartsTest);
    CPPUNIT_TEST(names_of_fields_have_no_letter_case);
    CPPUNIT_TEST(a_folded_field_is_one_line);
    CPPUNIT_TEST(of_two_fields_the_first_counts);
    CPPUNIT_TEST(the_header_ends_at_the_empty_line);
    CPPUNIT_TEST(a_header_may_be_64_kibibytes_long);
    CPPUNIT_TEST(parameters_may_be_quoted);
    CPPUNIT_TEST(damaged_parameters_are_left_out);
    CPPUNIT_TEST(a_part_without_type_is_plain_text);
    CPPUNIT_TEST(parts_stand_between_boundaries);
    CPPUNIT_TEST(a_boundary_inside_a_line_is_none);
    CPPUNIT_TEST(no_boundary_no_parts);
    CPPUNIT_TEST(base64_skips_what_is_none);
    CPPUNIT_TEST(quoted_printable_leaves_what_is_none);
    CPPUNIT_TEST(an_unknown_encoding_is_left_as_it_is);
    CPPUNIT_TEST_SUITE_END();

    void names_of_fields_have_no_letter_case() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a"}, value_of("SUBJECT : a\n", "Subject"));
    }
    void a_folded_field_is_one_line() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a b c"}, value_of("S: a\r\n\tb\r\n   c\r\nT: d", "s"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, value_of(" folded into nothing\n", "s"));
    }
    void of_two_fields_the_first_counts() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a"}, value_of("S: a\nS: b\n", "s"));
    }
    void the_header_ends_at_the_empty_line() {
        const auto block = read_fields("S: a\r\n\r\nT: b\r\n");
        CPPUNIT_ASSERT(block->fields.value("t").empty());
        CPPUNIT_ASSERT_EQUAL(std::string{"T: b\r\n"}, std::string{block->rest});
    }
    void a_header_may_be_64_kibibytes_long() {
        const std::size_t most = 64 * 1024;
        CPPUNIT_ASSERT(read_fields("S: " + std::string(most - 3, 'x')));
        CPPUNIT_ASSERT(!read_fields("S: " + std::string(most - 2, 'x')));
        CPPUNIT_ASSERT(read_fields("S: a\n\n" + std::string(2 * most, 'x')));
    }
    void parameters_may_be_quoted() {
        const auto type = read_media_type("Multipart/Report; x=1 ; Boundary=\"a; \\\"b\" ;y=2");
        CPPUNIT_ASSERT_EQUAL(std::string{"multipart/report"}, type.name);
        CPPUNIT_ASSERT_EQUAL(std::string{"a; \"b"}, std::string{type.parameters.value("boundary")});
        CPPUNIT_ASSERT_EQUAL(std::string{"1"}, std::string{type.parameters.value("x")});
        CPPUNIT_ASSERT_EQUAL(std::string{"2"}, std::string{type.parameters.value("y")});
    }
    void damaged_parameters_are_left_out() {
        for (const auto text : {"a/b;", "a/b;;;", "a/b; c", "a/b; c=", "a/b; c=\"", "a/b; c=\"\\"})
            CPPUNIT_ASSERT_EQUAL(std::string{"a/b"}, read_media_type(text).name);
        CPPUNIT_ASSERT_EQUAL(std::string{"1"},
                             std::string{read_media_type("a/b; c; d=1").parameters.value("d")});
    }
    void a_part_without_type_is_plain_text() {
        CPPUNIT_ASSERT_EQUAL(std::string{"text/plain"}, read_media_type("").name);
    }
    void parts_stand_between_boundaries() {
        const std::vector<std::string> expected{"one\n", "two\n"};
        CPPUNIT_ASSERT(expected ==
                       parts_of("before\n--b\none\n--b \ntwo\n--b--\nafter\n--b\nno\n"));
    }
    void a_boundary_inside_a_line_is_none() {
        const std::vector<std::string> expected{"x --b\n--bc\n--b-\n"};
        CPPUNIT_ASSERT(expected == parts_of("--b\nx --b\n--bc\n--b-\n"));
    }
    void no_boundary_no_parts() {
        CPPUNIT_ASSERT(split_parts("--\none\n--\n", "", 10)->empty());
        CPPUNIT_ASSERT(parts_of("nothing").empty());
    }
    void base64_skips_what_is_none() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna"}, decode_body("QW\r\n5u*YQ==QQ", " Base64 "));
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann"}, decode_body("QW5uY", "base64"));
    }
    void quoted_printable_leaves_what_is_none() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a=zz b=4"},
                             decode_body("a=3Dzz =\nb=4=", "quoted-printable"));
    }
    void an_unknown_encoding_is_left_as_it_is() {
        CPPUNIT_ASSERT_EQUAL(std::string{"=41"}, decode_body("=41", "8bit"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MimePartsTest);
