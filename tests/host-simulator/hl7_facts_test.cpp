// SPDX-License-Identifier: Apache-2.0
#include "hl7/patient_facts.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <map>

namespace {
using ppo_sim::Hl7Message;
using ppo_sim::Patient;

using Fields = std::map<int, std::string>;

std::string segment(const std::string& name, const Fields& fields) {
    std::string text = name;
    int last = 0;
    for (const auto& [number, value] : fields) {
        text += std::string(static_cast<std::size_t>(number - last), '|') + value;
        last = number;
    }
    return text + "\r";
}

std::string message(Fields pid, const std::string& more = "") {
    pid.try_emplace(3, "P1^^^C^MR");
    return "MSH|^~\\&|EHR|C|||20260302||ADT^A08|1|P|2.5\r" + segment("PID", pid) + more;
}

Patient on_file() {
    Patient patient{};
    patient.id = "P1";
    patient.first = "Anna";
    patient.last = "Weber";
    patient.birth_date = "1980-02-29";
    patient.email = "anna@mail.example";
    patient.postal_code = "66101";
    patient.language = "en";
    patient.phone = "555-0100";
    patient.provider = "Dr. Katz";
    return patient;
}

Patient after(const std::string& text, Patient patient = on_file()) {
    const auto facts = ppo_sim::read_hl7_facts(Hl7Message{text});
    CPPUNIT_ASSERT(!facts.problem);
    CPPUNIT_ASSERT(!ppo_sim::put_on_chart(facts, patient));
    return patient;
}

Patient after(const Fields& pid) { return after(message(pid)); }

std::string problem_with(const Fields& pid) {
    const auto facts = ppo_sim::read_hl7_facts(Hl7Message{message(pid)});
    Patient patient = on_file();
    const auto problem = facts.problem ? facts.problem : ppo_sim::put_on_chart(facts, patient);
    return problem ? problem->sentence : "";
}
}  // namespace

