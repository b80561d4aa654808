// SPDX-License-Identifier: Apache-2.0
#include "credentials/set_credentials.hpp"
#include "store/account_table.hpp"
#include "together.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <atomic>
#include <optional>

using namespace ppo;

class UsernameRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UsernameRaceTest);
    CPPUNIT_TEST(staff_give_one_username_to_one_of_64_patients);
    CPPUNIT_TEST(staff_of_two_processes_give_one_username_to_one_patient);
    CPPUNIT_TEST(one_of_64_patients_with_links_gets_the_username);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        it_.emplace();
        for (int i = 0; i < many; ++i) {
            auto patient = anna(id(i));
            patient.email = id(i) + "@example.org";
            it_->store.add(patient);
        }
    }

    void tearDown() override {
        const auto untrue = it_->untrue_columns();
        it_.reset();
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue);
    }

    void staff_give_one_username_to_one_of_64_patients() {
        give_by_hand("64 patients, one username", 1000 / fewer(), false);
    }

    void staff_of_two_processes_give_one_username_to_one_patient() {
        give_by_hand("64 patients, one username, two processes", 200 / fewer(), true);
    }

    void one_of_64_patients_with_links_gets_the_username() {
        const Tally tally{"64 links, one username"};
        const int rounds = 100 / fewer();
        it_->practice.patient_mails_per_day = 1000;  // Somebody may win again and again.
        it_->practice.address_mails_per_day = 1000;
        for (int i = 0; i < many; ++i) links_.at(static_cast<std::size_t>(i)) = it_->invite(id(i));
        auto now = noon;
        for (int round = 0; round < rounds; ++round) {
            const int winner = race(round, [&](int i, std::string_view name) -> Result<Done> {
                const auto& link = links_.at(static_cast<std::size_t>(i));
                const auto done = complete_setup(it_->process_of(i, true), it_->quick,
                                                 it_->practice, {link, "1980-02-29", {}},
                                                 {name, it_->good}, it_->visitor, now);
                if (!done) return done.refusal();
                return Done{};
            });
            CPPUNIT_ASSERT_EQUAL(std::int64_t{round + 1}, it_->entries("setup_completed"));
            // The losers still have their links, and the winner begins anew.
            now += it_->practice.cool_down;
            it_->store.tamper(
                "UPDATE patient SET username = NULL, username_key = NULL, username_skeleton = "
                "NULL, "
                "username_shown_skeleton = NULL WHERE patient_id = '" +
                id(winner) + "'");
            it_->store.change(id(winner), [](Transaction&) {});  // Restates what followed.
            links_.at(static_cast<std::size_t>(winner)) = it_->invite(id(winner), now);
        }
        tally.say(rounds, "one winner in each");
    }

private:
    using Claim = std::function<Result<Done>(int, std::string_view)>;

    static std::string id(int number) { return "U" + std::to_string(number); }

    void give_by_hand(std::string_view name_of_race, int rounds, bool two_processes) {
        const Tally tally{name_of_race};
        for (int round = 0; round < rounds; ++round)
            race(round, [&](int i, std::string_view name) -> Result<Done> {
                const auto done = set_credentials(it_->process_of(i, two_processes), it_->quick,
                                                  it_->practice, id(i), {name, {}}, nurse, noon);
                if (!done) return done.refusal();
                return Done{};
            });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{rounds}, it_->entries("username_set"));
        CPPUNIT_ASSERT(it_->audit_is_intact());
        tally.say(rounds, "one winner in each");
    }

    /// All claim one name; returns the only one who got it.
    int race(int round, const Claim& claim) {
        const auto name = "anna." + std::to_string(round);
        std::atomic<int> winners{0};
        std::atomic<int> winner{-1};
        std::atomic<int> told_taken{0};
        together(many, [&](int i) {
            // The same name to the store, whichever letters are capitals.
            const auto done = claim(i, i % 3 == 0 ? "A" + name.substr(1) : name);
            if (done) {
                ++winners;
                winner = i;
            } else if (done.refusal().reason == Refusal::UsernameTaken) {
                ++told_taken;
            }
        });
        CPPUNIT_ASSERT_EQUAL(1, winners.load());
        CPPUNIT_ASSERT_EQUAL(many - 1, told_taken.load());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0},
                             it_->store.number("SELECT COUNT(username_key) - COUNT(DISTINCT "
                                               "username_key) FROM patient"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             it_->store.number("SELECT COUNT(*) FROM patient WHERE patient_id = '" +
                                               id(winner) + "' AND username_key = '" + name + "'"));
        return winner;
    }

    std::array<std::string, many> links_{};
    std::optional<RaceTrack> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(UsernameRaceTest);
