// SPDX-License-Identifier: Apache-2.0
#include "store/batch_table.hpp"

#include "support/batches.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

namespace {
constexpr auto tick = std::chrono::milliseconds{1};
constexpr auto begin = noon + std::chrono::minutes{2};
}  // namespace

class BatchTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchTableTest);
    CPPUNIT_TEST(batch_is_read_as_it_was_stored);
    CPPUNIT_TEST(due_ones_come_in_the_order_of_their_begin);
    CPPUNIT_TEST(each_step_has_the_states_that_it_starts_from);
    CPPUNIT_TEST(place_is_decided_once);
    CPPUNIT_TEST(people_wait_in_the_order_of_their_places);
    CPPUNIT_TEST(every_reason_is_read_as_it_was_stored);
    CPPUNIT_TEST(batch_with_unsettled_mails_is_not_finished);
    CPPUNIT_TEST(mails_of_paused_batches_are_not_in_the_way_of_others);
    CPPUNIT_TEST(mails_in_hand_are_not_idle);
    CPPUNIT_TEST(what_goes_ahead_is_queued_or_waits);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    std::int64_t add(BatchState state = BatchState::HeldBack, UnixTime starts_at = begin) {
        return in<std::int64_t>([&](Transaction& transaction) {
            return add_batch(transaction, {.state = state,
                                           .started_by = nurse,
                                           .started_at = noon,
                                           .starts_at = starts_at,
                                           .signed_in_too = true,
                                           .selected = 3});
        });
    }
    template <class T>
    T in(const std::function<T(Transaction&)>& action) {
        Transaction transaction{store_};
        T result = action(transaction);
        transaction.commit();
        return result;
    }
    BatchState state(std::int64_t id) {
        return store_.ask([&](Connection& c) { return find_batch(c, id).value().state; });
    }
    bool is_waiting(const BatchPlace& place) {
        return store_.ask([&](Connection& c) {
            for (const auto& person : next_waiting(c, place.batch_id, 100))
                if (person.place == place.place) return true;
            return false;
        });
    }
    /// A running batch of people who exist, their mails queued.
    std::int64_t queued(int people) {
        add_people(store_, people);
        const auto id = start_some(store_, elm_practice(), everybody());
        advance_all(store_, elm_practice(), begin);
        return id;
    }

