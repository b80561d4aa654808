// SPDX-License-Identifier: Apache-2.0
#include "selfservice/link_answers.hpp"

#include "onboarding/access.hpp"
#include "selfservice/link_fixture.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;
using std::chrono::minutes;

/// What follows from the answers on a link's page: waits, and what goes on record.
class LinkAnswersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LinkAnswersTest);
    CPPUNIT_TEST(waits_grow_from_the_third_wrong_answer);
    CPPUNIT_TEST(the_tenth_wrong_answer_waits_a_day);
    CPPUNIT_TEST(no_24_hours_hold_more_than_ten_wrong_answers);
    CPPUNIT_TEST(refuses_the_right_answer_too_while_waiting);
    CPPUNIT_TEST(shows_the_wait_on_the_page);
    CPPUNIT_TEST(marks_the_row_as_locked_while_waiting);
    CPPUNIT_TEST(a_sign_in_does_not_take_the_mark_of_the_wait_away);
    CPPUNIT_TEST(the_mark_of_the_wait_goes_with_the_link);
    CPPUNIT_TEST(staff_can_lift_the_wait);
    CPPUNIT_TEST(staff_can_lift_the_wait_of_a_day);
    CPPUNIT_TEST(wrong_answers_do_not_consume_the_link);
    CPPUNIT_TEST(records_a_wrong_answer);
    CPPUNIT_TEST(records_that_a_wait_began_and_for_how_long);
    CPPUNIT_TEST(shows_the_username_once_admitted);
    CPPUNIT_TEST(records_once_that_a_link_was_opened);
    CPPUNIT_TEST(records_that_the_next_link_was_opened_too);
    CPPUNIT_TEST(records_no_opening_while_a_username_is_typed);
    CPPUNIT_TEST(records_an_opening_also_where_nothing_is_asked);
    CPPUNIT_TEST(admits_without_the_write_lock_where_nothing_is_asked);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override { it_.reset(); }

    void waits_grow_from_the_third_wrong_answer() {
        const auto link = it_->invite();
        auto now = noon;
        for (const auto wait :
             {minutes{0}, minutes{0}, minutes{1}, minutes{5}, minutes{15}, minutes{15}}) {
            CPPUNIT_ASSERT(admit(link, "1980-03-01", now).refusal().reason ==
                           Refusal::IdentityMismatch);
            CPPUNIT_ASSERT(open(link, now).wait == wait);
            now += wait;
        }
    }

    void the_tenth_wrong_answer_waits_a_day() {
        const auto link = it_->invite();
        const auto last = answer_wrong(link, 10);
        CPPUNIT_ASSERT(open(link, last).wait == std::chrono::hours{24});
        const auto almost = last + std::chrono::hours{24} - std::chrono::milliseconds{1};
        CPPUNIT_ASSERT(admit(link, "1980-02-29", almost).refusal().reason == Refusal::IdentityWait);
        CPPUNIT_ASSERT(admit(link, "1980-02-29", last + std::chrono::hours{24}));
    }

    void no_24_hours_hold_more_than_ten_wrong_answers() {
        const auto link = it_->invite();
        static_cast<void>(answer_wrong(link, 30));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{10},
            it_->store.number(
                "SELECT MAX((SELECT COUNT(*) FROM audit AS later WHERE later.action = "
                "'link_answered' AND later.at >= audit.at AND later.at < audit.at + 86400000)) "
                "FROM audit WHERE action = 'link_answered'"));
    }

    void refuses_the_right_answer_too_while_waiting() {
        const auto link = it_->invite();
        make_wait(link);
        const auto refused = admit(link, "1980-02-29", noon + std::chrono::seconds{20}).refusal();
        CPPUNIT_ASSERT(refused.reason == Refusal::IdentityWait);
        CPPUNIT_ASSERT(refused.retry_after == std::chrono::seconds{40});
        CPPUNIT_ASSERT(admit(link, "1980-02-29", noon + minutes{1}));
    }

    void shows_the_wait_on_the_page() {
        const auto link = it_->invite();
        make_wait(link);
        CPPUNIT_ASSERT(open(link, noon + std::chrono::seconds{15}).wait ==
                       std::chrono::seconds{45});
    }

    void marks_the_row_as_locked_while_waiting() {
        make_wait(it_->invite());
        CPPUNIT_ASSERT(it_->store.account("P001").facts.locked_until == noon + minutes{1});
    }

    void a_sign_in_does_not_take_the_mark_of_the_wait_away() {
        make_wait(it_->invite());
        it_->store.change("P001", [](Transaction& t) { put_locked_until(t, "P001", {}); });
        CPPUNIT_ASSERT(it_->store.account("P001").facts.locked_until == noon + minutes{1});
    }

    void the_mark_of_the_wait_goes_with_the_link() {
        make_wait(it_->invite());
        CPPUNIT_ASSERT(revoke_invitation(it_->store, "P001", nurse, noon));
        CPPUNIT_ASSERT(!it_->store.account("P001").facts.locked_until);
    }

    void staff_can_lift_the_wait() {
        const auto link = it_->invite();
        make_wait(link);
        CPPUNIT_ASSERT(lift_delays(it_->store, "P001", nurse, noon));
        CPPUNIT_ASSERT(admit(link, "1980-02-29"));
        CPPUNIT_ASSERT(!it_->store.account("P001").facts.locked_until);
    }

    void staff_can_lift_the_wait_of_a_day() {
        const auto link = it_->invite();
        const auto last = answer_wrong(link, 10);
        CPPUNIT_ASSERT(lift_delays(it_->store, "P001", nurse, last));
        CPPUNIT_ASSERT(admit(link, "1980-02-29", last));
    }

    void wrong_answers_do_not_consume_the_link() {
        const auto link = it_->invite();
        make_wait(link);
        CPPUNIT_ASSERT(!dead(link));
    }

    void records_a_wrong_answer() {
        CPPUNIT_ASSERT(!admit(it_->invite(), "1980-03-01"));
        const auto entry = it_->store.ask(
            [](Connection& connection) { return latest_audit(connection, "P001", 1).front(); });
        CPPUNIT_ASSERT_EQUAL(std::string{"link_answered"}, entry.action);
        CPPUNIT_ASSERT_EQUAL(std::string{"refused_identity_mismatch"}, entry.outcome);
        CPPUNIT_ASSERT_EQUAL(std::string{"203.0.113.7"}, entry.actor.from);
    }

    void records_that_a_wait_began_and_for_how_long() {
        make_wait(it_->invite());
        const auto entry = it_->store.ask(
            [](Connection& connection) { return latest_audit(connection, "P001", 1).front(); });
        CPPUNIT_ASSERT_EQUAL(std::string{"link_delayed"}, entry.action);
        CPPUNIT_ASSERT_EQUAL(std::string{"seconds=60"}, entry.detail);
    }

    void shows_the_username_once_admitted() {
        it_->store.set_up("P001", "anna.w");
        const auto page = confirm(it_->invite());
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, page->username);
        CPPUNIT_ASSERT(!page->asks_birth_date);
    }

    void records_once_that_a_link_was_opened() {
        const auto link = it_->invite();
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(confirm(link));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, openings());
    }

    void records_that_the_next_link_was_opened_too() {
        CPPUNIT_ASSERT(confirm(it_->invite()));
        CPPUNIT_ASSERT(confirm(it_->invite("P001", noon + minutes{3})));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, openings());
    }

    void records_no_opening_while_a_username_is_typed() {
        CPPUNIT_ASSERT(admit(it_->invite(), "1980-02-29"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, openings());
    }

    void records_an_opening_also_where_nothing_is_asked() {
        it_->practice.identity_check = IdentityCheck::Nothing;
        CPPUNIT_ASSERT(confirm(it_->invite()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, openings());
    }

    void admits_without_the_write_lock_where_nothing_is_asked() {
        it_->practice.identity_check = IdentityCheck::Nothing;
        const auto link = it_->invite();
        Database other_process{it_->store.path(), test_keyring()};
        const Transaction held{other_process};
        CPPUNIT_ASSERT(admit(link, ""));
    }

private:
    LinkPage open(std::string_view link, UnixTime at = noon) {
        return open_link(it_->store, it_->practice, link, at);
    }
    std::optional<Refusal> dead(std::string_view link, UnixTime at = noon) {
        return open(link, at).dead;
    }
    Result<Admitted> admit(std::string_view link, std::string_view birth_date, UnixTime at = noon) {
        return ppo::admit(it_->store, it_->practice, {link, birth_date, {}}, it_->visitor, at);
    }
    Result<LinkPage> confirm(std::string_view link) {
        return confirm_identity(it_->store, it_->practice, {link, "1980-02-29", {}}, it_->visitor,
                                noon);
    }
    std::int64_t openings() {
        return it_->store.number("SELECT COUNT(*) FROM audit WHERE action = 'link_opened'");
    }
    /// Answers wrongly as soon as the page takes it; returns when the last answer was.
    UnixTime answer_wrong(std::string_view link, int times) {
        auto now = noon;
        for (int i = 0; i < times; ++i) {
            now += open(link, now).wait;
            CPPUNIT_ASSERT(admit(link, "1980-03-01", now).refusal().reason ==
                           Refusal::IdentityMismatch);
        }
        return now;
    }
    void make_wait(std::string_view link) {
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(!admit(link, "1980-03-01"));
    }

    std::optional<LinkFixture> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(LinkAnswersTest);
