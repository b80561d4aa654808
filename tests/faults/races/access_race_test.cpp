// SPDX-License-Identifier: Apache-2.0
#include "onboarding/access_of_many.hpp"
#include "store/patient_table.hpp"
#include "together.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <optional>

using namespace ppo;

class AccessRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessRaceTest);
    CPPUNIT_TEST(two_desks_enable_the_same_selection_and_each_patient_once);
    CPPUNIT_TEST(one_enables_while_another_disables_and_every_row_agrees_with_its_record);
    CPPUNIT_TEST_SUITE_END();

    static constexpr int people = 1'500;
    std::optional<RaceTrack> it_{};

    /// Call after call, each with a transaction of its own, until nobody is left.
    std::int64_t set(int desk, bool enabled) {
        const Actor actor{Actor::Kind::Staff, "nurse-" + std::to_string(desk), "desk"};
        BatchSelection everybody;
        everybody.filter = ReportQuery{};
        std::int64_t changed = 0;
        AccessOfMany done;
        do {
            std::int64_t told = 0;
            done = set_access_of_many(it_->process_of(desk, true), everybody, enabled, 100, actor,
                                      noon, [&](const auto& ids) { told += std::ssize(ids); });
            CPPUNIT_ASSERT_EQUAL(done.changed, told);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{people + 2},
                                 done.changed + done.unchanged + done.left);
            changed += done.changed;
        } while (done.left > 0 && changed < 2 * people);  // The other one may undo it for ever.
        return changed;
    }

public:
    void setUp() override {
        it_.emplace();
        Transaction transaction{it_->store};
        for (int i = 0; i < people; ++i)
            put_patient(transaction, anna("U" + std::to_string(10'000 + i)));
        transaction.commit();
    }
    void tearDown() override { it_.reset(); }

    void two_desks_enable_the_same_selection_and_each_patient_once() {
        const Tally tally{"two desks, one selection"};
        const int rounds = 20 / fewer() + 1;
        for (int round = 0; round < rounds; ++round) {
            it_->store.tamper("UPDATE patient SET access_enabled = 0, status = 1");
            std::atomic<std::int64_t> changed{0};
            together(2, [&](int desk) { changed += set(desk, true); });
            CPPUNIT_ASSERT_EQUAL(std::int64_t{people + 2}, changed.load());
            CPPUNIT_ASSERT_EQUAL(std::int64_t{round + 1} * (people + 2),
                                 it_->entries("access_enabled"));
            CPPUNIT_ASSERT_EQUAL(
                std::int64_t{0},
                it_->store.number("SELECT COUNT(*) FROM patient WHERE access_enabled = 0"));
        }
        CPPUNIT_ASSERT(it_->audit_is_intact());
        tally.say(rounds, "each patient once");
    }

    void one_enables_while_another_disables_and_every_row_agrees_with_its_record() {
        const Tally tally{"one enables, one disables"};
        const int rounds = 20 / fewer() + 1;
        for (int round = 0; round < rounds; ++round)
            together(2, [&](int desk) { static_cast<void>(set(desk, desk == 0)); });
        // The last entry of each says how the row stands.
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{0},
            it_->store.number(
                "SELECT COUNT(*) FROM patient JOIN audit ON audit.practice = patient.practice AND "
                "audit.sequence = (SELECT MAX(sequence) FROM audit AS later WHERE later.practice = "
                "patient.practice AND later.patient_id = patient.patient_id) WHERE "
                "CASE WHEN action = 'access_enabled' THEN 1 ELSE 0 END <> access_enabled"));
        CPPUNIT_ASSERT(it_->audit_is_intact());
        tally.say(rounds, "rows and record agree");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessRaceTest);
