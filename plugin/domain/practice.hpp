// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace ppo {
/// What a link asks before it shows its form; a fact that is not on file is not asked.
enum class IdentityCheck { BirthDate, Nothing, BirthDateAndPostalCode };

/// How strict the rules on passwords and links are (PRODUCT.md, 5): Strict follows NIST SP
/// 800-63B-4.
enum class Profile { Standard, Strict };

/// The practice and the figures that it may set. The defaults are PRODUCT.md's.
struct Practice {
    std::string name{};
    std::string phone{};
    std::string portal_url{};  // What a link's secret is appended to, after a "/".
    std::string mail_sender{};
    std::string mail_reply_to{};
    std::string language = "en";
    std::string time_zone = "UTC";
    IdentityCheck identity_check = IdentityCheck::BirthDate;
    std::chrono::minutes first_link{7 * 24 * 60};
    std::chrono::minutes reset_link{24 * 60};
    std::chrono::minutes requested_link{60};
    std::chrono::seconds cool_down{120};
    std::chrono::hours staff_password{7 * 24};
    bool permanent_staff_passwords = false;  // They need not be changed and do not lapse.
    Profile profile = Profile::Standard;
    int mails_per_minute = 120;
    int mails_per_day = 25'000;
    int patient_mails_per_day = 5;
    int address_mails_per_day = 20;
    std::chrono::seconds hold_back{120};  // How long a batch can be undone.
    bool reminders = true;
    std::chrono::hours first_reminder{5 * 24};  // After the invitation.
    std::chrono::hours last_reminder{48};       // Before the link ends.
    int reminder_most_mails = 5;                // Nobody who was mailed this often is reminded.
    int source_failures_per_hour = 100;         // Failed sign-ins from one network address.
    int source_requests_per_hour = 10;  // Self-service requests from one, half of them at once.
    int source_requests_per_day = 50;
};
}  // namespace ppo
