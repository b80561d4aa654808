// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_address.hpp"

#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class PostgresAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PostgresAddressTest);
    CPPUNIT_TEST(uri_is_taken_apart);
    CPPUNIT_TEST(every_wait_has_an_end);
    CPPUNIT_TEST(address_may_set_its_own_waits);
    CPPUNIT_TEST(server_on_another_machine_is_checked_by_its_certificate);
    CPPUNIT_TEST(less_than_that_is_refused);
    CPPUNIT_TEST(one_distant_host_among_several_is_enough);
    CPPUNIT_TEST(of_several_hosts_the_primary_is_wanted);
    CPPUNIT_TEST(what_is_no_address_is_refused_without_quoting_it);
    CPPUNIT_TEST(blank_in_a_value_is_refused_without_quoting_it);
    CPPUNIT_TEST(signs_of_connection_strings_are_escaped);
    CPPUNIT_TEST(nobody_answers_on_a_port_without_a_server);
    CPPUNIT_TEST_SUITE_END();

    static std::string refusal(const std::string& address) {
        const auto fault = fault_of([&] { static_cast<void>(postgres_parameters(address)); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Unreadable, fault.kind());
        return fault.what();
    }

public:
    void uri_is_taken_apart() {
        auto found = postgres_parameters("postgresql://staff:secret@127.0.0.1:5433/portal");
        CPPUNIT_ASSERT_EQUAL(std::string{"staff"}, found["user"]);
        CPPUNIT_ASSERT_EQUAL(std::string{"secret"}, found["password"]);
        CPPUNIT_ASSERT_EQUAL(std::string{"5433"}, found["port"]);
        CPPUNIT_ASSERT_EQUAL(std::string{"portal"}, found["dbname"]);
    }
    void every_wait_has_an_end() {
        auto found = postgres_parameters("postgresql://127.0.0.1/portal");
        CPPUNIT_ASSERT_EQUAL(std::string{"3"}, found["connect_timeout"]);
        CPPUNIT_ASSERT_EQUAL(std::string{"10000"}, found["tcp_user_timeout"]);
    }
    void address_may_set_its_own_waits() {
        auto found = postgres_parameters("postgresql://127.0.0.1/portal?connect_timeout=9");
        CPPUNIT_ASSERT_EQUAL(std::string{"9"}, found["connect_timeout"]);
    }
    void server_on_another_machine_is_checked_by_its_certificate() {
        auto found = postgres_parameters("postgresql://db.example.org/portal");
        CPPUNIT_ASSERT_EQUAL(std::string{"verify-full"}, found["sslmode"]);
    }
    void less_than_that_is_refused() {
        CPPUNIT_ASSERT(
            refusal("postgresql://db.example.org/portal?sslmode=require").find("verify-full") !=
            std::string::npos);
    }
    void one_distant_host_among_several_is_enough() {
        CPPUNIT_ASSERT(
            refusal("postgresql://127.0.0.1,10.0.0.7/portal?sslmode=disable").find("verify-full") !=
            std::string::npos);
    }
    void of_several_hosts_the_primary_is_wanted() {
        auto found = postgres_parameters("postgresql://127.0.0.1:1,127.0.0.1:2/portal");
        CPPUNIT_ASSERT_EQUAL(std::string{"read-write"}, found["target_session_attrs"]);
    }
    void what_is_no_address_is_refused_without_quoting_it() {
        CPPUNIT_ASSERT(refusal("postgresql://staff:secret@127.0.0.1/a?nonsense=1").find("secret") ==
                       std::string::npos);
    }
    void blank_in_a_value_is_refused_without_quoting_it() {
        const auto said = refusal("postgresql://staff:se%20cret@127.0.0.1/portal");
        CPPUNIT_ASSERT(said.find("password") != std::string::npos);
        CPPUNIT_ASSERT(said.find("cret@") == std::string::npos);
    }
    void signs_of_connection_strings_are_escaped() {
        CPPUNIT_ASSERT_EQUAL(std::string{"password=a\\'b\\\\c"},
                             poco_connection_string({{"password", "a'b\\c"}}));
    }
    void nobody_answers_on_a_port_without_a_server() {
        CPPUNIT_ASSERT(!postgres_answers(postgres_parameters("postgresql://127.0.0.1:1/portal")));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PostgresAddressTest);
