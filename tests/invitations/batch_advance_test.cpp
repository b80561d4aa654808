// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"

#include "invitations/send_invitation.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"
#include "support/batches.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <thread>

using namespace ppo;

namespace {
constexpr auto hold_back = std::chrono::minutes{2};
constexpr auto tick = std::chrono::milliseconds{1};
constexpr UnixTime begin = noon + hold_back;

std::set<std::string> nothing_new(const std::vector<std::string>&) { return {}; }
}  // namespace

class BatchAdvanceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchAdvanceTest);
    CPPUNIT_TEST(nothing_leaves_before_the_hold_back_is_over);
    CPPUNIT_TEST(people_are_queued_a_few_hundred_at_a_time);
    CPPUNIT_TEST(outbox_stays_small_until_mails_leave);
    CPPUNIT_TEST(deferred_mails_do_not_stop_the_others);
    CPPUNIT_TEST(paused_batch_lets_the_next_one_through);
    CPPUNIT_TEST(mail_is_the_same_as_a_single_one_but_can_wait);
    CPPUNIT_TEST(each_invitation_is_recorded_for_who_started_the_batch);
    CPPUNIT_TEST(host_is_asked_for_those_whose_turn_it_is);
    CPPUNIT_TEST(everybody_is_judged_again_when_the_turn_comes);
    CPPUNIT_TEST(chart_that_cannot_be_read_is_skipped_alone);
    CPPUNIT_TEST(host_that_fails_loses_nobody);
    CPPUNIT_TEST(store_that_fails_within_a_group_queues_none_of_it);
    CPPUNIT_TEST(crash_between_groups_loses_nobody_and_doubles_nobody);
    CPPUNIT_TEST(second_batch_for_the_same_people_skips_who_was_just_mailed);
    CPPUNIT_TEST(reset_link_goes_to_who_has_a_password);
    CPPUNIT_TEST(batch_is_done_when_every_mail_is_settled);
    CPPUNIT_TEST(batch_without_a_mail_left_is_done_at_once);
    CPPUNIT_TEST(two_processes_mail_everybody_once);
    CPPUNIT_TEST(undo_and_begin_cannot_both_win);
    CPPUNIT_TEST(cancel_during_the_run_leaves_no_link_behind);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::int64_t start() { return start_some(store_, practice_, everybody()); }
    bool step(UnixTime at = begin, const RefreshPatients& refresh = nothing_new) {
        return advance_batches(store_, practice_, refresh, at);
    }
    std::int64_t rows(const std::string& table) {
        return store_.number("SELECT COUNT(*) FROM " + table);
    }
    std::int64_t pending() { return rows("outbox WHERE next_try_at IS NOT NULL"); }

    /// Runs `advance_batches` on a Database of its own until it has nothing to do.
    std::thread process() {
        return std::thread{[path = store_.path(), practice = practice_] {
            Database database{path, test_keyring()};
            while (advance_batches(database, practice, nothing_new, begin)) continue;
        }};
    }

