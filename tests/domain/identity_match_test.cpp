// SPDX-License-Identifier: Apache-2.0
#include "domain/identity_match.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <utility>

using namespace ppo;

namespace {
constexpr UnixTime now = from_milliseconds(1'795'176'000'000);  // 2026-11-20T12:00Z.
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
    const auto refused = check_identity_form(typed, now);
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
    CPPUNIT_TEST(takes_every_apostrophe_for_none);
    CPPUNIT_TEST(takes_composed_and_decomposed_letters_for_the_same);
    CPPUNIT_TEST(takes_letters_of_their_own_as_people_type_them);
    CPPUNIT_TEST(compares_compound_names_and_names_with_prefixes);
    CPPUNIT_TEST(compares_names_written_from_right_to_left);
    CPPUNIT_TEST(keeps_the_e_where_no_umlaut_stands);
    CPPUNIT_TEST(never_matches_a_name_without_letters);
    CPPUNIT_TEST(gives_the_key_of_a_last_name);
    CPPUNIT_TEST(compares_zip_codes_on_five_digits);
    CPPUNIT_TEST(compares_other_codes_without_case_and_spaces);
    CPPUNIT_TEST(lets_zeros_on_file_match_any_code);
    CPPUNIT_TEST(ignores_punctuation_of_every_kind_in_a_code);
    CPPUNIT_TEST(lets_zeros_on_file_match_well_formed_codes_only);
    CPPUNIT_TEST(knows_the_zeros_that_stand_for_not_known);
    CPPUNIT_TEST(gives_one_key_to_all_spellings_of_the_same_facts);
    CPPUNIT_TEST(gives_other_facts_another_key);
    CPPUNIT_TEST(matches_no_address_that_looks_alike);
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

    void takes_every_apostrophe_for_none() {
        for (const char* typed : {"O'Brien", "O\u2019Brien", "O\u2018Brien", "O\u02BCBrien",
                                  "O\u02B9Brien", "O\uFF07Brien", "O\u00B4Brien", "O`Brien",
                                  "O\uA78CBrien", "o brien", "O\u00A0BRIEN", "OBrien"})
            assert_same_name("O'Brien", typed);
        assert_same_name("Ka\u02BBahumanu", "Kaahumanu");
    }

    void takes_composed_and_decomposed_letters_for_the_same() {
        assert_same_name("Mu\u0308ller", "Mueller");
        assert_same_name("Nguye\u0302\u0303n", "nguyen");
        assert_same_name("Angstro\u0308m", "\u212Bngstr\u00F6m");
    }

    void takes_letters_of_their_own_as_people_type_them() {
        for (const auto& [on_file, typed] :
             std::initializer_list<std::pair<const char*, const char*>>{
                 {"Łukasz", "LUKASZ"},
                 {"Straße", "STRASSE"},
                 {"STRAẞE", "strasse"},
                 {"Sørensen", "Sorensen"},
                 {"Kjær", "Kjaer"},
                 {"Đặng", "dang"},
                 {"Þórsson", "Thorsson"},
                 {"İnönü", "inonu"},
                 {"Grünhübel", "Gruenhubel"},
                 {"ＭＵＥＬＬＥＲ", "Müller"}})
            assert_same_name(on_file, typed);
    }

    void compares_compound_names_and_names_with_prefixes() {
        assert_same_name("de la Cruz", "DELACRUZ");
        assert_same_name("García-López", "garcia lopez");
        assert_same_name("García\u2010López", "Garcia\u2014Lopez");
        assert_same_name("McDonald", "Mc Donald");
        assert_same_name("van\u00A0der Berg", "Van der Berg");
        assert_other_name("de la Cruz", "Cruz");
        assert_other_name("McDonald", "MacDonald");
        assert_other_name("García-López", "García");
    }

    void compares_names_written_from_right_to_left() {
        assert_same_name("כֹּהֵן", "כהן");
        assert_same_name("\u200Fכהן\u200E", "כהן");
        assert_same_name("مُحَمَّد", "محمد");
        assert_same_name("محـــمد", "محمد");
        assert_other_name("כהן", "לוי");
        assert_same_name("佐々木", "佐々木");
        assert_other_name("佐々木", "佐木");
        assert_same_name("ｻﾄｳ", "サトウ");
        assert_other_name("ガ", "カ");
    }

