// SPDX-License-Identifier: Apache-2.0
#include "onboarding/patients.hpp"
#include "store/audit_table.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace ppo;

/// What those who take a changed chart over are told of it: the host of sessions, readers of the
/// record.
class PatientsToldTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PatientsToldTest);
    CPPUNIT_TEST(closed_chart_ends_sessions);
    CPPUNIT_TEST(changed_email_ends_sessions);
    CPPUNIT_TEST(other_news_end_no_session);
    CPPUNIT_TEST(reading_many_names_those_whose_sessions_end);
    CPPUNIT_TEST(coming_back_is_recorded_with_the_patient);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    bool ends_sessions(const Patient& patient) {
        return take_patient(store_, patient, noon).sessions_end;
    }
    static Patient closed(Patient patient) {
        patient.chart_status = ChartStatus::Inactive;
        return patient;
    }
    static Patient moved(Patient patient) {
        patient.email = "new@example.org";
        return patient;
    }

public:
    void setUp() override {
        store_.add(anna("P001"));
        store_.add(bruno("P002"));
    }

    void closed_chart_ends_sessions() { CPPUNIT_ASSERT(ends_sessions(closed(anna()))); }

    void changed_email_ends_sessions() { CPPUNIT_ASSERT(ends_sessions(moved(anna()))); }

    void other_news_end_no_session() {
        auto married = anna();
        married.last_name = "Summer";
        CPPUNIT_ASSERT(!ends_sessions(married));
    }

    void reading_many_names_those_whose_sessions_end() {
        const std::vector<std::string> expected{"P001", "P002"};
        CPPUNIT_ASSERT(expected == take_patients(store_, {moved(anna()), closed(bruno())}, noon));
    }

    void coming_back_is_recorded_with_the_patient() {
        CPPUNIT_ASSERT(remove_patient(store_, "P001", noon));
        static_cast<void>(take_patients(store_, {anna(), bruno()}, noon));
        const auto entries = store_.ask([](Connection& c) { return read_audit(c, 0, "P001", 10); });
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1},
                             std::count_if(entries.begin(), entries.end(), [](const auto& entry) {
                                 return entry.action == "patient_returned";
                             }));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PatientsToldTest);
