// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace ppo_sim {
/// The members of ppo_settings, owning their texts. Zero or empty = the plugin's default.
struct Settings {
    bool own_thread = false;
    bool no_first_sync = false;
    bool reminders = true;
    bool permanent_staff_passwords = false;
    std::uint32_t profile = 0;
    std::uint32_t link_identity_check = 0;
    std::uint32_t first_link_minutes = 0;
    std::uint32_t reset_link_minutes = 0;
    std::uint32_t requested_link_minutes = 0;
    std::uint32_t cool_down_seconds = 0;
    std::uint32_t staff_password_hours = 0;
    std::uint32_t password_memory_kib = 0;
    std::uint32_t password_passes = 0;
    std::uint32_t mail_connections = 0;
    std::uint32_t mails_per_minute = 0;
    std::uint32_t mails_per_day = 0;
    std::uint32_t patient_mails_per_day = 0;
    std::uint32_t address_mails_per_day = 0;
    std::uint32_t hold_back_seconds = 0;
    std::uint32_t reminder_days = 0;
    std::uint32_t last_reminder_hours = 0;
    std::uint32_t reminder_most_mails = 0;
    std::uint32_t source_failures_per_hour = 0;
    std::uint32_t source_requests_per_hour = 0;
    std::uint32_t source_requests_per_day = 0;
    std::uint64_t restore_generation = 0;
    std::string store{};
    std::string practice_id{};
    std::string key_file{};
    std::string state_folder{};
    std::string practice_name = "Cottonwood Family Practice";
    std::string practice_phone = "555-0100";
    std::string portal_url = "http://127.0.0.1:8080/r";
    std::string mail_transport{};
    std::string mail_user{};
    std::string mail_password{};
    std::string mail_sender = "portal@practice.example";
    std::string mail_reply_to{};
    std::string mail_authorities{};
    std::string language{};
    std::string time_zone{};

    /// Borrows everything: the result is valid while this object lives unchanged.
    [[nodiscard]] ppo_settings to_abi() const;
};

/// Sets one member by its name in ppo_settings, short names of the practice included ("name" =
/// "practice_name", "phone", "url", "identity_check" with none, birth_date, birth_date_and_zip),
/// "profile" with standard or strict, and "reminders" and "permanent_staff_passwords" with yes or
/// no. An empty number is the plugin's default. Returns a reason if it cannot.
[[nodiscard]] std::optional<std::string> set_setting(Settings& settings, const std::string& name,
                                                     const std::string& value);

/// The member as `set_setting` takes it: a number that is the plugin's default is empty. Empty also
/// for a name that it does not know.
[[nodiscard]] std::string get_setting(const Settings& settings, const std::string& name);

/// What every command on a data folder is told.
struct StoreOptions {
    std::filesystem::path data{};
    std::string plugin{};    // Empty = where find_plugin looks.
    std::string store{};     // A path or postgresql://…; empty = the file in the folder.
    std::string practice{};  // Which one's patients, in a store that several share.
};

/// True for a database, false for the path of a file.
[[nodiscard]] bool is_address(const std::string& store);

/// The folder that `--data` names: everything that the simulator and the plugin keep.
class DataFolder {
public:
    /// Makes the folder if it is not there. Throws std::runtime_error if it cannot be.
    explicit DataFolder(std::filesystem::path path);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path patients() const { return path_ / "patients.jsonl"; }
    [[nodiscard]] std::filesystem::path store() const { return path_ / "onboarding.sqlite"; }
    [[nodiscard]] std::filesystem::path mail() const { return path_ / "mail"; }
    /// Maildir of the reports about mails that came back, unless the practice names another.
    [[nodiscard]] std::filesystem::path bounces() const { return path_ / "bounces"; }
    /// What the practice chose on the settings page.
    [[nodiscard]] std::filesystem::path chosen() const { return path_ / "settings.json"; }

    /// How the record stood, as the plugin told from time to time.
    [[nodiscard]] std::filesystem::path checkpoints() const { return path_ / "audit-checkpoints"; }

    /// Which HL7 messages were done.
    [[nodiscard]] std::filesystem::path hl7_journal() const { return path_ / "hl7-done.jsonl"; }

    /// How often the store was restored from a backup.
    [[nodiscard]] std::filesystem::path restore_generation() const {
        return path_ / "restore-generation";
    }

    /// Which store the folder belongs to.
    [[nodiscard]] std::filesystem::path which_store() const { return path_ / "store-in-use"; }

    /// Settings for a store and a mail folder in here, or for another store that was named. A
    /// database keeps no files: the keys stay in here.
    [[nodiscard]] Settings settings(const StoreOptions& told = {}) const;

private:
    std::filesystem::path path_;
};
}  // namespace ppo_sim
