// SPDX-License-Identifier: Apache-2.0
#include "host/plugin.hpp"

#include "host/answer.hpp"

#include <dlfcn.h>

#include <array>
#include <cstring>
#include <vector>

namespace ppo_sim {
namespace {
constexpr auto library_name = "libpatient_portal_onboarding.so";

/// Says which slot a table is too short for, or empty if it holds all that we call.
#define PPO_SIM_REQUIRE(type, table, slot)                                            \
    if (!PPO_HAS(type, table, slot) || (table)->slot == nullptr) return std::string { \
#slot                                                                     \
        }

std::string missing_in(const ppo_plugin* table) {
    PPO_SIM_REQUIRE(ppo_plugin, table, create);
    PPO_SIM_REQUIRE(ppo_plugin, table, work);
    PPO_SIM_REQUIRE(ppo_plugin, table, shutdown);
    PPO_SIM_REQUIRE(ppo_plugin, table, destroy);
    PPO_SIM_REQUIRE(ppo_plugin, table, query);
    return {};
}

std::string missing_in(const ppo_ui_1* table) {
    PPO_SIM_REQUIRE(ppo_ui_1, table, contributions);
    PPO_SIM_REQUIRE(ppo_ui_1, table, open);
    PPO_SIM_REQUIRE(ppo_ui_1, table, render);
    PPO_SIM_REQUIRE(ppo_ui_1, table, edit);
    PPO_SIM_REQUIRE(ppo_ui_1, table, invoke);
    PPO_SIM_REQUIRE(ppo_ui_1, table, close);
    return {};
}

std::string missing_in(const ppo_onboarding_1* table) {
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, get_account);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, set_access);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, check_username);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, set_credentials);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, send_invitation);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, revoke_invitation);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, lift_delays);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, patient_changed);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, patient_removed);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, patient_merged);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, sync_directory);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, preview_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, start_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, undo_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, pause_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, resume_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, cancel_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, each_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, each_batch_person);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, write_batch);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, take_delivery_report);
    PPO_SIM_REQUIRE(ppo_onboarding_1, table, set_consent);
    return {};
}

std::string missing_in(const ppo_report_1* table) {
    PPO_SIM_REQUIRE(ppo_report_1, table, read);
    PPO_SIM_REQUIRE(ppo_report_1, table, count);
    PPO_SIM_REQUIRE(ppo_report_1, table, write);
    return {};
}

std::string missing_in(const ppo_selfservice_1* table) {
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, open_link);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, confirm_identity);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, check_username);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, complete_setup);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, renew_link);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, request);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, sign_in);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, change_password);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, get_mail_choice);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, set_mail_choice);
    PPO_SIM_REQUIRE(ppo_selfservice_1, table, check_session);
    return {};
}

std::string missing_in(const ppo_audit_1* table) {
    PPO_SIM_REQUIRE(ppo_audit_1, table, read);
    PPO_SIM_REQUIRE(ppo_audit_1, table, verify);
    PPO_SIM_REQUIRE(ppo_audit_1, table, verify_against);
    return {};
}

std::string missing_in(const ppo_mail_1* table) {
    PPO_SIM_REQUIRE(ppo_mail_1, table, get_delivery);
    PPO_SIM_REQUIRE(ppo_mail_1, table, test_connection);
    PPO_SIM_REQUIRE(ppo_mail_1, table, get_template);
    PPO_SIM_REQUIRE(ppo_mail_1, table, check_template);
    PPO_SIM_REQUIRE(ppo_mail_1, table, set_template);
    PPO_SIM_REQUIRE(ppo_mail_1, table, reset_template);
    PPO_SIM_REQUIRE(ppo_mail_1, table, preview_template);
    PPO_SIM_REQUIRE(ppo_mail_1, table, send_test_mail);
    return {};
}

