// SPDX-License-Identifier: Apache-2.0
#include "invitations/invitation_mail.hpp"

#include "domain/local_time.hpp"
#include "invitations/mail_layout.hpp"
#include "invitations/mail_texts.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace ppo {
namespace {
/// "en" or "es" where we write that language.
std::optional<std::string> spoken_language(std::string_view name) {
    std::string lower{name.substr(0, name.find_first_of("-_ ,;"))};
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto* spanish : {"es", "spa", "spanish", "español", "espanol", "castellano"})
        if (lower == spanish) return "es";
    for (const auto* english : {"en", "eng", "english"})
        if (lower == english) return "en";
    return std::nullopt;
}

std::string own_language(std::string_view language) { return mail_language(language, "en"); }

/// Nobody's name is a web address; one that looks like it must not become a second link.
std::string plain_name(std::string_view name) {
    std::string plain{name};
    std::replace_if(
        plain.begin(), plain.end(),
        [](char c) { return std::string_view{":/\\@"}.find(c) != std::string_view::npos; }, ' ');
    return plain;
}

VariableValues values_of(const PracticeWords& practice) {
    return {{"practice_name", practice.name}, {"practice_phone", practice.phone}};
}

VariableValues values_of(const PracticeWords& practice, const LinkWords& link,
                         const std::string& language) {
    return {{"practice_name", practice.name},
            {"practice_phone", practice.phone},
            {"first_name", plain_name(link.first_name)},
            {"username", link.username},
            {"link", link.url},
            {"expires", write_local_time(link.expires_at, practice.time_zone, language)}};
}

void close_with_phone(MailLayout& mail, const PracticeWords& practice) {
    mail.paragraph(practice.phone.empty() ? Phrase::QuestionsWithoutPhone : Phrase::Questions,
                   values_of(practice));
}

Phrase button_of(const LinkWords& link) {
    return link.is_first_set_up ? Phrase::ButtonFirstSetUp : Phrase::ButtonNewPassword;
}

/// What a notice is made of: what happened, what to do if it was you, whom to call if not.
struct NoticePhrases {
    Phrase subject = Phrase::SubjectPasswordChanged;
    Phrase event = Phrase::PasswordChanged;
    Phrase if_you = Phrase::NoticeWasYou;
    Phrase call = Phrase::NoticeCall;
    Phrase call_without_phone = Phrase::NoticeCallWithoutPhone;
};

NoticePhrases phrases_of(Notice notice) {
    NoticePhrases says;
    switch (notice) {
    case Notice::PasswordChanged: break;
    case Notice::UsernameChanged:
        says.subject = Phrase::SubjectUsernameChanged;
        says.event = Phrase::UsernameChanged;
        break;
    case Notice::EmailChanged:
        says = {Phrase::SubjectEmailChanged, Phrase::EmailChanged, Phrase::NoticeAsked,
                Phrase::NoticeAskedCall, Phrase::NoticeAskedCallWithoutPhone};
        break;
    case Notice::SignInTrouble:
        says.subject = Phrase::SubjectSignInTrouble;
        says.event = Phrase::SignInTrouble;
        says.if_you = Phrase::SignInTroubleWasYou;
        break;
    case Notice::PasswordDisabled:
        says.subject = Phrase::SubjectPasswordDisabled;
        says.event = Phrase::PasswordDisabled;
        says.if_you = Phrase::PasswordDisabledWasYou;
        break;
    }
    return says;
}

void require_people(const std::vector<LinkWords>& people) {
    if (people.empty()) throw std::logic_error{"a mail for nobody"};
}
}  // namespace

std::string mail_language(std::string_view patient_language, std::string_view practice_language) {
    if (auto language = spoken_language(patient_language)) return *language;
    return spoken_language(practice_language).value_or("en");
}

MailWords write_invitation_mail(const PracticeWords& practice, const LinkWords& link,
                                const TemplateTexts& texts, std::string_view language) {
    const std::string own = own_language(language);
    const auto values = values_of(practice, link, own);
    const auto fill = [&](MailPart part, const std::string& text) {
        const auto lines = link.username.empty() ? without_lines_naming("username", text) : text;
        return MailTemplate{part, lines, template_variables()}.fill(values);
    };
    return {.subject = fill(MailPart::Text, texts.subject),
            .text = fill(MailPart::Text, texts.text),
            .html = fill(MailPart::Html, texts.html),
            .language = own};
}

MailWords write_shared_mail(const PracticeWords& practice, const std::vector<LinkWords>& links,
                            std::string_view language) {
    require_people(links);
    const std::string own = own_language(language);
    MailLayout mail{own, practice.name};
    mail.paragraph(Phrase::GreetingToSeveral, values_of(practice));
    mail.paragraph(Phrase::SeveralLinks, values_of(practice));
    for (const auto& link : links) {
        const auto values = values_of(practice, link, own);
        mail.heading(Phrase::LinkOfPerson, values);
        if (!link.username.empty()) mail.paragraph(Phrase::UsernameOfPerson, values);
        mail.link(button_of(link), link.url);
        mail.paragraph(Phrase::ExpiryOfSeveral, values);
    }
    mail.paragraph(Phrase::IgnoreRequest, values_of(practice));
    close_with_phone(mail, practice);
    const auto is_first = [](const LinkWords& link) { return link.is_first_set_up; };
    if (std::all_of(links.begin(), links.end(), is_first))
        return mail.finish(Phrase::SubjectFirstSetUp);
    return mail.finish(std::none_of(links.begin(), links.end(), is_first)
                           ? Phrase::SubjectNewPassword
                           : Phrase::SubjectSeveralLinks);
}

MailWords write_username_mail(const PracticeWords& practice, const std::vector<LinkWords>& people,
                              std::string_view language) {
    require_people(people);
    const std::string own = own_language(language);
    const bool is_one = people.size() == 1;
    MailLayout mail{own, practice.name};
    mail.paragraph(is_one ? Phrase::Greeting : Phrase::GreetingToSeveral,
                   values_of(practice, people.front(), own));
    mail.paragraph(Phrase::UsernameReminder, values_of(practice));
    for (const auto& person : people) {
        const bool has_username = !person.username.empty();
        if (is_one)
            mail.paragraph(has_username ? Phrase::YourUsername : Phrase::NoUsernameYet,
                           values_of(practice, person, own));
        else
            mail.paragraph(has_username ? Phrase::UsernameOfPerson : Phrase::NoUsernameYetOfPerson,
                           values_of(practice, person, own));
    }
    mail.paragraph(Phrase::IgnoreRequest, values_of(practice));
    close_with_phone(mail, practice);
    return mail.finish(Phrase::SubjectUsername);
}

MailWords write_notice_mail(const PracticeWords& practice, Notice notice,
                            std::string_view first_name, std::string_view language) {
    const auto says = phrases_of(notice);
    MailLayout mail{own_language(language), practice.name};
    mail.paragraph(Phrase::Greeting, {{"first_name", plain_name(first_name)}});
    mail.paragraph(says.event, values_of(practice));
    mail.paragraph(says.if_you, {});
    mail.paragraph(practice.phone.empty() ? says.call_without_phone : says.call,
                   values_of(practice));
    return mail.finish(says.subject);
}
}  // namespace ppo
