// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"

#include "invitations/send_invitation.hpp"
#include "store/outbox_table.hpp"
#include "support/batches.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
constexpr auto hold_back = std::chrono::minutes{2};
constexpr auto tick = std::chrono::milliseconds{1};
}  // namespace

class BatchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchTest);
    CPPUNIT_TEST(preview_agrees_with_start);
    CPPUNIT_TEST(preview_changes_nothing);
    CPPUNIT_TEST(preview_names_the_most_frequent_reason_first);
    CPPUNIT_TEST(preview_says_when_the_last_mail_leaves);
    CPPUNIT_TEST(start_stores_whom_it_mails_and_whom_it_skips);
    CPPUNIT_TEST(start_queues_nothing_and_leaves_patients_as_they_are);
    CPPUNIT_TEST(start_is_one_entry_with_numbers_alone);
    CPPUNIT_TEST(batches_are_numbered_one_after_the_other);
    CPPUNIT_TEST(batch_for_nobody_is_refused_and_leaves_nothing);
    CPPUNIT_TEST(undo_takes_everybody_back);
    CPPUNIT_TEST(undo_is_refused_once_it_runs);
    CPPUNIT_TEST(undo_of_a_paused_batch_ends_with_the_hold_back);
    CPPUNIT_TEST(undo_is_refused_once_somebody_was_mailed_whatever_the_clock_says);
    CPPUNIT_TEST(pause_holds_a_batch_that_is_held_back_or_runs);
    CPPUNIT_TEST(resume_goes_back_to_where_it_was);
    CPPUNIT_TEST(cancel_takes_waiting_people_back);
    CPPUNIT_TEST(cancel_takes_queued_mails_out_and_kills_their_links);
    CPPUNIT_TEST(cancel_leaves_mails_in_hand_alone);
    CPPUNIT_TEST(cancel_leaves_newer_links_of_others_alone);
    CPPUNIT_TEST(ended_batches_take_no_step);
    CPPUNIT_TEST(unknown_batches_take_no_step);
    CPPUNIT_TEST(each_step_is_recorded_with_who_took_it);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::int64_t start(UnixTime at = noon) {
        return start_some(store_, practice_, everybody(), at);
    }
    /// A batch that has begun and queued its mails.
    std::int64_t running() {
        const auto id = start();
        advance_all(store_, practice_, noon + hold_back);
        return id;
    }
    BatchState state(std::int64_t id) { return progress_of(store_, id).state; }
    std::int64_t rows(const std::string& table) {
        return store_.number("SELECT COUNT(*) FROM " + table);
    }

