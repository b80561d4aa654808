// SPDX-License-Identifier: Apache-2.0
#include "boundary/view.hpp"

#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class ViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ViewTest);
    CPPUNIT_TEST(effects_arrive_in_their_order);
    CPPUNIT_TEST(a_toast_carries_tone_and_text);
    CPPUNIT_TEST(a_toast_may_carry_the_way_back);
    CPPUNIT_TEST(no_other_effect_carries_an_action);
    CPPUNIT_TEST(a_refresh_names_the_row_that_changed);
    CPPUNIT_TEST(opening_a_view_names_view_and_patient);
    CPPUNIT_TEST(a_text_to_copy_names_its_field);
    CPPUNIT_TEST(a_text_to_save_names_its_document);
    CPPUNIT_TEST(a_sink_that_answers_0_is_a_fault);
    CPPUNIT_TEST_SUITE_END();

public:
    void effects_arrive_in_their_order() {
        effects_.toast(PPO_TONE_SUCCESS, "Done.");
        effects_.refresh("P001");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, seen_.size());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_EFFECT_TOAST}, seen_[0].kind);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_EFFECT_REFRESH}, seen_[1].kind);
    }

    void a_toast_carries_tone_and_text() {
        effects_.toast(PPO_TONE_DANGER, "Mind.");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_TONE_DANGER}, seen_[0].tone);
        is("", "Mind.");
    }

    void a_toast_may_carry_the_way_back() {
        effects_.toast(PPO_TONE_SUCCESS, "Done.", {"undo_enable", "Undo", "P001"});
        CPPUNIT_ASSERT_EQUAL(std::string{"undo_enable|Undo|P001"}, seen_[0].action);
        is("", "Done.");
    }

    void no_other_effect_carries_an_action() {
        effects_.toast(PPO_TONE_SUCCESS, "Done.");
        effects_.refresh("P001");
        CPPUNIT_ASSERT_EQUAL(std::string{"||"}, seen_[0].action);
        CPPUNIT_ASSERT_EQUAL(std::string{"||"}, seen_[1].action);
    }

    void a_refresh_names_the_row_that_changed() {
        effects_.refresh("P001");
        is("P001", "");
    }

    void opening_a_view_names_view_and_patient() {
        effects_.open_view("a.view", "P001");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_EFFECT_OPEN_VIEW}, seen_[0].kind);
        is("a.view", "P001");
    }

    void a_text_to_copy_names_its_field() {
        effects_.copy_text("password", "words");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_EFFECT_COPY_TEXT}, seen_[0].kind);
        is("password", "words");
    }

    void a_text_to_save_names_its_document() {
        effects_.save_text("onboarding.csv", "piece");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_EFFECT_SAVE_TEXT}, seen_[0].kind);
        is("onboarding.csv", "piece");
    }

    void a_sink_that_answers_0_is_a_fault() {
        const EffectSink failing{[](const ppo_effect&) { return 0; }};
        Effects effects{*static_cast<const ppo_effect_sink*>(failing)};
        CPPUNIT_ASSERT_THROW(effects.refresh({}), HostFault);
    }

private:
    struct Seen {
        std::uint32_t kind = 0;
        std::uint32_t tone = 0;
        std::string target{};
        std::string text{};
        std::string action{};
    };
    void is(const std::string& target, const std::string& text) {
        CPPUNIT_ASSERT_EQUAL(target, seen_.at(0).target);
        CPPUNIT_ASSERT_EQUAL(text, seen_.at(0).text);
    }

    std::vector<Seen> seen_{};
    const EffectSink sink_{[this](const ppo_effect& effect) {
        seen_.push_back({effect.kind, effect.tone, copy_of(effect.target), copy_of(effect.text),
                         copy_of(effect.action_id) + "|" + copy_of(effect.action_label) + "|" +
                             copy_of(effect.argument)});
        return PPO_OK;
    }};
    Effects effects_{*static_cast<const ppo_effect_sink*>(sink_)};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ViewTest);
