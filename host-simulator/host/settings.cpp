// SPDX-License-Identifier: Apache-2.0
#include "host/settings.hpp"

#include "host/answer.hpp"
#include "host/restore_generation.hpp"

#include <Poco/NumberParser.h>

#include <map>
#include <stdexcept>
#include <system_error>

namespace ppo_sim {
namespace {
const std::map<std::string, std::string Settings::*>& text_members() {
    static const std::map<std::string, std::string Settings::*> members{
        {"store", &Settings::store},
        {"practice_id", &Settings::practice_id},
        {"key_file", &Settings::key_file},
        {"state_folder", &Settings::state_folder},
        {"practice_name", &Settings::practice_name},
        {"name", &Settings::practice_name},
        {"practice_phone", &Settings::practice_phone},
        {"phone", &Settings::practice_phone},
        {"portal_url", &Settings::portal_url},
        {"url", &Settings::portal_url},
        {"mail_transport", &Settings::mail_transport},
        {"mail_user", &Settings::mail_user},
        {"mail_password", &Settings::mail_password},
        {"mail_sender", &Settings::mail_sender},
        {"mail_reply_to", &Settings::mail_reply_to},
        {"mail_authorities", &Settings::mail_authorities},
        {"language", &Settings::language},
        {"time_zone", &Settings::time_zone}};
    return members;
}

const std::map<std::string, std::uint32_t Settings::*>& number_members() {
    static const std::map<std::string, std::uint32_t Settings::*> members{
        {"first_link_minutes", &Settings::first_link_minutes},
        {"reset_link_minutes", &Settings::reset_link_minutes},
        {"requested_link_minutes", &Settings::requested_link_minutes},
        {"cool_down_seconds", &Settings::cool_down_seconds},
        {"staff_password_hours", &Settings::staff_password_hours},
        {"password_memory_kib", &Settings::password_memory_kib},
        {"password_passes", &Settings::password_passes},
        {"mail_connections", &Settings::mail_connections},
        {"mails_per_minute", &Settings::mails_per_minute},
        {"mails_per_day", &Settings::mails_per_day},
        {"patient_mails_per_day", &Settings::patient_mails_per_day},
        {"address_mails_per_day", &Settings::address_mails_per_day},
        {"hold_back_seconds", &Settings::hold_back_seconds},
        {"reminder_days", &Settings::reminder_days},
        {"last_reminder_hours", &Settings::last_reminder_hours},
        {"reminder_most_mails", &Settings::reminder_most_mails},
        {"source_failures_per_hour", &Settings::source_failures_per_hour},
        {"source_requests_per_hour", &Settings::source_requests_per_hour},
        {"source_requests_per_day", &Settings::source_requests_per_day}};
    return members;
}

const std::map<std::string, std::uint32_t>& identity_checks() {
    static const std::map<std::string, std::uint32_t> checks{
        {"none", PPO_LINK_ASKS_NOTHING},
        {"birth_date", PPO_LINK_ASKS_BIRTH_DATE},
        {"birth_date_and_zip", PPO_LINK_ASKS_BIRTH_DATE_AND_POSTAL_CODE}};
    return checks;
}

const std::map<std::string, std::uint32_t>& profiles() {
    static const std::map<std::string, std::uint32_t> words{{"standard", PPO_PROFILE_STANDARD},
                                                            {"strict", PPO_PROFILE_STRICT}};
    return words;
}

const std::map<std::string, bool Settings::*>& switches() {
    static const std::map<std::string, bool Settings::*> members{
        {"reminders", &Settings::reminders},
        {"permanent_staff_passwords", &Settings::permanent_staff_passwords}};
    return members;
}

/// The word for a number, or empty.
std::string word_for(const std::map<std::string, std::uint32_t>& words, std::uint32_t number) {
    for (const auto& [word, meaning] : words)
        if (meaning == number) return word;
    return {};
}
}  // namespace

ppo_settings Settings::to_abi() const {
    ppo_settings settings{};
    settings.struct_size = sizeof settings;
    if (own_thread) settings.flags |= PPO_SETTING_OWN_THREAD;
    if (no_first_sync) settings.flags |= PPO_SETTING_NO_FIRST_SYNC;
    if (!reminders) settings.flags |= PPO_SETTING_NO_REMINDERS;
    if (permanent_staff_passwords) settings.flags |= PPO_SETTING_PERMANENT_STAFF_PASSWORDS;
    settings.profile = profile;
    settings.link_identity_check = link_identity_check;
    settings.first_link_minutes = first_link_minutes;
    settings.reset_link_minutes = reset_link_minutes;
    settings.requested_link_minutes = requested_link_minutes;
    settings.cool_down_seconds = cool_down_seconds;
    settings.staff_password_hours = staff_password_hours;
    settings.password_memory_kib = password_memory_kib;
    settings.password_passes = password_passes;
    settings.mail_connections = mail_connections;
    settings.mails_per_minute = mails_per_minute;
    settings.mails_per_day = mails_per_day;
    settings.patient_mails_per_day = patient_mails_per_day;
    settings.address_mails_per_day = address_mails_per_day;
    settings.hold_back_seconds = hold_back_seconds;
    settings.reminder_days = reminder_days;
    settings.last_reminder_hours = last_reminder_hours;
    settings.reminder_most_mails = reminder_most_mails;
    settings.source_failures_per_hour = source_failures_per_hour;
    settings.source_requests_per_hour = source_requests_per_hour;
    settings.source_requests_per_day = source_requests_per_day;
    settings.store = borrow(store);
    settings.practice_id = borrow(practice_id);
    settings.key_file = borrow(key_file);
    settings.state_folder = borrow(state_folder);
    settings.practice_name = borrow(practice_name);
    settings.practice_phone = borrow(practice_phone);
    settings.portal_url = borrow(portal_url);
    settings.mail_transport = borrow(mail_transport);
    settings.mail_user = borrow(mail_user);
    settings.mail_password = borrow(mail_password);
    settings.mail_sender = borrow(mail_sender);
    settings.mail_reply_to = borrow(mail_reply_to);
    settings.mail_authorities = borrow(mail_authorities);
    settings.language = borrow(language);
    settings.time_zone = borrow(time_zone);
    settings.restore_generation = restore_generation;
    return settings;
}

std::optional<std::string> set_setting(Settings& settings, const std::string& name,
                                       const std::string& value) {
    if (const auto text = text_members().find(name); text != text_members().end()) {
        settings.*(text->second) = value;
        return std::nullopt;
    }
    if (const auto number = number_members().find(name); number != number_members().end()) {
        unsigned parsed = 0;
        if (!value.empty() && !Poco::NumberParser::tryParseUnsigned(value, parsed))
            return name + " needs a whole number";
        settings.*(number->second) = parsed;
        return std::nullopt;
    }
    if (name == "link_identity_check" || name == "identity_check") {
        const auto check = identity_checks().find(value);
        if (check == identity_checks().end())
            return name + " is none, birth_date or birth_date_and_zip";
        settings.link_identity_check = check->second;
        return std::nullopt;
    }
    if (name == "profile") {
        const auto profile = profiles().find(value);
        if (profile == profiles().end()) return name + " is standard or strict";
        settings.profile = profile->second;
        return std::nullopt;
    }
    if (const auto chosen = switches().find(name); chosen != switches().end()) {
        if (value != "yes" && value != "no") return name + " is yes or no";
        settings.*(chosen->second) = value == "yes";
        return std::nullopt;
    }
    return "there is no setting called " + name;
}

std::string get_setting(const Settings& settings, const std::string& name) {
    if (const auto text = text_members().find(name); text != text_members().end())
        return settings.*(text->second);
    if (const auto number = number_members().find(name); number != number_members().end()) {
        const std::uint32_t value = settings.*(number->second);
        return value == 0 ? "" : std::to_string(value);
    }
    if (name == "link_identity_check")
        return word_for(identity_checks(), settings.link_identity_check);
    if (name == "profile") return word_for(profiles(), settings.profile);
    if (const auto chosen = switches().find(name); chosen != switches().end())
        return settings.*(chosen->second) ? "yes" : "no";
    return {};
}

DataFolder::DataFolder(std::filesystem::path path) : path_{std::move(path)} {
    std::error_code why;
    std::filesystem::create_directories(path_, why);
    if (why)
        throw std::runtime_error{"the folder " + path_.string() +
                                 " cannot be made: " + why.message()};
}

bool is_address(const std::string& store) { return store.find("://") != std::string::npos; }

Settings DataFolder::settings(const StoreOptions& told) const {
    Settings settings{};
    settings.store = told.store.empty() ? store().string() : told.store;
    if (is_address(settings.store)) {  // What belongs to this machine has no file to stand beside.
        settings.key_file = store().string() + ".key";
        settings.state_folder = path_.string();
    }
    settings.practice_id = told.practice;
    settings.restore_generation = read_generation(restore_generation());
    settings.mail_transport = "folder:" + mail().string();
    return settings;
}
}  // namespace ppo_sim