public:
    void batch_is_read_as_it_was_stored() {
        const auto id = add();
        const auto batch = store_.ask([&](Connection& c) { return find_batch(c, id).value(); });
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1 desk-2"},
                             batch.started_by.id + " " + batch.started_by.from);
        CPPUNIT_ASSERT(batch.started_by.kind == Actor::Kind::Staff);
        CPPUNIT_ASSERT(batch.started_at == noon && batch.starts_at == begin);
        CPPUNIT_ASSERT(batch.signed_in_too && !batch.ended_at);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, batch.selected);
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return find_batch(c, 404); }));
    }

    void due_ones_come_in_the_order_of_their_begin() {
        const auto later = add(BatchState::HeldBack, begin);
        const auto sooner = add(BatchState::Running, noon);
        add(BatchState::HeldBack, begin + tick);
        add(BatchState::Paused, noon);
        add(BatchState::Done, noon);
        const auto due = store_.ask([](Connection& c) { return due_batches(c, begin); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, due.size());
        CPPUNIT_ASSERT_EQUAL(sooner, due.front().id);
        CPPUNIT_ASSERT_EQUAL(later, due.back().id);
    }

    void each_step_has_the_states_that_it_starts_from() {
        using enum BatchState;
        using Step = std::function<bool(Transaction&, std::int64_t)>;
        struct Case {
            Step step{};
            std::vector<BatchState> from{};
            BatchState to = Done;
        };
        const std::vector<Case> cases{
            {[](auto& t, auto id) { return begin_batch(t, id, begin); }, {HeldBack}, Running},
            {[](auto& t, auto id) { return begin_batch(t, id, begin - tick); }, {}, Running},
            {[](auto& t, auto id) { return hold_batch(t, id); }, {HeldBack, Running}, Paused},
            {[](auto& t, auto id) { return release_batch(t, id, begin - tick); },
             {Paused},
             HeldBack},
            {[](auto& t, auto id) { return release_batch(t, id, begin); }, {Paused}, Running},
            {[](auto& t, auto id) { return take_back_batch(t, id, begin - tick); },
             {HeldBack, Paused},
             Undone},
            {[](auto& t, auto id) { return take_back_batch(t, id, begin); }, {HeldBack}, Undone},
            {[](auto& t, auto id) { return stop_batch(t, id, noon); },
             {HeldBack, Running, Paused},
             Cancelled},
            {[](auto& t, auto id) { return finish_batch(t, id, noon); }, {Running}, Done}};
        for (const auto& [step, from, to] : cases)
            for (const auto before : {HeldBack, Running, Paused, Done, Cancelled, Undone}) {
                const auto id = add(before);
                const bool may = std::find(from.begin(), from.end(), before) != from.end();
                const bool done = in<bool>(
                    [&, &take = step](Transaction& transaction) { return take(transaction, id); });
                CPPUNIT_ASSERT_EQUAL(may, done);
                CPPUNIT_ASSERT_EQUAL(may ? to : before, state(id));
            }
    }

    void place_is_decided_once() {
        const BatchPlace place{add(), 1};
        Transaction transaction{store_};
        add_batch_person(transaction, place.batch_id, 1, "P001", std::nullopt);
        CPPUNIT_ASSERT(put_person_queued(transaction, place, "m1"));
        CPPUNIT_ASSERT(!put_person_queued(transaction, place, "m2"));
        CPPUNIT_ASSERT(!put_person_skipped(transaction, place, Refusal::NoEmail));
        CPPUNIT_ASSERT_EQUAL(0, take_back_waiting(transaction, place.batch_id));
        transaction.commit();
        CPPUNIT_ASSERT(!is_waiting(place));
    }

    void people_wait_in_the_order_of_their_places() {
        const auto id = add();
        Transaction transaction{store_};
        for (const int place : {3, 1, 2})
            add_batch_person(transaction, id, place, person_id(place), std::nullopt);
        const auto waiting = next_waiting(transaction, id, 2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, waiting.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001"}, waiting.front().patient_id);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, waiting.back().place);
    }

    void every_reason_is_read_as_it_was_stored() {
        const auto id = add();
        const auto last = static_cast<int>(Refusal::ViewName);
        Transaction transaction{store_};
        for (int i = 0; i <= last; ++i)
            add_batch_person(transaction, id, i + 1, "P001", static_cast<Refusal>(i));
        const auto people = read_people(transaction, id, 0, 0, 1000, noon);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(last) + 1, people.size());
        for (int i = 0; i <= last; ++i)
            CPPUNIT_ASSERT_EQUAL(static_cast<Refusal>(i),
                                 people[static_cast<std::size_t>(i)].skipped_because.value());
    }

    void batch_with_unsettled_mails_is_not_finished() {
        const auto id = add(BatchState::Running);
        for (const auto outcome : {BatchOutcome::Waiting, BatchOutcome::Queued,
                                   BatchOutcome::Deferred, BatchOutcome::Sent}) {
            store_.tamper(
                "DELETE FROM batch_person; INSERT INTO batch_person (practice, batch_id, place, "
                "patient_id, outcome) VALUES (1, " +
                std::to_string(id) + ", 1, 'P001', " + std::to_string(static_cast<int>(outcome)) +
                ")");
            Transaction transaction{store_};
            CPPUNIT_ASSERT_EQUAL(outcome == BatchOutcome::Sent,
                                 finish_batch(transaction, id, begin));
        }
    }

    void mails_of_paused_batches_are_not_in_the_way_of_others() {
        const auto id = queued(3);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3},
                             store_.ask([](Connection& c) { return batch_mails(c, begin).due; }));
        CPPUNIT_ASSERT(in<bool>([&](Transaction& t) { return hold_batch(t, id); }));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_.ask([](Connection& c) {
            return batch_mails(c, begin).pending;
        }));
    }

    void mails_in_hand_are_not_idle() {
        const auto id = queued(3);
        Transaction transaction{store_};
        CPPUNIT_ASSERT(lease_due_mail(transaction, begin, begin + tick, "w"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, idle_mails(transaction, id, begin).size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, idle_mails(transaction, id, begin + tick).size());
    }

    void what_goes_ahead_is_queued_or_waits() {
        add_people(store_, 4);
        const auto practice = elm_practice();
        start_some(store_, practice, these({"P0001"}));
        advance_all(store_, practice, begin);
        start_some(store_, practice, these({"P0002", "P0003"}));
        const auto ahead = [&] { return store_.ask([](Connection& c) { return mails_ahead(c); }); };
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, ahead());
        settle_due(store_, begin);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, ahead());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchTableTest);
