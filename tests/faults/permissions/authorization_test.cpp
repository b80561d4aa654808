// SPDX-License-Identifier: Apache-2.0
// Who may call what: every slot of every interface, with every set of permissions, for a patient on
// file and for one that nobody knows.
#include "faults/permissions/every_slot.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <set>

using namespace ppo;

class AuthorizationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthorizationTest);
    CPPUNIT_TEST(every_slot_of_the_contract_has_its_row);
    CPPUNIT_TEST(rows_say_which_slots_ask_who_calls);
    CPPUNIT_TEST(every_slot_keeps_to_its_permission);
    CPPUNIT_TEST(who_is_not_permitted_changes_nothing);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override { live_.reset(); }

    void every_slot_of_the_contract_has_its_row() {
        std::set<std::string> rows;
        for (const auto& row : every_slot()) rows.insert(row.slot);
        rows.erase("ppo_plugin.work");  // Not an interface that `query` hands out.
        CPPUNIT_ASSERT_EQUAL(in_lines(slots_of_the_contract()), in_lines(rows));
    }

    void rows_say_which_slots_ask_who_calls() {
        for (const auto& row : every_slot()) {
            if (row.slot == "ppo_plugin.work") continue;
            const auto taken = parameters_of(row.slot);
            const bool asks = taken.find("ppo_caller *") != std::string::npos ||
                              taken.find("(ppo_view *") != std::string::npos;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.slot, asks, row.asks_who_calls);
        }
    }

    void every_slot_keeps_to_its_permission() {
        start();
        for (const auto& row : every_slot()) {
            if (!row.asks_who_calls) continue;
            for (std::uint32_t permissions = 0; permissions <= all_; ++permissions)
                for (const bool known : {true, false}) {
                    const auto expected = known ? expected_for_own(row, permissions)
                                                : expected_for_unknown(row, permissions);
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(row.slot + " with " + std::to_string(permissions) +
                                                     (known ? "" : ", unknown patient"),
                                                 expected,
                                                 call(row, permissions, known ? "P001" : "P999"));
                }
        }
    }

    void who_is_not_permitted_changes_nothing() {
        start();
        for (const auto& row : every_slot()) {
            if (!row.asks_who_calls || row.slot == "ppo_onboarding_1.revoke_invitation")
                continue;  // Its row invites first.
            const auto before = deeds();
            for (const auto permissions : permission_sets())
                if (!may(row, permissions)) static_cast<void>(call(row, permissions, "P001"));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.slot, before, deeds());
        }
    }

private:
    static constexpr std::uint32_t all_ = PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD |
                                          PPO_MAY_READ_AUDIT | PPO_MAY_CHANGE_SETTINGS;

    /// None, each alone, all but each, all.
    static std::set<std::uint32_t> permission_sets() {
        std::set<std::uint32_t> sets{0, all_};
        for (std::uint32_t bit = 1; bit <= all_; bit *= 2) {
            sets.insert(bit);
            sets.insert(all_ - bit);
        }
        return sets;
    }
    /// Anna has an account, and no cap is in the way of calling again and again.
    void start() {
        live_.reset();
        live_.emplace([](FakeHost&, TestSettings& settings) {
            settings.given.patient_mails_per_day = 100;
            settings.given.address_mails_per_day = 1000;
            settings.given.cool_down_seconds = 1;
            settings.given.source_requests_per_hour = 1000;
        });
        live_->set_up("P001", "anna.w", "maple kettle orbit");
    }
    static bool may(const EverySlot& row, std::uint32_t permissions) {
        return (permissions & row.needs) == row.needs;
    }
    static ppo_result expected_for_own(const EverySlot& row, std::uint32_t permissions) {
        return may(row, permissions) ? row.for_own_patient : ppo_result{PPO_REFUSED_NOT_PERMITTED};
    }
    /// A view of nobody does not open, so that there is nothing in it to be refused.
    static ppo_result expected_for_unknown(const EverySlot& row, std::uint32_t permissions) {
        const auto asked_first = row.needs_to_open == 0 ? row.needs : row.needs_to_open;
        return (permissions & asked_first) == asked_first ? row.for_unknown_patient
                                                          : ppo_result{PPO_REFUSED_NOT_PERMITTED};
    }
    ppo_result call(const EverySlot& row, std::uint32_t permissions,
                    const std::string& patient_id) {
        live_->advance(std::chrono::hours{1});  // Nothing is refused for coming too often.
        auto caller = live_->caller;
        caller.permissions = permissions;
        return row.call({*live_, caller, patient_id});
    }
    /// How many deeds are on record; an attempt is none.
    [[nodiscard]] int deeds() {
        int found = 0;
        const auto query = fresh<ppo_audit_query>();
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            if (copy_of(entry.action) != "not_permitted") ++found;
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::audit().read(live_->self, &live_->caller, &query, sink, nullptr));
        return found;
    }

    static std::string in_lines(const std::set<std::string>& names) {
        std::string lines;
        for (const auto& name : names) lines += name + "\n";
        return lines;
    }
    static std::string text_of(const std::string& path) {
        std::ifstream in{path, std::ios::binary};
        CPPUNIT_ASSERT_MESSAGE(path, in.is_open());
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    /// The interfaces of the plugin, not those of the host, each with its table in the header.
    static std::map<std::string, std::string> tables_of_the_contract() {
        std::map<std::string, std::string> tables;
        const std::regex begin{"typedef struct (ppo_(?!host_)\\w+_1) \\{"};
        for (const auto& file :
             std::filesystem::directory_iterator{PPO_SOURCES "/abi/include/ppo"}) {
            const auto header = text_of(file.path());
            for (std::sregex_iterator at{header.begin(), header.end(), begin}, end; at != end;
                 ++at) {
                const auto from = static_cast<std::size_t>(at->position());
                const auto name = (*at)[1].str();
                tables[name] = header.substr(from, header.find("\n} " + name, from) - from);
            }
        }
        return tables;
    }
    static std::set<std::string> slots_of_the_contract() {
        const std::regex slot{"PPO_CALL \\*(\\w+)\\)\\("};
        std::set<std::string> slots;
        for (const auto& [name, table] : tables_of_the_contract())
            for (std::sregex_iterator at{table.begin(), table.end(), slot}, end; at != end; ++at)
                slots.insert(name + "." + (*at)[1].str());
        return slots;
    }
    /// What a slot takes, as its header has it.
    static std::string parameters_of(const std::string& slot) {
        static const auto tables = tables_of_the_contract();
        const auto dot = slot.find('.');
        const auto& table = tables.at(slot.substr(0, dot));
        const auto name = table.find("*" + slot.substr(dot + 1) + ")(");
        CPPUNIT_ASSERT_MESSAGE(slot, name != std::string::npos);
        return table.substr(name, table.find(';', name) - name);
    }

    std::optional<LivePlugin> live_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(AuthorizationTest);
