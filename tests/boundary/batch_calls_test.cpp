// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_calls.hpp"

#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

namespace {
using PreviewSink = SinkTo<ppo_batch_preview_sink, ppo_batch_preview>;
using BatchSink = SinkTo<ppo_batch_sink, ppo_batch>;
using PersonSink = SinkTo<ppo_batch_person_sink, ppo_batch_person>;
constexpr std::chrono::minutes hold_back{2};
}  // namespace

class BatchCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchCallsTest);
    CPPUNIT_TEST(preview_tells_numbers_and_reasons);
    CPPUNIT_TEST(preview_takes_a_report_s_filter);
    CPPUNIT_TEST(start_answers_with_all_that_undo_needs);
    CPPUNIT_TEST(start_for_nobody_is_refused);
    CPPUNIT_TEST(work_sends_the_batch_once_the_hold_back_is_over);
    CPPUNIT_TEST(host_is_asked_again_before_the_mail_is_queued);
    CPPUNIT_TEST(failing_directory_holds_the_batch_and_loses_nobody);
    CPPUNIT_TEST(undone_batch_mails_nobody);
    CPPUNIT_TEST(paused_batch_goes_on_after_resume);
    CPPUNIT_TEST(cancelled_batch_mails_nobody_more);
    CPPUNIT_TEST(steps_in_the_wrong_state_are_refused);
    CPPUNIT_TEST(host_is_told_to_render_after_each_step);
    CPPUNIT_TEST(batches_come_newest_first_or_one_alone);
    CPPUNIT_TEST(people_come_in_order_as_far_as_asked);
    CPPUNIT_TEST(skipped_people_have_a_reason_and_a_sentence);
    CPPUNIT_TEST(sinks_that_have_enough_are_asked_no_further);
    CPPUNIT_TEST(list_is_written_as_csv_alone);
    CPPUNIT_TEST(batches_that_are_none_are_unknown);
    CPPUNIT_TEST(permission_is_needed_for_each_slot);
    CPPUNIT_TEST(selection_is_either_filter_or_ids);
    CPPUNIT_TEST(selection_of_nobody_is_refused);
    CPPUNIT_TEST(selection_is_checked);
    CPPUNIT_TEST(missing_sinks_and_long_ids_are_misuse);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        live_->enable("P001");
        selection_.filter = &filter_;
    }

    void tearDown() override { live_.reset(); }

    void preview_tells_numbers_and_reasons() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2 selected, 1 mailed, 120 s; 1 because Portal access is "
                                         "not enabled. Enable it first.;"},
                             preview());
        CPPUNIT_ASSERT_EQUAL(live_->host.time.load() + 60'000, done_at_);
    }

    void preview_takes_a_report_s_filter() {
        filter_.access_enabled = PPO_YES;
        CPPUNIT_ASSERT_EQUAL(std::string{"1 selected, 1 mailed, 120 s; "}, preview());
    }

    void start_answers_with_all_that_undo_needs() {
        auto started = fresh<ppo_batch_started>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, start_into(&started));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_BATCH_HELD_BACK}, started.state);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, started.selected);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, started.to_mail);
        CPPUNIT_ASSERT_EQUAL(live_->host.time.load() + 120'000, started.starts_at);
        CPPUNIT_ASSERT_EQUAL(std::string{"1"}, std::string{started.batch_id});
    }

    void start_for_nobody_is_refused() {
        filter_.access_enabled = PPO_NO;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_EMPTY}, start_into(nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{}, batches());
    }

    void work_sends_the_batch_once_the_hold_back_is_over() {
        const auto id = start();
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, live_->host.mails().size());
        live_->advance(hold_back);
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, live_->host.mails()[0].recipient);
        CPPUNIT_ASSERT_EQUAL(std::string{"1 state 4, P001 sent;"},
                             batches() + ", " + people(id, 1U << 2));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_INVITED}, live_->account("P001").status);
    }

    void host_is_asked_again_before_the_mail_is_queued() {
        const auto id = start();
        live_->host.patients[0].email = "new@example.org";
        live_->advance(hold_back);
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::string{"new@example.org"}, live_->host.mails().at(0).recipient);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001 sent;"}, people(id, 1U << 2));
    }

    void failing_directory_holds_the_batch_and_loses_nobody() {
        const auto id = start();
        live_->advance(hold_back);
        live_->host.directory_answers = PPO_FAULT_HOST;
        ppo_result result = PPO_MORE;
        while (result == PPO_MORE) result = plugin_table.work(live_->self, 0, nullptr);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, result);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001 waiting;"}, people(id, 1U << 16));
        live_->host.directory_answers.reset();
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::string{"P001 sent;"}, people(id, 1U << 2));
    }

    void undone_batch_mails_nobody() {
        const auto id = start();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, step(calls_.undo_batch, id));
        live_->advance(hold_back);
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, live_->host.mails().size());
        CPPUNIT_ASSERT_EQUAL(std::string{"P001 taken back;"}, people(id, 1U << 18));
    }

    void paused_batch_goes_on_after_resume() {
        const auto id = start();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, step(calls_.pause_batch, id));
        live_->advance(hold_back);
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, live_->host.mails().size());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, step(calls_.resume_batch, id));
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
    }

    void cancelled_batch_mails_nobody_more() {
        const auto id = start();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, step(calls_.cancel_batch, id));
        live_->advance(hold_back);
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, live_->host.mails().size());
        CPPUNIT_ASSERT_EQUAL(std::string{"1 state 5"}, batches());
    }

    void steps_in_the_wrong_state_are_refused() {
        const auto id = start();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_STATE}, step(calls_.resume_batch, id));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, step(calls_.cancel_batch, id));
        for (const auto slot : {calls_.undo_batch, calls_.pause_batch, calls_.cancel_batch})
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_STATE}, step(slot, id));
    }

    void host_is_told_to_render_after_each_step() {
        const auto before = live_->host.refreshed().size();
        const auto id = start();
        CPPUNIT_ASSERT_EQUAL(before + 1, live_->host.refreshed().size());
        CPPUNIT_ASSERT_EQUAL(std::string{}, live_->host.refreshed().back());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, step(calls_.undo_batch, id));
        CPPUNIT_ASSERT_EQUAL(before + 2, live_->host.refreshed().size());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_STATE}, step(calls_.undo_batch, id));
        CPPUNIT_ASSERT_EQUAL(before + 2, live_->host.refreshed().size());
    }

    void batches_come_newest_first_or_one_alone() {
        const auto first = start();
        start();
        CPPUNIT_ASSERT_EQUAL(std::string{"2 state 1;1 state 1"}, batches());
        CPPUNIT_ASSERT_EQUAL(std::string{"1 state 1"}, batches(first));
    }

    void people_come_in_order_as_far_as_asked() {
        add_many(600);
        const auto id = start();
        CPPUNIT_ASSERT_EQUAL(std::size_t{602}, places(id, 0, 0).size());
        const auto some = places(id, 300, 290);
        CPPUNIT_ASSERT_EQUAL(std::size_t{290}, some.size());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{301}, some.front());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{590}, some.back());
    }

    void skipped_people_have_a_reason_and_a_sentence() {
        const auto id = start();
        ppo_result because = PPO_OK;
        std::string sentence;
        const PersonSink sink{[&](const ppo_batch_person& person) {
            because = person.skipped_because;
            sentence = copy_of(person.reason);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, people_into(id, 1U << PPO_OUTCOME_SKIPPED, sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_ACCESS_NOT_ENABLED}, because);
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is not enabled. Enable it first."},
                             sentence);
    }

    void sinks_that_have_enough_are_asked_no_further() {
        const auto id = start();
        start();
        int taken = 0;
        const BatchSink batch{[&](const ppo_batch&) { return ++taken, PPO_STOPPED; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, batches_into({}, batch));
        const PersonSink person{[&](const ppo_batch_person&) { return ++taken, PPO_STOPPED; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, people_into(id, 0, person));
        CPPUNIT_ASSERT_EQUAL(2, taken);
        TextSink text{PPO_STOPPED};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, write_into(id, "csv", text));
        CPPUNIT_ASSERT_EQUAL(1, text.pieces);
    }

    void list_is_written_as_csv_alone() {
        const auto id = start();
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, write_into(id, "csv", text));
        CPPUNIT_ASSERT(text.text.find("P001,\"Winter, Anna\",waiting,") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, write_into(id, "html", text));
    }

    void batches_that_are_none_are_unknown() {
        start();
        for (const std::string id : {"2", "01", "+1", "1 ", "one", "-1", "99999999999999999999"}) {
            for (const auto slot :
                 {calls_.undo_batch, calls_.pause_batch, calls_.resume_batch, calls_.cancel_batch})
                CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_BATCH}, step(slot, id));
            const BatchSink batch{[](const ppo_batch&) { return PPO_OK; }};
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_BATCH}, batches_into(id, batch));
            const PersonSink person{[](const ppo_batch_person&) { return PPO_OK; }};
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_BATCH}, people_into(id, 0, person));
            TextSink text;
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_BATCH},
                                 write_into(id, "csv", text));
        }
    }

    void permission_is_needed_for_each_slot() {
        const auto id = start();
        live_->caller.permissions = 0;
        const ppo_result refused = PPO_REFUSED_NOT_PERMITTED;
        const PreviewSink preview{[](const ppo_batch_preview&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(refused, preview_into(preview));
        CPPUNIT_ASSERT_EQUAL(refused, start_into(nullptr));
        for (const auto slot :
             {calls_.undo_batch, calls_.pause_batch, calls_.resume_batch, calls_.cancel_batch})
            CPPUNIT_ASSERT_EQUAL(refused, step(slot, id));
        const BatchSink batch{[](const ppo_batch&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(refused, batches_into({}, batch));
        const PersonSink person{[](const ppo_batch_person&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(refused, people_into(id, 0, person));
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(refused, write_into(id, "csv", text));
    }

    void selection_is_either_filter_or_ids() {
        use_ids({"P001"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, start_into(nullptr));
        selection_.filter = nullptr;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, start_into(nullptr));
    }

    void selection_of_nobody_is_refused() {
        selection_.filter = nullptr;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_EMPTY}, start_into(nullptr));
    }

    void selection_is_checked() {
        selection_.flags = 2;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, start_into(nullptr));
        selection_.flags = PPO_BATCH_SIGNED_IN_TOO;
        filter_.sort = 99;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, start_into(nullptr));
        filter_.struct_size = 4;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE}, start_into(nullptr));
        selection_.filter = nullptr;
        selection_.patient_id_count = 100'001;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, start_into(nullptr));
        selection_.patient_id_count = 1;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, start_into(nullptr));
        use_ids({"P001", std::string(65, 'x')});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG}, start_into(nullptr));
        use_ids({"P001", ""});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, start_into(nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{}, batches());
    }

    void missing_sinks_and_long_ids_are_misuse() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, preview_into(nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, batches_into({}, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, people_into("1", 0, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, write_into("1", "csv", nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG},
                             step(calls_.undo_batch, std::string(65, '1')));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, step(calls_.undo_batch, ""));
    }

