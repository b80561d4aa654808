// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_fault.hpp"

#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <utility>

using namespace ppo;

class PostgresFaultTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PostgresFaultTest);
    CPPUNIT_TEST(each_state_says_what_is_to_be_done);
    CPPUNIT_TEST(whole_state_counts_before_its_class);
    CPPUNIT_TEST(unknown_state_is_a_failure_that_names_it);
    CPPUNIT_TEST_SUITE_END();

public:
    void each_state_says_what_is_to_be_done() {
        using Kind = StoreFault::Kind;
        constexpr std::array<std::pair<std::string_view, Kind>, 13> expected{
            {{"25006", Kind::ReadOnly},
             {"40001", Kind::Conflict},
             {"40P01", Kind::Conflict},
             {"55P03", Kind::Busy},
             {"57014", Kind::Busy},
             {"57P01", Kind::Lost},
             {"08006", Kind::Lost},
             {"53100", Kind::Full},
             {"42501", Kind::Unreadable},
             {"28P01", Kind::Unreadable},
             {"3D000", Kind::Unreadable},
             {"XX001", Kind::Damaged},
             {"23505", Kind::Failed}}};
        for (const auto& [state, kind] : expected)
            CPPUNIT_ASSERT_EQUAL(kind, postgres_fault(state).kind());
    }
    void whole_state_counts_before_its_class() {
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Full, postgres_fault("53100").kind());
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Busy, postgres_fault("53400").kind());
    }
    void unknown_state_is_a_failure_that_names_it() {
        const auto fault = postgres_fault("22P02");
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Failed, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("22P02") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PostgresFaultTest);
