// SPDX-License-Identifier: Apache-2.0
#include "domain/try_limit.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {
constexpr UnixTime noon = from_milliseconds(1'795'176'000'000);
constexpr milliseconds tick{1};
const std::vector<TryLimit> three_a_minute{{minutes{1}, 3}};
}  // namespace

class TryLimitTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TryLimitTest);
    CPPUNIT_TEST(nobody_waits_below_the_limit);
    CPPUNIT_TEST(the_limit_waits_until_the_oldest_bucket_is_past);
    CPPUNIT_TEST(no_stretch_of_its_length_holds_more_than_the_limit);
    CPPUNIT_TEST(every_limit_holds_and_the_longest_wait_is_told);
    CPPUNIT_TEST(enough_buckets_must_pass_for_one_more);
    CPPUNIT_TEST(a_clock_set_back_makes_nobody_wait_longer_than_the_limit);
    CPPUNIT_TEST(tries_of_a_far_future_do_not_count);
    CPPUNIT_TEST(buckets_begin_at_whole_sixtieths);
    CPPUNIT_TEST(what_no_limit_counts_any_more_lies_before_the_first);
    CPPUNIT_TEST(the_figures_are_the_practices);
    CPPUNIT_TEST(facts_and_links_have_figures_of_their_own);
    CPPUNIT_TEST_SUITE_END();

    void nobody_waits_below_the_limit() {
        CPPUNIT_ASSERT(!wait_for_try(three_a_minute, {}, noon));
        CPPUNIT_ASSERT(!wait_for_try(three_a_minute, {{noon, 2}}, noon));
    }

    void the_limit_waits_until_the_oldest_bucket_is_past() {
        const std::vector<TryBucket> full{{noon, 1}, {noon + seconds{10}, 2}};
        CPPUNIT_ASSERT(wait_for_try(three_a_minute, full, noon + seconds{20}) == seconds{41});
        CPPUNIT_ASSERT(wait_for_try(three_a_minute, full, noon + seconds{61} - tick) == tick);
        CPPUNIT_ASSERT(!wait_for_try(three_a_minute, full, noon + seconds{61}));
    }

    void no_stretch_of_its_length_holds_more_than_the_limit() {
        // A visitor who tries every 700 ms for ten minutes; each that was let in is remembered.
        std::vector<TryBucket> buckets;
        std::vector<UnixTime> let_in;
        for (auto at = noon; at < noon + minutes{10}; at += milliseconds{700}) {
            if (wait_for_try(three_a_minute, buckets, at)) continue;
            let_in.push_back(at);
            const auto since = bucket_at(three_a_minute, at);
            if (!buckets.empty() && buckets.back().since == since)
                ++buckets.back().tries;
            else
                buckets.push_back({since, 1});
        }
        CPPUNIT_ASSERT(let_in.size() >= 27);  // And it is not starved either.
        for (std::size_t i = 3; i < let_in.size(); ++i)
            CPPUNIT_ASSERT(let_in[i] - let_in[i - 3] >= minutes{1});
    }

    void every_limit_holds_and_the_longest_wait_is_told() {
        const std::vector<TryLimit> two{{minutes{1}, 2}, {hours{1}, 3}};
        const std::vector<TryBucket> full{{noon, 1}, {noon + minutes{30}, 2}};
        CPPUNIT_ASSERT(wait_for_try(two, full, noon + minutes{30}) == minutes{30} + seconds{1});
        CPPUNIT_ASSERT(wait_for_try(two, {{noon, 2}}, noon) == seconds{61});
    }

    void enough_buckets_must_pass_for_one_more() {
        const std::vector<TryBucket> over{{noon, 1}, {noon + seconds{10}, 4}};
        CPPUNIT_ASSERT(wait_for_try(three_a_minute, over, noon + seconds{10}) == seconds{61});
    }

    void a_clock_set_back_makes_nobody_wait_longer_than_the_limit() {
        const std::vector<TryBucket> ahead{{noon + seconds{50}, 3}};
        CPPUNIT_ASSERT(wait_for_try(three_a_minute, ahead, noon) == seconds{61});
    }

    void tries_of_a_far_future_do_not_count() {
        CPPUNIT_ASSERT(!wait_for_try(three_a_minute, {{noon + hours{9000}, 3}}, noon));
    }

    void buckets_begin_at_whole_sixtieths() {
        CPPUNIT_ASSERT(bucket_at(three_a_minute, noon + milliseconds{1999}) == noon + seconds{1});
        CPPUNIT_ASSERT(bucket_at({{hours{1}, 1}}, noon + seconds{59}) == noon);
    }

    void what_no_limit_counts_any_more_lies_before_the_first() {
        const auto first = first_that_counts(three_a_minute, noon);
        CPPUNIT_ASSERT(!wait_for_try(three_a_minute, {{first, 3}}, noon));
        CPPUNIT_ASSERT(wait_for_try(three_a_minute, {{first + tick, 3}}, noon) == tick);
    }

    void the_figures_are_the_practices() {
        Practice practice;
        CPPUNIT_ASSERT_EQUAL(100, try_limits(TryKind::SignIn, practice).at(0).most);
        const auto requests = try_limits(TryKind::Request, practice);
        CPPUNIT_ASSERT_EQUAL(5, requests.at(0).most);
        CPPUNIT_ASSERT_EQUAL(10, requests.at(1).most);
        CPPUNIT_ASSERT_EQUAL(50, requests.at(2).most);
        practice.source_requests_per_hour = 7;
        CPPUNIT_ASSERT_EQUAL(4, try_limits(TryKind::Request, practice).at(0).most);
    }

    void facts_and_links_have_figures_of_their_own() {
        const auto facts = try_limits(TryKind::Facts, {});
        CPPUNIT_ASSERT(facts.at(0).length == hours{1} && facts.at(0).most == 3);
        CPPUNIT_ASSERT(facts.at(1).length == hours{24} && facts.at(1).most == 10);
        const auto links = try_limits(TryKind::Link, {});
        CPPUNIT_ASSERT(links.at(0).length == minutes{1} && links.at(0).most == 20);
        CPPUNIT_ASSERT(links.at(1).length == hours{24} && links.at(1).most == 200);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TryLimitTest);
