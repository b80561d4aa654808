// SPDX-License-Identifier: Apache-2.0
#include "domain/why.hpp"

namespace ppo {
namespace {
constexpr std::string_view set_access = "set_access";
constexpr std::string_view send_invitation = "send_invitation";
constexpr std::string_view lift_delays = "lift_delays";
constexpr std::string_view set_consent = "set_consent";

void say_what_the_patient_wants(const AccountFacts& account, UnixTime now,
                                std::vector<Reason>& why) {
    if (account.opted_out)
        why.push_back(
            {"opted_out",
             "The patient does not want mail from the portal. Set a username and a password "
             "by hand if the patient asks for it.",
             {}});
    const auto refused = why_not_wanted(account, now);
    if (account.consent == Consent::DoNotMail)
        why.push_back({"do_not_mail",
                       "The patient said: do not mail. Nothing leaves, also not what is asked for "
                       "on the portal.",
                       set_consent});
    else if (refused && refused->reason == Refusal::Declined)
        why.push_back({"declined", "The patient does not want a portal account.", set_consent});
    else if (refused)
        why.push_back({"asked_to_wait",
                       "The patient wants to be asked again later; no invitation leaves before "
                       "that day.",
                       set_consent});
}

void say_what_the_chart_lacks(const Marks& marks, std::vector<Reason>& why) {
    if (marks.has(Mark::NoEmail))
        why.push_back(
            {"no_email",
             "No e-mail address is on file. Add one to the chart, or set a username and a "
             "password by hand.",
             {}});
    if (marks.has(Mark::InvalidEmail))
        why.push_back({"invalid_email",
                       "The e-mail address on file is not a valid one. Correct it on the chart.",
                       {}});
    if (marks.has(Mark::NoPostalCode))
        why.push_back(
            {"no_zip",
             "No ZIP code is on file, so the patient cannot ask for a link on the portal.",
             {}});
}

void say_how_the_mail_went(const Marks& marks, bool mail_may_help, std::vector<Reason>& why) {
    const auto send_again = mail_may_help ? send_invitation : std::string_view{};
    if (marks.has(Mark::Queued))
        why.push_back({"queued", "An invitation is waiting to leave.", {}});
    if (marks.has(Mark::Deferred))
        why.push_back({"deferred",
                       "The mail server did not take the invitation yet; it is tried again.",
                       {}});
    if (marks.has(Mark::Failed))
        why.push_back(
            {"failed",
             "The mail server refused the invitation. Check the address, then send it again.",
             send_again});
    if (marks.has(Mark::Bounced))
        why.push_back({"bounced",
                       "The invitation came back. Check the address, then send it again.",
                       send_again});
    if (marks.has(Mark::OutcomeUnknown))
        why.push_back({"outcome_unknown",
                       "The connection was lost while the invitation left. Ask the patient, or "
                       "send it again.",
                       send_again});
    if (marks.has(Mark::AddressChanged))
        why.push_back(
            {"address_changed",
             "The e-mail address changed after the invitation left. Send it to the new address.",
             send_again});
    if (marks.has(Mark::LinkExpired))
        why.push_back({"link_expired", "The link has expired. Send a fresh one.", send_again});
}

bool has_lapsed(const AccountFacts& account, UnixTime now) {
    return account.password_lapses_at && *account.password_lapses_at <= now;
}

void say_what_bars_sign_in(const AccountFacts& account, const Marks& marks, bool has_password,
                           bool mail_may_help, UnixTime now, std::vector<Reason>& why) {
    const auto link = mail_may_help ? send_invitation : std::string_view{};
    if (account.password_disabled)
        why.push_back({"password_disabled",
                       "A hundred wrong passwords in a row disabled the password. Send a link, or "
                       "set another password by hand.",
                       link});
    if (marks.has(Mark::Locked))
        why.push_back(
            {"locked",
             account.password_disabled
                 ? "The portal takes no sign-in. Lift the lock if the patient is known and "
                   "remembers the password."
                 : "Wrong answers made the portal wait. Lift the delay if the patient is known.",
             lift_delays});
    if (has_password && has_lapsed(account, now))
        why.push_back({"password_lapsed",
                       "The password that staff set lapsed unused. Set another one.", link});
}

void say_what_is_awaited(const AccountFacts& account, bool has_password, bool mail_may_help,
                         std::vector<Reason>& why) {
    if (!account.credentials_issued_at) {
        if (mail_may_help)
            why.push_back({"not_invited", "No invitation has been sent yet.", send_invitation});
    } else if (has_password) {
        why.push_back({"not_signed_in",
                       "Username and password are set; the patient has not signed in yet.",
                       {}});
    } else if (account.link_expires_at) {
        why.push_back(
            {"not_set_up", "The invitation left; the patient has not followed its link yet.", {}});
    } else if (mail_may_help) {
        why.push_back(
            {"no_link", "No usable link is out. Send a fresh invitation.", send_invitation});
    }
}
}  // namespace

std::vector<Reason> why_not_green(const AccountFacts& account, bool has_password, UnixTime now) {
    if (account.chart_status == ChartStatus::Deceased)
        return {{"deceased",
                 "The chart says Deceased: the portal stays closed and nothing is mailed.",
                 {}}};
    if (account.chart_status == ChartStatus::Inactive)
        return {
            {"inactive", "The chart is Inactive. Make it Active to open the portal again.", {}}};

    std::vector<Reason> why;
    if (!account.access_enabled)
        why.push_back({"access_not_enabled", "Portal access is not enabled.", set_access});
    const Marks marks{lasting_marks(account).bits() | passing_marks(account, now).bits()};
    const bool mail_may_help = account.email_is_valid && !wants_no_mail(account) &&
                               !why_not_wanted(account, now);
    say_what_bars_sign_in(account, marks, has_password, account.access_enabled && mail_may_help,
                          now, why);
    if (!account.access_enabled || account.first_signed_in_at) return why;

    say_what_the_patient_wants(account, now, why);
    say_what_the_chart_lacks(marks, why);
    const auto before_mail = why.size();
    say_how_the_mail_went(marks, mail_may_help, why);
    const bool nothing_out = !account.credentials_issued_at;
    const bool already_said = marks.has(Mark::LinkExpired) ||
                              account.mail_state == MailState::Queued ||
                              (has_password && has_lapsed(account, now)) ||
                              (nothing_out && why.size() > before_mail);
    if (!already_said) say_what_is_awaited(account, has_password, mail_may_help, why);
    return why;
}
}  // namespace ppo
