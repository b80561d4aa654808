// SPDX-License-Identifier: Apache-2.0
#include "onboarding/patients_seen.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo;

class PatientsSeenTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PatientsSeenTest);
    CPPUNIT_TEST(has_whom_it_has_seen);
    CPPUNIT_TEST(has_nobody_else);
    CPPUNIT_TEST(has_nobody_at_the_start);
    CPPUNIT_TEST_SUITE_END();

    PatientsSeen seen_{};

    void see_ten_thousand() {
        for (int i = 0; i < 10'000; ++i) seen_.add("P" + std::to_string(i * 7 % 10'000));
        seen_.sort();
    }

    void has_whom_it_has_seen() {
        see_ten_thousand();
        for (int i = 0; i < 10'000; ++i) CPPUNIT_ASSERT(seen_.has("P" + std::to_string(i)));
    }

    void has_nobody_else() {
        see_ten_thousand();
        for (int i = 10'000; i < 20'000; ++i) CPPUNIT_ASSERT(!seen_.has("P" + std::to_string(i)));
        CPPUNIT_ASSERT(!seen_.has(""));
    }

    void has_nobody_at_the_start() { CPPUNIT_ASSERT(!seen_.has("P1")); }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PatientsSeenTest);