class Hl7FactsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7FactsTest);
    CPPUNIT_TEST(what_is_left_out_stays_as_it_is_on_file);
    CPPUNIT_TEST(two_quotation_marks_delete);
    CPPUNIT_TEST(the_record_number_is_the_identifier);
    CPPUNIT_TEST(the_legal_name_wins_and_a_maiden_name_is_none);
    CPPUNIT_TEST(prefixes_of_family_names_stand_in_front_of_them);
    CPPUNIT_TEST(given_names_are_joined_and_initials_left_out);
    CPPUNIT_TEST(birth_dates_may_lack_day_or_month_or_have_a_time);
    CPPUNIT_TEST(the_zip_at_home_wins);
    CPPUNIT_TEST(an_email_is_found_wherever_versions_put_it);
    CPPUNIT_TEST(telephone_numbers_alone_leave_the_email);
    CPPUNIT_TEST(languages_become_tags);
    CPPUNIT_TEST(death_is_told_by_indicator_or_date);
    CPPUNIT_TEST(who_is_not_dead_after_all_is_active_and_nobody_else);
    CPPUNIT_TEST(the_primary_provider_wins_over_the_attending_one);
    CPPUNIT_TEST(what_cannot_be_has_a_sentence_without_its_value);
    CPPUNIT_TEST_SUITE_END();

    void what_is_left_out_stays_as_it_is_on_file() { CPPUNIT_ASSERT(on_file() == after(Fields{})); }

    void two_quotation_marks_delete() {
        const auto patient = after({{7, "\"\""}, {11, "\"\""}, {13, "\"\""}, {15, "\"\""}});
        CPPUNIT_ASSERT_EQUAL(std::string{}, patient.birth_date + patient.postal_code +
                                                patient.email + patient.phone + patient.language);
        CPPUNIT_ASSERT_EQUAL(std::string{"Weber"}, after({{5, "^\"\""}}).name());
        CPPUNIT_ASSERT_EQUAL(std::string{}, after({{13, "^NET^Internet^\"\""}}).email);
        CPPUNIT_ASSERT_EQUAL(std::string{"555-0100"}, after({{13, "^NET^Internet^\"\""}}).phone);
    }

    void the_record_number_is_the_identifier() {
        const auto id = [](const std::string& field) {
            return ppo_sim::read_hl7_facts(Hl7Message{message({{3, field}})}).id;
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"M7"}, id("1^^^A^SS~M7^^^A^MR~M8^^^B^MR"));
        CPPUNIT_ASSERT_EQUAL(std::string{"1"}, id("~1^^^A^PI~2"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, id("\"\"^^^A^MR"));
    }

    void the_legal_name_wins_and_a_maiden_name_is_none() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Eva Legal"},
                             after({{5, "Old^Eva^^^^^M~Plain^Eva~Legal^Eva^^^^^L"}}).name());
        CPPUNIT_ASSERT_EQUAL(std::string{"Eva Plain"},
                             after({{5, "Shown^Eva^^^^^D~Plain^Eva"}}).name());
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna Weber"},
                             after({{5, "Old^Eva^^^^^M~Nick^Eva^^^^^N~Alias^Eva^^^^^A"}}).name());
    }

    void prefixes_of_family_names_stand_in_front_of_them() {
        for (const auto* family : {"van der Meulen", "van der Meulen&van der&Meulen",
                                   "Meulen&van der", "&van der&Meulen", "Meulen&van der&Meulen"})
            CPPUNIT_ASSERT_EQUAL(std::string{"van der Meulen"},
                                 after({{5, std::string{family} + "^Jan"}}).last);
    }

    void given_names_are_joined_and_initials_left_out() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Ana Luisa"}, after({{5, "W^Ana^Luisa^Jr^Dr"}}).first);
        CPPUNIT_ASSERT_EQUAL(std::string{"Ana"}, after({{5, "W^Ana^L."}}).first);
        CPPUNIT_ASSERT_EQUAL(std::string{"Ana"}, after({{5, "W^Ana^\"\""}}).first);
    }

    void birth_dates_may_lack_day_or_month_or_have_a_time() {
        CPPUNIT_ASSERT_EQUAL(std::string{"1971"}, after({{7, "1971"}}).birth_date);
        CPPUNIT_ASSERT_EQUAL(std::string{"1971-05"}, after({{7, "197105"}}).birth_date);
        CPPUNIT_ASSERT_EQUAL(std::string{"1971-05-06"}, after({{7, "197105062359"}}).birth_date);
        CPPUNIT_ASSERT_EQUAL(std::string{"1980-02-29"}, after({{7, "1980"}}).birth_date);
        CPPUNIT_ASSERT_EQUAL(std::string{"the birth date is not a date that exists"},
                             problem_with({{7, "19710532"}}));
    }

    void the_zip_at_home_wins() {
        CPPUNIT_ASSERT_EQUAL(std::string{"66103"},
                             after({{11, "^^^^1^^BA~^^^^2^^M~^^^^66103^^H"}}).postal_code);
        CPPUNIT_ASSERT_EQUAL(std::string{"2"}, after({{11, "^^^^1^^BA~^^^^2"}}).postal_code);
    }

    void an_email_is_found_wherever_versions_put_it() {
        const std::string wanted = "new@mail.example";
        for (const auto* field :
             {"^NET^Internet^new@mail.example", "^NET^^new@mail.example", "new@mail.example",
              "^PRN^PH^^1^913^5550100~^NET^Internet^mailto:new@mail.example",
              "new@mail.example^NET^Internet", "^NET^Internet^\"\"~^NET^Internet^new@mail.example",
              "^NET^Internet^new@mail.example~^NET^Internet^second@mail.example"})
            CPPUNIT_ASSERT_EQUAL(wanted, after({{13, field}}).email);
        CPPUNIT_ASSERT_EQUAL(wanted, after({{40, "^NET^Internet^new@mail.example"}}).email);
        CPPUNIT_ASSERT_EQUAL(wanted,
                             after({{13, "\"\""}, {40, "^NET^Internet^new@mail.example"}}).email);
    }

    void telephone_numbers_alone_leave_the_email() {
        const auto patient = after({{13, "^PRN^PH^^1^913^5550199~555-0111"}});
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@mail.example"}, patient.email);
        CPPUNIT_ASSERT_EQUAL(std::string{"913-5550199"}, patient.phone);
    }

    void languages_become_tags() {
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, after({{15, "spa^Spanish^ISO639"}}).language);
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, after({{15, "17^Spanish^LOCAL"}}).language);
        CPPUNIT_ASSERT_EQUAL(std::string{"es-MX"}, after({{15, "es-MX"}}).language);
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, after({{15, "17^Klingon!^LOCAL"}}).language);
    }

    void death_is_told_by_indicator_or_date() {
        for (const Fields& pid :
             {Fields{{30, "Y"}}, Fields{{29, "20260301"}}, Fields{{29, "20260301"}, {30, "N"}}})
            CPPUNIT_ASSERT(PPO_CHART_DECEASED == after(pid).chart_status);
        CPPUNIT_ASSERT_EQUAL(std::string{"PID-30 is neither Y nor N"},
                             problem_with({{30, "dead"}}));
    }

    void who_is_not_dead_after_all_is_active_and_nobody_else() {
        Patient patient = on_file();
        patient.chart_status = PPO_CHART_DECEASED;
        for (const Fields& pid : {Fields{{30, "N"}}, Fields{{30, "\"\""}}, Fields{{29, "\"\""}}})
            CPPUNIT_ASSERT(PPO_CHART_ACTIVE == after(message(pid), patient).chart_status);
        CPPUNIT_ASSERT(PPO_CHART_DECEASED == after(message({}), patient).chart_status);
        patient.chart_status = PPO_CHART_INACTIVE;
        CPPUNIT_ASSERT(PPO_CHART_INACTIVE == after(message({{30, "N"}}), patient).chart_status);
    }

    void the_primary_provider_wins_over_the_attending_one() {
        const std::string pd1 = "PD1||||77^Vries&de^Eva^M^^Dr.\r";
        const std::string pv1 = segment("PV1", {{7, "9^Other^Otto"}});
        CPPUNIT_ASSERT_EQUAL(std::string{"Dr. Eva de Vries"},
                             after(message({}, pd1 + pv1)).provider);
        CPPUNIT_ASSERT_EQUAL(std::string{"Dr. Katz"}, after(message({}, pv1)).provider);
        Patient nobody = on_file();
        nobody.provider.clear();
        CPPUNIT_ASSERT_EQUAL(std::string{"Otto Other"}, after(message({}, pv1), nobody).provider);
        CPPUNIT_ASSERT_EQUAL(std::string{}, after(message({}, "PD1||||\"\"\r")).provider);
    }

    void what_cannot_be_has_a_sentence_without_its_value() {
        const std::string secret = "SECRET";
        const std::vector<Fields> bad{{{7, secret}},
                                      {{30, secret}},
                                      {{5, "\"\""}},
                                      {{5, "\"\"^\"\""}},
                                      {{3, std::string(65, 'S') + secret}},
                                      {{5, secret + "\\X07\\"}},
                                      {{5, secret + "\\XFF\\"}},
                                      {{13, secret + "@" + std::string(320, 'x')}},
                                      {{13, "555\\XFF\\"}},
                                      {{11, "^^^^" + secret + std::string(32, '1')}}};
        for (const auto& pid : bad) {
            const auto facts = ppo_sim::read_hl7_facts(Hl7Message{message(pid)});
            Patient patient{};
            patient.id = facts.id;
            patient.last = pid.contains(5) ? "" : "Weber";
            const auto problem = facts.problem ? facts.problem
                                               : ppo_sim::put_on_chart(facts, patient);
            CPPUNIT_ASSERT(problem);
            CPPUNIT_ASSERT(problem->sentence.find(secret) == std::string::npos);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7FactsTest);
