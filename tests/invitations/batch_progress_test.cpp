// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"

#include "store/outbox_table.hpp"
#include "support/batches.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <numeric>

using namespace ppo;

namespace {
constexpr auto begin = noon + std::chrono::minutes{2};
std::uint32_t bit(BatchOutcome outcome) { return 1U << static_cast<unsigned>(outcome); }
}  // namespace

class BatchProgressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchProgressTest);
    CPPUNIT_TEST(newest_batch_comes_first);
    CPPUNIT_TEST(unknown_batch_is_none);
    CPPUNIT_TEST(outcomes_sum_up_to_those_selected);
    CPPUNIT_TEST(mail_in_hand_is_being_sent);
    CPPUNIT_TEST(pace_is_told_while_it_runs_alone);
    CPPUNIT_TEST(people_are_read_on_from_a_place);
    CPPUNIT_TEST(people_of_one_outcome_are_read_in_order);
    CPPUNIT_TEST(people_of_several_outcomes_are_read_in_order);
    CPPUNIT_TEST(people_in_hand_are_found_by_that_outcome_alone);
    CPPUNIT_TEST(person_says_name_reason_and_times);
    CPPUNIT_TEST(mail_that_is_only_queued_has_no_next_try);
    CPPUNIT_TEST(person_whose_chart_has_gone_keeps_the_place);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::int64_t start() { return start_some(store_, practice_, everybody()); }
    /// Three people, whose mails are sent, failed and queued.
    std::int64_t mixed() {
        add_people(store_, 3);
        const auto id = start_some(store_, practice_, these({"P0001", "P0002", "P0003", "P404"}));
        advance_all(store_, practice_, begin);
        Transaction transaction{store_};
        settle(transaction, {.state = MailState::Sent, .tries = 1});
        settle(transaction, {.state = MailState::Deferred,
                             .tries = 1,
                             .next_try_at = begin + std::chrono::minutes{5},
                             .reason = "4.2.1 try later"});
        transaction.commit();
        return id;
    }
    static void settle(Transaction& transaction, const MailOutcome& outcome) {
        const auto mail = lease_due_mail(transaction, begin, begin + std::chrono::minutes{1}, "w");
        CPPUNIT_ASSERT(settle_mail(transaction, mail.value(), "w", outcome));
    }
    void take_one_in_hand() {
        Transaction transaction{store_};
        CPPUNIT_ASSERT(lease_due_mail(transaction, begin, begin + std::chrono::minutes{1}, "w"));
        transaction.commit();
    }

public:
    void newest_batch_comes_first() {
        add_people(store_, 1);
        start();
        start();
        const auto all = read_batches(store_, practice_, std::nullopt, noon);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, all.front().id);
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1"}, all.front().started_by);
        CPPUNIT_ASSERT(all.front().started_at == noon && all.front().starts_at == begin);
    }

    void unknown_batch_is_none() {
        CPPUNIT_ASSERT(read_batches(store_, practice_, 7, noon).empty());
    }

    void outcomes_sum_up_to_those_selected() {
        const auto progress = progress_of(store_, mixed(), begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, progress.selected);
        CPPUNIT_ASSERT_EQUAL(progress.selected,
                             std::accumulate(progress.by_outcome.begin(), progress.by_outcome.end(),
                                             std::int64_t{0}));
        for (const auto outcome : {BatchOutcome::Sent, BatchOutcome::Deferred, BatchOutcome::Queued,
                                   BatchOutcome::Skipped})
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, how_many(progress, outcome));
    }

    void mail_in_hand_is_being_sent() {
        const auto id = mixed();
        take_one_in_hand();
        const auto progress = progress_of(store_, id, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, how_many(progress, BatchOutcome::Sending));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, how_many(progress, BatchOutcome::Queued));
        const auto later = progress_of(store_, id, begin + std::chrono::minutes{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, how_many(later, BatchOutcome::Queued));
    }

    void pace_is_told_while_it_runs_alone() {
        const auto id = mixed();
        const auto minute = to_milliseconds(begin) / 60'000;
        store_.tamper("INSERT INTO delivery_minute (practice, minute, mails, tries) VALUES (1, " +
                      std::to_string(minute - 1) + ", 2, 2), (1, " + std::to_string(minute) +
                      ", 2, 2)");
        const auto running = progress_of(store_, id, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, running.mails_per_minute);
        CPPUNIT_ASSERT(running.done_at == begin + std::chrono::minutes{1});
        CPPUNIT_ASSERT(pause_batch(store_, id, nurse, begin));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, progress_of(store_, id, begin).mails_per_minute);
        CPPUNIT_ASSERT(!progress_of(store_, id, begin).done_at);
    }

    void people_are_read_on_from_a_place() {
        add_people(store_, 5);
        const auto id = start();
        const auto some = read_batch_people(store_, id, 0, 2, 2, noon);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, some.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, some.front().place);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, some.back().place);
    }

    void people_of_one_outcome_are_read_in_order() {
        const auto id = mixed();
        CPPUNIT_ASSERT_EQUAL(std::string{"P404 skipped refused_unknown_patient;"},
                             people_of(store_, id, bit(BatchOutcome::Skipped), begin));
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             people_of(store_, id, bit(BatchOutcome::Bounced), begin));
    }

    void people_of_several_outcomes_are_read_in_order() {
        const auto id = mixed();
        const auto wanted = bit(BatchOutcome::Skipped) | bit(BatchOutcome::Deferred) |
                            bit(BatchOutcome::Sent);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"P0001 sent;P0002 deferred;P404 skipped refused_unknown_patient;"},
            people_of(store_, id, wanted, begin));
    }

    void people_in_hand_are_found_by_that_outcome_alone() {
        const auto id = mixed();
        take_one_in_hand();
        CPPUNIT_ASSERT_EQUAL(std::string{"P0003 sending;"},
                             people_of(store_, id, bit(BatchOutcome::Sending), begin));
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             people_of(store_, id, bit(BatchOutcome::Queued), begin));
    }

    void person_says_name_reason_and_times() {
        const auto id = mixed();
        const auto person = read_batch_people(store_, id, 0, 1, 1, begin).front();
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter, Anna"}, person.name);
        CPPUNIT_ASSERT_EQUAL(std::string{"4.2.1 try later"}, person.reason);
        CPPUNIT_ASSERT(person.queued_at == begin);
        CPPUNIT_ASSERT(person.next_try_at == begin + std::chrono::minutes{5});
    }

    void mail_that_is_only_queued_has_no_next_try() {
        const auto id = mixed();
        CPPUNIT_ASSERT(!read_batch_people(store_, id, 0, 2, 1, begin).front().next_try_at);
    }

    void person_whose_chart_has_gone_keeps_the_place() {
        const auto id = mixed();
        const auto person = read_batch_people(store_, id, 0, 3, 1, begin).front();
        CPPUNIT_ASSERT_EQUAL(std::string{"P404"}, person.patient_id);
        CPPUNIT_ASSERT_EQUAL(std::string{}, person.name);
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient, person.skipped_because.value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchProgressTest);
