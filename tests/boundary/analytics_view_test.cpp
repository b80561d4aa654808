// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_view.hpp"

#include "boundary/open_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class AnalyticsViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnalyticsViewTest);
    CPPUNIT_TEST(is_reached_from_the_report_and_leads_back);
    CPPUNIT_TEST(draws_the_funnel_with_its_numbers);
    CPPUNIT_TEST(says_how_long_each_step_takes);
    CPPUNIT_TEST(draws_the_weeks_up_to_this_one);
    CPPUNIT_TEST(shows_groups_side_by_side_when_asked);
    CPPUNIT_TEST(looks_only_at_those_of_the_filters);
    CPPUNIT_TEST(fits_the_schema_whatever_is_chosen);
    CPPUNIT_TEST(knows_no_other_field_or_action);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        view_.emplace(*live_, analytics_view_id, "");
    }
    void tearDown() override {
        view_.reset();
        live_.reset();
    }

    void is_reached_from_the_report_and_leads_back() {
        OpenView report{*live_, "onboarding.report", ""};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report.click(report.look().action("analytics")));
        CPPUNIT_ASSERT_EQUAL(std::string{"3"}, report.kinds());
        CPPUNIT_ASSERT_EQUAL(std::string{analytics_view_id}, report.effects.at(0).target);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action("report")));
        CPPUNIT_ASSERT_EQUAL(std::string{"3 onboarding.report"},
                             view_->kinds() + " " + view_->effects.at(0).target);
    }

    void draws_the_funnel_with_its_numbers() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        const auto view = view_->look();
        const auto& chart = view.element("funnel");
        CPPUNIT_ASSERT_EQUAL(std::string{"chart"}, std::string{chart["kind"].GetString()});
        CPPUNIT_ASSERT_EQUAL(
            std::string{"2 patients: 1 enabled, 1 invited, 1 set up, 0 signed in."},
            std::string{chart["text"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"2,1,1,1,0,"}, values(chart, 0));
        CPPUNIT_ASSERT_EQUAL(chart["categories"].Size(), chart["series"][0]["values"].Size());
    }

    void says_how_long_each_step_takes() {
        live_->enable("P001");
        live_->advance(std::chrono::hours{36});
        static_cast<void>(live_->invited("P001"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"1.5 days"}, cell(view, "stretches", 0, 1));
        CPPUNIT_ASSERT_EQUAL(std::string{"nobody yet"}, cell(view, "stretches", 1, 1));
    }

    void draws_the_weeks_up_to_this_one() {
        live_->enable("P001");
        const auto view = view_->look();
        const auto& chart = view.element("trend");
        CPPUNIT_ASSERT_EQUAL(rapidjson::SizeType{12}, chart["categories"].Size());
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W47"},
                             std::string{chart["categories"][11].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"0,0,0,0,0,0,0,0,0,0,0,1,"}, values(chart, 0));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("weeks", "52"));
        const auto longer = view_->look();
        CPPUNIT_ASSERT_EQUAL(rapidjson::SizeType{52}, longer.element("trend")["categories"].Size());
    }

    void shows_groups_side_by_side_when_asked() {
        CPPUNIT_ASSERT(!view_->look().has_element("groups"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("group_by", "provider"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("show"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Dr. Reed"}, cell(view, "groups", 0, 0));
        CPPUNIT_ASSERT_EQUAL(std::string{"Dr. Stone"}, cell(view, "groups", 1, 0));
        CPPUNIT_ASSERT_EQUAL(std::string{"1"}, cell(view, "groups", 1, 1));
    }

    void looks_only_at_those_of_the_filters() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("provider", "Dr. Reed"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"1,0,0,0,0,"}, values(view.element("funnel"), 0));
    }

    void fits_the_schema_whatever_is_chosen() {
        for (const auto* by : {"", "provider", "tag", "week", "nonsense"})
            for (const auto* weeks : {"12", "26", "52", "nonsense"}) {
                CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("group_by", by));
                CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("weeks", weeks));
                CPPUNIT_ASSERT_EQUAL(std::string{}, view_->look().schema_trouble());
            }
    }

    void knows_no_other_field_or_action() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, view_->edit("status", "red"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, view_->invoke("save_csv"));
    }

private:
    static std::string values(const rapidjson::Value& chart, rapidjson::SizeType series) {
        std::string all;
        for (const auto& value : chart["series"][series]["values"].GetArray())
            all += std::to_string(value.GetInt64()) + ",";
        return all;
    }
    static std::string cell(const ViewReader& view, const std::string& table,
                            rapidjson::SizeType row, rapidjson::SizeType column) {
        return view.element(table)["rows"][row]["cells"][column]["text"].GetString();
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(AnalyticsViewTest);