public:
    void nothing_leaves_before_the_hold_back_is_over() {
        add_people(store_, 2);
        const auto id = start();
        CPPUNIT_ASSERT(!step(begin - tick));
        CPPUNIT_ASSERT_EQUAL(BatchState::HeldBack, progress_of(store_, id).state);
        CPPUNIT_ASSERT(step(begin));
        CPPUNIT_ASSERT_EQUAL(BatchState::Running, progress_of(store_, id).state);
        CPPUNIT_ASSERT(step(begin));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, pending());
    }

    void people_are_queued_a_few_hundred_at_a_time() {
        add_people(store_, 250);
        start();
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{200}, pending());
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{250}, pending());
        CPPUNIT_ASSERT(!step());
    }

    void outbox_stays_small_until_mails_leave() {
        add_people(store_, 1300);
        const auto id = start();
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1000}, pending());
        CPPUNIT_ASSERT_EQUAL(1000, settle_due(store_, begin));
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{300}, pending());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1000},
                             how_many(progress_of(store_, id), BatchOutcome::Sent));
    }

    void deferred_mails_do_not_stop_the_others() {
        add_people(store_, 1200);
        start();
        advance_all(store_, practice_, begin);
        store_.tamper("UPDATE outbox SET next_try_at = next_try_at + 3600000");
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1200}, pending());
    }

    void paused_batch_lets_the_next_one_through() {
        add_people(store_, 3);
        const auto first = start_some(store_, practice_, these({"P0001", "P0002"}));
        start_some(store_, practice_, these({"P0003"}));
        CPPUNIT_ASSERT(pause_batch(store_, first, nurse, noon));
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, pending());
        CPPUNIT_ASSERT(store_.account("P0003").marks.has(Mark::Queued));
    }

    void mail_is_the_same_as_a_single_one_but_can_wait() {
        add_people(store_, 2);
        const auto id = start();
        advance_all(store_, practice_, begin);
        Transaction transaction{store_};
        const auto mail = lease_due_mail(transaction, begin, begin, "w1").value();
        CPPUNIT_ASSERT(mail.can_wait);
        CPPUNIT_ASSERT_EQUAL(id, mail.batch.value().batch_id);
        CPPUNIT_ASSERT_EQUAL(mail.people.front().patient_id,
                             person_id(static_cast<int>(mail.batch->place)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mail.people.size());
    }

    void each_invitation_is_recorded_for_who_started_the_batch() {
        add_people(store_, 1);
        start();
        advance_all(store_, practice_, begin);
        const auto entry = store_.ask(
            [](Connection& connection) { return latest_audit(connection, "P0001", 1).front(); });
        CPPUNIT_ASSERT_EQUAL(std::string{"invitation_queued nurse-1 desk-2"},
                             entry.action + " " + entry.actor.id + " " + entry.actor.from);
        CPPUNIT_ASSERT(entry.actor.kind == Actor::Kind::Staff);
    }

    void host_is_asked_for_those_whose_turn_it_is() {
        add_people(store_, 201);
        start();
        std::vector<std::size_t> asked;
        const auto ask = [&](const auto& ids) {
            asked.push_back(ids.size());
            return nothing_new(ids);
        };
        while (step(begin, ask)) continue;
        CPPUNIT_ASSERT((std::vector<std::size_t>{200, 1} == asked));
    }

    void everybody_is_judged_again_when_the_turn_comes() {
        add_people(store_, 5);
        const auto id = start();
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT(step(begin, [&](const std::vector<std::string>& ids) {
            store_.change("P0001", [](Transaction& t) {
                CPPUNIT_ASSERT(put_access(t, "P0001", false, noon));
            });
            store_.change("P0002", [](Transaction& t) { hide_patient(t, "P0002"); });
            store_.change("P0003", [](Transaction& t) { put_signed_in(t, "P0003", noon); });
            CPPUNIT_ASSERT(send_invitation(store_, practice_, "P0004", nurse, begin));
            return nothing_new(ids);
        }));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 skipped refused_access_not_enabled;"
                                         "P0002 skipped refused_unknown_patient;"
                                         "P0003 skipped refused_already_signed_in;"
                                         "P0004 skipped refused_cooling_down;P0005 queued;"},
                             people_of(store_, id));
    }

    void chart_that_cannot_be_read_is_skipped_alone() {
        add_people(store_, 2);
        const auto id = start();
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT(step(begin, [](const auto&) { return std::set<std::string>{"P0001"}; }));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 skipped refused_chart_unreadable;P0002 queued;"},
                             people_of(store_, id));
    }

    void host_that_fails_loses_nobody() {
        add_people(store_, 2);
        const auto id = start();
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT_THROW(step(begin,
                                  [](const auto&) -> std::set<std::string> {
                                      throw std::runtime_error{"no directory"};
                                  }),
                             std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2},
                             how_many(progress_of(store_, id), BatchOutcome::Waiting));
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, pending());
    }

    void store_that_fails_within_a_group_queues_none_of_it() {
        add_people(store_, 5);
        const auto id = start();
        CPPUNIT_ASSERT(step());
        store_.break_on("INSERT", "outbox", "NEW.batch_place = 4");
        CPPUNIT_ASSERT_THROW(step(), StoreFault);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, pending());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5},
                             how_many(progress_of(store_, id), BatchOutcome::Waiting));
        store_.mend("outbox");
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, pending());
    }

    void crash_between_groups_loses_nobody_and_doubles_nobody() {
        add_people(store_, 450);
        const auto id = start();
        while (step()) store_.reopen();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{450}, pending());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{450},
                             store_.number("SELECT COUNT(DISTINCT patient_id) FROM outbox_person"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{450},
                             how_many(progress_of(store_, id), BatchOutcome::Queued));
    }

    void second_batch_for_the_same_people_skips_who_was_just_mailed() {
        add_people(store_, 2);
        start();
        const auto second = start();
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"P0001 skipped refused_cooling_down;P0002 skipped refused_cooling_down;"},
            people_of(store_, second));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, pending());
    }

    void reset_link_goes_to_who_has_a_password() {
        add_people(store_, 1);
        store_.set_up("P0001", "anna.w");
        start();
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows("invitation WHERE origin = 2"));
    }

    void batch_is_done_when_every_mail_is_settled() {
        add_people(store_, 2);
        const auto id = start();
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(BatchState::Running, progress_of(store_, id).state);
        settle_due(store_, begin, MailState::Failed);
        CPPUNIT_ASSERT(step(begin + tick));
        const auto progress = progress_of(store_, id);
        CPPUNIT_ASSERT_EQUAL(BatchState::Done, progress.state);
        CPPUNIT_ASSERT(progress.ended_at == begin + tick);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, how_many(progress, BatchOutcome::Failed));
        CPPUNIT_ASSERT_EQUAL(std::string{"batch_started nurse-1 batch=1 selected=2 to_mail=2;"
                                         "batch_done  batch=1;"},
                             batch_record(store_));
        CPPUNIT_ASSERT(!step(begin + tick));
    }

    void batch_without_a_mail_left_is_done_at_once() {
        add_people(store_, 1);
        const auto id = start();
        store_.change("P0001",
                      [](Transaction& t) { CPPUNIT_ASSERT(put_access(t, "P0001", false, noon)); });
        CPPUNIT_ASSERT_EQUAL(3, advance_all(store_, practice_, begin));
        CPPUNIT_ASSERT_EQUAL(BatchState::Done, progress_of(store_, id).state);
    }

    void two_processes_mail_everybody_once() {
        add_people(store_, 900);
        const auto id = start();
        auto one = process();
        auto other = process();
        one.join();
        other.join();
        advance_all(store_, practice_,
                    begin);  // Both may have stopped where the other was at work.
        CPPUNIT_ASSERT_EQUAL(std::int64_t{900}, rows("outbox"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{900},
                             store_.number("SELECT COUNT(DISTINCT patient_id) FROM outbox_person"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{900},
                             how_many(progress_of(store_, id), BatchOutcome::Queued));
    }

    void undo_and_begin_cannot_both_win() {
        add_people(store_, 3);
        for (int round = 0; round < 20; ++round) {
            const auto at = noon + std::chrono::hours{25 * round};
            const auto id = start_some(store_, practice_, everybody(), at);
            std::thread worker{[this, at] {
                Database database{store_.path(), test_keyring()};
                while (advance_batches(database, practice_, nothing_new, at + hold_back)) continue;
            }};
            const bool undone{undo_batch(store_, id, nurse, at + hold_back)};
            worker.join();
            advance_all(store_, practice_, at + hold_back);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{undone ? 0 : 3}, pending());
            CPPUNIT_ASSERT_EQUAL(undone ? BatchState::Undone : BatchState::Running,
                                 progress_of(store_, id).state);
            settle_due(store_, at + hold_back);
            advance_all(store_, practice_, at + hold_back);
        }
    }

    void cancel_during_the_run_leaves_no_link_behind() {
        add_people(store_, 900);
        const auto id = start();
        CPPUNIT_ASSERT(step());
        CPPUNIT_ASSERT(step());
        auto worker = process();
        CPPUNIT_ASSERT(cancel_batch(store_, id, nurse, begin));
        worker.join();
        const auto progress = progress_of(store_, id);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, pending());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, rows("invitation WHERE closed_at IS NULL"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{900}, how_many(progress, BatchOutcome::Cancelled) +
                                                    how_many(progress, BatchOutcome::TakenBack));
        CPPUNIT_ASSERT(how_many(progress, BatchOutcome::Cancelled) >= 200);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchAdvanceTest);
