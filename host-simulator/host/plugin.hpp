// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace ppo_sim {
/// The library is missing, or does not keep the contract. The text says what and where.
class PluginError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The loaded library with its tables, each checked to be large enough for every slot we call.
class Plugin {
public:
    /// Loads the library; throws PluginError.
    explicit Plugin(const std::filesystem::path& library);
    ~Plugin();
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    [[nodiscard]] const ppo_plugin& core() const { return *core_; }
    [[nodiscard]] const ppo_ui_1& ui() const { return *ui_; }
    [[nodiscard]] const ppo_onboarding_1& onboarding() const { return *onboarding_; }
    [[nodiscard]] const ppo_report_1& report() const { return *report_; }
    [[nodiscard]] const ppo_selfservice_1& selfservice() const { return *selfservice_; }
    [[nodiscard]] const ppo_audit_1& audit() const { return *audit_; }
    /// NULL if the plugin does not offer ppo.mail/1.
    [[nodiscard]] const ppo_mail_1* mail() const { return mail_; }
    /// NULL if the plugin does not offer ppo.security/1.
    [[nodiscard]] const ppo_security_1* security() const { return security_; }
    /// NULL if the plugin does not offer ppo.store/1.
    [[nodiscard]] const ppo_store_1* store() const { return store_; }

    /// "Patient Portal Onboarding 0.1.0 (vendor)".
    [[nodiscard]] std::string title() const;

private:
    void look_up_interfaces();

    void* library_ = nullptr;
    std::filesystem::path path_{};
    const ppo_plugin* core_ = nullptr;
    const ppo_ui_1* ui_ = nullptr;
    const ppo_onboarding_1* onboarding_ = nullptr;
    const ppo_report_1* report_ = nullptr;
    const ppo_selfservice_1* selfservice_ = nullptr;
    const ppo_audit_1* audit_ = nullptr;
    const ppo_mail_1* mail_ = nullptr;
    const ppo_security_1* security_ = nullptr;
    const ppo_store_1* store_ = nullptr;
};

/// Where the plugin is: `given` if not empty, else beside this program, one folder up, or where the
/// same installation has it. Throws PluginError that names the places if there is none.
[[nodiscard]] std::filesystem::path find_plugin(const std::string& given = {});
}  // namespace ppo_sim
