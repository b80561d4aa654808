// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_words.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <limits>
#include <set>

using namespace ppo;

namespace {
constexpr UnixTime now = from_milliseconds(1'796'157'000'000);  // 2026-12-01T20:30:00Z
}  // namespace

class BatchWordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchWordsTest);
    CPPUNIT_TEST(groups_digits_by_thousands);
    CPPUNIT_TEST(counts_one_in_the_singular);
    CPPUNIT_TEST(held_back_says_until_when_in_the_practices_time);
    CPPUNIT_TEST(held_back_no_longer_promises_an_undo_when_the_time_is_over);
    CPPUNIT_TEST(running_says_how_far_how_fast_and_until_when);
    CPPUNIT_TEST(running_leaves_out_what_is_not_known);
    CPPUNIT_TEST(running_names_every_trouble);
    CPPUNIT_TEST(paused_says_so_first);
    CPPUNIT_TEST(an_end_says_when_and_how);
    CPPUNIT_TEST(undone_says_that_nobody_was_mailed);
    CPPUNIT_TEST(settled_are_those_to_whom_nothing_more_happens);
    CPPUNIT_TEST(a_paused_batch_is_open_and_does_not_move);
    CPPUNIT_TEST(every_outcome_has_a_word_of_its_own);
    CPPUNIT_TEST(every_state_has_a_word_of_its_own);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        practice_.time_zone = "America/New_York";
        batch_ = {};
        batch_.selected = 565;
        set(BatchOutcome::Sent, 120);
        set(BatchOutcome::Skipped, 12);
        set(BatchOutcome::Waiting, 433);
    }

    void groups_digits_by_thousands() {
        CPPUNIT_ASSERT_EQUAL(std::string{"0"}, grouped(0));
        CPPUNIT_ASSERT_EQUAL(std::string{"999"}, grouped(999));
        CPPUNIT_ASSERT_EQUAL(std::string{"1,000"}, grouped(1'000));
        CPPUNIT_ASSERT_EQUAL(std::string{"12,345,678"}, grouped(12'345'678));
        CPPUNIT_ASSERT_EQUAL(std::string{"-999"}, grouped(-999));
        CPPUNIT_ASSERT_EQUAL(std::string{"-9,223,372,036,854,775,808"},
                             grouped(std::numeric_limits<std::int64_t>::min()));
    }

    void counts_one_in_the_singular() {
        CPPUNIT_ASSERT_EQUAL(std::string{"1 patient"}, counted(1, "patient"));
        CPPUNIT_ASSERT_EQUAL(std::string{"0 patients"}, counted(0, "patient"));
        CPPUNIT_ASSERT_EQUAL(std::string{"1,200 patients"}, counted(1'200, "patient"));
    }

    void held_back_says_until_when_in_the_practices_time() {
        set(BatchOutcome::Sent, 0);
        set(BatchOutcome::Waiting, 553);
        batch_.starts_at = now + std::chrono::minutes{2};
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Held back until 15:32: can be undone; 553 will be mailed"}, sentence());
    }

    void held_back_no_longer_promises_an_undo_when_the_time_is_over() {
        batch_.starts_at = now;
        CPPUNIT_ASSERT_EQUAL(std::string{"Begins now: 433 will be mailed"}, sentence());
    }

    void running_says_how_far_how_fast_and_until_when() {
        batch_.state = BatchState::Running;
        batch_.mails_per_minute = 118;
        batch_.done_at = now + std::chrono::minutes{4};
        CPPUNIT_ASSERT_EQUAL(
            std::string{"120 of 565 mailed, 12 skipped, about 118 a minute, done about 15:34"},
            sentence());
    }

    void running_leaves_out_what_is_not_known() {
        batch_.state = BatchState::Running;
        CPPUNIT_ASSERT_EQUAL(std::string{"120 of 565 mailed, 12 skipped"}, sentence());
    }

    void running_names_every_trouble() {
        batch_.state = BatchState::Running;
        set(BatchOutcome::Deferred, 5);
        set(BatchOutcome::Failed, 4);
        set(BatchOutcome::Bounced, 3);
        set(BatchOutcome::Unknown, 2);
        set(BatchOutcome::Cancelled, 1);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"120 of 565 mailed, 5 deferred, 4 failed, 3 bounced, 2 outcome unknown, "
                        "12 skipped, 1 cancelled before it left"},
            sentence());
    }

    void paused_says_so_first() {
        batch_.state = BatchState::Paused;
        CPPUNIT_ASSERT_EQUAL(std::string{"Paused: 120 of 565 mailed, 12 skipped"}, sentence());
    }

    void an_end_says_when_and_how() {
        batch_.ended_at = now;
        batch_.state = BatchState::Done;
        CPPUNIT_ASSERT_EQUAL(std::string{"Done at 15:30: 120 of 565 mailed, 12 skipped"},
                             sentence());
        batch_.state = BatchState::Cancelled;
        CPPUNIT_ASSERT_EQUAL(std::string{"Cancelled at 15:30: 120 of 565 mailed, 12 skipped"},
                             sentence());
    }

    void undone_says_that_nobody_was_mailed() {
        batch_.ended_at = now;
        batch_.state = BatchState::Undone;
        CPPUNIT_ASSERT_EQUAL(std::string{"Undone at 15:30: nobody was mailed"}, sentence());
    }

    void settled_are_those_to_whom_nothing_more_happens() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{132}, settled(batch_));
        set(BatchOutcome::Waiting, 430);
        set(BatchOutcome::Queued, 1);
        set(BatchOutcome::Sending, 1);
        set(BatchOutcome::Deferred, 1);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{132}, settled(batch_));
    }

    void a_paused_batch_is_open_and_does_not_move() {
        for (const auto state : {BatchState::HeldBack, BatchState::Running}) {
            batch_.state = state;
            CPPUNIT_ASSERT(is_open(batch_) && moves(batch_));
        }
        batch_.state = BatchState::Paused;
        CPPUNIT_ASSERT(is_open(batch_) && !moves(batch_));
        for (const auto state : {BatchState::Done, BatchState::Cancelled, BatchState::Undone}) {
            batch_.state = state;
            CPPUNIT_ASSERT(!is_open(batch_) && !moves(batch_));
        }
    }

    void every_outcome_has_a_word_of_its_own() {
        std::set<std::string_view> words;
        for (const auto& one : all_batch_outcomes()) words.insert(batch_outcome_word(one.outcome));
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, words.size());
        CPPUNIT_ASSERT(!words.contains(""));
    }

    void every_state_has_a_word_of_its_own() {
        std::set<std::string_view> words;
        for (int state = 1; state <= 6; ++state)
            words.insert(batch_state_word(static_cast<BatchState>(state)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, words.size());
        CPPUNIT_ASSERT(!words.contains(""));
    }

private:
    void set(BatchOutcome outcome, std::int64_t number) {
        batch_.by_outcome.at(static_cast<std::size_t>(outcome)) = number;
    }
    [[nodiscard]] std::string sentence() const { return batch_sentence(batch_, practice_, now); }

    Practice practice_{};
    BatchProgress batch_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchWordsTest);
