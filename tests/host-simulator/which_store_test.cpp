// SPDX-License-Identifier: Apache-2.0
#include "host/which_store.hpp"

#include "host/settings.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdlib>
#include <filesystem>

using namespace ppo_sim;

class WhichStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WhichStoreTest);
    CPPUNIT_TEST(a_place_has_neither_user_nor_password_nor_parameters);
    CPPUNIT_TEST(a_password_is_seen_wherever_an_address_may_hold_it);
    CPPUNIT_TEST(an_address_without_a_password_and_what_is_no_address_hold_none);
    CPPUNIT_TEST(a_database_is_the_same_by_every_host_and_user);
    CPPUNIT_TEST(a_database_is_another_by_its_name_alone);
    CPPUNIT_TEST(an_address_may_be_mistyped);
    CPPUNIT_TEST(a_file_is_the_same_by_every_way_to_it);
    CPPUNIT_TEST(a_folder_that_remembers_none_takes_any);
    CPPUNIT_TEST(what_is_remembered_stays_until_the_practice_moves);
    CPPUNIT_TEST_SUITE_END();

    std::filesystem::path folder_{};

public:
    void setUp() override {
        std::string pattern = std::filesystem::temp_directory_path() / "ppo-which-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
    }
    void tearDown() override { std::filesystem::remove_all(folder_); }

private:
    [[nodiscard]] DataFolder data() const { return DataFolder{folder_ / "data"}; }
    [[nodiscard]] bool is_its_store(const std::string& store) const {
        return !why_not_its_store(data(), store);
    }

    void a_place_has_neither_user_nor_password_nor_parameters() {
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db1,db2:5433/portal"},
                             place_of_store("postgresql://u:secret@db1,db2:5433/portal?sslkey=k"));
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db1/portal"},
                             place_of_store("postgres://u:se@cret@db1/portal"));
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql://db1/portal"},
                             place_of_store("postgresql://q:Sec#ret?99@db1/portal?sslkey=k"));
        CPPUNIT_ASSERT(place_of_store("postgresql://q:Secret/w@db1/portal").find("Secret") ==
                       std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string{"postgresql:///portal"},
                             place_of_store("postgresql:///portal?host=/run/postgresql"));
    }

    void an_address_may_be_mistyped() {
        for (const auto* store :
             {"postgresl://q:secret@db1/portal", "postgresql:/q:secret@db1/portal",
              "postgresql//q:secret@db1/portal", "host=db1 password=secret"})
            CPPUNIT_ASSERT_MESSAGE(store, is_mistyped_address(store));
        for (const auto* store :
             {"postgresql://q:secret@db1/portal", "data/a@b.sqlite", "postgres"})
            CPPUNIT_ASSERT_MESSAGE(store, !is_mistyped_address(store));
    }

    void a_password_is_seen_wherever_an_address_may_hold_it() {
        CPPUNIT_ASSERT(holds_password("postgresql://u:secret@db1/portal"));
        CPPUNIT_ASSERT(holds_password("--store=postgres://u:secret@db1/portal"));
        CPPUNIT_ASSERT(holds_password("postgresql://db1/portal?user=u&password=secret"));
        CPPUNIT_ASSERT(holds_password("postgresql://db1/portal?sslpassword=secret"));
    }

    void an_address_without_a_password_and_what_is_no_address_hold_none() {
        CPPUNIT_ASSERT(!holds_password("postgresql://u@db1:5433/portal?passfile=/etc/pgpass"));
        CPPUNIT_ASSERT(!holds_password("postgresql://u:@db1/portal"));
        CPPUNIT_ASSERT(!holds_password("postgres.sqlite"));
        CPPUNIT_ASSERT(!holds_password("smtp://u:secret@mail.example.org"));
    }

    void a_database_is_the_same_by_every_host_and_user() {
        remember_store(data(), "postgresql://owner@db1/portal");
        CPPUNIT_ASSERT(is_its_store("postgresql://ppo_staff:x@db1,db2/portal?passfile=/p"));
        CPPUNIT_ASSERT(is_its_store("postgresql:///?host=/run/postgresql&dbname=portal"));
    }

    void a_database_is_another_by_its_name_alone() {
        remember_store(data(), "postgresql://db1/portal");
        CPPUNIT_ASSERT(!is_its_store("postgresql://db1/portal_restored"));
        CPPUNIT_ASSERT(!is_its_store("portal"));
    }

    void a_file_is_the_same_by_every_way_to_it() {
        remember_store(data(), (data().path() / "onboarding.sqlite").string());
        CPPUNIT_ASSERT(is_its_store((folder_ / "data/../data/./onboarding.sqlite").string()));
        std::filesystem::create_directory_symlink(data().path(), folder_ / "link");
        CPPUNIT_ASSERT(is_its_store((folder_ / "link/onboarding.sqlite").string()));
        CPPUNIT_ASSERT(!is_its_store((folder_ / "onboarding.sqlite").string()));
    }

    void a_folder_that_remembers_none_takes_any() {
        CPPUNIT_ASSERT(is_its_store("postgresql://db1/portal"));
        CPPUNIT_ASSERT(is_its_store("portal.sqlite"));
    }

    void what_is_remembered_stays_until_the_practice_moves() {
        remember_store(data(), "postgresql://db1/portal");
        remember_store(data(), "postgresql://db1/another");
        CPPUNIT_ASSERT(is_its_store("postgresql://db1/portal"));
        remember_new_store(data(), "postgresql://db1/another");
        CPPUNIT_ASSERT(is_its_store("postgresql://db1/another"));
        CPPUNIT_ASSERT(belongs_to_database(data()));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WhichStoreTest);
