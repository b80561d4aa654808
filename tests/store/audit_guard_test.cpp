// SPDX-License-Identifier: Apache-2.0
#include "store/audit_guard.hpp"

#include "store/audit_table.hpp"
#include "store/fault.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class AuditGuardTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuditGuardTest);
    CPPUNIT_TEST(an_entry_cannot_be_changed);
    CPPUNIT_TEST(an_entry_cannot_be_removed);
    CPPUNIT_TEST(a_guard_that_stands_is_left_alone);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

public:
    void setUp() override {
        Transaction transaction{store_};
        record(transaction, {.action = "tested"}, nurse, noon);
        transaction.commit();
    }

    void an_entry_cannot_be_changed() { refused("UPDATE audit SET detail = 'x'"); }
    void an_entry_cannot_be_removed() { refused("DELETE FROM audit"); }

    void a_guard_that_stands_is_left_alone() {
        if (!store_.is_file()) return;  // There only the owner may look after it.
        {
            Transaction transaction{store_};
            guard_audit(transaction);
            transaction.commit();
        }
        refused("UPDATE audit SET detail = 'x'");
    }

private:
    void refused(const std::string& sql) {
        {
            Transaction transaction{store_};
            CPPUNIT_ASSERT_THROW(transaction.connection().execute(sql), StoreFault);
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             store_.number("SELECT COUNT(*) FROM audit WHERE detail = ''"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AuditGuardTest);
