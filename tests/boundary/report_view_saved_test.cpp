// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"
#include "boundary/report_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// What staff find again in the report.
class ReportViewSavedTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportViewSavedTest);
    CPPUNIT_TEST(offers_ready_views_first_and_own_ones_last);
    CPPUNIT_TEST(saves_filters_and_order_and_shows_them_again);
    CPPUNIT_TEST(choosing_alone_changes_no_filter);
    CPPUNIT_TEST(a_view_is_found_at_another_desk_and_by_nobody_else);
    CPPUNIT_TEST(the_same_name_again_replaces_it);
    CPPUNIT_TEST(a_view_saved_over_the_contract_shows_all_of_its_filters);
    CPPUNIT_TEST(moments_become_the_days_around_them);
    CPPUNIT_TEST(what_nobody_has_any_more_still_opens_and_says_that_nobody_matches);
    CPPUNIT_TEST(removes_an_own_view_after_a_question);
    CPPUNIT_TEST(a_ready_view_cannot_be_removed);
    CPPUNIT_TEST(a_name_that_cannot_be_is_refused_and_kept_to_be_mended);
    CPPUNIT_TEST(an_address_with_somebody_else_s_view_shows_none_chosen);
    CPPUNIT_TEST(showing_a_view_ends_all_matching);
    CPPUNIT_TEST(every_ready_view_shows_what_it_says);
    CPPUNIT_TEST(names_stay_text);
    CPPUNIT_TEST_SUITE_END();

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};

    void edit(std::string_view field, std::string_view value) const {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit(field, value));
    }
    void click(const std::string& action) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action(action)));
    }
    void save_as(const std::string& name) {
        edit("view_name", name);
        click("save_view");
    }
    void show(const std::string& value) {
        edit("saved_view", value);
        click("open_saved_view");
    }
    [[nodiscard]] std::string value_of(const std::string& field) const {
        return view_->look().element(field)["value"].GetString();
    }
    [[nodiscard]] std::string choices_of(const std::string& field) const {
        const auto view = view_->look();
        std::string all;
        for (const auto& choice : view.element(field)["choices"].GetArray())
            all += std::string{choice["label"].GetString()} + ";";
        return all;
    }
    [[nodiscard]] std::string rows() const {
        std::string all;
        for (const auto& id : view_->look().row_ids()) all += id + ";";
        return all;
    }

