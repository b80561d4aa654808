// SPDX-License-Identifier: Apache-2.0
#include "validate/practice.hpp"
#include "validate/shapes.hpp"

#include <array>
#include <cstring>

namespace ppo_validate {
namespace {
struct Range {
    const char* name;
    std::uint32_t ppo_settings::*member;
    std::uint32_t least;  // 1 = nothing is too small, for 0 is the default.
    std::uint32_t most;
};
#define PPO_RANGE(member, least, most) \
    Range { #member, &ppo_settings::member, least, most }
constexpr std::array ranges{
    PPO_RANGE(link_identity_check, 1, 2),
    PPO_RANGE(first_link_minutes, 15, 43'200),
    PPO_RANGE(reset_link_minutes, 15, 43'200),
    PPO_RANGE(requested_link_minutes, 15, 43'200),
    PPO_RANGE(cool_down_seconds, 1, 86'400),
    PPO_RANGE(staff_password_hours, 1, 720),
    PPO_RANGE(password_memory_kib, 19'456, 1'048'576),
    PPO_RANGE(password_passes, 2, 10),
    PPO_RANGE(mail_connections, 1, 8),
    PPO_RANGE(mails_per_minute, 1, 60'000),
    PPO_RANGE(mails_per_day, 1, 10'000'000),
    PPO_RANGE(patient_mails_per_day, 1, 100),
    PPO_RANGE(address_mails_per_day, 1, 1000),
    PPO_RANGE(hold_back_seconds, 1, 86'400),
    PPO_RANGE(reminder_days, 1, 30),
    PPO_RANGE(last_reminder_hours, 1, 720),
    PPO_RANGE(reminder_most_mails, 1, 20),
    PPO_RANGE(profile, 1, 1),
    PPO_RANGE(source_failures_per_hour, 10, 10'000),
    PPO_RANGE(source_requests_per_hour, 5, 1000),
    PPO_RANGE(source_requests_per_day, 10, 10'000),
};
#undef PPO_RANGE

struct WrongText {
    const char* name;
    ppo_text ppo_settings::*member;
    std::string_view text;
};
using namespace std::string_view_literals;
#define PPO_WRONG(member, text) \
    WrongText { #member, &ppo_settings::member, text ""sv }
constexpr std::array wrong_texts{
    PPO_WRONG(store, ""),
    PPO_WRONG(practice_name, ""),
    PPO_WRONG(practice_phone, ""),
    PPO_WRONG(portal_url, ""),
    PPO_WRONG(portal_url, "http://portal.example.test/link"),
    PPO_WRONG(portal_url, "portal.example.test"),
    PPO_WRONG(mail_transport, "pigeon:loft"),
    PPO_WRONG(mail_transport, "smtp://mail.example.test:25"),
    PPO_WRONG(mail_sender, ""),
    PPO_WRONG(mail_sender, "nobody"),
    PPO_WRONG(mail_reply_to, "no body"),
    PPO_WRONG(language, "tlh"),
    PPO_WRONG(time_zone, "Mars/Olympus"),
    PPO_WRONG(mail_authorities, "/no/such/authorities.pem"),
    PPO_WRONG(practice_id, "elm street"),
};
#undef PPO_WRONG

void expect_named(Practice& practice, const std::string& what, const char* member,
                  const ppo_settings& settings) {
    auto& findings = practice.findings;
    findings.at("create with " + what);
    ppo_instance* made = nullptr;
    auto error = fresh<ppo_error>();
    const auto result = practice.library.core().create(&practice.host.table, &settings, &made,
                                                       &error);
    if (result == PPO_OK) practice.library.core().destroy(made);
    if (!is_misuse(result))
        findings.fail("With " + what + " " + told("create", result, error) +
                      " Expected is "
                      "PPO_MISUSE_SETTING.");
    else if (std::strncmp(error.field, member, sizeof error.field) != 0)
        findings.fail(
            "With " + what + " error.field is \"" +
            clean(std::string_view{error.field, strnlen(error.field, sizeof error.field)}) + "\".");
}

void check_bad_settings(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    const ppo_settings& good = practice.settings.values;
    for (const auto& range : ranges) {
        ppo_settings settings = good;
        settings.*range.member = range.most + 1;
        expect_named(practice, std::string{range.name} + " = " + std::to_string(range.most + 1),
                     range.name, settings);
        if (range.least == 1) continue;
        settings.*range.member = range.least - 1;
        expect_named(practice, std::string{range.name} + " = " + std::to_string(range.least - 1),
                     range.name, settings);
    }
    for (const auto& wrong : wrong_texts) {
        ppo_settings settings = good;
        settings.*wrong.member = borrow(wrong.text);
        expect_named(practice, std::string{wrong.name} + " = \"" + std::string{wrong.text} + "\"",
                     wrong.name, settings);
    }
    const std::string too_long(5000, 'x');
    for (const auto& member : text_members<ppo_settings>()) {
        if (member.name == std::string{"mail_password"} || member.name == std::string{"mail_user"})
            continue;  // Their lengths are the mail server's business.
        ppo_settings settings = good;
        const ppo_text text = borrow(too_long);
        std::memcpy(reinterpret_cast<char*>(&settings) + member.offset, &text, sizeof text);
        expect_named(practice, std::string{member.name} + " of 5,000 bytes", member.name, settings);
    }
    ppo_settings settings = good;
    settings.restore_generation = std::uint64_t{1} << 53U;
    expect_named(practice, "restore_generation = 2^53", "restore_generation", settings);
}

void check_good_limits(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    for (const auto& range : ranges)
        for (const std::uint32_t figure : {range.least, range.most}) {
            const std::string_view name = range.name;
            if (name == "profile" || name == "password_memory_kib" || name == "password_passes")
                continue;  // The strict profile narrows others, and slow hashes are slow.
            ppo_settings settings = practice.settings.values;
            settings.*range.member = figure;
            findings.at("create with " + std::string{name} + " = " + std::to_string(figure));
            ppo_instance* made = nullptr;
            auto error = fresh<ppo_error>();
            const auto result = practice.library.core().create(&practice.host.table, &settings,
                                                               &made, &error);
            if (result != PPO_OK)
                findings.fail("With " + std::string{name} + " = " + std::to_string(figure) + " " +
                              told("create", result, error));
            practice.library.core().destroy(made);
        }
}
}  // namespace

void put_setting_checks(std::vector<Check>& all) {
    all.push_back({"life.bad_settings",
                   "create refuses every setting that cannot be, and error.field names it.",
                   "Check the settings one by one, before the store is opened.",
                   check_bad_settings});
    all.push_back({"life.good_settings", "create takes each figure at both ends of its range.",
                   "Compare with the ranges in ppo/plugin.h.", check_good_limits});
}
}  // namespace ppo_validate
