// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_buttons.hpp"

#include "boundary/open_view.hpp"
#include "boundary/report_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// Through the report, which shows and steers batches as every view does.
class BatchButtonsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchButtonsTest);
    CPPUNIT_TEST(nothing_is_shown_before_the_first_batch);
    CPPUNIT_TEST(a_batch_that_is_held_back_can_be_undone);
    CPPUNIT_TEST(a_batch_that_runs_says_how_far_it_is);
    CPPUNIT_TEST(a_pause_stops_it_and_it_goes_on);
    CPPUNIT_TEST(a_pause_within_the_hold_back_can_be_undone_until_that_is_over);
    CPPUNIT_TEST(asks_before_it_cancels);
    CPPUNIT_TEST(two_batches_have_their_own_buttons);
    CPPUNIT_TEST(a_batch_that_ended_is_shown_for_a_quarter_of_an_hour);
    CPPUNIT_TEST(an_end_is_a_success_unless_somebody_was_not_reached);
    CPPUNIT_TEST(leads_to_the_outcome_of_each);
    CPPUNIT_TEST(is_looked_at_again_while_something_moves);
    CPPUNIT_TEST(nothing_moves_behind_a_dialog);
    CPPUNIT_TEST(an_undo_that_comes_too_late_is_refused);
    CPPUNIT_TEST(knows_no_other_batch);
    CPPUNIT_TEST(does_nothing_without_permission);
    CPPUNIT_TEST(reads_numbers_and_nothing_else);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        view_.emplace(*live_, "onboarding.report", "");
        live_->enable("P001");
        live_->enable("P002");
    }

    void tearDown() override {
        view_.reset();
        live_.reset();
    }

    void nothing_is_shown_before_the_first_batch() {
        CPPUNIT_ASSERT(!has_section("batches"));
        CPPUNIT_ASSERT(!looks_again());
    }

    void a_batch_that_is_held_back_can_be_undone() {
        start("P001");
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT_EQUAL(std::string{"batches"},
                             std::string{view.document()["sections"][0]["id"].GetString()});
        CPPUNIT_ASSERT(starts_with(sentence(), "Held back until "));
        CPPUNIT_ASSERT_EQUAL(std::string{"pause_batch undo_batch "}, buttons());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view.action("undo_batch")));
        CPPUNIT_ASSERT_EQUAL(std::string{"61"}, view_->kinds());
        CPPUNIT_ASSERT(starts_with(sentence(), "Undone at "));
        live_->advance(std::chrono::minutes{5});
        live_->work();
        CPPUNIT_ASSERT(live_->host.mails().empty());
    }

    void a_batch_that_runs_says_how_far_it_is() {
        live_->host.mail_answers = PPO_REFUSED_MAIL_DEFERRED;
        start("P001");
        live_->advance(hold_back_);
        live_->work();
        const auto view = view_->look();
        const auto& bar = view.element("batch:1");
        CPPUNIT_ASSERT_EQUAL(0, bar["value"].GetInt());
        CPPUNIT_ASSERT_EQUAL(1, bar["max"].GetInt());
        CPPUNIT_ASSERT(starts_with(sentence(), "0 of 1 mailed, 1 deferred"));
        CPPUNIT_ASSERT_EQUAL(std::string{"pause_batch cancel_batch "}, buttons());
    }

    void a_pause_stops_it_and_it_goes_on() {
        start("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("pause_batch"));
        live_->advance(hold_back_);
        live_->work();
        CPPUNIT_ASSERT(live_->host.mails().empty());
        CPPUNIT_ASSERT(starts_with(sentence(), "Paused: "));
        CPPUNIT_ASSERT_EQUAL(std::string{"resume_batch cancel_batch "}, buttons());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("resume_batch"));
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
        CPPUNIT_ASSERT(starts_with(sentence(), "Done at "));
        CPPUNIT_ASSERT_EQUAL(std::string{}, buttons());
    }

    void a_pause_within_the_hold_back_can_be_undone_until_that_is_over() {
        start("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("pause_batch"));
        CPPUNIT_ASSERT_EQUAL(std::string{"resume_batch undo_batch "}, buttons());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("undo_batch"));
        CPPUNIT_ASSERT(starts_with(sentence(), "Undone at "));
    }

    void asks_before_it_cancels() {
        start("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("pause_batch"));
        live_->advance(hold_back_);
        const auto view = view_->look();
        const auto& cancel = view.action("cancel_batch");
        CPPUNIT_ASSERT(starts_with(cancel["confirm"].GetString(), "Cancel batch 1 for good?"));
        CPPUNIT_ASSERT_EQUAL(std::string{"danger"}, std::string{cancel["tone"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(cancel));
        CPPUNIT_ASSERT(starts_with(sentence(), "Cancelled at "));
        CPPUNIT_ASSERT_EQUAL(std::string{}, buttons());
    }

    void two_batches_have_their_own_buttons() {
        start("P001");
        start("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("undo_batch", "1"));
        const auto view = view_->look();
        CPPUNIT_ASSERT(starts_with(view.element("batch:1")["text"].GetString(), "Undone at "));
        CPPUNIT_ASSERT(starts_with(view.element("batch:2")["text"].GetString(), "Held back"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2"},
                             std::string{view.action("undo_batch")["argument"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"Undo batch 2"},
                             std::string{view.action("undo_batch")["hint"].GetString()});
    }

    void a_batch_that_ended_is_shown_for_a_quarter_of_an_hour() {
        start("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("undo_batch"));
        live_->advance(std::chrono::minutes{15} - std::chrono::milliseconds{1});
        CPPUNIT_ASSERT(has_section("batches"));
        live_->advance(std::chrono::milliseconds{1});
        CPPUNIT_ASSERT(!has_section("batches"));
    }

    void an_end_is_a_success_unless_somebody_was_not_reached() {
        start("P001");
        live_->advance(hold_back_);
        live_->work();
        live_->host.mail_answers = PPO_REFUSED_MAIL_REJECTED;
        start("P002");
        live_->advance(hold_back_);
        live_->work();
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"success"},
                             std::string{view.element("batch:1")["tone"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"warning"},
                             std::string{view.element("batch:2")["tone"].GetString()});
    }

    void leads_to_the_outcome_of_each() {
        start("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().action("batch_outcome")));
        CPPUNIT_ASSERT_EQUAL(std::string{"3"}, view_->kinds());
        CPPUNIT_ASSERT_EQUAL(std::string{"onboarding.batches"}, view_->effects.at(0).target);
    }

    void is_looked_at_again_while_something_moves() {
        start("P001");
        CPPUNIT_ASSERT(looks_again());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("pause_batch"));
        CPPUNIT_ASSERT(!looks_again());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, press("resume_batch"));
        CPPUNIT_ASSERT(looks_again());
        live_->advance(hold_back_);
        live_->work();
        CPPUNIT_ASSERT(has_section("batches"));
        CPPUNIT_ASSERT(!looks_again());
    }

    void nothing_moves_behind_a_dialog() {
        start("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select:P002", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT(!looks_again());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("dismiss_batch"));
        CPPUNIT_ASSERT(looks_again());
    }

    void an_undo_that_comes_too_late_is_refused() {
        start("P001");
        live_->advance(hold_back_);
        live_->work();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_STATE}, view_->invoke("undo_batch", "1"));
        CPPUNIT_ASSERT(view_->effects.empty());
    }

    void knows_no_other_batch() {
        start("P001");
        for (const char* argument : {"2", "", "one", "-1", "99999999999999999999", "1 "})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(argument, ppo_result{PPO_REFUSED_UNKNOWN_BATCH},
                                         view_->invoke("cancel_batch", argument));
        CPPUNIT_ASSERT(starts_with(sentence(), "Held back until "));
    }

    void reads_numbers_and_nothing_else() {
        CPPUNIT_ASSERT(batch_number("12") == std::optional<std::int64_t>{12});
        for (const char* text : {"", " 1", "1x", "0x1", "+1", "1.0", "9223372036854775808"})
            CPPUNIT_ASSERT_MESSAGE(text, !batch_number(text));
    }

    void does_nothing_without_permission() {
        const auto instance = instances().find(live_->self);
        ReportView report{instance, Caller{.permissions = PPO_MAY_READ_AUDIT}};
        const EffectSink sink{[](const ppo_effect&) { return PPO_OK; }};
        Effects effects{*static_cast<const ppo_effect_sink*>(sink)};
        for (const char* action :
             {"preview_batch", "start_batch", "undo_batch", "pause_batch", "cancel_batch"}) {
            const auto outcome = report.invoke(action, "1", effects);
            CPPUNIT_ASSERT_MESSAGE(action, outcome.refused().has_value());
            CPPUNIT_ASSERT_MESSAGE(action, outcome.refused()->reason == Refusal::NotPermitted);
        }
    }

private:
    static bool starts_with(const std::string& text, const std::string& with) {
        return text.substr(0, with.size()) == with;
    }
    void start(const std::string& patient_id) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select:" + patient_id, "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("start_batch"));
    }
    ppo_result press(const std::string& action) {
        return view_->click(view_->look().action(action));
    }
    [[nodiscard]] std::string sentence() const {
        return view_->look().element("batch:1")["text"].GetString();
    }
    [[nodiscard]] bool looks_again() const {
        return view_->look().document().HasMember("refresh_after_ms");
    }
    [[nodiscard]] bool has_section(const std::string& id) const {
        const auto view = view_->look();
        for (const auto& section : view.document()["sections"].GetArray())
            if (section["id"].GetString() == id) return true;
        return false;
    }
    /// The buttons that steer batches, in their order.
    [[nodiscard]] std::string buttons() const {
        const auto view = view_->look();
        std::string ids;
        for (const auto& one : view.document()["sections"][0]["elements"].GetArray())
            if (one["kind"] == "button" && is_batch_action(one["action"]["id"].GetString()))
                ids += std::string{one["action"]["id"].GetString()} + " ";
        return ids;
    }

    static constexpr std::chrono::minutes hold_back_{2};
    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchButtonsTest);
