// SPDX-License-Identifier: Apache-2.0
#include "invitations/compose_mail.hpp"

#include "invitations/link.hpp"
#include "invitations/mail_texts.hpp"
#include "invitations/send_invitation.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
bool may_still_be_mailed(const Account& account, const QueuedMail& mail, UnixTime now) {
    const bool invites = mail.kind == MailKind::Invitation;
    if (invites ? why_not_invitable(account.facts, now).has_value()
                : why_not_mailable(account.facts).has_value())
        return false;
    // Byte for byte the address it was queued for: a changed one needs a new invitation.
    return account.patient.email == mail.recipient;
}

bool may_still_be_told(const Account& account, const QueuedMail& mail, UnixTime now) {
    if (mail.kind == MailKind::UsernameReminder) return may_still_be_mailed(account, mail, now);
    // A notice is as true after access went off, and whoever was shut out must learn it. That the
    // address changed is told to both, each on file when its mail was queued; every other notice
    // goes only to the one that is on file now.
    return may_be_noticed(account.facts) &&
           (mail.kind == MailKind::EmailChanged || account.patient.email == mail.recipient);
}

bool is_live(const Invitation& invitation, const Account& account, UnixTime now) {
    return invitation.end == LinkEnd::Open && invitation.expires_at > now &&
           invitation.epoch == account.security_epoch;
}

std::vector<LinkWords> links_of(Connection& reading, const Keyring& keyring,
                                const Practice& practice, const QueuedMail& mail, UnixTime now,
                                std::vector<std::string>& patient_ids) {
    std::vector<LinkWords> links;
    for (const auto& person : mail.people) {
        const auto account = find_account(reading, person.patient_id);
        const auto invitation = find_invitation(reading, person.invitation_id);
        if (!account || !invitation || !may_still_be_mailed(*account, mail, now)) continue;
        if (!is_live(*invitation, *account, now)) continue;
        links.push_back({account->patient.first_name, account->username,
                         link_url(practice, keyring, *invitation), invitation->expires_at,
                         invitation->origin == LinkOrigin::FirstSetUp || !account->has_password});
        patient_ids.push_back(person.patient_id);
    }
    return links;
}

std::vector<LinkWords> names_of(Connection& reading, const QueuedMail& mail, UnixTime now,
                                bool& password_disabled, std::vector<std::string>& patient_ids) {
    std::vector<LinkWords> people;
    for (const auto& person : mail.people) {
        const auto account = find_account(reading, person.patient_id);
        if (!account || !may_still_be_told(*account, mail, now)) continue;
        password_disabled = account->facts.password_disabled;
        LinkWords words;
        words.first_name = account->patient.first_name;
        words.username = account->username;
        people.push_back(std::move(words));
        patient_ids.push_back(person.patient_id);
    }
    return people;
}

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

/// The text in use at this moment. One that an older version took and this one would not is never
/// mailed.
TemplateTexts texts_for(Connection& reading, const LinkWords& link, bool is_reminder,
                        const std::string& language) {
    const auto kind = is_reminder            ? TemplateKind::Reminder
                      : link.is_first_set_up ? TemplateKind::FirstSetUp
                                             : TemplateKind::NewPassword;
    auto in_use = template_in_use(reading, kind, language);
    if (in_use.replaced && !check_template(in_use.texts)) return own_template(kind, language);
    return std::move(in_use.texts);
}
}  // namespace

PracticeWords words_of(const Practice& practice) {
    return {practice.name, practice.phone, practice.language, practice.time_zone};
}

OutgoingMail address_mail(const Practice& practice, const std::string& mail_id,
                          const std::string& recipient, UnixTime date) {
    OutgoingMail mail;
    mail.message_id = mail_id + "@" + domain_of(practice.mail_sender);
    mail.date = date;
    mail.sender_name = practice.name;
    mail.sender_address = practice.mail_sender;
    mail.reply_to = practice.mail_reply_to;
    mail.recipient = recipient;
    return mail;
}

std::optional<OutgoingMail> compose_mail(Database& database, const Practice& practice,
                                         const QueuedMail& mail, UnixTime now) {
    const auto words = words_of(practice);
    const bool has_links = mail.kind == MailKind::Invitation;
    const auto language = mail_language(mail.language, practice.language);
    std::vector<LinkWords> people;
    std::vector<std::string> patient_ids;
    TemplateTexts texts;
    bool password_disabled = false;
    {
        Reading reading{database};  // One picture of the store; words are written after it.
        people = has_links ? links_of(reading, database.keyring(), practice, mail, now, patient_ids)
                           : names_of(reading, mail, now, password_disabled, patient_ids);
        if (has_links && people.size() == 1)
            texts = texts_for(reading, people.front(), mail.is_reminder, language);
    }
    if (people.empty()) return std::nullopt;
    const auto& first = people.front();
    auto out = address_mail(practice, mail.id, mail.recipient, mail.created_at);
    out.patient_ids = std::move(patient_ids);
    switch (mail.kind) {
    case MailKind::Invitation:
        out.words = people.size() > 1 ? write_shared_mail(words, people, language)
                                      : write_invitation_mail(words, first, texts, language);
        break;
    case MailKind::UsernameReminder:
        out.words = write_username_mail(words, people, language);
        break;
    case MailKind::PasswordChanged:
        out.words = write_notice_mail(words, Notice::PasswordChanged, first.first_name, language);
        break;
    case MailKind::UsernameChanged:
        out.words = write_notice_mail(words, Notice::UsernameChanged, first.first_name, language);
        break;
    case MailKind::EmailChanged:
        out.words = write_notice_mail(words, Notice::EmailChanged, first.first_name, language);
        break;
    case MailKind::SignInTrouble:
        out.words = write_notice_mail(
            words, password_disabled ? Notice::PasswordDisabled : Notice::SignInTrouble,
            first.first_name, language);
        break;
    }
    return out;
}
}  // namespace ppo
