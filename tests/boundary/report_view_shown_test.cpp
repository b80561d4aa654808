// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"
#include "boundary/report_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// The filters in use, counts that are filters, and what stands where there are no rows.
class ReportViewShownTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportViewShownTest);
    CPPUNIT_TEST(says_how_many_there_are);
    CPPUNIT_TEST(names_each_filter_in_use);
    CPPUNIT_TEST(a_click_takes_one_filter_away);
    CPPUNIT_TEST(what_filters_nothing_is_not_in_use);
    CPPUNIT_TEST(a_count_is_a_filter_and_takes_it_back);
    CPPUNIT_TEST(leads_out_of_filters_that_match_nobody);
    CPPUNIT_TEST(says_so_where_there_are_no_patients_and_looks_again);
    CPPUNIT_TEST(leads_back_from_a_page_that_everybody_has_left);
    CPPUNIT_TEST(welcomes_a_practice_in_which_nobody_has_access);
    CPPUNIT_TEST(the_welcome_stays_while_the_view_is_open);
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

    void says_how_many_there_are() {
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT_EQUAL(std::string{"All 2 patients"},
                             std::string{view.element("shown")["text"].GetString()});
        CPPUNIT_ASSERT(!view.has_action("clear"));
    }

    void names_each_filter_in_use() {
        type("search", "anna");
        type("status", "red");
        type("mark", "no_zip");
        type("tag", "diabetes");
        type("access_enabled", "no");
        type("appointment_after", "2026-11-30");
        CPPUNIT_ASSERT_EQUAL(std::string{}, view_->look().schema_trouble());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Search: anna|Portal status: Not enabled|Mark: no ZIP|Tag: diabetes|"
                        "Access enabled: No|Next appointment from: 2026-11-30|"},
            used());
    }

    void a_click_takes_one_filter_away() {
        type("search", "anna");
        type("tag", "diabetes");
        const auto view = view_->look();
        const auto& first = view.element("shown")["items"][0];
        type(first["field"].GetString(), first["value"].GetString());
        CPPUNIT_ASSERT_EQUAL(std::string{"Tag: diabetes|"}, used());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action("clear")));
        CPPUNIT_ASSERT_EQUAL(std::string{}, used());
    }

    void what_filters_nothing_is_not_in_use() {
        type("status", "blue");
        type("mark", "purple");
        type("appointment_before", "some day");
        CPPUNIT_ASSERT_EQUAL(std::string{}, used());
    }

    void a_count_is_a_filter_and_takes_it_back() {
        live_->enable("P001");
        const auto set = [this] {
            const auto view = view_->look();
            const auto& setter = view.element("by_status")["items"][1]["set"];
            type(setter["field"].GetString(), setter["value"].GetString());
        };
        set();
        const std::vector<std::string> gray{"P001"};
        CPPUNIT_ASSERT(gray == view_->look().row_ids());
        const auto view = view_->look();
        CPPUNIT_ASSERT(view.element("by_status")["items"][1]["set"]["pressed"].GetBool());
        set();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, view_->look().row_ids().size());
    }

    void leads_out_of_filters_that_match_nobody() {
        type("search", "nobody at all");
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody matches these filters."}, empty());
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view.element("patients")["empty_action"]));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, view_->look().row_ids().size());
    }

    void says_so_where_there_are_no_patients_and_looks_again() {
        for (const std::string gone : {"P001", "P002"})
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_removed(
                                                         live_->self, to_text(gone), nullptr));
        CPPUNIT_ASSERT(empty().find("There are no patients yet.") == 0);
        CPPUNIT_ASSERT(view_->look().document().HasMember("refresh_after_ms"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, view_->look().schema_trouble());
        type("search", "anna");
        CPPUNIT_ASSERT(!view_->look().document().HasMember("refresh_after_ms"));
    }

    void leads_back_from_a_page_that_everybody_has_left() {
        for (int i = 0; i < 51; ++i) live_->host.patients.push_back(anna("M" + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
        const auto first = view_->look();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(first.element("patients")["next"]));
        for (const auto& last : view_->look().row_ids())
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_removed(
                                                         live_->self, to_text(last), nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody is left on this page."}, empty());
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view.element("patients")["empty_action"]));
        CPPUNIT_ASSERT_EQUAL(std::size_t{50}, view_->look().row_ids().size());
    }

    void welcomes_a_practice_in_which_nobody_has_access() {
        CPPUNIT_ASSERT(welcomes(*view_));
        live_->enable("P001");
        const OpenView later{*live_, "onboarding.report", ""};
        CPPUNIT_ASSERT(!welcomes(later));
    }

    void the_welcome_stays_while_the_view_is_open() {
        CPPUNIT_ASSERT(welcomes(*view_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("enable", "P001"));
        CPPUNIT_ASSERT(welcomes(*view_));
    }

private:
    void type(const std::string& field, const std::string& value) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit(field, value));
    }
    [[nodiscard]] std::string used() const {
        const auto view = view_->look();
        std::string all;
        for (const auto& one : view.element("shown")["items"].GetArray())
            all += std::string{one["label"].GetString()} + "|";
        return all;
    }
    [[nodiscard]] std::string empty() const {
        const auto view = view_->look();
        return view.element("patients")["empty"].GetString();
    }
    static bool welcomes(const OpenView& view) {
        return view.look().notes().find("Nobody has portal access yet.") != std::string::npos;
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportViewShownTest);
