// SPDX-License-Identifier: Apache-2.0
#include "boundary/saved_view_calls.hpp"

#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <optional>

using namespace ppo;

namespace {
using ViewSink = SinkTo<ppo_saved_view_sink, ppo_saved_view>;
}

class SavedViewCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SavedViewCallsTest);
    CPPUNIT_TEST(what_is_given_back_reads_the_same_rows);
    CPPUNIT_TEST(every_filter_and_the_columns_come_back);
    CPPUNIT_TEST(place_and_limit_are_left_aside);
    CPPUNIT_TEST(views_are_found_after_a_restart);
    CPPUNIT_TEST(another_member_of_staff_sees_and_drops_nothing);
    CPPUNIT_TEST(a_desk_more_or_less_makes_no_difference);
    CPPUNIT_TEST(the_sink_may_stop_and_may_call_back);
    CPPUNIT_TEST(refusals_have_results_of_their_own);
    CPPUNIT_TEST(what_cannot_be_is_misuse_and_saves_nothing);
    CPPUNIT_TEST(permission_is_needed_for_each_slot);
    CPPUNIT_TEST_SUITE_END();

    std::optional<LivePlugin> live_{};
    ppo_report_query query_ = fresh<ppo_report_query>();
    ppo_error error_ = fresh_error();
    const ppo_report_1& report_ = LivePlugin::report();

    ppo_result save(std::string_view name) {
        error_ = fresh_error();
        return report_.save_view(live_->self, &live_->caller, to_text(name), &query_, &error_);
    }
    ppo_result drop(std::string_view name) {
        return report_.drop_view(live_->self, &live_->caller, to_text(name), nullptr);
    }
    ppo_result each(const ViewSink& sink) {
        return report_.each_view(live_->self, &live_->caller, sink, nullptr);
    }
    std::string names() {
        std::string all;
        const ViewSink sink{[&](const ppo_saved_view& view) {
            all += copy_of(view.name) + ";";
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, each(sink));
        return all;
    }

public:
    void setUp() override { live_.emplace(); }
    void tearDown() override { live_.reset(); }

    void what_is_given_back_reads_the_same_rows() {
        const std::uint32_t column = PPO_COLUMN_PATIENT_ID;
        query_.search = to_text("winter");
        query_.columns = &column;
        query_.column_count = 1;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("Winter"));
        std::string rows_seen;
        const RowsSink rows{[&](const ppo_rows& batch) {
            for (std::uint64_t i = 0; i < batch.row_count * batch.column_count; ++i)
                rows_seen += copy_of(batch.cells[i].text) + ";";
            return PPO_OK;
        }};
        const ViewSink sink{[&](const ppo_saved_view& view) {
            return report_.read(live_->self, &live_->caller, view.query, rows, nullptr);
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, each(sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, rows_seen);
    }

    void every_filter_and_the_columns_come_back() {
        const std::array<std::uint32_t, 2> columns{PPO_COLUMN_NAME, PPO_COLUMN_TAGS};
        query_.sort = PPO_SORT_LAST_INVITED;
        query_.statuses = 1U << PPO_STATUS_NOT_INVITED | 1U << PPO_STATUS_INVITED;
        query_.marks = 0x300;
        query_.access_enabled = PPO_YES;
        query_.has_username = PPO_NO;
        query_.tag = to_text("recall");
        query_.appointment_after = to_milliseconds(noon);
        query_.columns = columns.data();
        query_.column_count = columns.size();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("Recalls"));
        int seen = 0;
        const ViewSink sink{[&](const ppo_saved_view& view) {
            const ppo_report_query& found = *view.query;
            const bool same = found.struct_size == sizeof found && found.sort == query_.sort &&
                              found.statuses == query_.statuses && found.marks == query_.marks &&
                              found.access_enabled == PPO_YES && found.has_username == PPO_NO &&
                              copy_of(found.tag) == "recall" &&
                              found.appointment_after == query_.appointment_after &&
                              found.appointment_before == 0 && found.column_count == 2 &&
                              found.columns[0] == PPO_COLUMN_NAME &&
                              found.columns[1] == PPO_COLUMN_TAGS;
            seen += same && view.changed_at == to_milliseconds(noon) ? 1 : 0;
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, each(sink));
        CPPUNIT_ASSERT_EQUAL(1, seen);
    }

    void place_and_limit_are_left_aside() {
        query_.cursor = to_text("of another page");
        query_.limit = 7;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("Everybody"));
        const ViewSink sink{[&](const ppo_saved_view& view) {
            return view.query->cursor.size == 0 && view.query->limit == 0 &&
                           view.query->columns == nullptr
                       ? PPO_OK
                       : 0;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, each(sink));
    }

    void views_are_found_after_a_restart() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("Recalls"));
        live_->restart();
        CPPUNIT_ASSERT_EQUAL(std::string{"Recalls;"}, names());
    }

    void another_member_of_staff_sees_and_drops_nothing() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("Recalls"));
        const auto mine = live_->caller.staff_id;
        live_->caller.staff_id = to_text("nurse-2");
        CPPUNIT_ASSERT_EQUAL(std::string{}, names());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_SAVED_VIEW}, drop("Recalls"));
        live_->caller.staff_id = mine;
        CPPUNIT_ASSERT_EQUAL(std::string{"Recalls;"}, names());
    }

    void a_desk_more_or_less_makes_no_difference() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("Recalls"));
        live_->caller.from = to_text("desk-9");
        CPPUNIT_ASSERT_EQUAL(std::string{"Recalls;"}, names());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, drop("RECALLS"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, names());
    }

    void the_sink_may_stop_and_may_call_back() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("A"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("B"));
        int seen = 0;
        const ViewSink stops{[&](const ppo_saved_view&) {
            ++seen;
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, drop("B"));
            return PPO_STOPPED;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, each(stops));
        CPPUNIT_ASSERT_EQUAL(1, seen);
        const ViewSink fails{[](const ppo_saved_view&) { return 0; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, each(fails));
    }

    void refusals_have_results_of_their_own() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_VIEW_NAME}, save(" \t "));
        CPPUNIT_ASSERT_EQUAL(std::string{"name"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_VIEW_NAME}, save("two\nlines"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_VIEW_NAME}, save(std::string(65, 'x')));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_SAVED_VIEW}, drop("Nobody's"));
        for (int i = 0; i < 50; ++i)
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, save("View " + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_TOO_MANY_VIEWS}, save("One more"));
        CPPUNIT_ASSERT_EQUAL(std::string{"refused_too_many_views"}, std::string{error_.code});
    }

    void what_cannot_be_is_misuse_and_saves_nothing() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, save(""));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG}, save(std::string(513, 'x')));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_NOT_UTF8}, save("\xFF"));
        query_.sort = 99;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, save("Recalls"));
        query_.sort = 0;
        query_.column_count = 1;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, save("Recalls"));
        query_.column_count = 0;
        query_.struct_size = 8;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE}, save("Recalls"));
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_NULL},
            report_.save_view(live_->self, &live_->caller, to_text("Recalls"), nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             report_.each_view(live_->self, &live_->caller, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{}, names());
    }

    void permission_is_needed_for_each_slot() {
        live_->caller.permissions = PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, save("Recalls"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, drop("Recalls"));
        const ViewSink sink{[](const ppo_saved_view&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, each(sink));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SavedViewCallsTest);
