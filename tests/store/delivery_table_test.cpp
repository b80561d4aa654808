// SPDX-License-Identifier: Apache-2.0
#include "store/delivery_table.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class DeliveryTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeliveryTableTest);
    CPPUNIT_TEST(the_minute_ends_with_the_clock);
    CPPUNIT_TEST(the_day_slides);
    CPPUNIT_TEST(the_narrower_cap_holds);
    CPPUNIT_TEST(shares_given_back_can_be_taken_again);
    CPPUNIT_TEST(a_try_counts_in_its_minute_and_not_in_the_day);
    CPPUNIT_TEST(a_clock_set_back_is_not_held_up_by_the_future);
    CPPUNIT_TEST(forgets_what_is_older_than_two_days);
    CPPUNIT_TEST(says_what_left);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void take(UnixTime now, std::int64_t mails) {
        Transaction transaction{store_};
        take_shares(transaction, now, mails);
        transaction.commit();
    }
    void give_back(UnixTime taken_at, std::int64_t mails, std::int64_t tries) {
        Transaction transaction{store_};
        give_shares_back(transaction, taken_at, mails, tries);
        transaction.commit();
    }
    std::int64_t room(UnixTime now, std::int64_t a_minute = 10, std::int64_t a_day = 100) {
        return store_.ask([&](Connection& c) { return room_in_caps(c, now, a_minute, a_day); });
    }

public:
    void the_minute_ends_with_the_clock() {
        take(noon + seconds{58}, 4);
        take(noon + seconds{59}, 6);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, room(noon + seconds{59}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, room(noon + seconds{60}));
    }

    void the_day_slides() {
        take(noon, 70);
        take(noon + hours{1}, 30);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, room(noon + hours{24} - minutes{1}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, room(noon + hours{24}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{70}, room(noon + hours{24}, 500));
    }

    void the_narrower_cap_holds() {
        take(noon, 3);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, room(noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, room(noon, 10, 5));
    }

    void shares_given_back_can_be_taken_again() {
        take(noon, 10);
        give_back(noon, 4, 4);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, room(noon));
    }

    void a_try_counts_in_its_minute_and_not_in_the_day() {
        take(noon, 10);
        give_back(noon, 10, 0);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, room(noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, room(noon + minutes{1}, 500));
    }

    void a_clock_set_back_is_not_held_up_by_the_future() {
        take(noon, 100);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, room(noon - hours{1}));
    }

    void forgets_what_is_older_than_two_days() {
        take(noon, 1);
        take(noon + hours{48} + minutes{1}, 1);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             store_.number("SELECT COUNT(*) FROM delivery_minute"));
    }

    void says_what_left() {
        take(noon - hours{23}, 5);
        take(noon - minutes{1}, 3);
        take(noon, 2);
        const auto left = store_.ask([](Connection& c) { return read_mails_left(c, noon); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, left.last_minute);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, left.last_day);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DeliveryTableTest);
