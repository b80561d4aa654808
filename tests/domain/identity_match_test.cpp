// SPDX-License-Identifier: Apache-2.0
#include "domain/identity_match.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <utility>

using namespace ppo;

namespace {
const Identity anna{"anna@example.org", "1980-02-29", "Müller", "02139"};

void assert_same_name(const char* one, const char* other) {
    CPPUNIT_ASSERT_MESSAGE(std::string{one} + " = " + other, same_last_name(one, other));
    CPPUNIT_ASSERT_MESSAGE(std::string{other} + " = " + one, same_last_name(other, one));
}

void assert_other_name(const char* one, const char* other) {
    CPPUNIT_ASSERT_MESSAGE(std::string{one} + " != " + other, !same_last_name(one, other));
    CPPUNIT_ASSERT_MESSAGE(std::string{other} + " != " + one, !same_last_name(other, one));
}

void assert_form(const Identity& typed, Refusal reason, const std::string& field) {
    const auto refused = check_identity_form(typed);
    CPPUNIT_ASSERT(refused.has_value());
    CPPUNIT_ASSERT(reason == refused->reason);
    CPPUNIT_ASSERT_EQUAL(field, refused->field);
}
}  // namespace

class IdentityMatchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IdentityMatchTest);
    CPPUNIT_TEST(ignores_case_and_punctuation_of_a_last_name);
    CPPUNIT_TEST(ignores_accents_and_hyphens_of_a_last_name);
    CPPUNIT_TEST(takes_all_three_spellings_of_an_umlaut_for_one);
    CPPUNIT_TEST(keeps_different_last_names_apart);
    CPPUNIT_TEST(compares_last_names_of_other_scripts);
    CPPUNIT_TEST(never_matches_a_name_without_letters);
    CPPUNIT_TEST(gives_the_key_of_a_last_name);
    CPPUNIT_TEST(compares_zip_codes_on_five_digits);
    CPPUNIT_TEST(compares_other_codes_without_case_and_spaces);
    CPPUNIT_TEST(lets_zeros_on_file_match_any_code);
    CPPUNIT_TEST(lets_typed_zeros_match_zeros_only);
    CPPUNIT_TEST(never_matches_an_empty_code);
    CPPUNIT_TEST(compares_addresses_without_case_but_never_empty_ones);
    CPPUNIT_TEST(accepts_a_complete_form);
    CPPUNIT_TEST(names_the_field_that_is_empty);
    CPPUNIT_TEST(refuses_an_address_that_is_none);
    CPPUNIT_TEST(refuses_a_birth_date_that_is_none);
    CPPUNIT_TEST(refuses_a_last_name_of_signs_only);
    CPPUNIT_TEST(refuses_a_postal_code_of_signs_only);
    CPPUNIT_TEST_SUITE_END();

    void ignores_case_and_punctuation_of_a_last_name() {
        assert_same_name("O'Brien", "OBRIEN");
        assert_same_name("O\u2019Brien", "o brien");
        assert_same_name("St. John", "stjohn");
    }

    void ignores_accents_and_hyphens_of_a_last_name() {
        assert_same_name("Núñez-Gómez", "nunez gomez");
        assert_same_name("Nu\u0301n\u0303ez", "NÚÑEZ");
    }

    void takes_all_three_spellings_of_an_umlaut_for_one() {
        assert_same_name("Müller", "Mueller");
        assert_same_name("Müller", "Muller");
        assert_same_name("Mueller", "Muller");
        assert_same_name("JÖNSSON", "joensson");
        assert_same_name("Sørensen", "Soerensen");
        assert_same_name("Strauß", "Strauss");
        assert_same_name("Bondü", "Bondue");
    }

    void keeps_different_last_names_apart() {
        assert_other_name("Li", "Lin");
        assert_other_name("Doe", "Do");
        assert_other_name("Miller", "Müller");
        assert_other_name("Иванов", "Петров");
    }

    void compares_last_names_of_other_scripts() {
        assert_same_name("ИВАНОВ", "Иванов");
        assert_same_name("李", "李");
    }

    void never_matches_a_name_without_letters() {
        assert_other_name("", "");
        assert_other_name("", "Li");
        assert_other_name("-", "'");
    }

    void gives_the_key_of_a_last_name() {
        CPPUNIT_ASSERT_EQUAL(std::string{"nunezgomez"}, last_name_key("Núñez-Gómez"));
    }

    void compares_zip_codes_on_five_digits() {
        CPPUNIT_ASSERT(same_postal_code("02139", "02139-4307"));
        CPPUNIT_ASSERT(same_postal_code("02139-4307", " 02139 "));
        CPPUNIT_ASSERT(same_postal_code("021394307", "02139-9999"));
        CPPUNIT_ASSERT(!same_postal_code("02139", "02138"));
        CPPUNIT_ASSERT(!same_postal_code("02139", "0213"));
    }

    void compares_other_codes_without_case_and_spaces() {
        CPPUNIT_ASSERT(same_postal_code("SW1A 1AA", "sw1a1aa"));
        CPPUNIT_ASSERT(same_postal_code("k1a0b1", "K1A 0B1"));
        CPPUNIT_ASSERT(!same_postal_code("K1A 0B1", "K1A 0B2"));
    }

    void lets_zeros_on_file_match_any_code() {
        CPPUNIT_ASSERT(same_postal_code("00000", "02139"));
        CPPUNIT_ASSERT(same_postal_code("00000-0000", "SW1A 1AA"));
    }

    void lets_typed_zeros_match_zeros_only() {
        CPPUNIT_ASSERT(!same_postal_code("02139", "00000"));
        CPPUNIT_ASSERT(same_postal_code("00000", "00000"));
    }

    void never_matches_an_empty_code() {
        CPPUNIT_ASSERT(!same_postal_code("", ""));
        CPPUNIT_ASSERT(!same_postal_code("", "02139"));
        CPPUNIT_ASSERT(!same_postal_code("00000", ""));
        CPPUNIT_ASSERT(!same_postal_code("00000", " - "));
    }

    void compares_addresses_without_case_but_never_empty_ones() {
        CPPUNIT_ASSERT(same_email("Anna@Example.org", " anna@example.ORG "));
        CPPUNIT_ASSERT(!same_email("anna@example.org", "ann@example.org"));
        CPPUNIT_ASSERT(!same_email("", " "));
        CPPUNIT_ASSERT(!same_email("mike@example.org", "m\u0131ke@example.org"));
    }

    void accepts_a_complete_form() {
        CPPUNIT_ASSERT(!check_identity_form(anna).has_value());
        CPPUNIT_ASSERT(!check_identity_form({" anna@example.org ", "2/29/1980", "李", "SW1A 1AA"})
                            .has_value());
    }

    void names_the_field_that_is_empty() {
        const std::pair<std::string Identity::*, const char*> fields[] = {
            {&Identity::email, "email"},
            {&Identity::birth_date, "birth_date"},
            {&Identity::last_name, "last_name"},
            {&Identity::postal_code, "postal_code"}};
        for (const auto& [member, name] : fields) {
            auto typed = anna;
            typed.*member = " ";
            assert_form(typed, Refusal::FieldEmpty, name);
        }
    }

    void refuses_an_address_that_is_none() {
        auto typed = anna;
        typed.email = "anna@example";
        assert_form(typed, Refusal::InvalidEmail, "email");
    }

    void refuses_a_birth_date_that_is_none() {
        auto typed = anna;
        typed.birth_date = "1981-02-29";
        assert_form(typed, Refusal::InvalidBirthDate, "birth_date");
    }

    void refuses_a_last_name_of_signs_only() {
        auto typed = anna;
        typed.last_name = "---";
        assert_form(typed, Refusal::FieldEmpty, "last_name");
    }

    void refuses_a_postal_code_of_signs_only() {
        auto typed = anna;
        typed.postal_code = "--";
        assert_form(typed, Refusal::InvalidPostalCode, "postal_code");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(IdentityMatchTest);
