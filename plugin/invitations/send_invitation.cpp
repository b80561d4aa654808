// SPDX-License-Identifier: Apache-2.0
#include "invitations/send_invitation.hpp"

#include "invitations/invitation_mail.hpp"
#include "invitations/link.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/mail_cap_table.hpp"
#include "store/patient_table.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::chrono::hours cap_window{24};

/// How long until this patient can be mailed again; nothing if at once.
std::optional<std::chrono::milliseconds> cooling_down(Connection& connection,
                                                      const Practice& practice,
                                                      std::string_view patient_id, UnixTime now) {
    const auto last = last_invitation_at(connection, patient_id);
    if (!last || now - *last >= practice.cool_down) return std::nullopt;
    // A clock that was set back must not make anyone wait for longer than the cool-down.
    return std::min<std::chrono::milliseconds>(*last + practice.cool_down - now,
                                               practice.cool_down);
}

std::optional<Refused> too_many(const MailCount& count, int cap, UnixTime now) {
    if (count.mails < cap) return std::nullopt;
    return Refused{Refusal::TooManyMails, std::min<std::chrono::milliseconds>(
                                              *count.oldest + cap_window - now, cap_window)};
}
}  // namespace

std::optional<Refusal> why_not_mailable(const AccountFacts& facts) {
    if (facts.chart_status == ChartStatus::Deceased) return Refusal::ChartDeceased;
    if (facts.chart_status == ChartStatus::Inactive) return Refusal::ChartInactive;
    if (!facts.access_enabled) return Refusal::AccessNotEnabled;
    if (!facts.has_email) return Refusal::NoEmail;
    if (!facts.email_is_valid) return Refusal::InvalidEmail;
    if (wants_no_mail(facts)) return Refusal::OptedOut;
    return std::nullopt;
}

std::optional<Refused> why_not_invitable(const AccountFacts& facts, UnixTime now) {
    if (const auto refusal = why_not_mailable(facts)) return *refusal;
    return why_not_wanted(facts, now);
}

std::optional<Refused> why_not_now(Connection& connection, const Practice& practice,
                                   const Invitee& invitee, UnixTime now) {
    if (auto refused = why_not_invitable(invitee.facts, now)) return refused;
    // Nobody who was never mailed an invitation has one to wait for: most of a large batch.
    if (invitee.facts.mail_state != MailState::None) {
        if (const auto wait = cooling_down(connection, practice, invitee.patient_id, now))
            return Refused{Refusal::CoolingDown, *wait};
        const int cap = practice.patient_mails_per_day;
        const auto count = count_invitations_to(connection, invitee.patient_id, now - cap_window,
                                                cap);
        if (auto refused = too_many(count, cap, now)) return refused;
    }
    return why_not_to_address(connection, practice, invitee.email, now);
}

Invitee to_invitee(const Account& account) {
    return {account.patient.id, account.patient.email, account.facts};
}

std::optional<Refused> why_not_to_address(Connection& connection, const Practice& practice,
                                          std::string_view address, UnixTime now) {
    const int cap = practice.address_mails_per_day;
    return too_many(count_mails_to(connection, address, now - cap_window, cap), cap, now);
}

std::string_view origin_word(LinkOrigin origin) {
    switch (origin) {
    case LinkOrigin::FirstSetUp: return "first_set_up";
    case LinkOrigin::ResetByStaff: return "reset_by_staff";
    case LinkOrigin::AskedByPatient: return "asked_by_patient";
    }
    return {};
}

LinkOrigin origin_for(const Account& account) {
    return account.has_password ? LinkOrigin::ResetByStaff : LinkOrigin::FirstSetUp;
}

QueuedLinks queue_links(Transaction& transaction, const Practice& practice,
                        const std::vector<Account>& people, LinkOrigin origin, const Actor& actor,
                        UnixTime now, const std::optional<BatchPlace>& batch) {
    QueuedMail mail;
    mail.id = random_id();
    mail.kind = MailKind::Invitation;
    mail.recipient = people.front().patient.email;
    mail.language = mail_language(people.front().patient.language, practice.language);
    mail.created_at = now;
    mail.can_wait = batch.has_value();
    mail.batch = batch;
    UnixTime first_expiry = UnixTime::max();
    for (const auto& person : people) {
        close_open_invitation(transaction, person.patient.id, LinkEnd::Replaced, now);
        const auto invitation = make_invitation(transaction.keyring(), person, origin, practice,
                                                now);
        add_invitation(transaction, invitation);
        mail.people.push_back({person.patient.id, invitation.id});
        first_expiry = std::min(first_expiry, invitation.expires_at);
    }
    queue_mail(transaction, mail);
    for (const auto& person : people)
        record(transaction,
               {.action = "invitation_queued",
                .patient_id = person.patient.id,
                .detail = origin_word(origin)},
               actor, now);
    return {mail.id, first_expiry};
}

Result<QueuedInvitation> send_invitation(Database& database, const Practice& practice,
                                         std::string_view patient_id, const Actor& actor,
                                         UnixTime now) {
    Transaction transaction{database};
    const auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    if (auto refused = why_not_now(transaction, practice, to_invitee(*account), now))
        return *std::move(refused);
    const auto expires_at = queue_links(transaction, practice, {*account}, origin_for(*account),
                                        actor, now)
                                .first_expiry;
    transaction.commit();
    return QueuedInvitation{expires_at};
}

Result<Done> revoke_invitation(Database& database, std::string_view patient_id, const Actor& actor,
                               UnixTime now) {
    Transaction transaction{database};
    if (!find_account(transaction, patient_id)) return Refusal::UnknownPatient;
    if (!close_open_invitation(transaction, patient_id, LinkEnd::Withdrawn, now))
        return Refusal::NoOpenInvitation;
    record(transaction, {.action = "invitation_withdrawn", .patient_id = patient_id}, actor, now);
    transaction.commit();
    return Done{};
}
}  // namespace ppo
