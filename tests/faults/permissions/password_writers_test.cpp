// SPDX-License-Identifier: Apache-2.0
// Which slots can write a password: every one of them is called, and the account is looked at
// after.
#include "faults/permissions/every_slot.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace ppo;

class PasswordWritersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordWritersTest);
    CPPUNIT_TEST(four_slots_write_a_password_and_no_other);
    CPPUNIT_TEST_SUITE_END();

public:
    void four_slots_write_a_password_and_no_other() {
        std::set<std::string> writers;
        for (const auto& row : every_slot()) {
            LivePlugin live;
            live.set_up("P001", "anna.w", before_);
            live.advance(std::chrono::hours{1});  // Nothing is refused for coming too soon.
            auto caller = live.caller;
            caller.permissions |= PPO_MAY_CHANGE_SETTINGS;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.slot, row.for_own_patient,
                                         row.call({live, caller, "P001"}));
            const bool written = live.sign_in("anna.w", before_) != PPO_OK;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.slot, row.writes_a_password, written);
            if (!written) continue;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.slot, ppo_result{PPO_OK},
                                         live.sign_in("anna.w", every_slots_password));
            writers.insert(row.slot);
        }
        CPPUNIT_ASSERT((writers == std::set<std::string>{"ppo_onboarding_1.set_credentials",
                                                         "ppo_selfservice_1.change_password",
                                                         "ppo_selfservice_1.complete_setup",
                                                         "ppo_ui_1.invoke"}));
    }

private:
    const std::string before_ = "maple kettle orbit";
};
CPPUNIT_TEST_SUITE_REGISTRATION(PasswordWritersTest);
