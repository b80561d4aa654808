// SPDX-License-Identifier: Apache-2.0
#include "selfservice/sign_in_failures.hpp"

#include "credentials/set_credentials.hpp"
#include "domain/username.hpp"
#include "onboarding/access.hpp"
#include "onboarding/patients.hpp"
#include "selfservice/link_fixture.hpp"
#include "selfservice/sign_in.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <optional>
#include <set>
#include <thread>
#include <vector>

using namespace ppo;
using std::chrono::hours;
using std::chrono::seconds;

class SignInFailuresTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SignInFailuresTest);
    CPPUNIT_TEST(waits_are_those_of_the_rule_book);
    CPPUNIT_TEST(right_password_during_a_wait_is_refused_and_not_counted);
    CPPUNIT_TEST(hundredth_failure_in_a_row_disables_the_password);
    CPPUNIT_TEST(disabled_password_stays_locked_when_the_last_wait_is_over);
    CPPUNIT_TEST(link_unlocks_during_a_wait);
    CPPUNIT_TEST(link_unlocks_a_disabled_password);
    CPPUNIT_TEST(password_by_staff_unlocks_a_disabled_one);
    CPPUNIT_TEST(lifting_takes_a_disabled_password_again);
    CPPUNIT_TEST(patient_is_told_at_ten_and_at_a_hundred_once_a_series);
    CPPUNIT_TEST(another_series_is_told_again);
    CPPUNIT_TEST(nobody_is_told_against_their_wish);
    CPPUNIT_TEST(wait_is_on_record_with_seconds_and_failures);
    CPPUNIT_TEST(disabling_is_on_record);
    CPPUNIT_TEST(counts_every_guess_of_64_threads_at_sixteen_doors);
    CPPUNIT_TEST(counts_every_guess_of_64_threads_at_one_door);
    CPPUNIT_TEST(every_refused_class_costs_one_hash);
    CPPUNIT_TEST(guess_at_a_password_that_was_replaced_counts_against_nobody);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        it_.emplace();
        it_->set_up("anna.w", it_->good);
    }

    void tearDown() override { it_.reset(); }

    void waits_are_those_of_the_rule_book() {
        for (int failures = 0; failures <= 4; ++failures)
            CPPUNIT_ASSERT(wait_after_failures(failures) == seconds{0});
        CPPUNIT_ASSERT(wait_after_failures(5) == seconds{30});
        for (int failures = 6; failures <= 11; ++failures)
            CPPUNIT_ASSERT(wait_after_failures(failures) == wait_after_failures(failures - 1) * 2);
        for (int failures = 12; failures <= 100; ++failures)
            CPPUNIT_ASSERT(wait_after_failures(failures) == hours{1});
    }

    void right_password_during_a_wait_is_refused_and_not_counted() {
        fail_up_to(5);
        CPPUNIT_ASSERT(!enter(it_->good, noon + seconds{29}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, credential().failures);
        CPPUNIT_ASSERT(enter(it_->good, noon + seconds{30}));
    }

    void hundredth_failure_in_a_row_disables_the_password() {
        fail_up_to(99);
        const auto later = noon + hours{1};
        CPPUNIT_ASSERT(!account().facts.password_disabled);
        CPPUNIT_ASSERT(!enter(it_->other, later));
        CPPUNIT_ASSERT(account().facts.password_disabled);
        CPPUNIT_ASSERT(!enter(it_->good, later + hours{24 * 365}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, credential().failures);
    }

    void disabled_password_stays_locked_when_the_last_wait_is_over() {
        fail_up_to(100);
        CPPUNIT_ASSERT(account().marks.has(Mark::Locked));
        const auto& facts = account().facts;
        const auto years = noon + hours{24 * 365};
        CPPUNIT_ASSERT(!passing_marks(facts, years).has(Mark::Locked));
    }

    void link_unlocks_during_a_wait() {
        fail_up_to(5);
        const auto link = it_->invite("P001", noon + hours{1});
        fail_up_to(6, noon + hours{1});
        CPPUNIT_ASSERT(it_->complete(link, {{}, it_->other}, noon + hours{1}));
        CPPUNIT_ASSERT(enter(it_->other, noon + hours{1}));
    }

    void link_unlocks_a_disabled_password() {
        fail_up_to(100);
        const auto link = it_->invite("P001", noon + hours{1});
        CPPUNIT_ASSERT(it_->complete(link, {{}, it_->other}, noon + hours{1}));
        CPPUNIT_ASSERT(!account().marks.has(Mark::Locked));
        CPPUNIT_ASSERT(enter(it_->other, noon + hours{1}));
    }

    void password_by_staff_unlocks_a_disabled_one() {
        fail_up_to(100);
        CPPUNIT_ASSERT(set_credentials(it_->store, LinkFixture::hasher(), it_->practice, "P001",
                                       {{}, it_->other}, nurse, noon));
        CPPUNIT_ASSERT(!account().marks.has(Mark::Locked));
        CPPUNIT_ASSERT(enter(it_->other));
    }

    void lifting_takes_a_disabled_password_again() {
        fail_up_to(100);
        CPPUNIT_ASSERT(lift_delays(it_->store, "P001", nurse, noon));
        CPPUNIT_ASSERT(enter(it_->good));
    }

    void patient_is_told_at_ten_and_at_a_hundred_once_a_series() {
        fail_up_to(9);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, told());
        fail_up_to(10);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, told());
        fail_up_to(99);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, told());
        fail_up_to(101);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, told());
    }

    void another_series_is_told_again() {
        fail_up_to(12);
        CPPUNIT_ASSERT(enter(it_->good, noon + hours{1}));
        fail_up_to(12, noon + hours{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, told());
    }

    void nobody_is_told_against_their_wish() {
        auto patient = anna();
        patient.opted_out = true;
        it_->store.add(patient);
        fail_up_to(100);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, told());
    }

    void wait_is_on_record_with_seconds_and_failures() {
        fail_up_to(6);
        CPPUNIT_ASSERT_EQUAL(std::string{"seconds=30 failures=5; seconds=60 failures=6; "},
                             details_of("sign_in_delayed"));
    }

    void disabling_is_on_record() {
        fail_up_to(103);
        CPPUNIT_ASSERT_EQUAL(std::string{"failures=100; "}, details_of("password_disabled"));
    }

    void counts_every_guess_of_64_threads_at_sixteen_doors() {
        // Four each, so that no wait begins.
        for (int i = 0; i < 16; ++i) {
            const auto id = "C" + std::to_string(i);
            it_->store.add(anna(id));
            it_->set_up("crowd." + std::to_string(i), it_->good, id);
        }
        crowd([&](int i) { guess("crowd." + std::to_string(i % 16)); });
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{16},
            it_->store.number("SELECT COUNT(*) FROM credential WHERE failures = 4"));
    }

    void counts_every_guess_of_64_threads_at_one_door() {
        crowd([&](int) { guess("anna.w"); });
        const auto failures = credential().failures;
        CPPUNIT_ASSERT(failures >= 5 && failures <= 64);
        // From the fifth on, each count is on record, and none twice.
        std::set<std::string> counts;
        for (const auto& entry : entries())
            if (entry.action == "sign_in_delayed") counts.insert(entry.detail);
        CPPUNIT_ASSERT_EQUAL(failures - 4, static_cast<std::int64_t>(counts.size()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{64},
                             it_->store.number("SELECT COUNT(*) FROM audit WHERE action = "
                                               "'signed_in' AND outcome = 'refused_sign_in'"));
    }

    void every_refused_class_costs_one_hash() {
        PasswordHasher slow{{65'536, 2}, 1};
        const auto timed = [](auto work) {
            const auto begin = std::chrono::steady_clock::now();
            work();
            return std::chrono::steady_clock::now() - begin;
        };
        const auto one_hash = timed([&] { CPPUNIT_ASSERT(slow.spend_time(it_->other)); });
        // Whoever skipped the hash would need a small part of it; a busy machine only adds.
        const auto costs_one = [&](const char* who, const char* username) {
            const auto taken = timed([&] {
                CPPUNIT_ASSERT(!sign_in(it_->store, slow, it_->practice, username, it_->good,
                                        it_->visitor, noon));
            });
            CPPUNIT_ASSERT_MESSAGE(who, taken > one_hash / 4);
        };
        costs_one("unknown", "nobody.here");
        costs_one("no username at all", "?");
        it_->store.change("P002", [](Transaction& t) {
            CPPUNIT_ASSERT(claim_username(t, "P002", prepare_username("bruno.n").value()));
        });
        costs_one("never set", "bruno.n");
        it_->store.change("P002",
                          [](Transaction& t) { put_credential(t, "P002", "k1:", noon, noon); });
        costs_one("lapsed", "bruno.n");
        fail_up_to(5);
        costs_one("waiting", "anna.w");
        fail_up_to(100);
        costs_one("password disabled", "anna.w");
        CPPUNIT_ASSERT(lift_delays(it_->store, "P001", nurse, noon));
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        costs_one("access disabled", "anna.w");
        CPPUNIT_ASSERT(set_access(it_->store, "P001", true, nurse, noon));
        auto patient = anna();
        patient.chart_status = ChartStatus::Inactive;
        it_->store.add(patient);
        costs_one("chart closed", "anna.w");
        CPPUNIT_ASSERT(remove_patient(it_->store, "P001", noon));
        costs_one("chart gone", "anna.w");
    }

    void guess_at_a_password_that_was_replaced_counts_against_nobody() {
        // While guesses run, staff set another password: whatever is still compared then was made
        // for the old one.
        bool is_set = false;
        std::thread staff{[&] { is_set = replace_password(); }};
        crowd([&](int) { guess("anna.w"); });
        staff.join();
        CPPUNIT_ASSERT(is_set);
        // Exactly those on record after the new password count.
        std::int64_t after = 0;
        std::int64_t delayed = 0;
        for (const auto& entry : entries()) {
            if (entry.action == "password_set_by_staff") after = delayed = 0;
            if (entry.action == "signed_in") ++after;
            if (entry.action == "sign_in_delayed") ++delayed;
        }
        CPPUNIT_ASSERT(credential().failures <= after);
        CPPUNIT_ASSERT_EQUAL(delayed, std::max<std::int64_t>(credential().failures - 4, 0));
    }

private:
    Result<SignedIn> enter(std::string_view password, UnixTime at = noon) {
        return sign_in(it_->store, LinkFixture::hasher(), it_->practice, "anna.w", password,
                       it_->visitor, at);
    }
    /// One wrong password, told to come back as often as the hasher is busy.
    void guess(const std::string& username) {
        while (sign_in(it_->store, LinkFixture::hasher(), it_->practice, username, it_->other,
                       it_->visitor, noon)
                   .refusal()
                   .reason == Refusal::Busy)
            std::this_thread::yield();
    }
    /// By staff, who come back as often as well.
    bool replace_password() {
        while (true) {
            const auto set = set_credentials(it_->store, LinkFixture::hasher(), it_->practice,
                                             "P001", {{}, "amber window tulip"}, nurse, noon);
            if (set || set.refusal().reason != Refusal::Busy) return static_cast<bool>(set);
            std::this_thread::yield();
        }
    }
    template <class Work>
    static void crowd(Work work) {
        std::vector<std::thread> threads;
        for (int i = 0; i < 64; ++i) threads.emplace_back([&work, i] { work(i); });
        for (auto& one : threads) one.join();
    }
    /// As after so many wrong passwords in a row, without the time that hashing them takes.
    void fail_up_to(std::int64_t failures, UnixTime at = noon) {
        it_->store.change("P001", [&](Transaction& transaction) {
            while (find_credential(transaction, "P001")->failures < failures)
                count_sign_in_failure(transaction, "P001", it_->visitor, at);
        });
    }
    std::vector<AuditEntry> entries() {
        return it_->store.ask(
            [](Connection& connection) { return read_audit(connection, 0, "P001", 1'000); });
    }
    std::string details_of(std::string_view action) {
        std::string all;
        for (const auto& entry : entries())
            if (entry.action == action) all += entry.detail + "; ";
        return all;
    }
    std::int64_t told() { return it_->store.number("SELECT COUNT(*) FROM outbox WHERE kind = 6"); }
    Account account() { return it_->store.account("P001"); }
    Credential credential() {
        return it_->store
            .ask([](Connection& connection) { return find_credential(connection, "P001"); })
            .value();
    }

    std::optional<LinkFixture> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(SignInFailuresTest);
