// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <iterator>
#include <set>

namespace {
using ppo_sim::Import;
using ppo_sim::Patient;

std::string content_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    CPPUNIT_ASSERT_MESSAGE(path, in.is_open());
    return {std::istreambuf_iterator<char>{in}, {}};
}

Patient nobody(const std::string&) { return {}; }

Import import_text(const std::string& content) { return ppo_sim::read_patients(content, nobody); }

Import damaged() { return import_text(content_of(PPO_TEST_DATA "/damaged.csv")); }

std::string reason_at(const Import& import, std::size_t line) {
    for (const auto& refused : import.refused)
        if (refused.line == line) return refused.reason;
    return "";
}

Patient with_id(const Import& import, const std::string& id) {
    for (const auto& patient : import.patients)
        if (patient.id == id) return patient;
    CPPUNIT_FAIL("no patient " + id);
    return {};
}
}  // namespace

class ImportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ImportTest);
    CPPUNIT_TEST(every_row_of_a_damaged_file_is_imported_or_refused);
    CPPUNIT_TEST(each_damage_has_its_line_and_reason);
    CPPUNIT_TEST(american_and_compact_dates_become_calendar_days);
    CPPUNIT_TEST(zip_0_is_a_missing_one);
    CPPUNIT_TEST(an_unknown_column_is_named_once);
    CPPUNIT_TEST(columns_are_found_by_name_in_any_order);
    CPPUNIT_TEST(a_date_of_death_makes_the_chart_deceased_whatever_status_says);
    CPPUNIT_TEST(a_missing_birth_date_is_allowed);
    CPPUNIT_TEST(a_file_without_id_column_is_unusable);
    CPPUNIT_TEST(files_of_other_kinds_say_what_to_do);
    CPPUNIT_TEST(what_the_file_does_not_say_stays_as_it_is_on_file);
    CPPUNIT_TEST(tags_and_appointments_are_taken_over);
    CPPUNIT_TEST(every_synthea_row_of_the_sample_goes_in);
    CPPUNIT_TEST(every_fhir_line_of_the_sample_goes_in);
    CPPUNIT_TEST_SUITE_END();

    void every_row_of_a_damaged_file_is_imported_or_refused() {
        const auto import = damaged();
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, import.read);
        CPPUNIT_ASSERT_EQUAL(import.read, import.patients.size() + import.refused.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, import.patients.size());
    }

    void each_damage_has_its_line_and_reason() {
        const auto import = damaged();
        using S = std::string;
        CPPUNIT_ASSERT_EQUAL(S{"the birth date is not a date that exists"}, reason_at(import, 3));
        CPPUNIT_ASSERT_EQUAL(S{"has 2 columns, the header has 6"}, reason_at(import, 5));
        CPPUNIT_ASSERT_EQUAL(S{"has no id"}, reason_at(import, 6));
        CPPUNIT_ASSERT_EQUAL(S{"has neither first nor last name"}, reason_at(import, 7));
        CPPUNIT_ASSERT_EQUAL(S{"the id stands in the file already"}, reason_at(import, 8));
        CPPUNIT_ASSERT_EQUAL(S{"is not UTF-8"}, reason_at(import, 9));
        CPPUNIT_ASSERT_EQUAL(S{"a quotation mark is never closed"}, reason_at(import, 10));
    }

    void american_and_compact_dates_become_calendar_days() {
        CPPUNIT_ASSERT_EQUAL(std::string{"1980-02-29"}, with_id(damaged(), "D1").birth_date);
        CPPUNIT_ASSERT_EQUAL(std::string{"1999-12-31"}, with_id(damaged(), "D3").birth_date);
    }

    void zip_0_is_a_missing_one() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, with_id(damaged(), "D3").postal_code);
    }

    void an_unknown_column_is_named_once() {
        CPPUNIT_ASSERT((std::vector<std::string>{"Shoe size"}) == damaged().unknown_columns);
    }

    void columns_are_found_by_name_in_any_order() {
        const auto import = import_text("email,last,id\na@b.example,Weber,P1\n");
        CPPUNIT_ASSERT_EQUAL(std::string{"a@b.example"}, with_id(import, "P1").email);
    }

    void a_date_of_death_makes_the_chart_deceased_whatever_status_says() {
        const auto import = import_text("id,last,deceased,status\nP1,Weber,1978-01-01,Active\n");
        CPPUNIT_ASSERT(PPO_CHART_DECEASED == with_id(import, "P1").chart_status);
    }

    void a_missing_birth_date_is_allowed() {
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             with_id(import_text("id,last,dob\nP1,Weber,\n"), "P1").birth_date);
    }

    void a_file_without_id_column_is_unusable() {
        CPPUNIT_ASSERT(!import_text("first,last\nAnna,Weber\n").unusable.empty());
    }

    void files_of_other_kinds_say_what_to_do() {
        CPPUNIT_ASSERT(import_text("\x1F\x8B\x08").unusable.find("gunzip") != std::string::npos);
        CPPUNIT_ASSERT(import_text("[{}]").unusable.find("JSON array") != std::string::npos);
        CPPUNIT_ASSERT(import_text("\xFF\xFEi").unusable.find("UTF-16") != std::string::npos);
    }

    void what_the_file_does_not_say_stays_as_it_is_on_file() {
        const auto import = ppo_sim::read_patients("id,last\nP1,Weber\n",
                                                   [](const std::string& id) {
                                                       Patient known{};
                                                       known.id = id;
                                                       known.email = "kept@b.example";
                                                       return known;
                                                   });
        CPPUNIT_ASSERT_EQUAL(std::string{"kept@b.example"}, with_id(import, "P1").email);
    }

    void tags_and_appointments_are_taken_over() {
        const auto import = import_text(
            "id,last,tags,next_appointment\nP1,Weber,diabetes; new ,2026-05-04T09:30\n");
        const auto patient = with_id(import, "P1");
        CPPUNIT_ASSERT((std::vector<std::string>{"diabetes", "new"}) == patient.tags);
        CPPUNIT_ASSERT_EQUAL(ppo_time{1'777'887'000'000}, patient.next_appointment);
    }

    void every_synthea_row_of_the_sample_goes_in() {
        const auto import = import_text(content_of(PPO_SAMPLE_DATA "/synthea-us.csv"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{565}, import.patients.size());
        CPPUNIT_ASSERT(import.refused.empty());
        std::size_t deceased = 0;
        for (const auto& patient : import.patients)
            if (patient.chart_status == PPO_CHART_DECEASED) ++deceased;
        CPPUNIT_ASSERT_EQUAL(std::size_t{73}, deceased);
    }

    void every_fhir_line_of_the_sample_goes_in() {
        const auto import = import_text(content_of(PPO_SAMPLE_DATA "/Patient.ndjson"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{180}, import.patients.size());
        CPPUNIT_ASSERT(import.refused.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ImportTest);

class FhirTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FhirTest);
    CPPUNIT_TEST(the_official_name_wins_over_the_maiden_name);
    CPPUNIT_TEST(the_email_with_the_best_rank_wins_and_old_ones_never);
    CPPUNIT_TEST(the_preferred_language_wins);
    CPPUNIT_TEST(deceased_and_inactive_become_chart_statuses);
    CPPUNIT_TEST(a_birth_date_without_day_is_kept_and_counted);
    CPPUNIT_TEST(an_impossible_birth_date_is_refused);
    CPPUNIT_TEST(a_broken_line_costs_itself_alone);
    CPPUNIT_TEST(another_resource_is_refused);
    CPPUNIT_TEST(a_member_of_the_wrong_type_is_refused);
    CPPUNIT_TEST_SUITE_END();

    static Import import_members(const std::string& members) {
        return import_text(R"({"resourceType":"Patient","id":"F1","name":[{"family":"Weber"}],)" +
                           members + "}\n");
    }

    void the_official_name_wins_over_the_maiden_name() {
        const auto import = import_text(
            R"({"resourceType":"Patient","id":"F1","name":[{"use":"maiden","family":"Old"},)"
            R"({"use":"official","family":"New","given":["Ana","Bo"]}]})");
        CPPUNIT_ASSERT_EQUAL(std::string{"Ana Bo New"}, with_id(import, "F1").name());
    }

    void the_email_with_the_best_rank_wins_and_old_ones_never() {
        const auto import = import_members(
            R"("telecom":[{"system":"email","value":"two@b.example","rank":2},)"
            R"({"system":"email","value":"one@b.example","rank":1},)"
            R"({"system":"email","value":"old@b.example","use":"old"},{"system":"phone","value":"555"}])");
        CPPUNIT_ASSERT_EQUAL(std::string{"one@b.example"}, with_id(import, "F1").email);
    }

    void the_preferred_language_wins() {
        const auto import = import_members(
            R"("communication":[{"language":{"coding":[{"code":"en"}]}},)"
            R"({"language":{"coding":[{"code":"es"}]},"preferred":true}])");
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, with_id(import, "F1").language);
    }

    void deceased_and_inactive_become_chart_statuses() {
        CPPUNIT_ASSERT(
            PPO_CHART_DECEASED ==
            with_id(import_members(R"("deceasedDateTime":"2012-01-14")"), "F1").chart_status);
        CPPUNIT_ASSERT(PPO_CHART_INACTIVE ==
                       with_id(import_members(R"("active":false)"), "F1").chart_status);
    }

    void a_birth_date_without_day_is_kept_and_counted() {
        const auto import = import_members(R"("birthDate":"1980")");
        CPPUNIT_ASSERT_EQUAL(std::string{"1980"}, with_id(import, "F1").birth_date);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.notes.size());
    }

    void an_impossible_birth_date_is_refused() {
        CPPUNIT_ASSERT_EQUAL(std::string{"the birth date is not a date that exists"},
                             reason_at(import_members(R"("birthDate":"1980-02-30")"), 1));
    }

    void a_broken_line_costs_itself_alone() {
        const auto import = import_text(
            "{\"resourceType\":\"Pat\n\n"
            R"({"resourceType":"Patient","id":"F2","name":[{"family":"Weber"}]})");
        CPPUNIT_ASSERT_EQUAL(std::string{"is not one JSON object, or is nested too deeply"},
                             reason_at(import, 1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.patients.size());
    }

    void another_resource_is_refused() {
        CPPUNIT_ASSERT_EQUAL(std::string{"is not a Patient resource"},
                             reason_at(import_text(R"({"resourceType":"Group","id":"G"})"), 1));
    }

    void a_member_of_the_wrong_type_is_refused() {
        const auto import = import_members(
            R"("telecom":[{"system":"email","value":"a@b","rank":"high"}])");
        CPPUNIT_ASSERT_EQUAL(import.read, import.patients.size() + import.refused.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FhirTest);

class InventEmailsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InventEmailsTest);
    CPPUNIT_TEST(names_become_ascii);
    CPPUNIT_TEST(namesakes_get_numbers);
    CPPUNIT_TEST(an_address_on_file_is_kept_and_not_given_again);
    CPPUNIT_TEST_SUITE_END();

    static Patient named(const std::string& first, const std::string& last) {
        Patient patient{};
        patient.id = first + last;
        patient.first = first;
        patient.last = last;
        return patient;
    }

    void names_become_ascii() {
        std::vector<Patient> patients{named("José", "Núñez-Gómez"), named("Sean", "O'Brien")};
        ppo_sim::invent_emails(patients, "x.example", {});
        CPPUNIT_ASSERT_EQUAL(std::string{"jose.nunez-gomez@x.example"}, patients[0].email);
        CPPUNIT_ASSERT_EQUAL(std::string{"sean.obrien@x.example"}, patients[1].email);
    }

    void namesakes_get_numbers() {
        std::vector<Patient> patients{named("Ana", "Lee"), named("Ana", "Lee"),
                                      named("ANA", "lee")};
        ppo_sim::invent_emails(patients, "x.example", {});
        CPPUNIT_ASSERT_EQUAL(std::string{"ana.lee3@x.example"}, patients[2].email);
    }

    void an_address_on_file_is_kept_and_not_given_again() {
        std::vector<Patient> patients{named("Ana", "Lee"), named("Bo", "Ek")};
        patients[1].email = "ana.lee@x.example";
        ppo_sim::invent_emails(patients, "x.example", {"ana.lee2@x.example"});
        CPPUNIT_ASSERT_EQUAL(std::string{"ana.lee3@x.example"}, patients[0].email);
        CPPUNIT_ASSERT_EQUAL(std::string{"ana.lee@x.example"}, patients[1].email);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InventEmailsTest);
