// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_json.hpp"

#include "ppo/report.h"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <optional>

using namespace ppo;

class ReportJsonTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportJsonTest);
    CPPUNIT_TEST(row_has_the_columns_in_their_order);
    CPPUNIT_TEST(never_is_null);
    CPPUNIT_TEST(texts_are_escaped);
    CPPUNIT_TEST(no_rows_are_an_empty_list);
    CPPUNIT_TEST(read_json_gives_a_page_and_how_to_go_on);
    CPPUNIT_TEST(read_json_refuses_a_cursor_of_another_query);
    CPPUNIT_TEST(read_json_gives_no_more_than_a_thousand_rows);
    CPPUNIT_TEST_SUITE_END();

    std::optional<LivePlugin> live_{};
    ppo_report_query query_ = fresh<ppo_report_query>();

public:
    void setUp() override { live_.emplace(); }
    void tearDown() override { live_.reset(); }

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

    std::string read_json() {
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::report().read_json(live_->self, &live_->caller, &query_, text, nullptr));
        return text.text;
    }

    void read_json_gives_a_page_and_how_to_go_on() {
        const std::array<std::uint32_t, 2> columns{PPO_COLUMN_PATIENT_ID, PPO_COLUMN_STATUS};
        query_.columns = columns.data();
        query_.column_count = columns.size();
        query_.limit = 1;
        const auto first = read_json();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                             first.find(R"({"rows":[{"patient_id":"P002","status":1}],)"));
        const std::string key = R"("next_cursor":")";
        const auto from = first.find(key) + key.size();
        const auto cursor = first.substr(from, first.find('"', from) - from);
        query_.cursor = to_text(cursor);
        const auto second = read_json();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, second.find(R"({"rows":[{"patient_id":"P001",)"));
        CPPUNIT_ASSERT(second.find(R"("next_cursor":"",)") != std::string::npos);
    }

    void read_json_refuses_a_cursor_of_another_query() {
        query_.cursor = to_text("bm8gY3Vyc29y");
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_REFUSED_STALE_CURSOR},
            LivePlugin::report().read_json(live_->self, &live_->caller, &query_, text, nullptr));
        CPPUNIT_ASSERT(text.text.empty());
    }

    void read_json_gives_no_more_than_a_thousand_rows() {
        query_.limit = 1001;
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_VALUE},
            LivePlugin::report().read_json(live_->self, &live_->caller, &query_, text, nullptr));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportJsonTest);
