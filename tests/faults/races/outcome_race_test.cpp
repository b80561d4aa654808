// SPDX-License-Identifier: Apache-2.0
#include "credentials/set_credentials.hpp"
#include "onboarding/access.hpp"
#include "onboarding/patients.hpp"
#include "together.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <optional>

using namespace ppo;

namespace {
/// What the redeem races against, and what must be true afterwards.
struct Rival {
    std::string_view name{};
    std::function<bool(Database&, UnixTime)> act{};
    Refusal redeem_is_told{};  // If the rival was first.
    LinkEnd end{};             // Of the link, then.
    bool sets_password = false;
    std::int64_t open_links = 0;
    std::string_view on_record{};  // Its audit entry.
};
}  // namespace

class OutcomeRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutcomeRaceTest);
    CPPUNIT_TEST(redeem_against_a_newer_link);
    CPPUNIT_TEST(redeem_against_access_off);
    CPPUNIT_TEST(redeem_against_another_email);
    CPPUNIT_TEST(redeem_against_a_password_set_by_staff);
    CPPUNIT_TEST(redeem_against_a_closed_chart);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        it_.emplace();
        person_ = anna();
        it_->store.set_up("P001", "anna.w");
    }

    void tearDown() override {
        const auto untrue = it_->untrue_columns();
        it_.reset();
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue);
    }

    void redeem_against_a_newer_link() {
        race({"redeem against a newer link",
              [&](Database& database, UnixTime now) {
                  return static_cast<bool>(
                      send_invitation(database, it_->practice, "P001", nurse, now));
              },
              Refusal::LinkReplaced, LinkEnd::Replaced, false, 1, "invitation_queued"});
    }

    void redeem_against_access_off() {
        race({"redeem against access off",
              [](Database& database, UnixTime now) {
                  return set_access(database, "P001", false, nurse, now)->changed;
              },
              Refusal::LinkAccessDisabled, LinkEnd::AccessDisabled, false, 0, "access_disabled"});
    }

    void redeem_against_another_email() {
        race({"redeem against another e-mail",
              [&](Database& database, UnixTime now) {
                  person_.email = "anna." + std::to_string(to_milliseconds(now)) + "@example.org";
                  return take_patient(database, person_, now).changed;
              },
              Refusal::LinkEmailChanged, LinkEnd::EmailChanged, false, 0, "patient_changed"});
    }

    void redeem_against_a_password_set_by_staff() {
        race({"redeem against a password set by staff",
              [&](Database& database, UnixTime now) {
                  return static_cast<bool>(set_credentials(database, it_->quick, it_->practice,
                                                           "P001", {{}, by_staff_}, nurse, now));
              },
              Refusal::LinkCredentialsChanged, LinkEnd::CredentialsChanged, true, 0,
              "password_set_by_staff"});
    }

    void redeem_against_a_closed_chart() {
        race({"redeem against a closed chart",
              [&](Database& database, UnixTime now) {
                  auto closed = person_;
                  closed.chart_status = ChartStatus::Inactive;
                  return take_patient(database, closed, now).sessions_end;
              },
              Refusal::LinkAccessDisabled, LinkEnd::AccessDisabled, false, 0, "patient_changed"});
    }

private:
    /// Nothing of the last round stands in the way: chart and access are as they were.
    std::string begin(int round) {
        const auto morning = noon + std::chrono::hours{96} * round;
        static_cast<void>(take_patient(it_->store, person_, morning));
        CPPUNIT_ASSERT(set_access(it_->store, "P001", true, nurse, morning));
        by_patient_ = it_->good + " " + std::to_string(round);
        by_staff_ = it_->other + " " + std::to_string(round);
        return it_->invite("P001", morning);
    }

    void race(const Rival& rival) {
        const Tally tally{rival.name};
        const int rounds = 1000 / fewer();
        int redeemed = 0;
        int head_start = 0;  // Of the redeem, in hashes; whoever won gives some away.
        for (int round = 0; round < rounds; ++round) {
            const auto link = begin(round);
            const auto now = noon + std::chrono::hours{96} * round + std::chrono::minutes{3};
            std::optional<Result<SetUp>> done;
            bool rival_acted = false;
            together(2, [&](int i) {
                lose_time(i == 0 ? -head_start : head_start);
                if (i == 0)
                    done = complete_setup(it_->store, it_->quick, it_->practice,
                                          {link, "1980-02-29", {}}, {{}, by_patient_}, it_->visitor,
                                          now);
                else
                    rival_acted = rival.act(it_->process_of(round, true), now);
            });
            CPPUNIT_ASSERT(rival_acted);
            const bool won = static_cast<bool>(*done);
            if (!won) CPPUNIT_ASSERT_EQUAL(rival.redeem_is_told, done->refusal().reason);
            redeemed += won ? 1 : 0;
            head_start = std::clamp(head_start + (won ? -1 : 1), -200, 200);
            check(rival, link, now, won);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{redeemed}, it_->entries("setup_completed"));
        }
        CPPUNIT_ASSERT(it_->audit_is_intact());
        CPPUNIT_ASSERT_MESSAGE("one of them was never first", redeemed > 0 && redeemed < rounds);
        tally.say(rounds, "the redeem was first in " + std::to_string(redeemed));
    }

    void lose_time(int hashes) {
        for (int i = 0; i < hashes; ++i) static_cast<void>(it_->quick.spend_time("as long as one"));
    }

    void check(const Rival& rival, const std::string& link, UnixTime now, bool won) {
        const auto& keyring = it_->store.database().keyring();
        const auto old = it_->store.ask(
            [&](Connection& connection) { return find_link(connection, keyring, link).value(); });
        CPPUNIT_ASSERT(old.end == (won ? LinkEnd::Used : rival.end));
        // Whoever redeemed after the rival did both: the record tells the order.
        if (won) CPPUNIT_ASSERT(last_entry("setup_completed") < last_entry(rival.on_record));
        CPPUNIT_ASSERT_EQUAL(rival.open_links, it_->store.number("SELECT COUNT(*) FROM invitation "
                                                                 "WHERE closed_at IS NULL"));
        if (rival.open_links == 1)
            CPPUNIT_ASSERT(!open_link(it_->store, it_->practice, it_->link_of("P001"), now).dead);
        CPPUNIT_ASSERT_EQUAL(won && !rival.sets_password, it_->is_password("P001", by_patient_));
        if (rival.sets_password) {
            CPPUNIT_ASSERT(it_->is_password("P001", by_staff_));
            CPPUNIT_ASSERT(it_->store.account("P001").facts.must_change_password);
        }
    }

    std::int64_t last_entry(std::string_view action) {
        return it_->store.number("SELECT MAX(sequence) FROM audit WHERE action = '" +
                                 std::string{action} + "'");
    }

    std::string by_patient_{};
    std::string by_staff_{};
    Patient person_{};
    std::optional<RaceTrack> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutcomeRaceTest);