    void keeps_the_e_where_no_umlaut_stands() {
        assert_other_name("Bauer", "Baur");
        assert_other_name("Queen", "Quen");
        assert_other_name("Quentin", "Quntin");
        assert_same_name("Goethe", "Göthe");
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

    void ignores_punctuation_of_every_kind_in_a_code() {
        for (const char* typed : {"02139-4307", "02139\u20134307", "02139\u20114307", "02139 4307",
                                  "021394307", " 02139 ", "02139\u00A0", "０２１３９"})
            CPPUNIT_ASSERT_MESSAGE(typed, same_postal_code("02139", typed));
        CPPUNIT_ASSERT(same_postal_code("SW1A 1AA", "sw1a-1aa"));
        CPPUNIT_ASSERT(!same_postal_code("02139", "2139"));
        CPPUNIT_ASSERT(!same_postal_code("02139", "021394"));
    }

    void lets_zeros_on_file_match_well_formed_codes_only() {
        for (const char* typed : {"x", "1", "-", " ", "!!!!!", "12345678901", "李李李"})
            CPPUNIT_ASSERT_MESSAGE(typed, !same_postal_code("00000", typed));
        for (const char* typed : {"101", "1234567890", "D02 AF30", "K1A 0B1"})
            CPPUNIT_ASSERT_MESSAGE(typed, same_postal_code("00000", typed));
    }

    void knows_the_zeros_that_stand_for_not_known() {
        CPPUNIT_ASSERT(is_unknown_postal_code("00000"));
        CPPUNIT_ASSERT(is_unknown_postal_code("00000-0000"));
        for (const char* code : {"", "0000", "000000", "02139", "00001"})
            CPPUNIT_ASSERT_MESSAGE(code, !is_unknown_postal_code(code));
    }

    void gives_one_key_to_all_spellings_of_the_same_facts() {
        for (const auto& typed :
             {Identity{" ANNA@example.org", "2/29/1980", "MUELLER", "02139-1111"},
              Identity{"anna@EXAMPLE.org", "19800229", "muller", "02139 4307"}}) {
            auto same_code = typed;
            same_code.postal_code = "02139";
            CPPUNIT_ASSERT_EQUAL(identity_key(anna), identity_key(same_code));
        }
        CPPUNIT_ASSERT_EQUAL(identity_key(anna), identity_key({"anna@example.org", "1980-02-29",
                                                               "Mu\u0308ller", "02139-4307"}));
    }

    void gives_other_facts_another_key() {
        for (const auto& typed : {Identity{"ann@example.org", "1980-02-29", "Müller", "02139"},
                                  Identity{"anna@example.org", "1980-02-28", "Müller", "02139"},
                                  Identity{"anna@example.org", "1980-02-29", "Miller", "02139"},
                                  Identity{"anna@example.org", "1980-02-29", "Müller", "02138"}})
            CPPUNIT_ASSERT(identity_key(anna) != identity_key(typed));
    }

    void matches_no_address_that_looks_alike() {
        for (const char* typed :
             {"m\u0131ke@example.org", "mike@ex\u0430mple.org", "m\u0456ke@example.org",
              "mi\u212Ae@example.org", "mike@example.org.", "mike+1@example.org",
              "\"mike\"@example.org", "mike@example.com", "mike@exampIe.org",
              "m\uFF49ke@example.org", "mike@\uFF45xample.org", "mike@example\u3002org",
              "mike@e\u017Fample.org", "mike@exa\u00ADmple.org", "mi.ke@example.org"})
            CPPUNIT_ASSERT_MESSAGE(typed, !same_email("mike@example.org", typed) &&
                                              !same_email(typed, "mike@example.org"));
        CPPUNIT_ASSERT(!same_email("k@\u212Aelvin.example", "k@kelvin.example"));
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
        CPPUNIT_ASSERT(!check_identity_form(anna, now).has_value());
        CPPUNIT_ASSERT(
            !check_identity_form({" anna@example.org ", "2/29/1980", "李", "SW1A 1AA"}, now)
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
        typed.birth_date = "2026-11-22";  // The day after tomorrow.
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
