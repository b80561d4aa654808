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
        CPPUNIT_ASSERT_EQUAL(std::string{"green"}, tab_->look().colour());
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
        CPPUNIT_ASSERT(seen.notes().find("You may not set passwords by hand.") !=
                       std::string::npos);
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

class TabPasswordTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TabPasswordTest);
    CPPUNIT_TEST(says_what_becomes_of_the_password);
    CPPUNIT_TEST(says_that_a_permanent_password_stays);
    CPPUNIT_TEST(says_how_many_characters_and_hours_the_strict_profile_has);
    CPPUNIT_TEST(judges_by_the_strict_profile_while_staff_type);
    CPPUNIT_TEST(suggests_random_characters_that_it_would_take);
    CPPUNIT_TEST(shows_a_suggestion_once);
    CPPUNIT_TEST(refuses_forged_edits_of_who_may_not);
    CPPUNIT_TEST(refuses_forged_suggestions_to_who_may_not);
    CPPUNIT_TEST(a_forged_password_is_on_record_without_what_was_typed);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override {
        tab_.reset();
        live_.reset();
    }

    void says_what_becomes_of_the_password() {
        open();
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Tell it to the patient in person or by phone; it is never mailed. It must "
                        "be changed at the first sign-in, and lapses when it is not used within 7 "
                        "days."},
            hint("by_hand"));
        CPPUNIT_ASSERT_EQUAL(std::string{"At least 8 characters; a few unrelated words are best."},
                             hint("password"));
    }

    void says_that_a_permanent_password_stays() {
        open([](FakeHost&, TestSettings& settings) {
            settings.given.flags = PPO_SETTING_PERMANENT_STAFF_PASSWORDS;
        });
        CPPUNIT_ASSERT(hint("by_hand").find("It stays until somebody changes it.") !=
                       std::string::npos);
        CPPUNIT_ASSERT(hint("by_hand").find("must be changed") == std::string::npos);
    }

    void says_how_many_characters_and_hours_the_strict_profile_has() {
        open(be_strict);
        CPPUNIT_ASSERT(hint("by_hand").find("within 3 days.") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string{"At least 15 characters; a few unrelated words are best."},
                             hint("password"));
    }

    void judges_by_the_strict_profile_while_staff_type() {
        open(be_strict);
        type("anna.w", "kettle orbit 1");
        CPPUNIT_ASSERT_EQUAL(
            std::string{"danger The password is too short: use at least 15 characters."},
            verdict());
        type("anna.w", "kettle orbit 12");
        CPPUNIT_ASSERT_EQUAL(std::string{"success Good password"}, verdict());
    }

    void suggests_random_characters_that_it_would_take() {
        is_taken(suggestion("suggest_random_password"));
    }

    void shows_a_suggestion_once() {
        const auto shown = suggestion("suggest_password");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("by_hand", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("password", shown));
        TextSink model;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::ui().render(tab_->handle(), model, nullptr));
        CPPUNIT_ASSERT(model.text.find(shown) == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("suggest_password"));
        CPPUNIT_ASSERT(tab_->effects.at(0).text != shown);
    }

    void refuses_forged_edits_of_who_may_not() {
        open_without_right();
        for (const char* hidden : {"by_hand", "password"})
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, tab_->edit(hidden, "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"There was nothing to save."}, tab_->effects.at(0).text);
    }

    void refuses_forged_suggestions_to_who_may_not() {
        open_without_right();
        for (const char* hidden : {"suggest_password", "suggest_random_password"}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, tab_->invoke(hidden));
            CPPUNIT_ASSERT(tab_->effects.empty());
        }
    }

    void a_forged_password_is_on_record_without_what_was_typed() {
        open_without_right();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED},
                             tab_->edit("password", "Unforgettable-77"));
        auto query = fresh<ppo_audit_query>();
        std::string last;
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            last = copy_of(entry.action) + " " + copy_of(entry.patient_id) + " " +
                   copy_of(entry.detail);
            return PPO_OK;
        }};
        live_->caller.permissions = PPO_MAY_READ_AUDIT;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::audit().read(live_->self, &live_->caller, &query, sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"not_permitted P001 password"}, last);
        CPPUNIT_ASSERT(live_->store_bytes().find("Unforgettable") == std::string::npos);
    }

private:
    static void be_strict(FakeHost&, TestSettings& settings) {
        settings.given.profile = PPO_PROFILE_STRICT;
    }
    void open(const LivePlugin::Change& change = {}) {
        live_.emplace(change);
        tab_.emplace(*live_, "patient-portal.tab", "P001");
    }
    void open_without_right() {
        live_.emplace();
        live_->caller.permissions = ~std::uint32_t{PPO_MAY_SET_PASSWORD};
        tab_.emplace(*live_, "patient-portal.tab", "P001");
    }
    void type(std::string_view username, std::string_view password) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", username));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("by_hand", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("password", password));
    }
    [[nodiscard]] std::string hint(const std::string& field) const {
        const auto view = tab_->look();
        return view.element(field)["hint"].GetString();
    }
    [[nodiscard]] std::string verdict() const {
        const auto view = tab_->look();
        const auto& found = view.element("password")["verdict"];
        return std::string{found["tone"].GetString()} + " " + found["text"].GetString();
    }
    /// What a click on the action shows, in the strict profile.
    std::string suggestion(const std::string& action) {
        open(be_strict);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(tab_->look().action(action)));
        CPPUNIT_ASSERT_EQUAL(std::string{"5"}, tab_->kinds());
        CPPUNIT_ASSERT_EQUAL(std::string{"password"}, tab_->effects.at(0).target);
        return tab_->effects.at(0).text;
    }
    void is_taken(const std::string& password) {
        type("anna.w", password);
        CPPUNIT_ASSERT_EQUAL(std::string{"success Good password"}, verdict());
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", password));
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> tab_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(TabPasswordTest);
