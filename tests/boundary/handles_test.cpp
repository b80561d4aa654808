// SPDX-License-Identifier: Apache-2.0
#include "boundary/handles.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

using namespace ppo;

namespace {
struct Thing {
    int number = 0;
};
struct ThingHandle;
}  // namespace

class HandlesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HandlesTest);
    CPPUNIT_TEST(finds_the_object_behind_its_handle);
    CPPUNIT_TEST(finds_nothing_behind_null);
    CPPUNIT_TEST(finds_nothing_behind_a_foreign_pointer);
    CPPUNIT_TEST(finds_nothing_behind_a_handle_that_was_taken);
    CPPUNIT_TEST(never_gives_a_handle_twice);
    CPPUNIT_TEST(keeps_an_object_alive_for_who_holds_it);
    CPPUNIT_TEST(takes_once);
    CPPUNIT_TEST(drops_those_that_end_and_keeps_the_others);
    CPPUNIT_TEST(lets_a_dropped_object_look_others_up_while_it_goes);
    CPPUNIT_TEST(serves_many_threads);
    CPPUNIT_TEST_SUITE_END();

public:
    void finds_the_object_behind_its_handle() {
        auto* handle = all_.add(thing(7));
        CPPUNIT_ASSERT_EQUAL(7, all_.find(handle)->number);
    }

    void finds_nothing_behind_null() { CPPUNIT_ASSERT(!all_.find(nullptr)); }

    void finds_nothing_behind_a_foreign_pointer() {
        static_cast<void>(all_.add(thing(1)));
        int local = 0;
        CPPUNIT_ASSERT(!all_.find(reinterpret_cast<ThingHandle*>(&local)));
    }

    void finds_nothing_behind_a_handle_that_was_taken() {
        auto* handle = all_.add(thing(1));
        CPPUNIT_ASSERT(all_.take(handle));
        CPPUNIT_ASSERT(!all_.find(handle));
    }

    void never_gives_a_handle_twice() {
        std::set<ThingHandle*> seen;
        for (int i = 0; i < 1000; ++i) {
            auto* handle = all_.add(thing(i));
            CPPUNIT_ASSERT(seen.insert(handle).second);
            CPPUNIT_ASSERT(all_.take(handle));
        }
    }

    void keeps_an_object_alive_for_who_holds_it() {
        auto* handle = all_.add(thing(3));
        const auto held = all_.find(handle);
        all_.drop_if([](const Thing&) { return true; });
        CPPUNIT_ASSERT_EQUAL(3, held->number);
    }

    void takes_once() {
        auto* handle = all_.add(thing(1));
        CPPUNIT_ASSERT(all_.take(handle));
        CPPUNIT_ASSERT(!all_.take(handle));
    }

    void drops_those_that_end_and_keeps_the_others() {
        auto* odd = all_.add(thing(1));
        auto* even = all_.add(thing(2));
        all_.drop_if([](const Thing& one) { return one.number % 2 == 1; });
        CPPUNIT_ASSERT(!all_.find(odd));
        CPPUNIT_ASSERT(all_.find(even));
    }

    void lets_a_dropped_object_look_others_up_while_it_goes() {
        bool looked_up = false;
        auto* handle = all_.add(std::shared_ptr<Thing>{new Thing{1}, [&](Thing* one) {
                                                           looked_up = !all_.find(nullptr);
                                                           delete one;
                                                       }});
        all_.drop_if([](const Thing&) { return true; });
        CPPUNIT_ASSERT(looked_up);
        CPPUNIT_ASSERT(!all_.find(handle));
    }

    void serves_many_threads() {
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 500; ++i) {
                    auto* handle = all_.add(thing(t * 1000 + i));
                    if (all_.find(handle)->number != t * 1000 + i) ++wrong;
                    if (!all_.take(handle) || all_.find(handle)) ++wrong;
                }
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }

private:
    static std::shared_ptr<Thing> thing(int number) {
        return std::make_shared<Thing>(Thing{number});
    }
    Handles<Thing, ThingHandle> all_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(HandlesTest);
