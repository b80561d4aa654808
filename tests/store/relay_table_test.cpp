// SPDX-License-Identifier: Apache-2.0
#include "store/relay_table.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class RelayTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RelayTableTest);
    CPPUNIT_TEST(takes_mails_at_first);
    CPPUNIT_TEST(comes_back_as_it_was_put);
    CPPUNIT_TEST(rests_until_its_time_and_no_longer);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

public:
    void takes_mails_at_first() {
        const auto relay = store_.ask([](Connection& c) { return read_relay(c); });
        CPPUNIT_ASSERT(!relay.broken_since && !relay.rests(noon));
    }

    void comes_back_as_it_was_put() {
        Transaction transaction{store_};
        put_relay(transaction, {3, noon, noon + std::chrono::minutes{4}, "refused"});
        transaction.commit();
        const auto relay = store_.ask([](Connection& c) { return read_relay(c); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, relay.failures);
        CPPUNIT_ASSERT(relay.broken_since == noon);
        CPPUNIT_ASSERT(relay.rests_until == noon + std::chrono::minutes{4});
        CPPUNIT_ASSERT_EQUAL(std::string{"refused"}, relay.reason);
    }

    void rests_until_its_time_and_no_longer() {
        const Relay relay{1, noon, noon + std::chrono::minutes{1}, ""};
        CPPUNIT_ASSERT(relay.rests(noon + std::chrono::milliseconds{59'999}));
        CPPUNIT_ASSERT(!relay.rests(noon + std::chrono::minutes{1}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RelayTableTest);
