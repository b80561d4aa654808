// SPDX-License-Identifier: Apache-2.0
#include "boundary/convert.hpp"
#include "boundary/mail_calls.hpp"
#include "invitations/mail_texts.hpp"
#include "invitations/preview_template.hpp"
#include "invitations/template_linter.hpp"

namespace ppo::calls {
namespace {
// Beyond what can be mailed, so that the linter says what is too long; but not without an end.
constexpr std::size_t longest_draft = 1024 * 1024;

bool may_change(const ppo_caller* caller) { return to_caller(caller).may(PPO_MAY_CHANGE_SETTINGS); }

TemplateKind kind_of(std::uint32_t kind) {
    if (kind < PPO_TEMPLATE_FIRST_SET_UP || kind > PPO_TEMPLATE_REMINDER)
        throw Misuse{PPO_MISUSE_VALUE, "kind", "The kind is not one of the three mails."};
    return static_cast<TemplateKind>(kind);
}

std::string language_of(ppo_text text) {
    std::string language{optional_text(text, "language", 35)};
    if (language != "en" && language != "es")
        throw Misuse{PPO_MISUSE_VALUE, "language", "The language must be en or es."};
    return language;
}

TemplateDraft draft_of(const ppo_mail_template* given) {
    const ppo_mail_template& from = filled(given, "mail_template");
    return {kind_of(from.kind),
            language_of(from.language),
            {std::string{optional_text(from.subject, "subject", longest_draft)},
             std::string{optional_text(from.text, "text", longest_draft)},
             std::string{optional_text(from.html, "html", longest_draft)}}};
}

void put_template(const ppo_mail_template_sink& sink, TemplateKind kind, std::string_view language,
                  const TemplateTexts& texts, bool replaced) {
    ppo_mail_template out{};
    out.struct_size = sizeof out;
    out.kind = static_cast<std::uint32_t>(kind);
    out.language = to_text(language);
    out.subject = to_text(texts.subject);
    out.text = to_text(texts.text);
    out.html = to_text(texts.html);
    out.replaced = replaced ? 1 : 0;
    static_cast<void>(goes_on(sink.put(sink.context, &out)));
}
}  // namespace

Outcome get_template(Instance& self, const ppo_caller* caller, std::uint32_t kind,
                     ppo_text language, const ppo_mail_template_sink* sink) {
    check_sink(sink);
    const auto which = kind_of(kind);
    const auto in = language_of(language);
    if (!may_change(caller)) return Refusal::NotPermitted;
    TemplateInUse in_use;
    {
        Reading reading{self.database()};
        in_use = template_in_use(reading, which, in);
    }
    put_template(*sink, which, in, in_use.texts, in_use.replaced);
    return PPO_OK;
}

Outcome check_template(Instance&, const ppo_caller* caller, const ppo_mail_template* mail_template,
                       const ppo_template_finding_sink* sink) {
    check_sink(sink);
    const auto draft = draft_of(mail_template);
    if (!may_change(caller)) return Refusal::NotPermitted;
    for (const auto& finding : lint_template(with_line_feeds(draft.texts))) {
        const ppo_template_finding out{sizeof out, static_cast<std::uint32_t>(finding.line),
                                       to_text(finding.part), to_text(finding.code),
                                       to_text(finding.sentence)};
        if (!goes_on(sink->put(sink->context, &out))) return PPO_STOPPED;
    }
    return PPO_OK;
}

Outcome set_template(Instance& self, const ppo_caller* caller,
                     const ppo_mail_template* mail_template) {
    const auto draft = draft_of(mail_template);
    if (!may_change(caller)) return Refusal::NotPermitted;
    const auto done = ppo::set_template(self.database(), draft.kind, draft.language, draft.texts,
                                        to_caller(caller).actor, self.now());
    if (!done) return done.refusal();
    return PPO_OK;
}

Outcome reset_template(Instance& self, const ppo_caller* caller, std::uint32_t kind,
                       ppo_text language) {
    const auto which = kind_of(kind);
    const auto in = language_of(language);
    if (!may_change(caller)) return Refusal::NotPermitted;
    ppo::reset_template(self.database(), which, in, to_caller(caller).actor, self.now());
    return PPO_OK;
}

Outcome preview_template(Instance& self, const ppo_caller* caller,
                         const ppo_mail_template* mail_template, ppo_text patient_id,
                         const ppo_mail_template_sink* sink) {
    check_sink(sink);
    const auto draft = draft_of(mail_template);
    const auto patient = optional_text(patient_id, "patient_id", 64);
    if (!may_change(caller)) return Refusal::NotPermitted;
    const auto words = ppo::preview_template(self.database(), self.practice(), draft, patient,
                                             self.now());
    if (!words) return words.refusal();
    put_template(*sink, draft.kind, draft.language, {words->subject, words->text, words->html},
                 false);
    return PPO_OK;
}

Outcome send_test_mail(Instance& self, const ppo_caller* caller,
                       const ppo_mail_template* mail_template, ppo_text recipient,
                       const ppo_mail_step_sink* sink) {
    check_sink(sink);
    const auto draft = draft_of(mail_template);
    const auto to = required_text(recipient, "recipient", 254);
    if (!may_change(caller)) return Refusal::NotPermitted;
    const auto mail = write_test_mail(self.database(), self.practice(), draft, to,
                                      to_caller(caller).actor, self.now());
    if (!mail) return mail.refusal();
    return tell_steps(self, &mail.value(), *sink);
}
}  // namespace ppo::calls
