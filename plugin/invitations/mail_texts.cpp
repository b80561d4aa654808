// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_texts.hpp"

#include "invitations/mail_layout.hpp"
#include "invitations/template_linter.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"

namespace ppo {
namespace {
struct Sentences {
    Phrase subject = Phrase::SubjectFirstSetUp;
    Phrase purpose = Phrase::Invite;
    Phrase button = Phrase::ButtonFirstSetUp;
    Phrase expiry = Phrase::Expiry;
    Phrase ignore = Phrase::IgnoreInvitation;
};

Sentences sentences_of(TemplateKind kind) {
    switch (kind) {
    case TemplateKind::FirstSetUp: break;
    case TemplateKind::NewPassword:
        return {Phrase::SubjectNewPassword, Phrase::NewPassword, Phrase::ButtonNewPassword,
                Phrase::Expiry, Phrase::IgnoreRequest};
    case TemplateKind::Reminder:
        return {Phrase::SubjectReminder, Phrase::Reminder, Phrase::ButtonFirstSetUp,
                Phrase::ExpiryOfReminder, Phrase::IgnoreReminder};
    }
    return {};
}

TemplateTexts write_template(TemplateKind kind, const std::string& language) {
    const auto sentences = sentences_of(kind);
    VariableValues themselves;  // Filled in with themselves, variables stay for the real values.
    for (const auto name : template_variables())
        themselves.emplace_back(name, "[[" + std::string{name} + "]]");
    MailLayout mail{language, "[[practice_name]]"};
    mail.paragraph(Phrase::Greeting, themselves);
    mail.paragraph(sentences.purpose, themselves);
    mail.paragraph(Phrase::YourUsername, themselves);
    mail.link(sentences.button, "[[link]]");
    mail.paragraph(sentences.expiry, themselves);
    mail.paragraph(sentences.ignore, themselves);
    mail.paragraph(Phrase::Questions, themselves);
    auto words = mail.finish(sentences.subject);
    return {std::move(words.subject), std::move(words.text), std::move(words.html)};
}

std::string with_line_feeds(std::string_view text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') kept += text[i];
    return kept;
}

void record_change(Transaction& transaction, std::string_view action, TemplateKind kind,
                   std::string_view language, const Actor& actor, UnixTime now) {
    record(transaction, {.action = action, .detail = template_word(kind, language)}, actor, now);
}
}  // namespace

std::string template_word(TemplateKind kind, std::string_view language) {
    std::string word;
    switch (kind) {
    case TemplateKind::FirstSetUp: word = "first_set_up "; break;
    case TemplateKind::NewPassword: word = "new_password "; break;
    case TemplateKind::Reminder: word = "reminder "; break;
    }
    return word.append(language);
}

const VariableNames& template_variables() {
    static const VariableNames names{"first_name",    "link",           "expires",
                                     "practice_name", "practice_phone", "username"};
    return names;
}

const TemplateTexts& own_template(TemplateKind kind, std::string_view language) {
    struct Own {
        TemplateTexts english{};
        TemplateTexts spanish{};
    };
    const auto write = [](TemplateKind of) {
        return Own{write_template(of, "en"), write_template(of, "es")};
    };
    static const Own first_set_up = write(TemplateKind::FirstSetUp);
    static const Own new_password = write(TemplateKind::NewPassword);
    static const Own reminder = write(TemplateKind::Reminder);
    const Own& own = kind == TemplateKind::FirstSetUp    ? first_set_up
                     : kind == TemplateKind::NewPassword ? new_password
                                                         : reminder;
    return language == "es" ? own.spanish : own.english;
}

TemplateInUse template_in_use(Connection& connection, TemplateKind kind,
                              std::string_view language) {
    if (auto replaced = find_template(connection, kind, language))
        return {*std::move(replaced), true};
    return {own_template(kind, language), false};
}

TemplateTexts with_line_feeds(const TemplateTexts& texts) {
    return {with_line_feeds(texts.subject), with_line_feeds(texts.text),
            with_line_feeds(texts.html)};
}

Result<Done> check_template(const TemplateTexts& texts) {
    const auto findings = lint_template(texts);
    if (findings.empty()) return Done{};
    const auto& first = findings.front();
    Refused refused{Refusal::Template};
    refused.field = first.part;
    refused.advice = "In the part " + first.part + ", line " + std::to_string(first.line) + ": " +
                     first.sentence;
    return refused;
}

Result<Done> set_template(Database& database, TemplateKind kind, std::string_view language,
                          const TemplateTexts& texts, const Actor& actor, UnixTime now) {
    const auto kept = with_line_feeds(texts);
    if (const auto checked = check_template(kept); !checked) return checked.refusal();
    Transaction transaction{database};
    put_template(transaction, kind, language, kept, now);
    record_change(transaction, "mail_text_replaced", kind, language, actor, now);
    transaction.commit();
    return Done{};
}

void reset_template(Database& database, TemplateKind kind, std::string_view language,
                    const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    if (!drop_template(transaction, kind, language)) return;
    record_change(transaction, "mail_text_reset", kind, language, actor, now);
    transaction.commit();
}
}  // namespace ppo
