// SPDX-License-Identifier: Apache-2.0
#include "domain/source.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class SourceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SourceTest);
    CPPUNIT_TEST(an_ipv4_address_is_a_source_of_its_own);
    CPPUNIT_TEST(an_ipv6_address_counts_by_its_first_64_bits);
    CPPUNIT_TEST(spellings_of_one_ipv6_network_are_one_source);
    CPPUNIT_TEST(ipv4_within_ipv6_is_the_ipv4_address);
    CPPUNIT_TEST(the_zone_of_an_interface_does_not_count);
    CPPUNIT_TEST(what_is_no_address_stays_as_it_is);
    CPPUNIT_TEST_SUITE_END();

    static std::string of(std::string_view address) { return source_of(address); }

    void an_ipv4_address_is_a_source_of_its_own() {
        CPPUNIT_ASSERT_EQUAL(std::string{"203.0.113.7"}, of("203.0.113.7"));
        CPPUNIT_ASSERT(of("203.0.113.7") != of("203.0.113.8"));
    }

    void an_ipv6_address_counts_by_its_first_64_bits() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2001:db8:1:2::/64"}, of("2001:db8:1:2:3:4:5:6"));
        CPPUNIT_ASSERT_EQUAL(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        CPPUNIT_ASSERT(of("2001:db8:1:2::1") != of("2001:db8:1:3::1"));
    }

    void spellings_of_one_ipv6_network_are_one_source() {
        CPPUNIT_ASSERT_EQUAL(of("2001:DB8:0:0:0:0:0:1"), of("2001:db8::2"));
    }

    void ipv4_within_ipv6_is_the_ipv4_address() {
        CPPUNIT_ASSERT_EQUAL(std::string{"203.0.113.7"}, of("::ffff:203.0.113.7"));
        CPPUNIT_ASSERT_EQUAL(std::string{"203.0.113.7"}, of("::ffff:cb00:7107"));
    }

    void the_zone_of_an_interface_does_not_count() {
        CPPUNIT_ASSERT_EQUAL(std::string{"fe80::/64"}, of("fe80::1%eth0"));
    }

    void what_is_no_address_stays_as_it_is() {
        for (const char* text : {"kiosk-3", "", "300.1.1.1", "2001:db8:::1", "[::1]"})
            CPPUNIT_ASSERT_EQUAL(std::string{text}, of(text));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SourceTest);
