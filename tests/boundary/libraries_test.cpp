// SPDX-License-Identifier: Apache-2.0
#include "boundary/libraries.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <sodium.h>
#include <sqlite3.h>

using namespace ppo;

class LibrariesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LibrariesTest);
    CPPUNIT_TEST(takes_what_it_was_built_with);
    CPPUNIT_TEST(takes_a_later_minor_where_the_library_promises_it);
    CPPUNIT_TEST(takes_no_other_minor_where_it_does_not);
    CPPUNIT_TEST(takes_no_earlier_minor);
    CPPUNIT_TEST(takes_no_other_major);
    CPPUNIT_TEST(says_both_versions_and_where_the_other_comes_from);
    CPPUNIT_TEST(takes_functions_that_come_from_one_file);
    CPPUNIT_TEST(takes_no_functions_from_two_files);
    CPPUNIT_TEST(what_these_tests_run_with_is_fit);
    CPPUNIT_TEST_SUITE_END();

public:
    void takes_what_it_was_built_with() { CPPUNIT_ASSERT(!complaint_about(found(3, 40))); }

    void takes_a_later_minor_where_the_library_promises_it() {
        CPPUNIT_ASSERT(!complaint_about(found(3, 51)));
    }

    void takes_no_other_minor_where_it_does_not() {
        auto library = found(3, 51);
        library.takes_later_minors = false;
        CPPUNIT_ASSERT(complaint_about(library));
    }

    void takes_no_earlier_minor() { CPPUNIT_ASSERT(complaint_about(found(3, 39))); }

    void takes_no_other_major() {
        CPPUNIT_ASSERT(complaint_about(found(4, 40)));
        CPPUNIT_ASSERT(complaint_about(found(2, 90)));
    }

    void says_both_versions_and_where_the_other_comes_from() {
        const auto said = complaint_about(found(3, 8)).value();
        CPPUNIT_ASSERT(said.starts_with("This process has SQLite 3.8 from /"));
        CPPUNIT_ASSERT(said.find("needs 3.40.") != std::string::npos);
        CPPUNIT_ASSERT(said.size() < 400);
    }

    void takes_functions_that_come_from_one_file() {
        auto library = found(3, 40);
        library.others = {reinterpret_cast<const void*>(&sqlite3_step)};
        CPPUNIT_ASSERT(!complaint_about(library));
    }

    void takes_no_functions_from_two_files() {
        auto library = found(3, 40);
        library.others = {reinterpret_cast<const void*>(&sqlite3_step),
                          reinterpret_cast<const void*>(&sodium_init)};
        const auto said = complaint_about(library).value();
        CPPUNIT_ASSERT(said.starts_with("This process has parts of SQLite in /"));
        CPPUNIT_ASSERT(said.find("libsodium") != std::string::npos);
    }

    void what_these_tests_run_with_is_fit() { CPPUNIT_ASSERT_NO_THROW(check_libraries()); }

private:
    static Library found(int major, int minor) {
        return {"SQLite",
                {3, 40},
                {major, minor},
                true,
                reinterpret_cast<const void*>(&sqlite3_libversion_number),
                {}};
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LibrariesTest);
