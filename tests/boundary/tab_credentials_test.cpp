// SPDX-License-Identifier: Apache-2.0
// The section "Username and password" of the Patient Portal tab.
#include "boundary/open_view.hpp"
#include "boundary/tab_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <optional>

using namespace ppo;

class TabCredentialsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TabCredentialsTest);
    CPPUNIT_TEST(the_username_is_green_and_available_while_typing);
    CPPUNIT_TEST(a_taken_username_is_red_with_suggestions);
    CPPUNIT_TEST(the_username_on_file_has_no_verdict);
    CPPUNIT_TEST(the_password_has_a_verdict_once_the_box_is_checked);
    CPPUNIT_TEST(the_password_never_comes_back);
    CPPUNIT_TEST(saves_username_and_password);
    CPPUNIT_TEST(forgets_what_was_typed_once_it_is_saved);
    CPPUNIT_TEST(saves_the_username_alone_unless_the_box_is_checked);
    CPPUNIT_TEST(says_when_there_is_nothing_to_save);
    CPPUNIT_TEST(refuses_to_save_a_checked_box_without_password);
    CPPUNIT_TEST(says_taken_meanwhile_and_keeps_what_was_typed);
    CPPUNIT_TEST(hides_passwords_from_who_may_not_set_them_and_says_why);
    CPPUNIT_TEST(suggests_a_password_that_it_would_take);
    CPPUNIT_TEST(says_how_long_a_password_by_staff_works);
    CPPUNIT_TEST(says_that_a_password_by_staff_lapsed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        tab_.emplace(*live_, "patient-portal.tab", "P001");
    }

    void tearDown() override {
        tab_.reset();
        live_.reset();
    }

    void the_username_is_green_and_available_while_typing() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", "anna.w"));
        CPPUNIT_ASSERT_EQUAL(std::string{"success Available"}, verdict("username"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", "an"));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"danger The username is too short: use at least 3 characters."},
            verdict("username"));
    }

    void a_taken_username_is_red_with_suggestions() {
        live_->set_up("P002", "winter.a", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", "winter.a"));
        CPPUNIT_ASSERT_EQUAL(std::string{"danger This username is taken."}, verdict("username"));
        const auto view = tab_->look();
        const std::string first = view.element("username")["verdict"]["suggestions"][0].GetString();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", first));
        CPPUNIT_ASSERT_EQUAL(std::string{"success Available"}, verdict("username"));
    }

    void the_username_on_file_has_no_verdict() {
        live_->set_up("P001", "anna.w", good_);
        const auto view = tab_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"},
                             std::string{view.element("username")["value"].GetString()});
        CPPUNIT_ASSERT(!view.element("username").HasMember("verdict"));
    }

    void the_password_has_a_verdict_once_the_box_is_checked() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("password", good_));
        CPPUNIT_ASSERT(!tab_->look().element("password").HasMember("verdict"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("by_hand", "1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"success Good password"}, verdict("password"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("password", "Winter1980"));
        CPPUNIT_ASSERT_EQUAL(std::string{"danger"}, verdict("password").substr(0, 6));
    }

    void the_password_never_comes_back() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("by_hand", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("password", good_));
        const auto view = tab_->look();
        CPPUNIT_ASSERT(view.element("password")["filled"].GetBool());
        CPPUNIT_ASSERT(!view.element("password").HasMember("value"));
    }

    void saves_username_and_password() {
        live_->enable("P001");
        type("anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(tab_->look().action("save")));
        CPPUNIT_ASSERT_EQUAL(std::string{"Saved. Tell the patient the username and the password."},
                             tab_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good_));
        CPPUNIT_ASSERT_EQUAL(std::string{"green"}, colour(tab_->look()));
    }

    void forgets_what_was_typed_once_it_is_saved() {
        live_->enable("P001");
        type("anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        const auto view = tab_->look();
        CPPUNIT_ASSERT(!view.element("password")["filled"].GetBool());
        CPPUNIT_ASSERT(!view.element("by_hand")["checked"].GetBool());
    }

    void saves_the_username_alone_unless_the_box_is_checked() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", "anna.w"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("password", good_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"The username is saved."}, tab_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, live_->sign_in("anna.w", good_));
    }

    void says_when_there_is_nothing_to_save() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"There was nothing to save."}, tab_->effects.at(0).text);
    }

    void refuses_to_save_a_checked_box_without_password() {
        live_->enable("P001");
        type("anna.w", "");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_MISSING}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"password"}, std::string{tab_->error.field});
        CPPUNIT_ASSERT_EQUAL(std::string{}, std::string{username_on_file()});
    }

    void says_taken_meanwhile_and_keeps_what_was_typed() {
        live_->enable("P001");
        type("anna.w", good_);
        live_->set_up("P002", "anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TAKEN}, tab_->invoke("save"));
        CPPUNIT_ASSERT(tab_->look().element("password")["filled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", "anna.w2"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w2", good_));
    }

    void hides_passwords_from_who_may_not_set_them_and_says_why() {
        live_->enable("P001");
        live_->caller.permissions = PPO_MAY_ONBOARD;
        OpenView tab{*live_, "patient-portal.tab", "P001"};
        const auto seen = tab.look();
        CPPUNIT_ASSERT(!seen.has_element("by_hand") && !seen.has_element("password"));
        CPPUNIT_ASSERT(!seen.has_action("suggest_password"));
        CPPUNIT_ASSERT(notes(seen).find("You may not set passwords by hand.") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, tab.edit("by_hand", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, tab.edit("password", good_));
        for (const char* action : {"suggest_password", "suggest_random_password"})
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, tab.invoke(action));
    }

    void suggests_a_password_that_it_would_take() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             tab_->click(tab_->look().action("suggest_password")));
        CPPUNIT_ASSERT_EQUAL(std::string{"5"}, tab_->kinds());
        type("anna.w", tab_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(std::string{"success Good password"}, verdict("password"));
    }

    void says_how_long_a_password_by_staff_works() {
        live_->enable("P001");
        type("anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Friday, November 27, 2026"},
                             tab_->look().fact("Password set by staff works until").substr(0, 25));
        const auto lapses = noon + std::chrono::hours{7 * 24};
        CPPUNIT_ASSERT_EQUAL(ppo_time{to_milliseconds(lapses)},
                             live_->account("P001").password_lapses_at);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good_));
        CPPUNIT_ASSERT_EQUAL(PPO_TIME_NONE, live_->account("P001").password_lapses_at);
    }

    void says_that_a_password_by_staff_lapsed() {
        live_->enable("P001");
        type("anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        live_->advance(std::chrono::hours{7 * 24});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, live_->sign_in("anna.w", good_));
        const auto view = tab_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Friday, November 27, 2026"},
                             view.fact("Password set by staff lapsed").substr(0, 25));
        const auto& first = view.element(
            "What stands between this patient and the portal")["items"][0];
        CPPUNIT_ASSERT_EQUAL(
            std::string{"The password that staff set lapsed unused. Set another one."},
            std::string{first["sentence"].GetString()});
    }

private:
    /// What the notes of every section say.
    static std::string notes(const ViewReader& view) {
        std::string all;
        for (const auto& section : view.document()["sections"].GetArray())
            for (const auto& element : section["elements"].GetArray())
                if (std::string{element["kind"].GetString()} == "note")
                    all += std::string{element["text"].GetString()} + "\n";
        return all;
    }
    static std::string colour(const ViewReader& view) {
        return view.element("status")["status"]["colour"].GetString();
    }
    [[nodiscard]] std::string verdict(const std::string& field) const {
        const auto view = tab_->look();
        const auto& found = view.element(field)["verdict"];
        return std::string{found["tone"].GetString()} + " " + found["text"].GetString();
    }
    [[nodiscard]] std::string username_on_file() {
        const OpenView another{*live_, "patient-portal.tab", "P001"};
        return another.look().element("username")["value"].GetString();
    }
    void type(std::string_view username, std::string_view password) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", username));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("by_hand", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("password", password));
    }

    const std::string good_ = "maple kettle orbit";
    std::optional<LivePlugin> live_{};
    std::optional<OpenView> tab_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(TabCredentialsTest);