private:
    void use_ids(std::vector<std::string> ids) {
        ids_ = std::move(ids);
        texts_.clear();
        for (const auto& id : ids_) texts_.push_back(to_text(id));
        selection_.patient_ids = texts_.data();
        selection_.patient_id_count = texts_.size();
    }
    void add_many(int count) {
        for (int i = 0; i < count; ++i)
            live_->host.patients.push_back(anna("M" + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.sync_directory(live_->self, nullptr, nullptr));
    }
    ppo_result preview_into(const ppo_batch_preview_sink* sink) {
        return calls_.preview_batch(live_->self, &live_->caller, &selection_, sink, &error_);
    }
    std::string preview() {
        std::string all;
        const PreviewSink sink{[&](const ppo_batch_preview& preview) {
            all = std::to_string(preview.selected) + " selected, " +
                  std::to_string(preview.to_mail) + " mailed, " +
                  std::to_string(preview.hold_back_seconds) + " s; ";
            for (std::uint64_t i = 0; i < preview.skip_count; ++i)
                all += std::to_string(preview.skips[i]->count) + " because " +
                       copy_of(preview.skips[i]->sentence) + ";";
            done_at_ = preview.done_at;
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, preview_into(sink));
        return all;
    }
    ppo_result start_into(ppo_batch_started* started) {
        return calls_.start_batch(live_->self, &live_->caller, &selection_, started, &error_);
    }
    std::string start() {
        auto started = fresh<ppo_batch_started>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, start_into(&started));
        return started.batch_id;
    }
    ppo_result step(ppo_result(PPO_CALL* slot)(ppo_instance*, const ppo_caller*, ppo_text,
                                               ppo_error*),
                    const std::string& id) {
        return slot(live_->self, &live_->caller, to_text(id), &error_);
    }
    ppo_result batches_into(const std::string& id, const ppo_batch_sink* sink) {
        return calls_.each_batch(live_->self, &live_->caller, to_text(id), sink, &error_);
    }
    std::string batches(const std::string& id = {}) {
        std::string all;
        const BatchSink sink{[&](const ppo_batch& batch) {
            all += (all.empty() ? "" : ";") + copy_of(batch.batch_id) + " state " +
                   std::to_string(batch.state);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, batches_into(id, sink));
        return all;
    }
    ppo_result people_into(const std::string& id, std::uint32_t outcomes,
                           const ppo_batch_person_sink* sink, std::uint32_t after = 0,
                           std::uint64_t limit = 0) {
        return calls_.each_batch_person(live_->self, &live_->caller, to_text(id), outcomes, after,
                                        limit, sink, &error_);
    }
    std::string people(const std::string& id, std::uint32_t outcomes) {
        std::string all;
        const PersonSink sink{[&](const ppo_batch_person& person) {
            all += copy_of(person.patient_id) +
                   (person.outcome == PPO_MAIL_SENT            ? " sent;"
                    : person.outcome == PPO_OUTCOME_WAITING    ? " waiting;"
                    : person.outcome == PPO_OUTCOME_TAKEN_BACK ? " taken back;"
                                                               : " other;");
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, people_into(id, outcomes, sink));
        return all;
    }
    std::vector<std::uint32_t> places(const std::string& id, std::uint32_t after,
                                      std::uint64_t limit) {
        std::vector<std::uint32_t> all;
        const PersonSink sink{[&](const ppo_batch_person& person) {
            all.push_back(person.place);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, people_into(id, 0, sink, after, limit));
        return all;
    }
    ppo_result write_into(const std::string& id, std::string_view format,
                          const ppo_text_sink* sink) {
        return calls_.write_batch(live_->self, &live_->caller, to_text(id), 0, to_text(format),
                                  sink, &error_);
    }

    std::optional<LivePlugin> live_{};
    const ppo_onboarding_1& calls_ = LivePlugin::onboarding();
    ppo_report_query filter_ = fresh<ppo_report_query>();
    ppo_batch_selection selection_ = fresh<ppo_batch_selection>();
    std::vector<std::string> ids_{};
    std::vector<ppo_text> texts_{};
    ppo_time done_at_ = 0;
    ppo_error error_ = fresh_error();
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchCallsTest);
