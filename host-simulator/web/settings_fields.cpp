// SPDX-License-Identifier: Apache-2.0
#include "web/settings_fields.hpp"

#include <Poco/String.h>

#include <array>
#include <iterator>

namespace ppo_sim {
namespace {
constexpr std::string_view folder_scheme = "folder:";

constexpr std::array<SettingOption, 2> languages{{{"en", "English"}, {"es", "Spanish"}}};
constexpr std::array<SettingOption, 2> yes_or_no{{{"yes", "Yes"}, {"no", "No"}}};
constexpr std::array<SettingOption, 3> identity_checks{
    {{"birth_date", "The birth date"},
     {"birth_date_and_zip", "The birth date and the ZIP"},
     {"none", "Nothing"}}};
constexpr std::array<SettingOption, 2> profiles{
    {{"standard", "Standard"}, {"strict", "Strict (NIST SP 800-63B-4)"}}};
constexpr std::array<SettingOption, 4> mail_kinds{{{"folder", "Folder: the mailbox shows them"},
                                                   {"smtps", "SMTP, encrypted (smtps)"},
                                                   {"smtp+starttls", "SMTP, encrypted (STARTTLS)"},
                                                   {"smtp", "SMTP, open: this computer only"}}};

constexpr std::array<SettingField, 7> practice_fields{{
    {"practice_name", "Practice name", "Sender of mails, spoken of on pages.", true, {}},
    {"practice_phone", "Phone", "In every mail, for those who cannot go on.", true, {}},
    {"mail_sender", "Sender address", "Mails that cannot be delivered come back to it.", true, {}},
    {"mail_reply_to", "Reply-to address", "Empty: the sender address.", false, {}},
    {"portal_url",
     "Portal address",
     "Where mailed links lead: https, with the path. Empty: this simulator.",
     false,
     {}},
    {"language", "Language", "For patients who speak neither of the two.", true, languages},
    {"time_zone", "Time zone", "Such as America/Chicago. Empty: UTC.", false, {}},
}};
constexpr std::array<SettingField, 8> server_fields{{
    {"mail_kind", "How mails leave", "A folder is for trying out.", true, mail_kinds},
    {"mail_host", "Server", "Name or address. A folder needs none.", false, {}},
    {"mail_port", "Port", "Empty: 465 for smtps, 587 with STARTTLS, 25 without.", false, {}},
    {"mail_connections", "Connections", "At the same time, 1 to 8. Empty: 2.", false, {}},
    {"mail_user", "User", "Empty: the server asks for none.", false, {}},
    {"mail_password", "Password", "", false, {}},
    {"mail_authorities",
     "Authorities file",
     "PEM file of those who vouch for the server. Empty: the system's.",
     false,
     {}},
    {"bounces",
     "Folder of returned mails",
     "A Maildir. Empty: bounces, in the data folder.",
     false,
     {}},
}};
constexpr std::array<SettingField, 7> link_fields{{
    {"profile", "Profile",
     "Strict: passwords of 15 characters, links of 24 hours, staff passwords of 72.", true,
     profiles},
    {"link_identity_check", "A link asks for", "Before it shows its form.", true, identity_checks},
    {"first_link_minutes",
     "Life of a first link",
     "Minutes, 15 to 43200. Empty: 10080, which is 7 days; strict: 1440.",
     false,
     {}},
    {"reset_link_minutes",
     "Life of a reset link from staff",
     "Minutes, 15 to 43200. Empty: 1440, which is 24 hours.",
     false,
     {}},
    {"requested_link_minutes",
     "Life of a link the patient asked for",
     "Minutes, 15 to 43200. Empty: 60.",
     false,
     {}},
    {"staff_password_hours",
     "Life of an unused staff password",
     "Hours, 1 to 720. Empty: 168, which is 7 days; strict: 72.",
     false,
     {}},
    {"permanent_staff_passwords", "Staff passwords stay",
     "Patients need not change them. Not in the strict profile.", true, yes_or_no},
}};
constexpr std::array<SettingField, 6> sending_fields{{
    {"mails_per_minute", "Mails a minute", "For the practice, 1 to 60000. Empty: 120.", false, {}},
    {"mails_per_day", "Mails a day", "For the practice, 1 to 10000000. Empty: 25000.", false, {}},
    {"patient_mails_per_day", "Mails a day to one patient", "1 to 100. Empty: 5.", false, {}},
    {"address_mails_per_day",
     "Mails a day to one address",
     "A family may share it. 1 to 1000. Empty: 20.",
     false,
     {}},
    {"cool_down_seconds",
     "Cool-down",
     "Seconds between two mails by staff to one patient. Empty: 120.",
     false,
     {}},
    {"hold_back_seconds",
     "Hold-back",
     "Seconds in which a batch can be undone. Empty: 120.",
     false,
     {}},
}};
constexpr std::array<SettingField, 4> reminder_fields{{
    {"reminders", "Remind of invitations", "As long as the link works.", true, yes_or_no},
    {"reminder_days", "First reminder", "Days after the invitation, 1 to 30. Empty: 5.", false, {}},
    {"last_reminder_hours",
     "Last reminder",
     "Hours before the link ends, 1 to 720. Empty: 48.",
     false,
     {}},
    {"reminder_most_mails",
     "Most mails",
     "Nobody who was mailed this often is reminded. Empty: 5.",
     false,
     {}},
}};
constexpr std::array<SettingField, 3> source_fields{{
    {"source_failures_per_hour",
     "Failed sign-ins an hour",
     "From one network address, 10 to 10000. Empty: 100.",
     false,
     {}},
    {"source_requests_per_hour",
     "Requests an hour",
     "From one network address, 5 to 1000. Empty: 10.",
     false,
     {}},
    {"source_requests_per_day",
     "Requests a day",
     "From one network address, 10 to 10000. Empty: 50.",
     false,
     {}},
}};
constexpr std::array<SettingGroup, 6> groups{{{"Practice", practice_fields},
                                              {"Mail server", server_fields},
                                              {"Links and passwords", link_fields},
                                              {"Sending", sending_fields},
                                              {"Reminders", reminder_fields},
                                              {"Limits on the portal", source_fields}}};

std::string chosen(const Choices& choices, const std::string& name) {
    const auto found = choices.find(name);
    return found == choices.end() ? "" : found->second;
}

/// "smtps://mail.example:465" as the three inputs; a folder has no server.
void put_transport(Form& form, const std::string& transport) {
    const auto scheme = transport.find("://");
    if (scheme == std::string::npos) return form.add("mail_kind", "folder");
    std::string server = transport.substr(scheme + 3);
    const auto colon = server.rfind(':');
    const bool has_port = colon != std::string::npos &&
                          server.find(']', colon) == std::string::npos;
    form.add("mail_kind", transport.substr(0, scheme));
    form.add("mail_port", has_port ? server.substr(colon + 1) : "");
    if (has_port) server.erase(colon);
    if (server.starts_with('[') && server.ends_with(']'))
        server = server.substr(1, server.size() - 2);
    form.add("mail_host", server);
}

std::string typed(const Form& form, const std::string& name) { return Poco::trim(form.get(name)); }

/// The setting that the three inputs make up; empty = the data folder's mails.
std::string transport_of(const Form& form, const Choices& now) {
    const std::string kind = typed(form, "mail_kind");
    const std::string before = chosen(now, "mail_transport");
    if (kind == "folder") return before.starts_with(folder_scheme) ? before : "";
    std::string host = typed(form, "mail_host");
    if (host.find(':') != std::string::npos && !host.starts_with('[')) host = "[" + host + "]";
    const std::string port = typed(form, "mail_port");
    return kind + "://" + host + (port.empty() ? "" : ":" + port);
}

void put_password(Choices& choices, const Form& form, const Choices& now,
                  std::vector<BadChoice>& bad) {
    choices.erase("mail_password");
    if (chosen(choices, "mail_user").empty()) return;
    std::string password = form.get("mail_password");
    if (password.empty()) {
        password = chosen(now, "mail_password");
        const bool same = chosen(choices, "mail_user") == chosen(now, "mail_user") &&
                          chosen(choices, "mail_transport") == chosen(now, "mail_transport");
        if (!password.empty() && !same) {
            bad.push_back(
                {"mail_password", "Type the password again: it was for another server or user."});
            return;
        }
    }
    if (!password.empty()) choices["mail_password"] = password;
}
}  // namespace

std::span<const SettingGroup> setting_groups() { return groups; }

Form to_form(const Choices& choices, const Settings& settings) {
    Form form;
    put_transport(form, settings.mail_transport);
    for (const auto& group : groups) {
        for (const auto& field : group.fields) {
            const std::string name = field.name;
            if (form.has(name) || name == "mail_password") continue;
            form.add(name, field.required ? get_setting(settings, name) : chosen(choices, name));
        }
    }
    return form;
}

Choices to_choices(const Form& form, const Choices& now, std::vector<BadChoice>& bad) {
    Choices choices = now;
    for (const auto& group : groups) {
        for (const auto& field : group.fields) {
            const std::string name = field.name;
            if (name == "mail_kind" || name == "mail_host" || name == "mail_port") continue;
            if (!form.has(name) || name == "mail_password") continue;
            choices[name] = typed(form, name);
            if (!field.required && choices[name].empty()) choices.erase(name);
        }
    }
    if (form.has("mail_kind")) choices["mail_transport"] = transport_of(form, now);
    if (chosen(choices, "mail_transport").empty()) choices.erase("mail_transport");
    put_password(choices, form, now, bad);
    return choices;
}

std::string input_of(const std::string& setting) {
    return setting == "mail_transport" ? "mail_host" : setting;
}
}  // namespace ppo_sim
