// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"
#include "boundary/report_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// Access of whom staff choose in the report.
class ReportViewAccessTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportViewAccessTest);
    CPPUNIT_TEST(says_for_how_many_and_which_one_is_dangerous);
    CPPUNIT_TEST(without_a_selection_neither_is_offered);
    CPPUNIT_TEST(asks_first_and_says_how_many_will_change);
    CPPUNIT_TEST(enables_those_who_are_ticked_and_keeps_the_ticks);
    CPPUNIT_TEST(enables_everybody_whom_the_filter_matches);
    CPPUNIT_TEST(disables_after_a_warning_and_ends_sessions);
    CPPUNIT_TEST(where_everybody_is_so_already_there_is_nothing_to_do);
    CPPUNIT_TEST(the_way_out_changes_nothing);
    CPPUNIT_TEST(another_selection_closes_the_question);
    CPPUNIT_TEST(one_question_takes_the_place_of_the_other);
    CPPUNIT_TEST(a_second_click_changes_nothing);
    CPPUNIT_TEST(says_how_many_are_left_and_goes_on);
    CPPUNIT_TEST_SUITE_END();

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};

    void tick(const std::string& patient_id) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select:" + patient_id, "1"));
    }
    void ask(const std::string& action) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action(action)));
    }
    [[nodiscard]] std::string title() const {
        const auto view = view_->look();
        return view.document().HasMember("dialog") ? view.document()["dialog"]["title"].GetString()
                                                   : "no dialog";
    }
    [[nodiscard]] std::string facts() const {
        const auto view = view_->look();
        std::string all;
        for (const auto& one : view.document()["dialog"]["elements"].GetArray())
            if (one["kind"] == "fact")
                all += std::string{one["label"].GetString()} + ": " + one["text"].GetString() + ";";
        return all;
    }
    std::uint32_t status(std::string_view id) { return live_->account(id).status; }

public:
    void setUp() override {
        live_.emplace();
        view_.emplace(*live_, "onboarding.report", "");
    }
    void tearDown() override {
        view_.reset();
        live_.reset();
    }

    void says_for_how_many_and_which_one_is_dangerous() {
        tick("P001");
        const auto one = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Enable access for 1 patient..."},
                             std::string{one.action("ask_to_enable")["label"].GetString()});
        tick("P002");
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Disable access for 2 patients..."},
                             std::string{view.action("ask_to_disable")["label"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"danger"},
                             std::string{view.action("ask_to_disable")["tone"].GetString()});
        CPPUNIT_ASSERT(!view.action("ask_to_enable").HasMember("tone"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
    }

    void without_a_selection_neither_is_offered() {
        const auto view = view_->look();
        for (const char* action : {"ask_to_enable", "ask_to_disable"}) {
            CPPUNIT_ASSERT(!view.action(action)["enabled"].GetBool());
            CPPUNIT_ASSERT_EQUAL(std::string{"Nobody is selected. Tick patients in the list."},
                                 std::string{view.action(action)["reason"].GetString()});
        }
    }

    void asks_first_and_says_how_many_will_change() {
        live_->enable("P002");
        tick("P001");
        tick("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_removed(
                                                     live_->self, to_text("P002"), nullptr));
        ask("ask_to_enable");
        CPPUNIT_ASSERT_EQUAL(std::string{"Enable access for 1 patient?"}, title());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Will be enabled: 1 of 2 selected;Have no chart any more: 1;"}, facts());
        CPPUNIT_ASSERT_EQUAL(std::string{}, view_->look().schema_trouble());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, status("P001"));
    }

    void enables_those_who_are_ticked_and_keeps_the_ticks() {
        live_->enable("P002");
        tick("P001");
        tick("P002");
        ask("ask_to_enable");
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Will be enabled: 1 of 2 selected;Are enabled already: 1;"}, facts());
        const auto asked = view_->look();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(asked.document()["dialog"]["actions"][0]));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Portal access is enabled for 1 patient. 1 patient was so already."},
            view_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, status("P001"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Send invitations to 2 selected patients..."},
                             std::string{view.action("preview_batch")["label"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"no dialog"}, title());
    }

    void enables_everybody_whom_the_filter_matches() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "bruno"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select_all", "1"));
        ask("ask_to_enable");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("set_access_of_many"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, status("P002"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, status("P001"));
    }

    void disables_after_a_warning_and_ends_sessions() {
        live_->enable("P001");
        tick("P001");
        ask("ask_to_disable");
        CPPUNIT_ASSERT_EQUAL(std::string{"Disable access for 1 patient?"}, title());
        const auto view = view_->look();
        const auto& disable = view.document()["dialog"]["actions"][0];
        CPPUNIT_ASSERT_EQUAL(std::string{"danger"}, std::string{disable["tone"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(disable));
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is disabled for 1 patient."},
                             view_->effects.at(0).text);
        CPPUNIT_ASSERT(live_->host.ended_sessions() == std::vector<std::string>{"P001"});
    }

    void where_everybody_is_so_already_there_is_nothing_to_do() {
        tick("P001");
        ask("ask_to_disable");
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody is left to be disabled"}, title());
        const auto view = view_->look();
        const auto& disable = view.document()["dialog"]["actions"][0];
        CPPUNIT_ASSERT(!disable["enabled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string{"Everybody is so already."},
                             std::string{disable["reason"].GetString()});
    }

    void the_way_out_changes_nothing() {
        tick("P001");
        ask("ask_to_enable");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("dismiss_access"));
        CPPUNIT_ASSERT_EQUAL(std::string{"no dialog"}, title());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, status("P001"));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Enable access for 1 patient..."},
            std::string{view_->look().action("ask_to_enable")["label"].GetString()});
    }

    void another_selection_closes_the_question() {
        for (const char* field : {"select:P002", "select_all", "search"}) {
            tick("P001");
            ask("ask_to_enable");
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit(field, "1"));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(field, std::string{"no dialog"}, title());
        }
    }

    void one_question_takes_the_place_of_the_other() {
        live_->enable("P002");
        tick("P001");
        tick("P002");
        ask("preview_batch");
        ask("ask_to_enable");
        CPPUNIT_ASSERT_EQUAL(std::string{"Enable access for 1 patient?"}, title());
        ask("preview_batch");
        CPPUNIT_ASSERT_EQUAL(std::string{"Invite 1 patient?"}, title());
    }

    void a_second_click_changes_nothing() {
        tick("P001");
        ask("ask_to_enable");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("set_access_of_many"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("set_access_of_many"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, view_->kinds());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, status("P001"));
    }

    void says_how_many_are_left_and_goes_on() {
        for (int i = 0; i < 10'001; ++i)
            live_->host.patients.push_back(anna("M" + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("status", "red"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select_all", "1"));
        ask("ask_to_enable");
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Enable 10,000 patients"},
            std::string{view.document()["dialog"]["actions"][0]["label"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("set_access_of_many"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is enabled for 10,000 patients. "
                                         "3 patients are left: the same button goes on."},
                             view_->effects.at(0).text);
        ask("ask_to_enable");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("set_access_of_many"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is enabled for 3 patients."},
                             view_->effects.at(0).text);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportViewAccessTest);
