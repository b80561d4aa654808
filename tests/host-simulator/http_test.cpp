// SPDX-License-Identifier: Apache-2.0
#include "web/http.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo_sim;

class HttpTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HttpTest);
    CPPUNIT_TEST(a_page_of_the_same_origin_is_our_own);
    CPPUNIT_TEST(an_address_that_somebody_typed_is_nobodys_page);
    CPPUNIT_TEST(pages_of_other_sites_and_of_other_hosts_of_this_one_are_not_our_own);
    CPPUNIT_TEST(the_origin_must_be_the_host_that_was_asked);
    CPPUNIT_TEST(a_hidden_origin_and_none_at_all_are_left_to_the_token);
    CPPUNIT_TEST(no_value_adds_a_header);
    CPPUNIT_TEST_SUITE_END();

    void a_page_of_the_same_origin_is_our_own() {
        CPPUNIT_ASSERT(is_own_page("same-origin", "http://127.0.0.1:80", "127.0.0.1:80"));
    }

    void an_address_that_somebody_typed_is_nobodys_page() {
        CPPUNIT_ASSERT(is_own_page("none", "", "127.0.0.1:80"));
    }

    void pages_of_other_sites_and_of_other_hosts_of_this_one_are_not_our_own() {
        CPPUNIT_ASSERT(!is_own_page("cross-site", "", "127.0.0.1:80"));
        CPPUNIT_ASSERT(!is_own_page("same-site", "", "127.0.0.1:80"));
        CPPUNIT_ASSERT(!is_own_page("whatever", "", "127.0.0.1:80"));
    }

    void the_origin_must_be_the_host_that_was_asked() {
        CPPUNIT_ASSERT(!is_own_page("", "http://evil.example", "127.0.0.1:80"));
        CPPUNIT_ASSERT(!is_own_page("", "http://127.0.0.1:81", "127.0.0.1:80"));
        CPPUNIT_ASSERT(!is_own_page("", "http://127.0.0.1:80.evil.example", "127.0.0.1:80"));
        CPPUNIT_ASSERT(!is_own_page("", "127.0.0.1:80", "127.0.0.1:80"));
        CPPUNIT_ASSERT(is_own_page("", "https://portal.example", "portal.example"));
    }

    void a_hidden_origin_and_none_at_all_are_left_to_the_token() {
        CPPUNIT_ASSERT(is_own_page("", "", "127.0.0.1:80"));
        CPPUNIT_ASSERT(is_own_page("same-origin", "null", "127.0.0.1:80"));
    }

    void no_value_adds_a_header() {
        const auto response = Response::go("/emr/\r\nSet-Cookie: x=1\n\x7f");
        const std::pair<std::string, std::string> location{"Location",
                                                           "/emr/%0D%0ASet-Cookie: x=1%0A%7F"};
        CPPUNIT_ASSERT(response.headers.at(0) == location);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HttpTest);
