// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

namespace {
using ppo_sim::Import;
using ppo_sim::Patient;

constexpr auto today = "2026-03-02";

std::string resource(const std::string& id, const std::string& members) {
    return R"({"resourceType":"Patient","id":")" + id + R"(",)" + members + "}";
}

std::string weber(const std::string& id, const std::string& members = R"("active":true)") {
    return resource(id, R"("name":[{"family":"Weber","given":["Anna"]}],)" + members);
}

std::string bundle(const std::string& type, const std::string& entries) {
    return R"({"resourceType":"Bundle","type":")" + type + R"(","entry":[)" + entries + "]}";
}

std::string entry(const std::string& json) { return R"({"resource":)" + json + "}"; }

Import read(const std::string& content, const Patient& on_file = {}) {
    return ppo_sim::read_fhir_patients(
        content, [&](const std::string&) { return on_file; }, today);
}

Patient only(const Import& import) {
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.patients.size());
    return import.patients.front();
}

Patient with(const std::string& members, const Patient& on_file = {}) {
    return only(read(weber("F1", members), on_file));
}

Patient named(const std::string& names) {
    return only(read(resource("F1", R"("name":[)" + names + "]")));
}

std::string why_refused(const std::string& content) {
    const auto import = read(content);
    return import.refused.empty() ? "" : import.refused.front().reason;
}
}  // namespace

class FhirPatientTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FhirPatientTest);
    CPPUNIT_TEST(the_name_in_use_wins);
    CPPUNIT_TEST(a_name_whose_time_has_ended_is_history);
    CPPUNIT_TEST(given_names_are_joined_and_initials_left_out);
    CPPUNIT_TEST(a_name_that_is_only_text_is_taken_apart);
    CPPUNIT_TEST(of_one_rank_the_address_at_home_wins);
    CPPUNIT_TEST(an_email_is_taken_without_mailto_and_spaces);
    CPPUNIT_TEST(the_email_on_file_goes_when_it_has_ended);
    CPPUNIT_TEST(a_resource_without_email_takes_none_away);
    CPPUNIT_TEST(an_end_that_is_still_to_come_ends_nothing);
    CPPUNIT_TEST(the_zip_at_home_wins_over_an_old_one);
    CPPUNIT_TEST(a_year_that_agrees_with_the_day_on_file_takes_nothing_away);
    CPPUNIT_TEST(a_year_that_contradicts_the_day_on_file_replaces_it);
    CPPUNIT_TEST(birth_dates_of_other_forms_are_refused);
    CPPUNIT_TEST(who_is_not_deceased_after_all_is_active_again);
    CPPUNIT_TEST(deceased_wins_over_inactive);
    CPPUNIT_TEST(languages_become_tags);
    CPPUNIT_TEST(the_general_practitioner_is_the_provider);
    CPPUNIT_TEST(a_record_number_stands_in_for_a_missing_id);
    CPPUNIT_TEST(contained_resources_extensions_and_unknown_members_are_ignored);
    CPPUNIT_TEST_SUITE_END();

    void the_name_in_use_wins() {
        CPPUNIT_ASSERT_EQUAL(std::string{"U"},
                             named(R"({"family":"X"},{"use":"nickname","family":"N"},
            {"use":"usual","family":"U"},{"use":"old","family":"O"})")
                                 .last);
        CPPUNIT_ASSERT_EQUAL(std::string{"First"},
                             named(R"({"use":"nickname","family":"N"},{"family":"First"},
                                      {"family":"Second"})")
                                 .last);
    }

    void a_name_whose_time_has_ended_is_history() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Now"},
            named(
                R"({"use":"official","family":"Then","period":{"end":"2019-05"}},{"family":"Now"})")
                .last);
    }

    void given_names_are_joined_and_initials_left_out() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Ana Luisa"},
                             named(R"({"family":"W","given":["Ana","Luisa","Q."],"prefix":["Mrs."],
                                       "suffix":["PhD"]})")
                                 .first);
        CPPUNIT_ASSERT_EQUAL(std::string{"J Robert"},
                             named(R"({"family":"W","given":["J","Robert",null]})").first);
    }

    void a_name_that_is_only_text_is_taken_apart() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna Maria|Weber"},
                             halves(named(R"({"text":"Anna Maria Weber"})")));
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna|van der Berg"},
                             halves(named(R"({"text":"van der Berg, Anna"})")));
        CPPUNIT_ASSERT_EQUAL(std::string{"|Cher"}, halves(named(R"({"text":"Cher"})")));
    }

    static std::string halves(const Patient& patient) { return patient.first + "|" + patient.last; }

    void of_one_rank_the_address_at_home_wins() {
        const auto patient = with(R"("telecom":[
            {"system":"email","use":"mobile","value":"m@b.example"},
            {"system":"email","use":"work","value":"w@b.example"},
            {"system":"email","use":"home","value":"h@b.example"},
            {"system":"phone","value":"555-0100"}])");
        CPPUNIT_ASSERT_EQUAL(std::string{"h@b.example"}, patient.email);
        CPPUNIT_ASSERT_EQUAL(std::string{"555-0100"}, patient.phone);
    }

    void an_email_is_taken_without_mailto_and_spaces() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"a@b.example"},
            with(R"("telecom":[{"system":"email","value":" MailTo:a@b.example "}])").email);
    }

    static Patient anna() {
        Patient patient{};
        patient.email = "anna@b.example";
        patient.birth_date = "1980-02-29";
        return patient;
    }

    void the_email_on_file_goes_when_it_has_ended() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{},
            with(R"("telecom":[{"system":"email","value":"Anna@b.example","use":"old"}])", anna())
                .email);
    }

    void a_resource_without_email_takes_none_away() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"anna@b.example"},
            with(R"("telecom":[{"system":"email","value":"x@b.example","use":"old"}])", anna())
                .email);
    }

    void an_end_that_is_still_to_come_ends_nothing() {
        for (const std::string end : {"2026", "2026-03", "2026-03-02", "2026-03-02T08:00:00Z"})
            CPPUNIT_ASSERT_EQUAL(std::string{"a@b.example"},
                                 with(R"("telecom":[{"system":"email","value":"a@b.example",
                                      "period":{"end":")" +
                                      end + R"("}}])")
                                     .email);
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             with(R"("telecom":[{"system":"email","value":"a@b.example",
                                      "period":{"end":"2026-03-01"}}])")
                                 .email);
    }

    void the_zip_at_home_wins_over_an_old_one() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"66101"},
            with(R"("address":[{"use":"old","postalCode":"1"},{"use":"work","postalCode":"2"},
                    {"use":"home"},{"use":"home","postalCode":"66101"}])")
                .postal_code);
    }

    void a_year_that_agrees_with_the_day_on_file_takes_nothing_away() {
        CPPUNIT_ASSERT_EQUAL(std::string{"1980-02-29"},
                             with(R"("birthDate":"1980-02")", anna()).birth_date);
    }

    void a_year_that_contradicts_the_day_on_file_replaces_it() {
        CPPUNIT_ASSERT_EQUAL(std::string{"1981"}, with(R"("birthDate":"1981")", anna()).birth_date);
    }

    void birth_dates_of_other_forms_are_refused() {
        for (const std::string date :
             {"19800229", "2/29/1980", "1980-13", "0000", "80", "1980-02-30"})
            CPPUNIT_ASSERT_EQUAL(std::string{"the birth date is not a date that exists"},
                                 why_refused(weber("F1", R"("birthDate":")" + date + "\"")));
    }

    void who_is_not_deceased_after_all_is_active_again() {
        Patient dead{};
        dead.chart_status = PPO_CHART_DECEASED;
        CPPUNIT_ASSERT(PPO_CHART_ACTIVE == with(R"("deceasedBoolean":false)", dead).chart_status);
        CPPUNIT_ASSERT(PPO_CHART_DECEASED == with(R"("active":true)", dead).chart_status);
        dead.chart_status = PPO_CHART_INACTIVE;
        CPPUNIT_ASSERT(PPO_CHART_ACTIVE == with(R"("active":true)", dead).chart_status);
    }

    void deceased_wins_over_inactive() {
        CPPUNIT_ASSERT(PPO_CHART_DECEASED ==
                       with(R"("active":false,"deceasedBoolean":true)").chart_status);
    }

    void languages_become_tags() {
        const auto spoken = [](const std::string& code) {
            return with(R"("communication":[{"language":{"coding":[{"code":")" + code +
                        R"("}]},"preferred":true}])")
                .language;
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, spoken("spa"));
        CPPUNIT_ASSERT_EQUAL(std::string{"en-US"}, spoken("en-US"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, spoken("sign language"));
        CPPUNIT_ASSERT_EQUAL(std::string{"es"},
                             with(R"("communication":[{"language":{"text":"Spanish"}}])").language);
    }

    void the_general_practitioner_is_the_provider() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Dr. Katz"},
                             with(R"("generalPractitioner":[{"reference":"Practitioner/1"},
                                     {"display":"Dr. Katz"}])")
                                 .provider);
    }

    void a_record_number_stands_in_for_a_missing_id() {
        const auto import = read(
            R"({"resourceType":"Patient","name":[{"family":"W"}],"identifier":[
                {"type":{"coding":[{"code":"SS"}]},"value":"999"},
                {"type":{"coding":[{"code":"MR"}]},"use":"old","value":"M1"},
                {"type":{"coding":[{"code":"MR"}]},"value":"M2"}]})");
        CPPUNIT_ASSERT_EQUAL(std::string{"M2"}, only(import).id);
        CPPUNIT_ASSERT_EQUAL(std::string{"has no id, and no identifier of the type MR"},
                             why_refused(R"({"resourceType":"Patient","name":[{"family":"W"}]})"));
    }

    void contained_resources_extensions_and_unknown_members_are_ignored() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Anna Weber"},
            with(R"("contained":[{"resourceType":"Patient","id":"x","name":[{"family":"No"}]}],
                    "extension":[{"url":"u","valueString":"v"}],"_birthDate":{"extension":[]},
                    "shoeSize":38)")
                .name());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FhirPatientTest);

class FhirFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FhirFileTest);
    CPPUNIT_TEST(a_single_resource_may_be_laid_out_over_many_lines);
    CPPUNIT_TEST(a_broken_last_line_costs_itself_alone);
    CPPUNIT_TEST(the_patients_of_a_bundle_are_taken_and_nothing_else);
    CPPUNIT_TEST(an_entry_that_cannot_be_used_is_refused_by_its_number);
    CPPUNIT_TEST(a_bundle_of_history_is_unusable);
    CPPUNIT_TEST(a_byte_order_mark_is_skipped);
    CPPUNIT_TEST(a_resource_of_a_megabyte_is_refused);
    CPPUNIT_TEST(deep_nesting_is_refused);
    CPPUNIT_TEST(a_second_one_with_the_same_id_is_refused);
    CPPUNIT_TEST(no_reason_holds_a_value_of_the_patient);
    CPPUNIT_TEST(any_beginning_of_a_file_is_read_or_refused);
    CPPUNIT_TEST_SUITE_END();

    void a_single_resource_may_be_laid_out_over_many_lines() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Weber"},
                             only(read("{\n  \"resourceType\": \"Patient\",\n  \"id\": \"F1\",\n"
                                       "  \"name\": [\n    {\"family\": \"Weber\"}\n  ]\n}\n"))
                                 .last);
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{1},
            read("{\n  \"resourceType\": \"Patient\",\n  oops\n}\n").refused.size());
    }

    void a_broken_last_line_costs_itself_alone() {
        for (const std::string rest : {"oops\n", "{\"resource", "[]"}) {
            const auto import = read(weber("F1") + "\n" + rest);
            CPPUNIT_ASSERT_EQUAL(std::string{"F1"}, only(import).id);
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.refused.front().line);
        }
    }

    void the_patients_of_a_bundle_are_taken_and_nothing_else() {
        for (const std::string type : {"collection", "searchset", "transaction", "batch"}) {
            const auto import = read(bundle(type, entry(weber("F1")) + "," + entry(weber("F2")) +
                                                      "," +
                                                      R"({"resource":{"resourceType":"Group"}})"));
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.patients.size());
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.read);
            CPPUNIT_ASSERT_EQUAL(
                std::size_t{1}, import.notes.at("entry of another type than Patient was left out"));
        }
    }

    void an_entry_that_cannot_be_used_is_refused_by_its_number() {
        const auto import = read(bundle(
            "transaction", entry(weber("F1")) + R"(,7,{"request":{"method":"DELETE","url":"x"}},)" +
                               entry(weber("F1"))));
        CPPUNIT_ASSERT_EQUAL(std::string{"entry"}, import.unit);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, import.refused.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.refused[0].line);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, import.refused[2].line);
    }

    void a_bundle_of_history_is_unusable() {
        CPPUNIT_ASSERT(!read(bundle("history", entry(weber("F1")))).unusable.empty());
    }

    void a_byte_order_mark_is_skipped() {
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{2},
            read("\xEF\xBB\xBF" + weber("F1") + "\r\n" + weber("F2") + "\r\n").patients.size());
    }

    void a_resource_of_a_megabyte_is_refused() {
        const std::string fat = weber("F1",
                                      R"("text":{"div":")" + std::string(1024 * 1024, 'x') + "\"}");
        CPPUNIT_ASSERT_EQUAL(std::string{"is longer than 1 MB"}, why_refused(fat));
        const auto lines = read(fat + "\n" + weber("F2") + "\n");
        CPPUNIT_ASSERT_EQUAL(std::string{"F2"}, only(lines).id);
        CPPUNIT_ASSERT_EQUAL(std::string{"is longer than 1 MB"},
                             why_refused(bundle("collection", entry(fat))));
    }

    void deep_nesting_is_refused() {
        const auto nested = [](std::size_t depth) {
            return weber("F1",
                         R"("extension":)" + std::string(depth, '[') + std::string(depth, ']'));
        };
        CPPUNIT_ASSERT_EQUAL(std::string{}, why_refused(nested(40)));
        for (const std::size_t depth : {70, 1000, 400'000})
            CPPUNIT_ASSERT_EQUAL(std::string{"is not one JSON object, or is nested too deeply"},
                                 why_refused(nested(depth)));
    }

    void a_second_one_with_the_same_id_is_refused() {
        const auto import = read(weber("F1") + "\n" + weber("F1") + "\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.patients.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.refused.front().line);
    }

    void no_reason_holds_a_value_of_the_patient() {
        const auto import = read(
            resource("SECRET", R"("name":[{"family":"SECRET"}],"birthDate":"SECRET")") + "\n" +
            resource("SECRET", R"("name":"SECRET")") + "\n{\"SECRET\":\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, import.refused.size());
        for (const auto& refused : import.refused)
            CPPUNIT_ASSERT(refused.reason.find("SECRET") == std::string::npos);
    }

    void any_beginning_of_a_file_is_read_or_refused() {
        const std::string whole = bundle("collection", entry(weber("F1", R"("birthDate":"1980")")));
        for (std::size_t length = 1; length < whole.size(); ++length) {
            const auto import = read(whole.substr(0, length));
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.refused.size());
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FhirFileTest);
