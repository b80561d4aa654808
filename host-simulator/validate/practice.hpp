// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/library.hpp"
#include "validate/model_host.hpp"

#include <memory>

namespace ppo_validate {
/// Settings with which `create` works: quick hashes, everything below the check's folder.
class GoodSettings {
public:
    explicit GoodSettings(const std::filesystem::path& folder);
    ppo_settings values{};

private:
    std::string store_{};
    std::string key_file_{};
};

/// Two dozen people whom a plugin may know.
[[nodiscard]] std::vector<Person> people(int count = 24);

/// A plugin that runs at a practice: loaded, created, its tables looked up.
class Practice {
public:
    /// Throws CannotGoOn if `create` answers anything but PPO_OK. `host` outlives it; without one
    /// the practice has its own, with people().
    Practice(const Target& target, Findings& findings, ModelHost* host = nullptr);
    ~Practice();
    Practice(const Practice&) = delete;
    Practice& operator=(const Practice&) = delete;

    /// Access for everybody, a first invitation that left for P001 to P003, a username and password
    /// of P004, a batch that is held back. Skips what the plugin does not offer.
    void prepare();
    /// The link in the last mail that the host was handed, without the address in front; empty if
    /// there is none.
    [[nodiscard]] std::string last_link() const;
    void work_until_done();
    /// Ends the instance, and makes a new one on the same store.
    void restart();
    /// Every complaint of the host becomes a failure.
    void report_complaints();

    Target target;
    Findings& findings;
    Library library;
    std::unique_ptr<ModelHost> own_host{};
    ModelHost& host;
    GoodSettings settings;
    ppo_instance* self = nullptr;
    const ppo_onboarding_1* onboarding = nullptr;
    const ppo_selfservice_1* selfservice = nullptr;
    const ppo_ui_1* ui = nullptr;
    const ppo_report_1* report = nullptr;
    std::string batch_id{};
    std::string link{};
    std::uint64_t session_epoch = 0;

private:
    void create();
};

[[nodiscard]] ppo_caller staff();
[[nodiscard]] ppo_visitor visitor();
inline constexpr std::string_view good_password = "kettle orbit meadow";
inline constexpr std::string_view portal_url = "https://portal.example.test/link";

/// "open_link answered misuse_null (-2001)", with what the plugin said about it.
[[nodiscard]] std::string told(std::string_view call, ppo_result result, const ppo_error& error);
}  // namespace ppo_validate
