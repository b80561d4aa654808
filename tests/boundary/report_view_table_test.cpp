// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"
#include "boundary/report_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// The rows of the report, their order, and what a click on a cell does.
class ReportViewTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportViewTableTest);
    CPPUNIT_TEST(a_missing_email_cannot_be_clicked);
    CPPUNIT_TEST(a_click_on_the_name_opens_the_tab);
    CPPUNIT_TEST(shows_the_marks_of_a_row);
    CPPUNIT_TEST(offers_to_disable_where_the_chart_is_closed_but_the_flag_is_on);
    CPPUNIT_TEST(says_so_when_nobody_matches);
    CPPUNIT_TEST(sorts_up_and_down);
    CPPUNIT_TEST(sorts_by_known_columns_only);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        view_.emplace(*live_, "onboarding.report", "");
    }

    void tearDown() override {
        view_.reset();
        live_.reset();
    }

    void a_missing_email_cannot_be_clicked() {
        live_->host.patients.at(0).email.clear();
        live_->restart();
        const OpenView report{*live_, "onboarding.report", ""};
        const auto view = report.look();
        CPPUNIT_ASSERT(!view.cell("P001", "email").HasMember("action"));
        const std::vector<std::string> expected{"no_email"};
        CPPUNIT_ASSERT(expected == ViewReader::marks_in(view.cell("P001", "marks")));
    }

    void a_click_on_the_name_opens_the_tab() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, click("P001", "name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"3"}, view_->kinds());
        CPPUNIT_ASSERT_EQUAL(std::string{"patient-portal.tab"}, view_->effects.at(0).target);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, view_->effects.at(0).text);
    }

    void shows_the_marks_of_a_row() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, click("P001", "email"));
        const auto view = view_->look();
        const std::vector<std::string> expected{"queued"};
        CPPUNIT_ASSERT(expected == ViewReader::marks_in(view.cell("P001", "marks")));
    }

    void offers_to_disable_where_the_chart_is_closed_but_the_flag_is_on() {
        live_->enable("P001");
        live_->host.patients.at(0).chart_status = ChartStatus::Inactive;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"red"}, colour("P001"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"disable"},
                             std::string{view.cell("P001", "status")["action"]["id"].GetString()});
    }

    void says_so_when_nobody_matches() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "nobody at all"));
        const auto view = view_->look();
        CPPUNIT_ASSERT(view.row_ids().empty());
        CPPUNIT_ASSERT_EQUAL(std::string{"0 patients"},
                             std::string{view.element("patients")["page"].GetString()});
    }

    void sorts_up_and_down() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(column(view_->look(), "name")["action"]));
        const std::vector<std::string> down{"P001", "P002"};
        CPPUNIT_ASSERT(down == view_->look().row_ids());
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"descending"},
                             std::string{column(view, "name")["sorted"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"none"},
                             std::string{column(view, "status")["sorted"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(column(view, "next_appointment")["action"]));
        const std::vector<std::string> by_appointment{"P002", "P001"};
        CPPUNIT_ASSERT(by_appointment == view_->look().row_ids());
    }

    void sorts_by_known_columns_only() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, view_->invoke("sort", "email:up"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, view_->invoke("sort", ""));
    }

private:
    [[nodiscard]] std::string colour(const std::string& patient_id) const {
        const auto view = view_->look();
        return view.cell(patient_id, "status")["status"]["colour"].GetString();
    }
    ppo_result click(const std::string& patient_id, const std::string& column) {
        const auto view = view_->look();
        return view_->click(view.cell(patient_id, column)["action"]);
    }
    static const rapidjson::Value& column(const ViewReader& view, const std::string& id) {
        for (const auto& one : view.element("patients")["columns"].GetArray())
            if (one["id"].GetString() == id) return one;
        throw std::runtime_error{"no column " + id};
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportViewTableTest);
