// SPDX-License-Identifier: Apache-2.0
#include "onboarding/access.hpp"
#include "selfservice/sign_in.hpp"
#include "together.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>

using namespace ppo;
using std::chrono::minutes;

class CounterRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CounterRaceTest);
    CPPUNIT_TEST(failures_of_64_threads_are_64);
    CPPUNIT_TEST(wrong_sign_ins_and_their_wait_agree);
    CPPUNIT_TEST(guesses_of_a_birth_date_are_as_many_as_the_rule_says);
    CPPUNIT_TEST(a_link_is_opened_once_by_64);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override {
        const auto untrue = it_->untrue_columns();
        it_.reset();
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue);
    }

    void failures_of_64_threads_are_64() {
        const Tally tally{"64 failures of one account, two processes"};
        it_->store.set_up("P001", "anna.w");
        const int rounds = 100 / fewer();
        for (int round = 1; round <= rounds; ++round) {
            together(many, [&](int i) {
                Transaction transaction{it_->process_of(i, true)};
                static_cast<void>(count_failure(transaction, "P001"));
                transaction.commit();
            });
            CPPUNIT_ASSERT_EQUAL(std::int64_t{many} * round, failures());
        }
        tally.say(rounds, "64 counted in each");
    }

    void wrong_sign_ins_and_their_wait_agree() {
        const Tally tally{"64 wrong sign-ins"};
        const auto link = it_->invite();
        CPPUNIT_ASSERT(complete_setup(it_->store, it_->quick, it_->practice,
                                      {link, "1980-02-29", {}}, {"anna.w", it_->good}, it_->visitor,
                                      noon));
        const int rounds = 100 / fewer();
        auto practice = it_->practice;
        practice.source_failures_per_hour = 10'000;  // All of them come from one address.
        for (int round = 1; round <= rounds; ++round) {
            CPPUNIT_ASSERT(lift_delays(it_->store, "P001", nurse, noon));
            together(many, [&](int i) {
                const auto done = sign_in(it_->process_of(i, true), it_->quick, practice, "anna.w",
                                          it_->other, it_->visitor, noon);
                if (done || done.refusal().reason != Refusal::SignIn)
                    throw std::logic_error{"a wrong password was not refused"};
            });
            const auto counted = failures();
            CPPUNIT_ASSERT(counted >= 5 && counted <= many);
            const auto doublings = std::min<std::int64_t>(counted - 5, 7);
            const auto wait = std::min<std::int64_t>(30'000LL << doublings, 3'600'000);
            CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon) + wait,
                                 it_->store.number("SELECT wait_until FROM credential"));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{many} * round, it_->entries("signed_in"));
        }
        tally.say(rounds, "counter, wait and record agree in each");
    }

    void guesses_of_a_birth_date_are_as_many_as_the_rule_says() {
        const Tally tally{"64 guesses of a birth date, again and again for a day"};
        const int rounds = std::max(1, 10 / fewer());
        for (int round = 0; round < rounds; ++round) {
            auto now = noon + std::chrono::hours{24 * 30} * round;
            const auto link = it_->invite("P001", now);
            for (const auto& step : steps) {
                CPPUNIT_ASSERT_EQUAL(step.compared, guess(link, "1980-03-01", now).mismatches);
                CPPUNIT_ASSERT_EQUAL(many, guess(link, "1980-02-29", now).waits);
                now += step.wait;
            }
            CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, wrong_answers());
            CPPUNIT_ASSERT_EQUAL(1, guess(link, "1980-03-01", now).mismatches);
            CPPUNIT_ASSERT(lift_delays(it_->store, "P001", nurse, now));
            CPPUNIT_ASSERT_EQUAL(many, guess(link, "1980-02-29", now).admitted);
        }
        CPPUNIT_ASSERT(it_->audit_is_intact());
        tally.say(rounds, "ten compared within the day in each");
    }

    void a_link_is_opened_once_by_64() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT_EQUAL(many, guess(link, "1980-02-29", noon).admitted);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, it_->entries("link_opened"));
    }

private:
    struct Step {
        int compared = 0;
        minutes wait{};
    };
    static constexpr std::array<Step, 8> steps{{{3, minutes{1}},
                                                {1, minutes{5}},
                                                {1, minutes{15}},
                                                {1, minutes{15}},
                                                {1, minutes{15}},
                                                {1, minutes{15}},
                                                {1, minutes{15}},
                                                {1, std::chrono::hours{24}}}};
    struct Told {
        int mismatches = 0;
        int waits = 0;
        int admitted = 0;
    };

    Told guess(const std::string& link, std::string_view birth_date, UnixTime now) {
        std::atomic<int> mismatches{0};
        std::atomic<int> waits{0};
        std::atomic<int> admitted{0};
        together(many, [&](int i) {
            const auto page = confirm_identity(it_->process_of(i, true), it_->practice,
                                               {link, birth_date, {}}, it_->visitor, now);
            if (page)
                ++admitted;
            else if (page.refusal().reason == Refusal::IdentityMismatch)
                ++mismatches;
            else if (page.refusal().reason == Refusal::IdentityWait)
                ++waits;
        });
        return {mismatches, waits, admitted};
    }
    std::int64_t failures() { return it_->store.number("SELECT failures FROM credential"); }
    std::int64_t wrong_answers() {
        return it_->store.number("SELECT wrong_answers FROM invitation WHERE closed_at IS NULL");
    }

    std::optional<RaceTrack> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(CounterRaceTest);