public:
    void preview_agrees_with_start() {
        add_crowd(store_, 400);
        for (const bool signed_in_too : {false, true}) {
            auto selection = everybody();
            selection.signed_in_too = signed_in_too;
            const auto preview = preview_batch(store_, practice_, selection, noon);
            const auto id = start_some(store_, practice_, selection);
            const auto stored = progress_of(store_, id);
            CPPUNIT_ASSERT_EQUAL(preview.selected, stored.selected);
            CPPUNIT_ASSERT_EQUAL(preview.to_mail, how_many(stored, BatchOutcome::Waiting));
            CPPUNIT_ASSERT(preview.skips.size() >= 6);
            for (const auto& [reason, count] : preview.skips)
                CPPUNIT_ASSERT_EQUAL(
                    count, rows("batch_person WHERE batch_id = " + std::to_string(id) +
                                " AND reason = '" + std::string{refusal_code(reason)} + "'"));
        }
    }

    void preview_changes_nothing() {
        add_people(store_, 3);
        const auto before = store_.bytes();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3},
                             preview_batch(store_, practice_, everybody(), noon).to_mail);
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void preview_names_the_most_frequent_reason_first() {
        add_people(store_, 1);
        auto nobody = anna("Z1");
        nobody.email.clear();
        store_.add(nobody);
        store_.add(anna("Z2"), false);
        store_.add(anna("Z3"), false);
        const auto skips = preview_batch(store_, practice_, everybody(), noon).skips;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, skips.size());
        CPPUNIT_ASSERT_EQUAL(Refusal::AccessNotEnabled, skips.front().first);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, skips.front().second);
        CPPUNIT_ASSERT_EQUAL(Refusal::NoEmail, skips.back().first);
    }

    void preview_says_when_the_last_mail_leaves() {
        add_people(store_, 25);
        practice_.mails_per_minute = 10;
        CPPUNIT_ASSERT(noon + std::chrono::minutes{3} ==
                       preview_batch(store_, practice_, everybody(), noon).done_at);
    }

    void start_stores_whom_it_mails_and_whom_it_skips() {
        add_people(store_, 2);
        store_.add(anna("P0003"), false);
        const auto started = start_batch(store_, practice_, these({"P0001", "P0002", "P0003"}),
                                         nurse, noon);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, started->selected);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, started->to_mail);
        CPPUNIT_ASSERT(started->starts_at == noon + hold_back);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"P0001 waiting;P0002 waiting;P0003 skipped refused_access_not_enabled;"},
            people_of(store_, started->id));
    }

    void start_queues_nothing_and_leaves_patients_as_they_are() {
        add_people(store_, 2);
        start();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, rows("outbox"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, rows("invitation"));
        CPPUNIT_ASSERT(store_.account("P0001").marks == Marks{});
    }

    void start_is_one_entry_with_numbers_alone() {
        add_people(store_, 2);
        store_.add(anna("P0003"), false);
        start();
        CPPUNIT_ASSERT_EQUAL(std::string{"batch_started nurse-1 batch=1 selected=3 to_mail=2;"},
                             batch_record(store_));
    }

    void batches_are_numbered_one_after_the_other() {
        add_people(store_, 1);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, start());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, start());
    }

    void batch_for_nobody_is_refused_and_leaves_nothing() {
        store_.add(anna("P0003"), false);
        CPPUNIT_ASSERT_EQUAL(Refusal::BatchEmpty,
                             refusal_of(start_batch(store_, practice_, everybody(), nurse, noon)));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, rows("batch"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, rows("batch_person"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, batch_record(store_));
    }

    void undo_takes_everybody_back() {
        add_people(store_, 2);
        const auto id = start();
        CPPUNIT_ASSERT(undo_batch(store_, id, nurse, noon + hold_back - tick));
        CPPUNIT_ASSERT_EQUAL(BatchState::Undone, state(id));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 taken_back;P0002 taken_back;"},
                             people_of(store_, id));
        CPPUNIT_ASSERT_EQUAL(0, advance_all(store_, practice_, noon + hold_back));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, rows("outbox"));
    }

    void undo_is_refused_once_it_runs() {
        add_people(store_, 1);
        const auto id = running();
        CPPUNIT_ASSERT_EQUAL(Refusal::BatchState,
                             refusal_of(undo_batch(store_, id, nurse, noon + hold_back)));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows("outbox WHERE next_try_at IS NOT NULL"));
    }

    void undo_of_a_paused_batch_ends_with_the_hold_back() {
        add_people(store_, 1);
        const auto first = start();
        const auto second = start();
        CPPUNIT_ASSERT(pause_batch(store_, first, nurse, noon));
        CPPUNIT_ASSERT(pause_batch(store_, second, nurse, noon));
        CPPUNIT_ASSERT(undo_batch(store_, first, nurse, noon + hold_back - tick));
        CPPUNIT_ASSERT_EQUAL(Refusal::BatchState,
                             refusal_of(undo_batch(store_, second, nurse, noon + hold_back)));
    }

    void undo_is_refused_once_somebody_was_mailed_whatever_the_clock_says() {
        add_people(store_, 1);
        const auto id = running();
        CPPUNIT_ASSERT(pause_batch(store_, id, nurse, noon + hold_back));
        CPPUNIT_ASSERT_EQUAL(Refusal::BatchState, refusal_of(undo_batch(store_, id, nurse, noon)));
    }

    void pause_holds_a_batch_that_is_held_back_or_runs() {
        add_people(store_, 1);
        const auto id = start();
        CPPUNIT_ASSERT(pause_batch(store_, id, nurse, noon));
        CPPUNIT_ASSERT_EQUAL(0, advance_all(store_, practice_, noon + hold_back));
        CPPUNIT_ASSERT_EQUAL(Refusal::BatchState, refusal_of(pause_batch(store_, id, nurse, noon)));
        CPPUNIT_ASSERT(resume_batch(store_, id, nurse, noon + hold_back));
        advance_all(store_, practice_, noon + hold_back);
        CPPUNIT_ASSERT(pause_batch(store_, id, nurse, noon + hold_back));
        CPPUNIT_ASSERT_EQUAL(0, settle_due(store_, noon + hold_back));
        CPPUNIT_ASSERT_EQUAL(BatchState::Paused, state(id));
    }

    void resume_goes_back_to_where_it_was() {
        add_people(store_, 1);
        const auto id = start();
        CPPUNIT_ASSERT_EQUAL(Refusal::BatchState,
                             refusal_of(resume_batch(store_, id, nurse, noon)));
        CPPUNIT_ASSERT(pause_batch(store_, id, nurse, noon));
        CPPUNIT_ASSERT(resume_batch(store_, id, nurse, noon + hold_back - tick));
        CPPUNIT_ASSERT_EQUAL(BatchState::HeldBack, state(id));
        CPPUNIT_ASSERT(pause_batch(store_, id, nurse, noon));
        CPPUNIT_ASSERT(resume_batch(store_, id, nurse, noon + hold_back));
        CPPUNIT_ASSERT_EQUAL(BatchState::Running, state(id));
    }

    void cancel_takes_waiting_people_back() {
        add_people(store_, 2);
        const auto id = start();
        CPPUNIT_ASSERT(cancel_batch(store_, id, nurse, noon + tick));
        const auto progress = progress_of(store_, id);
        CPPUNIT_ASSERT_EQUAL(BatchState::Cancelled, progress.state);
        CPPUNIT_ASSERT(progress.ended_at == noon + tick);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, how_many(progress, BatchOutcome::TakenBack));
        CPPUNIT_ASSERT_EQUAL(0, advance_all(store_, practice_, noon + hold_back));
    }

    void cancel_takes_queued_mails_out_and_kills_their_links() {
        add_people(store_, 2);
        const auto id = running();
        CPPUNIT_ASSERT(cancel_batch(store_, id, nurse, noon + hold_back));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 cancelled;P0002 cancelled;"},
                             people_of(store_, id));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, rows("invitation WHERE closed_by = 6"));
        CPPUNIT_ASSERT_EQUAL(0, settle_due(store_, noon + hold_back));
        CPPUNIT_ASSERT(!store_.account("P0001").marks.has(Mark::Queued));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, rows("audit WHERE action = 'invitation_withdrawn'"));
    }

    void cancel_leaves_mails_in_hand_alone() {
        add_people(store_, 2);
        const auto id = running();
        const auto at = noon + hold_back;
        std::optional<QueuedMail> mail;
        store_.change("P0001", [&](Transaction& transaction) {
            mail = lease_due_mail(transaction, at, at + std::chrono::minutes{1}, "w1");
        });
        CPPUNIT_ASSERT(cancel_batch(store_, id, nurse, at));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 sending;P0002 cancelled;"},
                             people_of(store_, id, 0, at));
        store_.change("P0001", [&](Transaction& transaction) {
            CPPUNIT_ASSERT(settle_mail(transaction, *mail, "w1", MailOutcome{}));
        });
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 sent;P0002 cancelled;"}, people_of(store_, id));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows("invitation WHERE closed_at IS NULL"));
    }

    void cancel_leaves_newer_links_of_others_alone() {
        add_people(store_, 1);
        const auto id = running();
        const auto later = noon + hold_back + hold_back;
        const auto single = send_invitation(store_, practice_, "P0001", nurse, later);
        CPPUNIT_ASSERT(single);
        CPPUNIT_ASSERT(cancel_batch(store_, id, nurse, later));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows("invitation WHERE closed_at IS NULL"));
        CPPUNIT_ASSERT_EQUAL(1, settle_due(store_, later));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 cancelled;"}, people_of(store_, id));
    }

    void ended_batches_take_no_step() {
        add_people(store_, 1);
        const auto undone = start();
        CPPUNIT_ASSERT(undo_batch(store_, undone, nurse, noon));
        const auto cancelled = start();
        CPPUNIT_ASSERT(cancel_batch(store_, cancelled, nurse, noon));
        const auto done = running();
        settle_due(store_, noon + hold_back);
        advance_all(store_, practice_, noon + hold_back);
        CPPUNIT_ASSERT_EQUAL(BatchState::Done, state(done));
        for (const auto id : {undone, cancelled, done})
            for (const auto step : {undo_batch, pause_batch, resume_batch, cancel_batch})
                CPPUNIT_ASSERT_EQUAL(Refusal::BatchState,
                                     refusal_of(step(store_, id, nurse, noon)));
    }

    void unknown_batches_take_no_step() {
        for (const auto step : {undo_batch, pause_batch, resume_batch, cancel_batch})
            CPPUNIT_ASSERT_EQUAL(Refusal::UnknownBatch, refusal_of(step(store_, 7, nurse, noon)));
    }

    void each_step_is_recorded_with_who_took_it() {
        add_people(store_, 2);
        const auto id = start();
        CPPUNIT_ASSERT(pause_batch(store_, id, nurse, noon));
        CPPUNIT_ASSERT(resume_batch(store_, id, nurse, noon));
        CPPUNIT_ASSERT(undo_batch(store_, id, nurse, noon));
        CPPUNIT_ASSERT(cancel_batch(store_, start(), nurse, noon));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"batch_started nurse-1 batch=1 selected=2 to_mail=2;"
                        "batch_paused nurse-1 batch=1;batch_resumed nurse-1 batch=1;"
                        "batch_undone nurse-1 batch=1 taken_back=2;"
                        "batch_started nurse-1 batch=2 selected=2 to_mail=2;"
                        "batch_cancelled nurse-1 batch=2 taken_back=2 withdrawn=0;"},
            batch_record(store_));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchTest);
