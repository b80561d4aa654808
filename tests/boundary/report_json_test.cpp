// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_json.hpp"

#include "ppo/report.h"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class ReportJsonTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportJsonTest);
    CPPUNIT_TEST(row_has_the_columns_in_their_order);
    CPPUNIT_TEST(never_is_null);
    CPPUNIT_TEST(texts_are_escaped);
    CPPUNIT_TEST(no_rows_are_an_empty_list);
    CPPUNIT_TEST_SUITE_END();

    static ReportPage page_of(const ReportRow& row) { return {{row}, "on", "back"}; }

    void row_has_the_columns_in_their_order() {
        ReportRow row;
        row.patient_id = "P1";
        row.last_name = "Winter";
        row.first_name = "Anna";
        row.status = PortalStatus::Invited;
        row.marks.add(Mark::Queued);
        row.chart_status = ChartStatus::Inactive;
        row.last_invited_at = noon;
        CPPUNIT_ASSERT_EQUAL(
            std::string{R"({"rows":[{"last_invited":1795176000000,"name":"Winter, Anna",)"
                        R"("marks":64,"status":3,"chart_status":3,"patient_id":"P1"}],)"
                        R"("next_cursor":"on","previous_cursor":"back"})"},
            page_as_json(page_of(row),
                         {PPO_COLUMN_LAST_INVITED, PPO_COLUMN_NAME, PPO_COLUMN_MARKS,
                          PPO_COLUMN_STATUS, PPO_COLUMN_CHART_STATUS, PPO_COLUMN_PATIENT_ID}));
    }

    void never_is_null() {
        const auto json = page_as_json(page_of({}),
                                       {PPO_COLUMN_LAST_SIGNED_IN, PPO_COLUMN_NEXT_APPOINTMENT});
        CPPUNIT_ASSERT(json.find(R"({"last_signed_in":null,"next_appointment":null})") !=
                       std::string::npos);
    }

    void texts_are_escaped() {
        ReportRow row;
        row.email = "a\"b\\\n\xC3\xA9";
        row.provider = "Dr";
        const auto json = page_as_json(page_of(row), {PPO_COLUMN_EMAIL, PPO_COLUMN_PROVIDER});
        CPPUNIT_ASSERT(json.find("{\"email\":\"a\\\"b\\\\\\n\xC3\xA9\",\"provider\":\"Dr\"}") !=
                       std::string::npos);
    }

    void no_rows_are_an_empty_list() {
        CPPUNIT_ASSERT_EQUAL(std::string{R"({"rows":[],"next_cursor":"","previous_cursor":""})"},
                             page_as_json({}, {PPO_COLUMN_NAME}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportJsonTest);
