// SPDX-License-Identifier: Apache-2.0
#include "together.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <optional>

using namespace ppo;

class RedeemRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedeemRaceTest);
    CPPUNIT_TEST(one_of_64_wins_and_it_is_his_password);
    CPPUNIT_TEST(one_of_64_wins_over_two_processes);
    CPPUNIT_TEST(renewals_of_one_link_mail_once);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        it_.emplace();
        it_->store.set_up("P001", "anna.w");
    }

    void tearDown() override {
        const auto untrue = it_->untrue_columns();
        it_.reset();
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue);
    }

    void one_of_64_wins_and_it_is_his_password() {
        redeem("64 redeems of one link", 1000 / fewer(), false);
    }

    void one_of_64_wins_over_two_processes() {
        redeem("64 redeems of one link, two processes", 100 / fewer(), true);
    }

    void renewals_of_one_link_mail_once() {
        const Tally tally{"64 renewals of one link"};
        const int rounds = 200 / fewer();
        for (int round = 0; round < rounds; ++round) {
            const auto link = it_->invite("P001", day(round));
            const auto late = day(round) + std::chrono::hours{48};
            const auto before = mails();
            together(many, [&](int i) {
                static_cast<void>(
                    renew_link(it_->process_of(i, true), it_->practice, link, it_->visitor, late));
            });
            CPPUNIT_ASSERT_EQUAL(before + 1, mails());
        }
        tally.say(rounds, "one mail in each");
    }

private:
    /// Each round has days of its own, so that neither cool-down nor caps stand in its way.
    static UnixTime day(int round) { return noon + std::chrono::hours{96} * round; }

    void redeem(std::string_view name, int rounds, bool two_processes) {
        const Tally tally{name};
        for (int round = 0; round < rounds; ++round) {
            const int winner = race(it_->invite("P001", day(round)), day(round), two_processes);
            for (int i = 0; i < many; ++i)
                CPPUNIT_ASSERT_EQUAL(i == winner, it_->is_password("P001", password(i)));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{round + 1}, it_->entries("setup_completed"));
        }
        CPPUNIT_ASSERT(it_->audit_is_intact());
        tally.say(rounds, "one winner in each");
    }

    std::string password(int i) const { return it_->good + " " + std::to_string(i); }

    int race(const std::string& link, UnixTime now, bool two_processes) {
        std::atomic<int> winners{0};
        std::atomic<int> winner{-1};
        std::atomic<int> told_used{0};
        together(many, [&](int i) {
            const auto chosen = password(i);
            const auto done = complete_setup(it_->process_of(i, two_processes), it_->quick,
                                             it_->practice, {link, "1980-02-29", {}}, {{}, chosen},
                                             it_->visitor, now);
            if (done) {
                ++winners;
                winner = i;
            } else if (done.refusal().reason == Refusal::LinkUsed) {
                ++told_used;
            }
        });
        CPPUNIT_ASSERT_EQUAL(1, winners.load());
        CPPUNIT_ASSERT_EQUAL(many - 1, told_used.load());
        return winner;
    }

    std::int64_t mails() { return it_->store.number("SELECT COUNT(*) FROM outbox"); }

    std::optional<RaceTrack> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(RedeemRaceTest);
