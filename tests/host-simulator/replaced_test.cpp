// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"

#include <cppunit/extensions/HelperMacros.h>

namespace {
using ppo_sim::Import;
using ppo_sim::Patient;

std::string weber(const std::string& id, const std::string& members = R"("active":true)") {
    return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"Weber"}],)" +
           members + "}";
}

Import read(const std::string& content) {
    return ppo_sim::read_fhir_patients(
        content, [](const std::string&) { return Patient{}; }, "2026-03-02");
}

Patient only(const Import& import) {
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.patients.size());
    return import.patients.front();
}
}  // namespace

class ReplacedTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReplacedTest);
    CPPUNIT_TEST(who_is_replaced_by_somebody_on_file_is_merged);
    CPPUNIT_TEST(who_was_never_on_file_is_passed_over);
    CPPUNIT_TEST(a_row_of_replacements_leads_to_its_end);
    CPPUNIT_TEST(a_circle_is_refused);
    CPPUNIT_TEST(who_is_replaced_by_a_stranger_is_made_inactive);
    CPPUNIT_TEST(references_within_a_bundle_are_followed);
    CPPUNIT_TEST(other_kinds_of_link_change_nothing);
    CPPUNIT_TEST(an_older_list_brings_no_merged_chart_back);
    CPPUNIT_TEST_SUITE_END();

    ppo_sim::PatientDirectory directory_{};

    void on_file(const std::string& id) {
        Patient patient{};
        patient.id = id;
        patient.last = "Weber";
        CPPUNIT_ASSERT(directory_.add(patient));
    }

    static std::string replaced(const std::string& id, const std::string& reference) {
        return weber(
            id, R"("link":[{"type":"replaced-by","other":{"reference":")" + reference + R"("}}])");
    }

    ppo_sim::Settled settle(Import& import) {
        const auto settled = ppo_sim::settle_replaced(import, directory_);
        CPPUNIT_ASSERT_EQUAL(
            import.read, import.patients.size() + import.replaced.size() + import.refused.size());
        return settled;
    }

    ppo_sim::Settled settle(const std::string& content) {
        auto import = read(content);
        return settle(import);
    }

    using Merges = std::vector<std::pair<std::string, std::string>>;

    void who_is_replaced_by_somebody_on_file_is_merged() {
        on_file("P1");
        on_file("P2");
        CPPUNIT_ASSERT(
            (Merges{{"P1", "P2"}}) ==
            settle(replaced("P1", "https://ehr.example/fhir/Patient/P2/_history/3")).merges);
    }

    void who_was_never_on_file_is_passed_over() {
        const auto settled = settle(replaced("P1", "Patient/P2") + "\n" + weber("P2"));
        CPPUNIT_ASSERT(settled.merges.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, settled.passed_over);
    }

    void a_row_of_replacements_leads_to_its_end() {
        on_file("P1");
        on_file("P2");
        const auto settled = settle(replaced("P1", "Patient/P2") + "\n" +
                                    replaced("P2", "Patient/P3") + "\n" + weber("P3"));
        CPPUNIT_ASSERT((Merges{{"P1", "P3"}, {"P2", "P3"}}) == settled.merges);
    }

    void a_circle_is_refused() {
        on_file("P1");
        on_file("P2");
        auto import = read(replaced("P1", "Patient/P2") + "\n" + replaced("P2", "Patient/P1"));
        CPPUNIT_ASSERT(settle(import).merges.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.refused.size());
        CPPUNIT_ASSERT(settle(replaced("P1", "Patient/P1")).merges.empty());
    }

    void who_is_replaced_by_a_stranger_is_made_inactive() {
        on_file("P1");
        for (const std::string reference : {"Patient/P9", "#contained", "Group/P9", ""}) {
            auto import = read(replaced("P1", reference));
            CPPUNIT_ASSERT(settle(import).merges.empty());
            CPPUNIT_ASSERT(PPO_CHART_INACTIVE == only(import).chart_status);
        }
    }

    void references_within_a_bundle_are_followed() {
        on_file("P1");
        const auto settled = settle(R"({"resourceType":"Bundle","type":"transaction","entry":[)"
                                    R"({"fullUrl":"urn:uuid:1","resource":)" +
                                    replaced("P1", "urn:uuid:2") +
                                    R"(},{"fullUrl":"urn:uuid:2","resource":)" + weber("P2") +
                                    "}]}");
        CPPUNIT_ASSERT((Merges{{"P1", "P2"}}) == settled.merges);
    }

    void other_kinds_of_link_change_nothing() {
        const auto import = read(weber("P1", R"("link":[
            {"type":"replaces","other":{"reference":"Patient/P2"}},
            {"type":"seealso","other":{"reference":"Patient/P3"}},
            {"type":"refer","other":{"reference":"Patient/P4"}}])"));
        CPPUNIT_ASSERT_EQUAL(std::string{"P1"}, only(import).id);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3},
                             import.notes.at("link of another kind than replaced-by was left out"));
    }

    void an_older_list_brings_no_merged_chart_back() {
        on_file("P1");
        on_file("P2");
        CPPUNIT_ASSERT(directory_.merge("P1", "P2"));
        auto import = read(weber("P1") + "\n" + weber("P2"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, settle(import).passed_over);
        CPPUNIT_ASSERT_EQUAL(std::string{"P2"}, only(import).id);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReplacedTest);
