// SPDX-License-Identifier: Apache-2.0
#include "store/request_table.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class RequestTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestTableTest);
    CPPUNIT_TEST(nothing_waits_at_first);
    CPPUNIT_TEST(the_oldest_comes_first);
    CPPUNIT_TEST(request_comes_back_as_it_was_sealed);
    CPPUNIT_TEST(only_one_worker_takes_a_request);
    CPPUNIT_TEST(request_taken_in_an_undone_transaction_still_waits);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void add_two() {
        Transaction transaction{store_};
        add_request(transaction, {"late", "sealed late", noon});
        add_request(transaction, {"early", "sealed early", noon - std::chrono::seconds{1}});
        transaction.commit();
    }
    std::optional<PortalRequest> next() {
        return store_.ask([](Connection& connection) { return next_request(connection); });
    }

    void nothing_waits_at_first() { CPPUNIT_ASSERT(!next()); }

    void the_oldest_comes_first() {
        add_two();
        CPPUNIT_ASSERT_EQUAL(std::string{"early"}, next()->id);
    }

    void request_comes_back_as_it_was_sealed() {
        add_two();
        CPPUNIT_ASSERT_EQUAL(std::string{"sealed early"}, next()->sealed);
        CPPUNIT_ASSERT(next()->asked_at == noon - std::chrono::seconds{1});
    }

    void only_one_worker_takes_a_request() {
        add_two();
        Transaction transaction{store_};
        CPPUNIT_ASSERT(take_request(transaction, "early"));
        CPPUNIT_ASSERT(!take_request(transaction, "early"));
    }

    void request_taken_in_an_undone_transaction_still_waits() {
        add_two();
        {
            Transaction transaction{store_};
            CPPUNIT_ASSERT(take_request(transaction, "early"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string{"early"}, next()->id);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RequestTableTest);
