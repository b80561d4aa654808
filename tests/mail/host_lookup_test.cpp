// SPDX-License-Identifier: Apache-2.0
#include "mail/host_lookup.hpp"

#include "mail/smtp_connection.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using namespace std::chrono_literals;

class HostLookupTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HostLookupTest);
    CPPUNIT_TEST(address_needs_no_looking_up);
    CPPUNIT_TEST(localhost_is_this_machine);
    CPPUNIT_TEST(passed_deadline_ends_the_waiting);
    CPPUNIT_TEST(stop_ends_the_waiting);
    CPPUNIT_TEST_SUITE_END();

    std::atomic<bool> stopped_{false};

    static SteadyTime soon() { return std::chrono::steady_clock::now() + 10s; }

    void address_needs_no_looking_up() {
        const auto addresses = look_up_host("2001:db8::1", soon(), stopped_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, addresses.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"2001:db8::1"}, addresses[0].toString());
    }
    void localhost_is_this_machine() {
        for (const auto& address : look_up_host("localhost", soon(), stopped_))
            CPPUNIT_ASSERT(address.isLoopback());
    }
    void passed_deadline_ends_the_waiting() {
        const auto start = std::chrono::steady_clock::now();
        CPPUNIT_ASSERT_THROW((void)look_up_host("mx.elm.invalid", start, stopped_), ConnectionLost);
        CPPUNIT_ASSERT(std::chrono::steady_clock::now() - start < 1s);
    }
    void stop_ends_the_waiting() {
        stopped_ = true;
        const auto start = std::chrono::steady_clock::now();
        CPPUNIT_ASSERT_THROW((void)look_up_host("mx.elm.invalid", soon(), stopped_),
                             ConnectionLost);
        CPPUNIT_ASSERT(std::chrono::steady_clock::now() - start < 1s);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HostLookupTest);
