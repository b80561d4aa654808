// SPDX-License-Identifier: Apache-2.0
#include "invitations/send_invitation.hpp"

#include "invitations/invitation_mail.hpp"
#include "invitations/link.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"

#include <algorithm>

namespace ppo {
std::optional<Refusal> why_not_invitable(const Account& account) {
    const AccountFacts& facts = account.facts;
    if (facts.chart_status == ChartStatus::Deceased) return Refusal::ChartDeceased;
    if (facts.chart_status == ChartStatus::Inactive) return Refusal::ChartInactive;
    if (!facts.access_enabled) return Refusal::AccessNotEnabled;
    if (!facts.has_email) return Refusal::NoEmail;
    if (!facts.email_is_valid) return Refusal::InvalidEmail;
    if (facts.opted_out) return Refusal::OptedOut;
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> cooling_down(Transaction& transaction,
                                                      const Practice& practice,
                                                      std::string_view patient_id, UnixTime now) {
    const auto last = last_invitation_at(transaction, patient_id);
    if (!last || now - *last >= practice.cool_down) return std::nullopt;
    // A clock that was set back must not make anyone wait for longer than the cool-down.
    return std::min<std::chrono::milliseconds>(*last + practice.cool_down - now,
                                               practice.cool_down);
}

UnixTime queue_links(Transaction& transaction, const Practice& practice,
                     const std::vector<Account>& people, LinkOrigin origin, const Actor& actor,
                     UnixTime now) {
    QueuedMail mail;
    mail.id = random_id();
    mail.kind = MailKind::Invitation;
    mail.recipient = people.front().patient.email;
    mail.language = mail_language(people.front().patient.language, practice.language);
    mail.created_at = now;
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
        record(transaction, {.action = "invitation_queued", .patient_id = person.patient.id}, actor,
               now);
    return first_expiry;
}

Result<QueuedInvitation> send_invitation(Database& database, const Practice& practice,
                                         std::string_view patient_id, const Actor& actor,
                                         UnixTime now) {
    Transaction transaction{database};
    const auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    if (const auto refusal = why_not_invitable(*account)) return *refusal;
    if (const auto wait = cooling_down(transaction, practice, patient_id, now))
        return Refused{Refusal::CoolingDown, *wait};
    const auto origin = account->has_password ? LinkOrigin::ResetByStaff : LinkOrigin::FirstSetUp;
    const auto expires_at = queue_links(transaction, practice, {*account}, origin, actor, now);
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
