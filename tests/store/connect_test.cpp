// SPDX-License-Identifier: Apache-2.0
#include "store/connect.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class ConnectTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectTest);
    CPPUNIT_TEST(path_leads_to_sqlite);
    CPPUNIT_TEST(server_that_is_not_there_is_lost_and_not_waited_for);
    CPPUNIT_TEST(address_that_is_none_is_refused_by_the_module);
    CPPUNIT_TEST_SUITE_END();

public:
    void path_leads_to_sqlite() {
        const TempFolder folder;
        const auto made = connect_to(folder.file("a.db"), Connection::Role::Writer);
        CPPUNIT_ASSERT(made->engine() == Engine::Sqlite);
    }
    void server_that_is_not_there_is_lost_and_not_waited_for() {
        const auto fault = fault_of([] {
            static_cast<void>(
                connect_to("postgresql://nobody@127.0.0.1:1/none", Connection::Role::Reader));
        });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Lost, fault.kind());
    }
    void address_that_is_none_is_refused_by_the_module() {
        const auto fault = fault_of([] {
            static_cast<void>(
                connect_to("postgresql://127.0.0.1/none?sense=no", Connection::Role::Reader));
        });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Unreadable, fault.kind());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectTest);
