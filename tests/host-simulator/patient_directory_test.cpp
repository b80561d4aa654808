// SPDX-License-Identifier: Apache-2.0
#include "host/patient_directory.hpp"
#include "host/answer.hpp"
#include "host/dates.hpp"
#include "scenario/world.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>

namespace {
using ppo_sim::Patient;
using ppo_sim::PatientDirectory;

Patient anna() {
    Patient patient{};
    patient.id = "P1";
    patient.first = "Anna \"A\"";
    patient.last = "Núñez";
    patient.tags = {"new", "diabetes"};
    patient.chart_status = PPO_CHART_PROSPECTIVE;
    patient.next_appointment = 1'777'887'000'000;
    patient.opted_out = true;
    return patient;
}
}  // namespace

class PatientDirectoryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PatientDirectoryTest);
    CPPUNIT_TEST(a_patient_comes_back_from_the_file_as_it_was);
    CPPUNIT_TEST(a_removed_patient_stays_removed);
    CPPUNIT_TEST(a_line_that_a_crash_cut_off_is_dropped);
    CPPUNIT_TEST(a_last_line_that_somebody_wrote_without_its_end_is_kept);
    CPPUNIT_TEST(what_another_process_changes_is_seen_at_once);
    CPPUNIT_TEST(changes_of_two_processes_are_all_there_in_both);
    CPPUNIT_TEST(half_a_line_of_another_process_waits_for_its_end);
    CPPUNIT_TEST(a_damaged_line_in_the_middle_is_named);
    CPPUNIT_TEST(a_change_that_cannot_be_changes_nothing);
    CPPUNIT_TEST(the_listener_hears_of_changes_after_they_are_stored);
    CPPUNIT_TEST(patients_come_in_the_order_of_their_ids);
    CPPUNIT_TEST(the_list_searches_and_pages);
    CPPUNIT_TEST(days_that_do_not_exist_are_no_dates);
    CPPUNIT_TEST(a_birth_date_without_day_is_kept_and_not_handed_over);
    CPPUNIT_TEST(where_a_merged_chart_went_is_remembered);
    CPPUNIT_TEST(a_row_of_merges_ends_where_the_chart_is);
    CPPUNIT_TEST(a_chart_that_is_added_again_was_never_gone);
    CPPUNIT_TEST(an_update_adds_changes_or_leaves_a_chart_and_tells_nobody);
    CPPUNIT_TEST_SUITE_END();

    ppo_sim::TemporaryFolder folder_{};
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "patients.jsonl"; }

    void a_patient_comes_back_from_the_file_as_it_was() {
        CPPUNIT_ASSERT(PatientDirectory{file()}.add(anna()));
        CPPUNIT_ASSERT(anna() == PatientDirectory{file()}.find("P1"));
    }

    void a_removed_patient_stays_removed() {
        PatientDirectory directory{file()};
        CPPUNIT_ASSERT(directory.add(anna()) && directory.remove("P1"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, PatientDirectory{file()}.size());
    }

    void a_line_that_a_crash_cut_off_is_dropped() {
        CPPUNIT_ASSERT(PatientDirectory{file()}.add(anna()));
        std::ofstream{file(), std::ios::app} << "{\"id\":\"P2\",\"fir";
        Patient third = anna();
        third.id = "P3";
        CPPUNIT_ASSERT(PatientDirectory{file()}.add(third));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, PatientDirectory{file()}.size());
    }

    void a_last_line_that_somebody_wrote_without_its_end_is_kept() {
        std::ofstream{file()} << "{\"id\":\"P2\"}";
        PatientDirectory directory{file()};
        CPPUNIT_ASSERT(directory.add(anna()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, PatientDirectory{file()}.size());
    }

    void what_another_process_changes_is_seen_at_once() {
        PatientDirectory mine{file()};
        PatientDirectory theirs{file()};
        CPPUNIT_ASSERT(theirs.add(anna()));
        CPPUNIT_ASSERT(anna() == mine.find("P1"));
        CPPUNIT_ASSERT(!theirs.change("P1", "email", "a@b.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{"a@b.example"}, mine.find("P1")->email);
        CPPUNIT_ASSERT(theirs.remove("P1"));
        CPPUNIT_ASSERT(!mine.find("P1") && mine.all().empty());
    }

    void changes_of_two_processes_are_all_there_in_both() {
        PatientDirectory mine{file()};
        PatientDirectory theirs{file()};
        for (int i = 0; i < 10; ++i) {
            Patient patient{};
            patient.id = "P" + std::to_string(i);
            CPPUNIT_ASSERT((i % 2 == 0 ? mine : theirs).add(patient));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, mine.size());
        CPPUNIT_ASSERT(mine.all() == theirs.all());
        CPPUNIT_ASSERT(!mine.add(theirs.all().back()));
    }

    void half_a_line_of_another_process_waits_for_its_end() {
        const PatientDirectory directory{file()};
        std::ofstream other{file(), std::ios::app};
        other << "{\"id\":\"P2\",\"fir" << std::flush;
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, directory.size());
        other << "st\":\"Bruno\"}\n" << std::flush;
        CPPUNIT_ASSERT_EQUAL(std::string{"Bruno"}, directory.find("P2").value().first);
    }

    void a_damaged_line_in_the_middle_is_named() {
        std::ofstream{file()} << "{\"id\":\"P2\",\"fir\n{\"id\":\"P3\"}\n";
        try {
            const PatientDirectory directory{file()};
            CPPUNIT_FAIL("read a damaged file");
        } catch (const std::runtime_error& failure) {
            CPPUNIT_ASSERT(std::string{failure.what()}.find("line 1") != std::string::npos);
        }
    }

    void a_change_that_cannot_be_changes_nothing() {
        PatientDirectory directory;
        CPPUNIT_ASSERT(directory.add(anna()));
        CPPUNIT_ASSERT(directory.change("P1", "born", "1980-02-30").has_value());
        CPPUNIT_ASSERT(directory.change("P1", "shoe_size", "38").has_value());
        CPPUNIT_ASSERT(anna() == directory.find("P1"));
    }

    void the_listener_hears_of_changes_after_they_are_stored() {
        PatientDirectory directory;
        std::string heard;
        directory.listen([&](const ppo_sim::DirectoryEvent& event) {
            heard = directory.find(event.patient_id).value_or(Patient{}).email;
        });
        CPPUNIT_ASSERT(directory.add(anna()));
        CPPUNIT_ASSERT(!directory.change("P1", "email", "a@b.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{"a@b.example"}, heard);
    }

    void patients_come_in_the_order_of_their_ids() {
        PatientDirectory directory;
        for (const char* id : {"P3", "P1", "P2"}) {
            Patient patient{};
            patient.id = id;
            CPPUNIT_ASSERT(directory.add(patient));
        }
        std::string order;
        directory.each([&](const Patient& patient) {
            order += patient.id;
            return true;
        });
        CPPUNIT_ASSERT_EQUAL(std::string{"P1P2P3"}, order);
    }

    void the_list_searches_and_pages() {
        PatientDirectory directory;
        for (const char* id : {"A1", "A2", "A3", "B1"}) {
            Patient patient{};
            patient.id = id;
            CPPUNIT_ASSERT(directory.add(patient));
        }
        std::size_t found = 0;
        const auto page = directory.list("a", 1, 1, found);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, found);
        CPPUNIT_ASSERT_EQUAL(std::string{"A2"}, page.at(0).id);
    }

    void days_that_do_not_exist_are_no_dates() {
        CPPUNIT_ASSERT(!ppo_sim::read_date("2023-02-29"));
        CPPUNIT_ASSERT(!ppo_sim::read_date("1980-1-1"));
        CPPUNIT_ASSERT(ppo_sim::read_date("2024-02-29").has_value());
    }

    void a_birth_date_without_day_is_kept_and_not_handed_over() {
        for (const std::string born : {"1980", "1980-02", "1980-02-29"}) {
            Patient patient = anna();
            CPPUNIT_ASSERT(!ppo_sim::set_field(patient, "born", born));
            CPPUNIT_ASSERT_EQUAL(born, ppo_sim::get_field(patient, "born"));
            std::string handed_over;
            ppo_sim::with_abi_patient(patient, [&](const ppo_patient& out) {
                handed_over = ppo_sim::copy(out.birth_date);
            });
            CPPUNIT_ASSERT_EQUAL(born.size() == 10 ? born : std::string{}, handed_over);
        }
        Patient patient{};
        for (const std::string born : {"198", "19801", "1980-00", "1980-13", "1980-2", "0000"})
            CPPUNIT_ASSERT(ppo_sim::set_field(patient, "born", born));
    }

    static Patient named(const std::string& id) {
        Patient patient = anna();
        patient.id = id;
        return patient;
    }

    void where_a_merged_chart_went_is_remembered() {
        PatientDirectory directory{file()};
        for (const auto* id : {"P1", "P2", "P3"}) CPPUNIT_ASSERT(directory.add(named(id)));
        CPPUNIT_ASSERT(directory.merge("P1", "P2") && directory.remove("P3"));
        const PatientDirectory again{file()};
        CPPUNIT_ASSERT(std::string{"P2"} == again.merged_into("P1"));
        CPPUNIT_ASSERT(!again.merged_into("P2") && !again.merged_into("P3"));
        CPPUNIT_ASSERT(again.was_removed("P3") && !again.was_removed("P1"));
    }

    void a_row_of_merges_ends_where_the_chart_is() {
        PatientDirectory directory{};
        for (const auto* id : {"P1", "P2", "P3"}) CPPUNIT_ASSERT(directory.add(named(id)));
        CPPUNIT_ASSERT(directory.merge("P1", "P2") && directory.merge("P2", "P3"));
        CPPUNIT_ASSERT_EQUAL(std::string{"P3"}, directory.survivor_of("P1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"P9"}, directory.survivor_of("P9"));
        CPPUNIT_ASSERT((std::vector<std::pair<std::string, std::string>>{
                           {"P1", "P2"}, {"P2", "P3"}}) == directory.merges());
    }

    void a_chart_that_is_added_again_was_never_gone() {
        PatientDirectory directory{file()};
        for (const auto* id : {"P1", "P2"}) CPPUNIT_ASSERT(directory.add(named(id)));
        CPPUNIT_ASSERT(directory.merge("P1", "P2") && directory.add(named("P1")));
        CPPUNIT_ASSERT(!directory.merged_into("P1") && directory.merges().empty());
        CPPUNIT_ASSERT(directory.merge("P2", "P1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"P1"}, PatientDirectory{file()}.survivor_of("P2"));
    }

    void an_update_adds_changes_or_leaves_a_chart_and_tells_nobody() {
        PatientDirectory directory{file()};
        int told = 0;
        directory.listen([&](const ppo_sim::DirectoryEvent&) { ++told; });
        directory.update("P1", [](Patient& patient) {
            patient.last = "New";
            return true;
        });
        directory.update("P1", [](Patient& patient) {
            patient.last = "Never";
            return false;
        });
        CPPUNIT_ASSERT_EQUAL(std::string{"New"}, PatientDirectory{file()}.find("P1")->last);
        CPPUNIT_ASSERT_EQUAL(0, told);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PatientDirectoryTest);
