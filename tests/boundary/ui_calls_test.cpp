// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "domain/text_fold.hpp"
#include "support/live_plugin.hpp"
#include "support/view_reader.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class UiCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UiCallsTest);
    CPPUNIT_TEST(contributes_the_menu_entries_and_the_tab);
    CPPUNIT_TEST(contributions_stop_when_told);
    CPPUNIT_TEST(opens_the_report_without_a_patient);
    CPPUNIT_TEST(open_needs_a_patient_for_the_tab);
    CPPUNIT_TEST(open_refuses_an_unknown_patient);
    CPPUNIT_TEST(open_knows_no_other_view);
    CPPUNIT_TEST(open_needs_a_place_and_a_request);
    CPPUNIT_TEST(open_leaves_the_handle_alone_when_it_fails);
    CPPUNIT_TEST(every_view_fits_the_schema_in_every_state);
    CPPUNIT_TEST(render_gives_pieces_cut_between_characters);
    CPPUNIT_TEST(render_stops_when_told);
    CPPUNIT_TEST(edit_knows_no_other_field);
    CPPUNIT_TEST(edit_checks_its_texts);
    CPPUNIT_TEST(invoke_knows_no_other_action);
    CPPUNIT_TEST(invoke_needs_a_sink);
    CPPUNIT_TEST(revision_rises_with_edit_and_invoke);
    CPPUNIT_TEST(views_are_apart_from_each_other);
    CPPUNIT_TEST(nothing_changes_in_the_store_by_looking_and_typing);
    CPPUNIT_TEST(close_ends_the_view);
    CPPUNIT_TEST(close_ignores_handles_that_are_none);
    CPPUNIT_TEST(a_sink_may_render_the_view_again);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }

    void tearDown() override { live_.reset(); }

    void contributes_the_menu_entries_and_the_tab() {
        std::string all;
        const ContributionSink sink{[&](const ppo_contribution& place) {
            all += copy_of(place.location) + "|" + copy_of(place.view_id) + "|" +
                   copy_of(place.label) + "|" + std::to_string(place.flags) + "|" +
                   std::to_string(place.permission) + ";";
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.contributions(live_->self, {}, sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"menu.my-links|onboarding.report|Patient Portal Onboarding Tool|0|1;"
                        "menu.my-links|onboarding.batches|Portal Invitation Batches|0|1;"
                        "patient.edit.tabs|patient-portal.tab|Patient Portal|1|1;"},
            all);
    }

    void contributions_stop_when_told() {
        int taken = 0;
        const ContributionSink sink{[&](const ppo_contribution&) {
            ++taken;
            return PPO_STOPPED;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED},
                             calls_.contributions(live_->self, {}, sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(1, taken);
    }

    void opens_the_report_without_a_patient() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
    }

    void open_needs_a_patient_for_the_tab() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, open("patient-portal.tab", ""));
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_id"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("patient-portal.tab", "P001"));
    }

    void open_refuses_an_unknown_patient() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
                             open("patient-portal.tab", "P404"));
    }

    void open_knows_no_other_view() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, open("another.view", ""));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, open("", ""));
    }

    void open_needs_a_place_and_a_request() {
        auto request = fresh<ppo_view_request>();
        request.view_id = to_text("onboarding.report");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             calls_.open(live_->self, &live_->caller, &request, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             calls_.open(live_->self, &live_->caller, nullptr, &view_, nullptr));
        request.struct_size = 8;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE},
                             calls_.open(live_->self, &live_->caller, &request, &view_, nullptr));
    }

    void open_leaves_the_handle_alone_when_it_fails() {
        int mine = 0;
        view_ = reinterpret_cast<ppo_view*>(&mine);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
                             open("patient-portal.tab", "P404"));
        CPPUNIT_ASSERT(view_ == reinterpret_cast<ppo_view*>(&mine));
    }

    void every_view_fits_the_schema_in_every_state() {
        fits_the_schema();  // Red.
        live_->enable("P001");
        fits_the_schema();  // Gray.
        live_->host.mail_answers = PPO_REFUSED_MAIL_REJECTED;
        static_cast<void>(live_->invited("P001"));
        fits_the_schema();  // Failed.
        live_->host.mail_answers = PPO_OK;
        live_->advance(std::chrono::minutes{3});
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        fits_the_schema();  // Orange.
        for (int i = 0; i < 5; ++i) static_cast<void>(live_->sign_in("anna.w", "wrong"));
        fits_the_schema();  // Locked.
        live_->advance(std::chrono::minutes{1});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", "maple kettle orbit"));
        fits_the_schema();  // Green.
        live_->host.patients.at(0).chart_status = ChartStatus::Deceased;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
        fits_the_schema();
    }

    void render_gives_pieces_cut_between_characters() {
        for (int i = 0; i < 60; ++i) {
            auto patient = anna("L" + std::to_string(i));
            for (int n = 0; n < 70; ++n) patient.last_name += "\xE2\x82\xAC";
            live_->host.patients.push_back(patient);
        }
        live_->restart();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        class PieceSink {
        public:
            bool whole = true;
            int pieces = 0;
            ppo_text_sink sink{this,
                               [](void* context, const char* data, std::size_t size) -> ppo_result {
                                   auto& self = *static_cast<PieceSink*>(context);
                                   ++self.pieces;
                                   self.whole = self.whole && is_valid_utf8({data, size});
                                   return PPO_OK;
                               }};
        } pieces;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.render(view_, &pieces.sink, nullptr));
        CPPUNIT_ASSERT(pieces.pieces > 1);
        CPPUNIT_ASSERT(pieces.whole);
    }

    void render_stops_when_told() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        TextSink stopping{PPO_STOPPED};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, calls_.render(view_, stopping, nullptr));
        TextSink failing{0};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, calls_.render(view_, failing, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, calls_.render(view_, nullptr, nullptr));
    }

    void edit_knows_no_other_field() {
        for (const auto& [view, patient] : views_) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open(view, patient));
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, edit("no such field", "x"));
        }
    }

    void edit_checks_its_texts() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, edit("", "x"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG},
                             edit("search", std::string(1'025, 'x')));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_NOT_UTF8}, edit("search", "\xFF"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, edit("search", ""));
    }

    void invoke_knows_no_other_action() {
        for (const auto& [view, patient] : views_) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open(view, patient));
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, invoke("no such action"));
        }
    }

    void invoke_needs_a_sink() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             calls_.invoke(view_, to_text("clear"), {}, nullptr, nullptr));
    }

    void revision_rises_with_edit_and_invoke() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        const auto first = rendered().revision();
        CPPUNIT_ASSERT_EQUAL(first, rendered().revision());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, edit("search", "x"));
        const auto second = rendered().revision();
        CPPUNIT_ASSERT(second > first);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invoke("clear"));
        CPPUNIT_ASSERT(rendered().revision() > second);
    }

    void views_are_apart_from_each_other() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        auto* first = view_;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, edit("search", "anna"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        CPPUNIT_ASSERT(first != view_);
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             std::string{rendered().element("search")["value"].GetString()});
    }

    void nothing_changes_in_the_store_by_looking_and_typing() {
        const auto before = live_->store_bytes();
        for (const auto& [view, patient] : views_) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open(view, patient));
            static_cast<void>(edit("username", "anna.w"));
            static_cast<void>(edit("password", "maple kettle orbit"));
            static_cast<void>(edit("search", "anna"));
            static_cast<void>(rendered());
        }
        CPPUNIT_ASSERT(before == live_->store_bytes());
    }

    void close_ends_the_view() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        calls_.close(view_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_HANDLE}, edit("search", "x"));
    }

    void close_ignores_handles_that_are_none() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        calls_.close(view_);
        calls_.close(view_);
        calls_.close(nullptr);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
    }

    void a_sink_may_render_the_view_again() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open("onboarding.report", ""));
        ppo_result inner = 0;
        const EffectSink sink{[&](const ppo_effect&) {
            TextSink text;
            inner = calls_.render(view_, text, nullptr);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.invoke(view_, to_text("enable"),
                                                               to_text("P001"), sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, inner);
    }

private:
    ppo_result open(std::string_view view_id, std::string_view patient_id) {
        auto request = fresh<ppo_view_request>();
        request.view_id = to_text(view_id);
        request.patient_id = to_text(patient_id);
        return calls_.open(live_->self, &live_->caller, &request, &view_, &error_);
    }
    ppo_result edit(std::string_view field, std::string_view value) {
        return calls_.edit(view_, to_text(field), to_text(value), nullptr);
    }
    ppo_result invoke(std::string_view action) {
        const EffectSink sink{[](const ppo_effect&) { return PPO_OK; }};
        return calls_.invoke(view_, to_text(action), {}, sink, nullptr);
    }
    ViewReader rendered() {
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.render(view_, text, nullptr));
        return ViewReader{text.text};
    }
    void fits_the_schema() {
        for (const auto& [view, patient] : views_) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open(view, patient));
            for (const char* typed : {"", "an", "anna.w", "anna.new"}) {
                static_cast<void>(edit("username", typed));
                static_cast<void>(edit("by_hand", "1"));
                static_cast<void>(edit("password", typed));
                CPPUNIT_ASSERT_EQUAL(std::string{}, rendered().schema_trouble());
            }
            calls_.close(view_);
        }
    }

    const std::vector<std::pair<std::string, std::string>> views_{
        {"onboarding.report", ""}, {"onboarding.batches", ""}, {"patient-portal.tab", "P001"}};
    std::optional<LivePlugin> live_{};
    const ppo_ui_1& calls_ = LivePlugin::ui();
    ppo_view* view_ = nullptr;
    ppo_error error_ = fresh_error();
};
CPPUNIT_TEST_SUITE_REGISTRATION(UiCallsTest);
