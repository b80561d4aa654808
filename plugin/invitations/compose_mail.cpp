// SPDX-License-Identifier: Apache-2.0
#include "invitations/compose_mail.hpp"

#include "invitations/invitation_mail.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
bool may_still_be_mailed(const Account& account, const QueuedMail& mail) {
    // Byte for byte the address it was queued for: a changed one needs a new invitation.
    return !why_not_invitable(account) && account.patient.email == mail.recipient;
}

bool is_live(const Invitation& invitation, const Account& account, UnixTime now) {
    return invitation.end == LinkEnd::Open && invitation.expires_at > now &&
           invitation.epoch == account.security_epoch;
}

std::vector<LinkWords> links_of(Database& database, const Practice& practice,
                                const QueuedMail& mail, UnixTime now) {
    std::vector<LinkWords> links;
    Reading reading{database};
    for (const auto& person : mail.people) {
        const auto account = find_account(reading, person.patient_id);
        const auto invitation = find_invitation(reading, person.invitation_id);
        if (!account || !invitation || !may_still_be_mailed(*account, mail)) continue;
        if (!is_live(*invitation, *account, now)) continue;
        links.push_back({account->patient.first_name, account->username,
                         link_url(practice, database.keyring(), *invitation),
                         invitation->expires_at,
                         invitation->origin == LinkOrigin::FirstSetUp || !account->has_password});
    }
    return links;
}

std::vector<LinkWords> names_of(Database& database, const QueuedMail& mail) {
    std::vector<LinkWords> people;
    Reading reading{database};
    for (const auto& person : mail.people) {
        const auto account = find_account(reading, person.patient_id);
        if (!account || !may_still_be_mailed(*account, mail)) continue;
        LinkWords words;
        words.first_name = account->patient.first_name;
        words.username = account->username;
        people.push_back(std::move(words));
    }
    return people;
}

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }
}  // namespace

std::optional<OutgoingMail> compose_mail(Database& database, const Practice& practice,
                                         const QueuedMail& mail, UnixTime now) {
    const PracticeWords words{practice.name, practice.phone, practice.language, practice.time_zone};
    const bool has_links = mail.kind == MailKind::Invitation;
    const auto people = has_links ? links_of(database, practice, mail, now)
                                  : names_of(database, mail);
    if (people.empty()) return std::nullopt;

    const auto language = mail_language(mail.language, practice.language);
    OutgoingMail out;
    out.message_id = mail.id + "@" + domain_of(practice.mail_sender);
    out.date = mail.created_at;
    out.sender_name = practice.name;
    out.sender_address = practice.mail_sender;
    out.reply_to = practice.mail_reply_to;
    out.recipient = mail.recipient;
    switch (mail.kind) {
    case MailKind::Invitation:
        out.words = people.size() == 1 ? write_invitation_mail(words, people.front(), language)
                                       : write_shared_mail(words, people, language);
        break;
    case MailKind::UsernameReminder:
        out.words = write_username_mail(words, people, language);
        break;
    case MailKind::PasswordChanged:
        out.words = write_notice_mail(words, Notice::PasswordChanged, people.front().first_name,
                                      language);
        break;
    case MailKind::UsernameChanged:
        out.words = write_notice_mail(words, Notice::UsernameChanged, people.front().first_name,
                                      language);
        break;
    }
    return out;
}
}  // namespace ppo
