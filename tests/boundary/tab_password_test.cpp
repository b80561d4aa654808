// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <string>

using namespace ppo;

class TabPasswordTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TabPasswordTest);
    CPPUNIT_TEST(says_what_becomes_of_the_password);
    CPPUNIT_TEST(says_that_a_permanent_password_stays);
    CPPUNIT_TEST(says_how_many_characters_and_hours_the_strict_profile_has);
    CPPUNIT_TEST(judges_by_the_strict_profile_while_staff_type);
    CPPUNIT_TEST(suggests_words_that_it_would_take);
    CPPUNIT_TEST(suggests_random_characters_that_it_would_take);
    CPPUNIT_TEST(shows_a_suggestion_once);
    CPPUNIT_TEST(shows_no_field_to_who_may_not_and_says_why);
    CPPUNIT_TEST(refuses_forged_edits_of_who_may_not);
    CPPUNIT_TEST(refuses_forged_suggestions_to_who_may_not);
    CPPUNIT_TEST(saves_the_username_of_who_may_not);
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

    void suggests_words_that_it_would_take() { is_taken(suggestion("suggest_password")); }

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

    void shows_no_field_to_who_may_not_and_says_why() {
        open_without_right();
        const auto view = tab_->look();
        for (const char* hidden : {"by_hand", "password"})
            CPPUNIT_ASSERT_MESSAGE(hidden, !view.has_element(hidden));
        for (const char* hidden : {"suggest_password", "suggest_random_password"})
            CPPUNIT_ASSERT_MESSAGE(hidden, !view.has_action(hidden));
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        TextSink model;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::ui().render(tab_->handle(), model, nullptr));
        CPPUNIT_ASSERT(model.text.find("You may not set passwords by hand.") != std::string::npos);
        CPPUNIT_ASSERT(view.has_element("username"));
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

    void saves_the_username_of_who_may_not() {
        open_without_right();
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("username", "anna.w"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"The username is saved."}, tab_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0},
                             live_->account("P001").flags & PPO_ACCOUNT_HAS_PASSWORD);
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
