// SPDX-License-Identifier: Apache-2.0
#include "store/store_address.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class StoreAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StoreAddressTest);
    CPPUNIT_TEST(path_is_a_file);
    CPPUNIT_TEST(uri_is_a_server);
    CPPUNIT_TEST(path_that_only_looks_like_a_uri_is_a_file);
    CPPUNIT_TEST(what_is_shown_holds_neither_user_nor_password);
    CPPUNIT_TEST(password_with_an_at_sign_is_not_shown_either);
    CPPUNIT_TEST(password_with_a_question_mark_is_not_shown_either);
    CPPUNIT_TEST(what_may_be_a_password_is_not_shown);
    CPPUNIT_TEST(hosts_with_ports_are_shown);
    CPPUNIT_TEST(what_is_shown_holds_no_option);
    CPPUNIT_TEST(address_that_is_neither_is_mistyped);
    CPPUNIT_TEST(what_is_mistyped_is_not_shown);
    CPPUNIT_TEST_SUITE_END();

public:
    void path_is_a_file() { CPPUNIT_ASSERT(!StoreAddress{"/var/lib/portal.db"}.is_server()); }
    void uri_is_a_server() {
        CPPUNIT_ASSERT(StoreAddress{"postgresql://db.example/portal"}.is_server());
        CPPUNIT_ASSERT(StoreAddress{"postgres://db.example/portal"}.is_server());
    }
    void path_that_only_looks_like_a_uri_is_a_file() {
        CPPUNIT_ASSERT(!StoreAddress{"./postgresql:/db"}.is_server());
        CPPUNIT_ASSERT(!StoreAddress{"mysql://db.example/portal"}.is_server());
    }
    void address_that_is_neither_is_mistyped() {
        for (const char* text :
             {"postgresl://staff:secret@db.example/portal", "postgresql:/staff:secret@db/portal",
              "postgresql//staff:secret@db/portal", "host=db password=secret"})
            CPPUNIT_ASSERT_MESSAGE(text, StoreAddress{text}.is_mistyped());
        for (const char* text : {"/var/lib/portal.db", "./postgresql/portal.db", "a@b.db",
                                 "postgresql://staff:secret@db.example/portal"})
            CPPUNIT_ASSERT_MESSAGE(text, !StoreAddress{text}.is_mistyped());
    }
    void what_is_mistyped_is_not_shown() {
        CPPUNIT_ASSERT(StoreAddress{"postgresl://staff:secret@db.example/portal"}.shown().find(
                           "secret") == std::string::npos);
    }
    void what_is_shown_holds_neither_user_nor_password() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"postgresql://db.example:5433/portal"},
            StoreAddress{"postgresql://staff:secret@db.example:5433/portal"}.shown());
    }
    void password_with_an_at_sign_is_not_shown_either() {
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db.example/portal"},
                             StoreAddress{"postgresql://staff:se@cret@db.example/portal"}.shown());
    }
    void password_with_a_question_mark_is_not_shown_either() {
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db.example/portal"},
                             StoreAddress{"postgresql://q:Sec#ret?9@db.example/portal"}.shown());
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db.example/portal"},
                             StoreAddress{"postgresql://q:Sec/r?t@db.example/portal?a=b"}.shown());
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db.example/portal"},
                             StoreAddress{"postgresql://q:S@c?x@db.example/portal"}.shown());
    }
    void what_may_be_a_password_is_not_shown() {
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://(not shown)"},
                             StoreAddress{"postgresql://q:Secret/w?d=x@db/portal"}.shown());
    }
    void hosts_with_ports_are_shown() {
        for (const std::string place : {"db1:5432,db2:5433/portal", "[::1]:5432/portal", "/portal"})
            CPPUNIT_ASSERT_EQUAL("postgresql://" + place,
                                 StoreAddress{"postgresql://" + place}.shown());
    }
    void what_is_shown_holds_no_option() {
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db.example/portal"},
                             StoreAddress{"postgres://db.example/portal?password=x@y"}.shown());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StoreAddressTest);
