// SPDX-License-Identifier: Apache-2.0
#include "selfservice/tries.hpp"

#include "selfservice/link_fixture.hpp"
#include "selfservice/request.hpp"
#include "selfservice/sign_in.hpp"
#include "store/audit_table.hpp"
#include "store/try_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <optional>
#include <thread>

using namespace ppo;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class TriesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TriesTest);
    CPPUNIT_TEST(a_minute_takes_five_requests_from_one_source);
    CPPUNIT_TEST(an_hour_takes_ten_and_a_day_fifty);
    CPPUNIT_TEST(another_source_is_not_concerned);
    CPPUNIT_TEST(neighbours_in_one_ipv6_network_share_a_limit);
    CPPUNIT_TEST(a_refused_request_writes_nothing);
    CPPUNIT_TEST(a_bad_form_is_not_counted);
    CPPUNIT_TEST(sixty_four_at_once_get_no_more_than_the_limit);
    CPPUNIT_TEST(failed_sign_ins_close_the_door_for_their_source_alone);
    CPPUNIT_TEST(the_door_opens_again_when_the_hour_is_over);
    CPPUNIT_TEST(success_is_not_counted);
    CPPUNIT_TEST(a_closed_door_looks_at_nothing_and_writes_nothing);
    CPPUNIT_TEST(links_that_nobody_has_are_refused_after_twenty_in_a_minute);
    CPPUNIT_TEST(a_day_takes_two_hundred_links_that_nobody_has);
    CPPUNIT_TEST(a_genuine_link_is_never_refused);
    CPPUNIT_TEST(opening_a_link_counts_nothing);
    CPPUNIT_TEST(no_address_is_in_the_table);
    CPPUNIT_TEST(the_try_that_reaches_the_limit_is_on_record_once);
    CPPUNIT_TEST(old_tries_are_forgotten_in_steps);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }
    void tearDown() override { it_.reset(); }

    void a_minute_takes_five_requests_from_one_source() {
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(ask(noon));
        const auto refused = ask(noon + seconds{20});
        CPPUNIT_ASSERT(!refused && refused.refusal().reason == Refusal::TooManyTries);
        CPPUNIT_ASSERT(refused.refusal().retry_after == seconds{41});
        CPPUNIT_ASSERT(ask(noon + seconds{61}));
    }

    void an_hour_takes_ten_and_a_day_fifty() {
        int taken = 0;
        for (auto at = noon; at < noon + hours{1}; at += minutes{2}) taken += ask(at) ? 1 : 0;
        CPPUNIT_ASSERT_EQUAL(10, taken);
        for (auto at = noon + hours{1}; at < noon + hours{24}; at += minutes{2})
            taken += ask(at) ? 1 : 0;
        CPPUNIT_ASSERT_EQUAL(50, taken);
    }

    void another_source_is_not_concerned() {
        for (int i = 0; i < 6; ++i) static_cast<void>(ask(noon));
        it_->visitor.from = "203.0.113.8";
        CPPUNIT_ASSERT(ask(noon));
    }

    void neighbours_in_one_ipv6_network_share_a_limit() {
        for (int i = 0; i < 5; ++i) {
            it_->visitor.from = "2001:db8:1:2::" + std::to_string(i + 1);
            CPPUNIT_ASSERT(ask(noon));
        }
        it_->visitor.from = "2001:db8:1:2:9::9";
        CPPUNIT_ASSERT(!ask(noon));
    }

    void a_refused_request_writes_nothing() {
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(ask(noon));
        const auto before = it_->store.bytes();
        for (int i = 0; i < 50; ++i) CPPUNIT_ASSERT(!ask(noon));
        CPPUNIT_ASSERT(before == it_->store.bytes());
    }

    void a_bad_form_is_not_counted() {
        for (int i = 0; i < 20; ++i)
            CPPUNIT_ASSERT(
                !submit_request(it_->store, it_->practice, Asked::Account, {}, it_->visitor, noon));
        CPPUNIT_ASSERT(ask(noon));
    }

    void sixty_four_at_once_get_no_more_than_the_limit() {
        std::atomic<int> taken{0};
        std::vector<std::thread> crowd;
        for (int i = 0; i < 64; ++i) crowd.emplace_back([&] { taken += ask(noon) ? 1 : 0; });
        for (auto& one : crowd) one.join();
        CPPUNIT_ASSERT_EQUAL(5, taken.load());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5},
                             it_->store.number("SELECT COUNT(*) FROM portal_request"));
    }

    void failed_sign_ins_close_the_door_for_their_source_alone() {
        it_->set_up("anna.w", it_->good);
        it_->practice.source_failures_per_hour = 10;
        for (int i = 0; i < 10; ++i) fail_at(noon);
        const auto refused = enter(it_->good, noon);
        CPPUNIT_ASSERT(!refused && refused.refusal().reason == Refusal::TooManyTries);
        CPPUNIT_ASSERT(refused.refusal().retry_after > minutes{59});
        it_->visitor.from = "203.0.113.8";
        CPPUNIT_ASSERT(enter(it_->good, noon));
    }

    void the_door_opens_again_when_the_hour_is_over() {
        it_->set_up("anna.w", it_->good);
        it_->practice.source_failures_per_hour = 10;
        for (int i = 0; i < 10; ++i) fail_at(noon);
        const auto wait = enter(it_->good, noon).refusal().retry_after;
        CPPUNIT_ASSERT(!enter(it_->good, noon + wait - std::chrono::milliseconds{1}));
        CPPUNIT_ASSERT(enter(it_->good, noon + wait));
    }

    void success_is_not_counted() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(enter(it_->good, noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, it_->store.number("SELECT COUNT(*) FROM try_count"));
    }

    void a_closed_door_looks_at_nothing_and_writes_nothing() {
        it_->practice.source_failures_per_hour = 10;
        for (int i = 0; i < 10; ++i) fail_at(noon);
        const auto before = it_->store.bytes();
        for (int i = 0; i < 50; ++i) CPPUNIT_ASSERT(!enter("some password", noon));
        CPPUNIT_ASSERT(before == it_->store.bytes());
    }

    void links_that_nobody_has_are_refused_after_twenty_in_a_minute() {
        const std::string link(43, 'x');
        for (int i = 0; i < 20; ++i) CPPUNIT_ASSERT(Refusal::LinkUnknown == complete(link, noon));
        CPPUNIT_ASSERT(Refusal::TooManyTries == complete(link, noon));
        const auto renewed = renew_link(it_->store, it_->practice, link, it_->visitor, noon);
        CPPUNIT_ASSERT(!renewed && renewed.refusal().reason == Refusal::TooManyTries);
        CPPUNIT_ASSERT(Refusal::LinkUnknown == complete(link, noon + seconds{61}));
    }

    void a_day_takes_two_hundred_links_that_nobody_has() {
        const std::string link(43, 'x');
        int unknown = 0;
        for (auto at = noon; at < noon + hours{23}; at += minutes{4})
            unknown += complete(link, at) == Refusal::LinkUnknown ? 1 : 0;
        CPPUNIT_ASSERT_EQUAL(200, unknown);
    }

    void a_genuine_link_is_never_refused() {
        const auto link = it_->invite();
        for (int i = 0; i < 30; ++i) static_cast<void>(complete(std::string(43, 'x'), noon));
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}));
        CPPUNIT_ASSERT(Refusal::LinkUsed == complete(link, noon));  // Nor a dead one.
    }

    void opening_a_link_counts_nothing() {
        for (int i = 0; i < 30; ++i)
            CPPUNIT_ASSERT(open_link(it_->store, it_->practice, std::string(43, 'x'), noon).dead ==
                           Refusal::LinkUnknown);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, it_->store.number("SELECT COUNT(*) FROM try_count"));
    }

    void no_address_is_in_the_table() {
        CPPUNIT_ASSERT(ask(noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, it_->store.number("SELECT COUNT(*) FROM try_count"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0},
                             it_->store.number("SELECT COUNT(*) FROM try_count WHERE who LIKE "
                                               "'%203%113%' OR who LIKE '%.%'"));
    }

    void the_try_that_reaches_the_limit_is_on_record_once() {
        for (int i = 0; i < 9; ++i) static_cast<void>(ask(noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             it_->store.number("SELECT COUNT(*) FROM audit WHERE action = "
                                               "'source_limited' AND detail = 'request'"));
    }

    void old_tries_are_forgotten_in_steps() {
        it_->store.tamper(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600) "
            "INSERT INTO try_count SELECT 1, 2, SUBSTR('00000000000000000000000000000000' || i, "
            "LENGTH(CAST(i AS TEXT)) + 1), " +
            std::to_string(to_milliseconds(noon)) + ", 1 FROM n");
        const auto rows = [&] { return it_->store.number("SELECT COUNT(*) FROM try_count"); };
        CPPUNIT_ASSERT(!forget_old_tries(it_->store, noon + hours{24}));
        CPPUNIT_ASSERT(forget_old_tries(it_->store, noon + hours{25}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, rows());
        CPPUNIT_ASSERT(forget_old_tries(it_->store, noon + hours{25}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, rows());
        CPPUNIT_ASSERT(!forget_old_tries(it_->store, noon + hours{25}));
    }

private:
    Result<Done> ask(UnixTime at) {
        return submit_request(it_->store, it_->practice, Asked::Password,
                              {"anna@example.org", "2/29/1980", "Winter", "02139"}, it_->visitor,
                              at);
    }
    Result<SignedIn> enter(std::string_view password, UnixTime at) {
        return sign_in(it_->store, LinkFixture::hasher(), it_->practice, "anna.w", password,
                       it_->visitor, at);
    }
    void fail_at(UnixTime at) {
        CPPUNIT_ASSERT(sign_in(it_->store, LinkFixture::hasher(), it_->practice, "nobody.here", "x",
                               it_->visitor, at)
                           .refusal()
                           .reason == Refusal::SignIn);
    }
    Refusal complete(const std::string& link, UnixTime at) {
        return it_->complete(link, {"anna.w", it_->good}, at).refusal().reason;
    }

    std::optional<LinkFixture> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(TriesTest);
