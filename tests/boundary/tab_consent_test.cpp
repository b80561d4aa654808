// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <optional>

using namespace ppo;

class TabConsentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TabConsentTest);
    CPPUNIT_TEST(section_keeps_the_schema_and_says_what_each_field_is_for);
    CPPUNIT_TEST(saves_a_choice_with_edit_patient);
    CPPUNIT_TEST(saves_a_day_as_the_practice_s_midnight);
    CPPUNIT_TEST(takes_a_day_as_americans_write_it);
    CPPUNIT_TEST(refuses_a_day_that_is_none_or_does_not_lie_ahead);
    CPPUNIT_TEST(keeps_what_was_typed_until_it_is_saved);
    CPPUNIT_TEST(saves_nothing_that_stands_there_already);
    CPPUNIT_TEST(moves_a_day_that_was_noted);
    CPPUNIT_TEST(leaves_a_moment_alone_that_a_host_named);
    CPPUNIT_TEST(saves_username_and_choice_in_one_go);
    CPPUNIT_TEST(a_refused_username_leaves_the_choice_unsaved);
    CPPUNIT_TEST(takes_it_back_after_a_question);
    CPPUNIT_TEST(takes_back_by_none_only);
    CPPUNIT_TEST(knows_no_other_choice);
    CPPUNIT_TEST(says_that_the_day_has_come);
    CPPUNIT_TEST(says_that_only_the_chart_changes_the_chart);
    CPPUNIT_TEST(offers_no_invitation_against_the_patient_s_word);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace([](FakeHost&, TestSettings& settings) {
            settings.given.time_zone = settings.keep("America/Chicago");
        });
        tab_.emplace(*live_, "patient-portal.tab", "P001");
    }

    void tearDown() override {
        tab_.reset();
        live_.reset();
    }

    void section_keeps_the_schema_and_says_what_each_field_is_for() {
        const auto view = tab_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        for (const auto* field : {"consent", "consent_until"})
            CPPUNIT_ASSERT(view.element(field)["hint"].GetStringLength() > 40);
        CPPUNIT_ASSERT_EQUAL(std::string{"none "}, shown());
    }

    void saves_a_choice_with_edit_patient() {
        save("declined");
        CPPUNIT_ASSERT_EQUAL(std::string{"What the patient wants is noted."},
                             tab_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(std::string{"declined "}, shown());
        CPPUNIT_ASSERT(has_mark());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_CONSENT_DECLINED}, account().consent);
    }

    void saves_a_day_as_the_practice_s_midnight() {
        save("deferred", "2026-12-24");
        CPPUNIT_ASSERT_EQUAL(std::string{"deferred 2026-12-24"}, shown());
        CPPUNIT_ASSERT_EQUAL(ppo_time{1'798'092'000'000}, account().consent_until);  // 06:00 UTC
    }

    void takes_a_day_as_americans_write_it() {
        save("deferred", "12/24/2026");
        CPPUNIT_ASSERT_EQUAL(std::string{"deferred 2026-12-24"}, shown());
    }

    void refuses_a_day_that_is_none_or_does_not_lie_ahead() {
        edit("consent", "deferred");
        for (const auto* day : {"", "soon", "2026-02-30", "2026-11-20", "2020-01-01"}) {
            edit("consent_until", day);
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_DATE_NOT_AHEAD}, tab_->invoke("save"));
            CPPUNIT_ASSERT_EQUAL(std::string{"consent_until"}, std::string{tab_->error.field});
        }
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_CONSENT_NONE}, account().consent);
    }

    void keeps_what_was_typed_until_it_is_saved() {
        edit("consent", "deferred");
        edit("consent_until", "2026-11-20");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_DATE_NOT_AHEAD}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"deferred 2026-11-20"}, shown());
    }

    void saves_nothing_that_stands_there_already() {
        save("declined");
        edit("consent", "declined");
        edit("consent_until", "2027-01-01");  // Counts with a deferral only.
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"There was nothing to save."}, tab_->effects.at(0).text);
    }

    void moves_a_day_that_was_noted() {
        save("deferred", "2026-12-24");
        edit("consent_until", "2026-12-25");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"deferred 2026-12-25"}, shown());
    }

    void leaves_a_moment_alone_that_a_host_named() {
        const ppo_time moment = to_milliseconds(noon) + 7'200'000;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::onboarding().set_consent(live_->self, &live_->caller, to_text("P001"),
                                                 PPO_CONSENT_DEFERRED, moment, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::string{"There was nothing to save."}, tab_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(moment, account().consent_until);
    }

    void saves_username_and_choice_in_one_go() {
        live_->enable("P001");
        edit("username", "anna.w");
        save("do_not_mail");
        CPPUNIT_ASSERT_EQUAL(std::string{"The username is saved."}, tab_->effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(std::string{"What the patient wants is noted."},
                             tab_->effects.at(1).text);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_CONSENT_DO_NOT_MAIL}, account().consent);
    }

    void a_refused_username_leaves_the_choice_unsaved() {
        live_->enable("P001");
        edit("username", "an");
        edit("consent", "declined");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TOO_SHORT}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_CONSENT_NONE}, account().consent);
        CPPUNIT_ASSERT_EQUAL(std::string{"declined "}, shown());
    }

    void takes_it_back_after_a_question() {
        live_->enable("P001");
        save("do_not_mail");
        const auto view = tab_->look();
        const auto& reason = view.element(
            "What stands between this patient and the portal")["items"][0];
        CPPUNIT_ASSERT_EQUAL(std::string{"do_not_mail"}, std::string{reason["code"].GetString()});
        CPPUNIT_ASSERT(reason["action"].HasMember("confirm"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(reason["action"]));
        CPPUNIT_ASSERT_EQUAL(std::string{"none "}, shown());
        CPPUNIT_ASSERT(!has_mark());
    }

    void takes_back_by_none_only() {
        save("declined");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, tab_->invoke("set_consent", "declined"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, tab_->invoke("set_consent", ""));
        CPPUNIT_ASSERT_EQUAL(std::string{"declined "}, shown());
    }

    void knows_no_other_choice() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, tab_->edit("consent", "perhaps"));
        CPPUNIT_ASSERT_EQUAL(std::string{"none "}, shown());
    }

    void says_that_the_day_has_come() {
        save("deferred", "2026-11-21");
        CPPUNIT_ASSERT(!says("a day that has come"));
        live_->advance(std::chrono::hours{24});
        CPPUNIT_ASSERT(says("a day that has come") && !has_mark());
    }

    void says_that_only_the_chart_changes_the_chart() {
        CPPUNIT_ASSERT(!says("Only the chart"));
        auto patient = live_->host.patients.at(0);
        patient.opted_out = true;
        std::vector<ppo_text> tags;
        const auto given = as_given(patient, tags);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_changed(
                                                     live_->self, &given, nullptr));
        CPPUNIT_ASSERT(says("Only the chart") && has_mark());
    }

    void offers_no_invitation_against_the_patient_s_word() {
        live_->enable("P001");
        save("deferred", "2026-12-24");
        const auto view = tab_->look();
        const auto& action = view.action("send_invitation");
        CPPUNIT_ASSERT(!action["enabled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"The patient wants to be asked again later. Try again in 34 days."},
            std::string{action["reason"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_DEFERRED}, tab_->invoke("send_invitation"));
    }

private:
    void edit(std::string_view field, std::string_view value) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit(field, value));
    }
    void save(std::string_view consent, std::string_view until = {}) {
        edit("consent", consent);
        edit("consent_until", until);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
    }
    [[nodiscard]] std::string shown() const {
        const auto view = tab_->look();
        return std::string{view.element("consent")["value"].GetString()} + " " +
               view.element("consent_until")["value"].GetString();
    }
    [[nodiscard]] ppo_account account() { return live_->account("P001"); }
    [[nodiscard]] bool has_mark() const {
        const auto marks = ViewReader::marks_in(tab_->look().element("status"));
        return std::count(marks.begin(), marks.end(), "opted_out") > 0;
    }
    /// Whether a note of the section says so.
    [[nodiscard]] bool says(const std::string& words) const {
        const auto view = tab_->look();
        for (const auto& section : view.document()["sections"].GetArray())
            for (const auto& element : section["elements"].GetArray())
                if (std::string{element["kind"].GetString()} == "note" &&
                    std::string{element["text"].GetString()}.find(words) != std::string::npos)
                    return true;
        return false;
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> tab_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(TabConsentTest);
