// SPDX-License-Identifier: Apache-2.0
#include "host/patient_directory.hpp"
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
    CPPUNIT_TEST(a_damaged_line_in_the_middle_is_named);
    CPPUNIT_TEST(a_change_that_cannot_be_changes_nothing);
    CPPUNIT_TEST(the_listener_hears_of_changes_after_they_are_stored);
    CPPUNIT_TEST(patients_come_in_the_order_of_their_ids);
    CPPUNIT_TEST(the_list_searches_and_pages);
    CPPUNIT_TEST(days_that_do_not_exist_are_no_dates);
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
};
CPPUNIT_TEST_SUITE_REGISTRATION(PatientDirectoryTest);