public:
    void setUp() override {
        live_.emplace();
        view_.emplace(*live_, "onboarding.report", "");
    }
    void tearDown() override {
        view_.reset();
        live_.reset();
    }

    void offers_ready_views_first_and_own_ones_last() {
        save_as("A first one");
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Choose one;Not enabled;Enabled, never invited;Invited, not signed in;"
                        "Mail trouble;Appointment in the next 14 days;A first one;"},
            choices_of("saved_view"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, view_->look().schema_trouble());
    }

    void saves_filters_and_order_and_shows_them_again() {
        edit("search", "winter");
        edit("access_enabled", "no");
        edit("appointment_after", "2026-11-01");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("sort", "last_invited:down"));
        save_as("Winter");
        CPPUNIT_ASSERT_EQUAL(std::string{"Saved. You find it under \"Winter\" at every desk."},
                             view_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(std::string{"own:Winter||"},
                             value_of("saved_view") + "|" + value_of("view_name") + "|");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("clear"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("sort", "name:up"));
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;P001;"}, rows());
        show("own:Winter");
        CPPUNIT_ASSERT_EQUAL(std::string{"winter|no|2026-11-01|"},
                             value_of("search") + "|" + value_of("access_enabled") + "|" +
                                 value_of("appointment_after") + "|" +
                                 value_of("appointment_before"));
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, rows());
        const auto view = view_->look();
        for (const auto& column : view.element("patients")["columns"].GetArray())
            if (column["id"] == "last_invited")
                CPPUNIT_ASSERT_EQUAL(std::string{"descending"},
                                     std::string{column["sorted"].GetString()});
    }

    void choosing_alone_changes_no_filter() {
        edit("search", "winter");
        edit("saved_view", "ready:soon");
        CPPUNIT_ASSERT_EQUAL(std::string{"winter"}, value_of("search"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, value_of("appointment_after"));
    }

    void a_view_is_found_at_another_desk_and_by_nobody_else() {
        edit("search", "winter");
        save_as("Winter");
        live_->caller.from = to_text("desk-9");
        view_.emplace(*live_, "onboarding.report", "");
        show("own:Winter");
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, rows());
        live_->caller.staff_id = to_text("nurse-2");
        view_.emplace(*live_, "onboarding.report", "");
        CPPUNIT_ASSERT(choices_of("saved_view").find("Winter") == std::string::npos);
        edit("saved_view", "own:Winter");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_SAVED_VIEW},
                             view_->invoke("open_saved_view"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_SAVED_VIEW},
                             view_->invoke("drop_view"));
    }

    void the_same_name_again_replaces_it() {
        edit("search", "winter");
        save_as("Mine");
        edit("search", "bruno");
        save_as("MINE");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("clear"));
        show("own:MINE");
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;"}, rows());
    }

    void a_view_saved_over_the_contract_shows_all_of_its_filters() {
        auto query = fresh<ppo_report_query>();
        query.statuses = 1U << PPO_STATUS_NOT_INVITED | 1U << PPO_STATUS_INVITED;
        query.marks = 0x300;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::report().save_view(
                                                     live_->self, &live_->caller,
                                                     to_text("Two of each"), &query, nullptr));
        show("own:Two of each");
        CPPUNIT_ASSERT_EQUAL(std::string{"gray orange|failed bounced"},
                             value_of("status") + "|" + value_of("mark"));
        CPPUNIT_ASSERT(choices_of("status").find("Not invited or Invited;") != std::string::npos);
        CPPUNIT_ASSERT(choices_of("mark").find("failed or bounced;") != std::string::npos);
        edit("mark", "");
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, rows());
        static_cast<void>(live_->invited("P002"));
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;P001;"}, rows());
    }

    void moments_become_the_days_around_them() {
        auto query = fresh<ppo_report_query>();
        query.appointment_after = to_milliseconds(noon);
        query.appointment_before = to_milliseconds(noon);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::report().save_view(live_->self, &live_->caller,
                                                            to_text("Noon"), &query, nullptr));
        show("own:Noon");
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-20|2026-11-21"},
                             value_of("appointment_after") + "|" + value_of("appointment_before"));
    }

    void what_nobody_has_any_more_still_opens_and_says_that_nobody_matches() {
        edit("tag", "diabetes");
        edit("provider", "Dr. Reed");
        save_as("Reed's");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("clear"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_removed(
                                                     live_->self, to_text("P001"), nullptr));
        show("own:Reed's");
        CPPUNIT_ASSERT_EQUAL(std::string{"diabetes|Dr. Reed"},
                             value_of("tag") + "|" + value_of("provider"));
        CPPUNIT_ASSERT(choices_of("provider").find("Dr. Reed;") != std::string::npos);
        const auto view = view_->look();
        CPPUNIT_ASSERT(view.row_ids().empty());
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody matches these filters."},
                             std::string{view.element("patients")["empty"].GetString()});
    }

    void removes_an_own_view_after_a_question() {
        save_as("Recalls");
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Remove the saved view \"Recalls\"?"},
                             std::string{view.action("drop_view")["confirm"].GetString()});
        click("drop_view");
        CPPUNIT_ASSERT(choices_of("saved_view").find("Recalls") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_SAVED_VIEW},
                             view_->invoke("drop_view"));
    }

    void a_ready_view_cannot_be_removed() {
        edit("saved_view", "ready:soon");
        const auto view = view_->look();
        CPPUNIT_ASSERT(!view.action("drop_view")["enabled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_SAVED_VIEW},
                             view_->invoke("drop_view"));
    }

    void a_name_that_cannot_be_is_refused_and_kept_to_be_mended() {
        const std::string typed(65, 'x');
        edit("view_name", typed);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_VIEW_NAME}, view_->invoke("save_view"));
        CPPUNIT_ASSERT_EQUAL(typed, value_of("view_name"));
        edit("view_name", " ");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_VIEW_NAME}, view_->invoke("save_view"));
    }

    void an_address_with_somebody_else_s_view_shows_none_chosen() {
        edit("saved_view", "own:Not mine");
        CPPUNIT_ASSERT_EQUAL(std::string{}, value_of("saved_view"));
        edit("saved_view", std::string(1'000, 'x'));
        CPPUNIT_ASSERT_EQUAL(std::string{}, value_of("saved_view"));
    }

    void showing_a_view_ends_all_matching() {
        edit("select_all", "1");
        show("ready:not_enabled");
        const auto view = view_->look();
        CPPUNIT_ASSERT(!view.element("patients")["check_all"]["checked"].GetBool());
    }

    void every_ready_view_shows_what_it_says() {
        show("ready:not_enabled");
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;P001;"}, rows());
        show("ready:soon");  // Anna's is in ten days, Bruno has none.
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, rows());
        live_->advance(std::chrono::hours{24 * 11});
        show("ready:soon");
        CPPUNIT_ASSERT_EQUAL(std::string{}, rows());
        live_->enable("P001");
        show("ready:never_invited");
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, rows());
        live_->host.mail_answers = PPO_REFUSED_MAIL_REJECTED;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("send_invitation", "P001"));
        live_->work();
        show("ready:mail_trouble");
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, rows());
        live_->host.mail_answers = PPO_OK;
        static_cast<void>(live_->invited("P002"));
        show("ready:not_signed_in");
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;"}, rows());
    }

    void names_stay_text() {
        const std::string name = "</script><b onclick=\"x\"> own:' ";
        save_as(name);
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT_EQUAL("own:" + name.substr(0, name.size() - 1), value_of("saved_view"));
        click("open_saved_view");
        click("drop_view");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportViewSavedTest);