std::string missing_in(const ppo_security_1* table) {
    PPO_SIM_REQUIRE(ppo_security_1, table, get_rules);
    PPO_SIM_REQUIRE(ppo_security_1, table, each_deviation);
    return {};
}

std::string missing_in(const ppo_store_1* table) {
    PPO_SIM_REQUIRE(ppo_store_1, table, move);
    return {};
}

#undef PPO_SIM_REQUIRE

/// NULL if the plugin does not offer it; what it offers must be whole.
template <typename Table>
const Table* look_up_optional(const ppo_plugin& core, const char* id) {
    const auto* table = static_cast<const Table*>(core.query({id, std::strlen(id)}));
    const std::string missing = table == nullptr ? std::string{} : missing_in(table);
    if (!missing.empty())
        throw PluginError{std::string{"the plugin's table of "} + id + " lacks the slot " +
                          missing};
    return table;
}

template <typename Table>
const Table* look_up(const ppo_plugin& core, const char* id) {
    const auto* table = look_up_optional<Table>(core, id);
    if (table == nullptr) throw PluginError{std::string{"the plugin does not offer "} + id};
    return table;
}
}  // namespace

Plugin::Plugin(const std::filesystem::path& library) : path_{library} {
    library_ = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library_ == nullptr) throw PluginError{std::string{"cannot load the plugin: "} + dlerror()};
    try {
        const auto entry = reinterpret_cast<ppo_plugin_entry_function>(
            dlsym(library_, "ppo_plugin_entry"));
        if (entry == nullptr) throw PluginError{path_.string() + " exports no ppo_plugin_entry"};
        core_ = entry(PPO_ABI_MAJOR);
        if (core_ == nullptr)
            throw PluginError{path_.string() + " does not speak major " +
                              std::to_string(PPO_ABI_MAJOR) + " of the contract"};
        look_up_interfaces();
    } catch (...) {
        dlclose(library_);
        throw;
    }
}

void Plugin::look_up_interfaces() {
    if (core_->abi_major != PPO_ABI_MAJOR)
        throw PluginError{"the plugin answers with major " + std::to_string(core_->abi_major)};
    const std::string missing = missing_in(core_);
    if (!missing.empty()) throw PluginError{"the plugin's core table lacks the slot " + missing};
    ui_ = look_up<ppo_ui_1>(*core_, PPO_UI_1);
    onboarding_ = look_up<ppo_onboarding_1>(*core_, PPO_ONBOARDING_1);
    report_ = look_up<ppo_report_1>(*core_, PPO_REPORT_1);
    selfservice_ = look_up<ppo_selfservice_1>(*core_, PPO_SELFSERVICE_1);
    audit_ = look_up<ppo_audit_1>(*core_, PPO_AUDIT_1);
    mail_ = look_up_optional<ppo_mail_1>(*core_, PPO_MAIL_1);
    security_ = look_up_optional<ppo_security_1>(*core_, PPO_SECURITY_1);
    store_ = look_up_optional<ppo_store_1>(*core_, PPO_STORE_1);
}

Plugin::~Plugin() {
    if (library_ != nullptr) dlclose(library_);
}

std::string Plugin::title() const {
    return copy(core_->name) + " " + copy(core_->version) + " (" + copy(core_->vendor) + ")";
}

std::filesystem::path find_plugin(const std::string& given) {
    if (!given.empty()) return std::filesystem::absolute(given);
    const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    // As it is built: beside us, or one folder up. As it is installed: anywhere, but together.
    const std::vector<std::filesystem::path> places{here / library_name,
                                                    here.parent_path() / library_name,
                                                    here.parent_path() / PPO_INSTALLED_PLUGIN};
    std::string looked_for;
    for (const auto& place : places) {
        if (std::filesystem::exists(place)) return place;
        looked_for += "\n  " + place.string();
    }
    throw PluginError{"no plugin. Looked for" + looked_for + "\nName it with --plugin PATH."};
}
}  // namespace ppo_sim
