// SPDX-License-Identifier: Apache-2.0
#include "boundary/settings.hpp"

#include "boundary/convert.hpp"
#include "domain/email_address.hpp"
#include "domain/local_time.hpp"
#include "domain/unicode_text.hpp"
#include "mail/folder_transport.hpp"
#include "mail/smtp_address.hpp"
#include "mail/smtp_transport.hpp"
#include "store/store_address.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

namespace ppo {
namespace {
[[noreturn]] void refuse(const char* member, const std::string& why) {
    throw Misuse{PPO_MISUSE_SETTING, member,
                 std::string{"The setting "} + member + " " + why + "."};
}

std::string text(ppo_text given, const char* member, std::size_t longest, const char* otherwise) {
    const auto view = optional_text(given, member, longest);
    if (has_hidden_controls(view)) refuse(member, "holds a control character");
    return std::string{view.empty() ? std::string_view{otherwise} : view};
}

std::string required(ppo_text given, const char* member, std::size_t longest) {
    auto value = text(given, member, longest, "");
    if (value.empty()) refuse(member, "is required");
    return value;
}

std::uint32_t number(std::uint32_t given, const char* member, std::uint32_t least,
                     std::uint32_t most, std::uint32_t otherwise) {
    if (given == 0) return otherwise;
    if (given < least || given > most)
        refuse(member, "must be from " + std::to_string(least) + " to " + std::to_string(most));
    return given;
}

std::string readable_file(ppo_text given, const char* member) {
    auto path = text(given, member, 4096, "");
    if (!path.empty() && !std::ifstream{path}.is_open()) refuse(member, "names no readable file");
    return path;
}

std::string mail_address(ppo_text given, const char* member, const std::string& otherwise) {
    auto address = text(given, member, 254, otherwise.c_str());
    if (!is_valid_email(address)) refuse(member, "must be an e-mail address");
    return address;
}

/// Links travel by mail, so they must be https; only a browser on this machine may do without.
std::string portal_url(ppo_text given) {
    auto url = required(given, "portal_url", 512);
    while (!url.empty() && url.back() == '/') url.pop_back();
    const auto starts_with = [&url](std::string_view prefix) {
        return url.compare(0, prefix.size(), prefix) == 0;
    };
    const std::string_view rest = std::string_view{url}.substr(
        url.find("//") == std::string::npos ? 0 : url.find("//") + 2);
    const auto host = rest.substr(0, rest.find_first_of(":/"));
    const bool is_number = host.find_first_not_of("0123456789.") == std::string_view::npos;
    const bool loopback = host == "localhost" || (host.substr(0, 4) == "127." && is_number) ||
                          rest.substr(0, 5) == "[::1]";
    const bool good = (starts_with("https://") || (starts_with("http://") && loopback)) &&
                      !host.empty() && url.find_first_of(" \"<>\\^`{|}#?") == std::string::npos &&
                      host.find('@') == std::string::npos;
    if (!good)
        refuse("portal_url",
               "must be an https address (http on this machine only), without ? and #");
    return url;
}

std::string store_address(ppo_text given) {
    auto address = required(given, "store", 4096);
    if (StoreAddress{address}.is_mistyped())
        refuse("store", "must be a path, or begin with postgresql://");
    return address;
}

std::string local_prefix(ppo_text given, const std::string& store) {
    const auto folder = text(given, "state_folder", 4000, "");
    if (!folder.empty()) return folder + "/portal";
    if (StoreAddress{store}.is_server())
        refuse("state_folder", "is needed where the store is on a server");
    return store;
}

std::string practice_id(ppo_text given) {
    auto id = text(given, "practice_id", 64, "");
    if (id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") !=
        std::string::npos)
        refuse("practice_id", "may hold letters, digits, '.', '_' and '-' of ASCII only");
    return id;
}

std::int64_t restore_generation(std::uint64_t given) {
    constexpr std::uint64_t most = (std::uint64_t{1} << 53) - 1;
    if (given > most) refuse("restore_generation", "must be below 2^53");
    return static_cast<std::int64_t>(given);
}

IdentityCheck identity_check(std::uint32_t given) {
    switch (given) {
    case PPO_LINK_ASKS_BIRTH_DATE: return IdentityCheck::BirthDate;
    case PPO_LINK_ASKS_NOTHING: return IdentityCheck::Nothing;
    case PPO_LINK_ASKS_BIRTH_DATE_AND_POSTAL_CODE: return IdentityCheck::BirthDateAndPostalCode;
    default: refuse("link_identity_check", "is not one of the three");
    }
}

void put_mail_limits(Practice& practice, const ppo_settings& from) {
    const auto count = [](std::uint32_t given, const char* member, std::uint32_t most,
                          int otherwise) {
        return static_cast<int>(
            number(given, member, 1, most, static_cast<std::uint32_t>(otherwise)));
    };
    practice.mails_per_minute = count(from.mails_per_minute, "mails_per_minute", 60'000,
                                      practice.mails_per_minute);
    practice.mails_per_day = count(from.mails_per_day, "mails_per_day", 10'000'000,
                                   practice.mails_per_day);
    practice.patient_mails_per_day = count(from.patient_mails_per_day, "patient_mails_per_day", 100,
                                           practice.patient_mails_per_day);
    practice.address_mails_per_day = count(from.address_mails_per_day, "address_mails_per_day",
                                           1000, practice.address_mails_per_day);
    practice.hold_back = std::chrono::seconds{
        number(from.hold_back_seconds, "hold_back_seconds", 1, 86'400, 120)};
    practice.reminders = (from.flags & PPO_SETTING_NO_REMINDERS) == 0;
    practice.first_reminder = std::chrono::hours{
        24 * number(from.reminder_days, "reminder_days", 1, 30, 5)};
    practice.last_reminder = std::chrono::hours{
        number(from.last_reminder_hours, "last_reminder_hours", 1, 720, 48)};
    practice.reminder_most_mails = count(from.reminder_most_mails, "reminder_most_mails", 20,
                                         practice.reminder_most_mails);
}

/// Low enough to be a limit, high enough for an office behind one address.
void put_source_limits(Practice& practice, const ppo_settings& from) {
    const auto count = [](std::uint32_t given, const char* member, std::uint32_t least,
                          std::uint32_t most, int otherwise) {
        return static_cast<int>(
            number(given, member, least, most, static_cast<std::uint32_t>(otherwise)));
    };
    practice.source_failures_per_hour = count(from.source_failures_per_hour,
                                              "source_failures_per_hour", 10, 10'000,
                                              practice.source_failures_per_hour);
    practice.source_requests_per_hour = count(from.source_requests_per_hour,
                                              "source_requests_per_hour", 5, 1000,
                                              practice.source_requests_per_hour);
    practice.source_requests_per_day = count(from.source_requests_per_day,
                                             "source_requests_per_day", 10, 10'000,
                                             practice.source_requests_per_day);
}

Profile profile(std::uint32_t given) {
    switch (given) {
    case PPO_PROFILE_STANDARD: return Profile::Standard;
    case PPO_PROFILE_STRICT: return Profile::Strict;
    default: refuse("profile", "is not one of the two");
    }
}

/// A figure as given, or the default, within what the profile allows: explicit and weaker is
/// refused.
template <class Duration>
Duration lifetime(std::uint32_t given, const char* member, Duration least, Duration most,
                  Duration otherwise, std::optional<Duration> most_if_strict) {
    const auto count = [](Duration duration) {
        return static_cast<std::uint32_t>(duration.count());
    };
    if (most_if_strict && given > count(*most_if_strict) && given <= count(most))
        refuse(member, "may be " + std::to_string(most_if_strict->count()) +
                           " at most in the strict profile");
    if (most_if_strict) otherwise = std::min(otherwise, *most_if_strict);
    return Duration{number(given, member, count(least), count(most), count(otherwise))};
}

/// How long links and passwords of staff live (NIST SP 800-63B-4, 4.2.1.2, for the strict profile).
void put_lifetimes(Practice& practice, const ppo_settings& from) {
    using std::chrono::hours;
    using std::chrono::minutes;
    practice.profile = profile(from.profile);
    const bool strict = practice.profile == Profile::Strict;
    const auto link = [strict](std::uint32_t given, const char* member, minutes otherwise) {
        return lifetime<minutes>(given, member, minutes{15}, hours{30 * 24}, otherwise,
                                 strict ? std::optional<minutes>{hours{24}} : std::nullopt);
    };
    practice.first_link = link(from.first_link_minutes, "first_link_minutes", practice.first_link);
    practice.reset_link = link(from.reset_link_minutes, "reset_link_minutes", practice.reset_link);
    practice.requested_link = link(from.requested_link_minutes, "requested_link_minutes",
                                   practice.requested_link);
    practice.staff_password = lifetime<hours>(from.staff_password_hours, "staff_password_hours",
                                              hours{1}, hours{720}, practice.staff_password,
                                              strict ? std::optional{hours{72}} : std::nullopt);
    practice.permanent_staff_passwords = (from.flags & PPO_SETTING_PERMANENT_STAFF_PASSWORDS) != 0;
    if (strict && practice.permanent_staff_passwords)
        refuse("flags", "ask for permanent staff passwords, which the strict profile has not");
}

Practice to_practice(const ppo_settings& from) {
    Practice practice;
    practice.name = required(from.practice_name, "practice_name", 120);
    practice.phone = required(from.practice_phone, "practice_phone", 40);
    practice.portal_url = portal_url(from.portal_url);
    practice.mail_sender = mail_address(from.mail_sender, "mail_sender", "");
    practice.mail_reply_to = mail_address(from.mail_reply_to, "mail_reply_to",
                                          practice.mail_sender);
    practice.language = text(from.language, "language", 35, "en");
    if (practice.language != "en" && practice.language != "es")
        refuse("language", "must be en or es");
    practice.time_zone = text(from.time_zone, "time_zone", 64, "UTC");
    if (!is_known_time_zone(practice.time_zone)) refuse("time_zone", "is not a known time zone");
    practice.identity_check = identity_check(from.link_identity_check);
    practice.cool_down = std::chrono::seconds{
        number(from.cool_down_seconds, "cool_down_seconds", 1, 86'400, 120)};
    put_lifetimes(practice, from);
    put_mail_limits(practice, from);
    put_source_limits(practice, from);
    return practice;
}
}  // namespace

Settings to_settings(const ppo_settings* given) {
    const ppo_settings& from = filled(given, "settings");
    Settings settings;
    settings.practice = to_practice(from);
    // OWASP's floor for Argon2id is 19 MiB and 2 passes; less is refused.
    settings.cost = {
        number(from.password_memory_kib, "password_memory_kib", 19'456, 1'048'576, 65'536),
        number(from.password_passes, "password_passes", 2, 10, 3)};
    settings.store = store_address(from.store);
    settings.practice_id = practice_id(from.practice_id);
    settings.local_prefix = local_prefix(from.state_folder, settings.store);
    settings.key_file = text(from.key_file, "key_file", 4096,
                             (settings.local_prefix + ".key").c_str());
    settings.restore_generation = restore_generation(from.restore_generation);
    settings.own_thread = (from.flags & PPO_SETTING_OWN_THREAD) != 0;
    settings.first_sync = (from.flags & PPO_SETTING_NO_FIRST_SYNC) == 0;
    return settings;
}

std::unique_ptr<Transport> to_transport(const ppo_settings& settings, const Host& host) {
    const auto address = text(settings.mail_transport, "mail_transport", 4096, "host");
    const auto user = text(settings.mail_user, "mail_user", 256, "");
    const auto password = text(settings.mail_password, "mail_password", 1024, "");
    const auto authorities = readable_file(settings.mail_authorities, "mail_authorities");
    const auto connections = number(settings.mail_connections, "mail_connections", 1, 8, 2);
    if (address == "host") {
        if (!host.has_mail())
            refuse("mail_transport", "is \"host\", but the host has no ppo.host.mail/1");
        if ((settings.flags & PPO_SETTING_OWN_THREAD) != 0)
            refuse("mail_transport",
                   "is \"host\", which cannot be called from the plugin's own thread");
        return host.mail_transport();
    }
    const auto parsed = read_transport_address(address);
    if (const auto* bad = std::get_if<BadTransportAddress>(&parsed))
        throw Misuse{PPO_MISUSE_SETTING, "mail_transport", bad->reason};
    if (const auto* folder = std::get_if<FolderAddress>(&parsed))
        return std::make_unique<FolderTransport>(folder->path);
    SmtpSettings smtp;
    smtp.server = std::get<SmtpAddress>(parsed);
    smtp.user = user;
    smtp.password = password;
    smtp.ca_file = authorities;
    smtp.connections = static_cast<int>(connections);
    return std::make_unique<SmtpTransport>(std::move(smtp));
}
}  // namespace ppo
