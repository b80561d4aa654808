// SPDX-License-Identifier: Apache-2.0
#include "credentials/hashing_places.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

using namespace ppo;

namespace {
void wait_until_waiting(const HashingPlaces& places, unsigned how_many) {
    while (places.waiting() != how_many) std::this_thread::yield();
}
}  // namespace

class HashingPlacesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HashingPlacesTest);
    CPPUNIT_TEST(gives_a_place_at_once_while_there_is_one);
    CPPUNIT_TEST(turns_away_who_finds_places_and_queue_full);
    CPPUNIT_TEST(gives_a_place_back_when_its_holder_goes);
    CPPUNIT_TEST(gives_a_moved_place_back_once);
    CPPUNIT_TEST(serves_the_queue_in_the_order_of_arrival);
    CPPUNIT_TEST(never_lets_more_work_than_there_are_places);
    CPPUNIT_TEST_SUITE_END();

    void gives_a_place_at_once_while_there_is_one() {
        HashingPlaces places{2, 0};
        const auto first = places.take();
        const auto second = places.take();
        CPPUNIT_ASSERT(first.has_value());
        CPPUNIT_ASSERT(second.has_value());
    }

    void turns_away_who_finds_places_and_queue_full() {
        HashingPlaces places{1, 2};
        auto first = places.take();
        std::vector<std::thread> queue;
        for (int i = 0; i < 2; ++i) queue.emplace_back([&places] { (void)places.take(); });
        wait_until_waiting(places, 2);
        const bool turned_away = !places.take().has_value();
        first.reset();
        for (auto& thread : queue) thread.join();
        CPPUNIT_ASSERT(turned_away);
    }

    void gives_a_place_back_when_its_holder_goes() {
        HashingPlaces places{1, 0};
        { const auto held = places.take(); }
        CPPUNIT_ASSERT(places.take().has_value());
    }

    void gives_a_moved_place_back_once() {
        HashingPlaces places{1, 0};
        {
            auto held = places.take();
            const HashingPlaces::Place moved{std::move(*held)};
            held.reset();
            CPPUNIT_ASSERT(!places.take().has_value());
        }
        const auto only = places.take();
        CPPUNIT_ASSERT(only.has_value());
        CPPUNIT_ASSERT(!places.take().has_value());
    }

    void serves_the_queue_in_the_order_of_arrival() {
        HashingPlaces places{1, 8};
        auto held = places.take();
        std::vector<int> order;
        std::mutex order_mutex;
        std::vector<std::thread> queue;
        for (int i = 0; i < 8; ++i) {
            queue.emplace_back([&, i] {
                const auto place = places.take();
                const std::lock_guard lock{order_mutex};
                order.push_back(i);
            });
            wait_until_waiting(places, static_cast<unsigned>(i) + 1);
        }
        held.reset();
        for (auto& thread : queue) thread.join();
        CPPUNIT_ASSERT((order == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    }

    void never_lets_more_work_than_there_are_places() {
        HashingPlaces places{2, 64};
        std::atomic<int> inside{0};
        std::atomic<int> most{0};
        std::atomic<int> served{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 64; ++i)
            threads.emplace_back([&] {
                for (int round = 0; round < 200; ++round) {
                    const auto place = places.take();
                    if (!place) continue;
                    const int now_inside = ++inside;
                    for (int seen = most; seen < now_inside;)
                        if (most.compare_exchange_weak(seen, now_inside)) break;
                    std::this_thread::yield();
                    ++served;
                    --inside;
                }
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT(most.load() <= 2);
        CPPUNIT_ASSERT_EQUAL(64 * 200, served.load());
        CPPUNIT_ASSERT_EQUAL(0U, places.waiting());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HashingPlacesTest);
