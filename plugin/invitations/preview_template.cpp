// SPDX-License-Identifier: Apache-2.0
#include "invitations/preview_template.hpp"

#include "domain/email_address.hpp"
#include "invitations/compose_mail.hpp"
#include "invitations/mail_texts.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
/// In the place of a link's secret, which is longer than this: no page of a patient opens.
constexpr std::string_view opens_nothing = "preview";

std::chrono::minutes time_left(TemplateKind kind, const Practice& practice) {
    switch (kind) {
    case TemplateKind::FirstSetUp: return practice.first_link;
    case TemplateKind::NewPassword: return practice.reset_link;
    case TemplateKind::Reminder: return practice.last_reminder;
    }
    return practice.first_link;
}

/// Has a username, so that every line is seen.
LinkWords invented_patient() {
    LinkWords words;
    words.first_name = "Maria";
    words.username = "maria.sample";
    return words;
}

TemplateTexts completed(Connection& connection, const TemplateDraft& draft) {
    auto texts = with_line_feeds(draft.texts);
    const auto in_use = template_in_use(connection, draft.kind, draft.language).texts;
    if (texts.subject.empty()) texts.subject = in_use.subject;
    if (texts.text.empty()) texts.text = in_use.text;
    if (texts.html.empty()) texts.html = in_use.html;
    return texts;
}
}  // namespace

Result<MailWords> preview_template(Database& database, const Practice& practice,
                                   const TemplateDraft& draft, std::string_view patient_id,
                                   UnixTime now) {
    auto link = invented_patient();
    TemplateTexts texts;
    {
        Reading reading{database};
        if (!patient_id.empty()) {
            const auto account = find_account(reading, patient_id);
            if (!account) return Refusal::UnknownPatient;
            link.first_name = account->patient.first_name;
            link.username = account->username;
        }
        texts = completed(reading, draft);
    }
    if (const auto checked = check_template(texts); !checked) return checked.refusal();
    link.url = practice.portal_url + "/" + std::string{opens_nothing};
    link.expires_at = now + time_left(draft.kind, practice);
    return write_invitation_mail(words_of(practice), link, texts, draft.language);
}

Result<OutgoingMail> write_test_mail(Database& database, const Practice& practice,
                                     const TemplateDraft& draft, std::string_view recipient,
                                     const Actor& actor, UnixTime now) {
    if (!is_valid_email(recipient)) return Refusal::InvalidEmail;
    auto words = preview_template(database, practice, draft, {}, now);
    if (!words) return words.refusal();
    auto mail = address_mail(practice, random_id(), std::string{recipient}, now);
    mail.words = std::move(words.value());
    mail.words.subject.insert(0, draft.language == "es" ? "[Prueba] " : "[Test] ");
    Transaction transaction{database};
    const auto detail = template_word(draft.kind, draft.language);
    record(transaction, {.action = "test_mail_asked_for", .detail = detail}, actor, now);
    transaction.commit();
    return mail;
}
}  // namespace ppo
