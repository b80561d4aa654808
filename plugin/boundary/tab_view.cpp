// SPDX-License-Identifier: Apache-2.0
#include "boundary/tab_view.hpp"

#include "boundary/account_actions.hpp"
#include "boundary/history_words.hpp"
#include "boundary/mending.hpp"
#include "boundary/misuse.hpp"
#include "boundary/verdict.hpp"
#include "credentials/password_generator.hpp"
#include "domain/local_time.hpp"
#include "domain/refusal_sentence.hpp"
#include "ppo/people.h"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
ModelAction toggle_action(bool enabled) {
    if (!enabled) return {.id = "set_access", .label = "Enable portal access", .argument = "1"};
    return {.id = "set_access",
            .label = "Disable portal access",
            .argument = "0",
            .confirm =
                "Disable portal access? Links that are out stop working and the patient cannot "
                "sign in.",
            .tone = "danger"};
}

std::string_view mail_tone(MailState state) {
    switch (state) {
    case MailState::Failed:
    case MailState::Bounced: return "danger";
    case MailState::Deferred:
    case MailState::Unknown: return "warning";
    case MailState::None:
    case MailState::Queued:
    case MailState::Sent:
    case MailState::Cancelled: return {};
    }
    return {};
}

std::string_view mail_words(MailState state) {
    switch (state) {
    case MailState::None: return "never invited";
    case MailState::Queued: return "queued";
    case MailState::Sent: return "sent: the mail server took it";
    case MailState::Deferred: return "deferred: it is tried again";
    case MailState::Failed: return "failed: the mail server refused it";
    case MailState::Unknown:
        return "outcome unknown: the connection was lost, it may have been sent";
    case MailState::Cancelled: return "cancelled before it left";
    case MailState::Bounced: return "bounced: the mail came back";
    }
    return {};
}
}  // namespace

std::optional<TabView::Picture> TabView::look() const {
    Picture picture;
    picture.now = instance().now();
    Reading reading{instance().database()};
    auto account = find_account(reading, patient_id_);
    if (!account) return std::nullopt;  // The chart has gone since the tab was opened.
    picture.account = std::move(*account);
    picture.mail = last_mail_to(reading, patient_id_);
    picture.history = latest_audit(reading, patient_id_, shown_history_ + 1);  // One to look ahead.
    picture.has_older = static_cast<std::int64_t>(picture.history.size()) > shown_history_;
    if (picture.has_older) picture.history.pop_back();
    return picture;
}

std::string TabView::shown(std::optional<UnixTime> time) const {
    return time ? write_local_time(*time, instance().practice().time_zone, "en")
                : std::string{"never"};
}

Result<std::string> TabView::render() {
    const auto looked = look();
    if (!looked) return Refusal::UnknownPatient;
    const Picture& picture = *looked;
    ModelWriter model{tab_view_id, revision(), "Patient Portal"};
    model.patient(patient_id_);
    model.begin_sections();
    write_access(model, picture);
    write_credentials(model, picture);
    write_invitation(model, picture);
    write_consent(model, picture);
    write_history(model, picture);
    return model.finish({{.id = "save", .label = "Edit Patient", .primary = true}});
}

void TabView::write_access(ModelWriter& model, const Picture& picture) const {
    const Account& account = picture.account;
    const auto passing = passing_marks(account.facts, picture.now);
    model.begin_section("access", "Portal access");
    model.status("Portal status", account.status, Marks{account.marks.bits() | passing.bits()},
                 toggle_action(account.facts.access_enabled));
    write_reasons(model, account, {}, picture.now);
    write_facts(model, picture);
    model.end_section();
}

std::string TabView::mail_sentence(MailState state, const std::optional<QueuedMail>& mail,
                                   UnixTime now) const {
    if (mail && mail->in_hand(now)) return "sending: it is on its way to the mail server";
    std::string sentence{mail_words(state)};
    if (!mail) return sentence;
    if (!mail->reason.empty()) sentence += ". " + mail->reason;
    const bool is_tried_again = state == MailState::Deferred || state == MailState::Unknown;
    if (is_tried_again && mail->next_try_at)
        sentence += (sentence.back() == '.' ? " Next try: " : ". Next try: ") +
                    shown(mail->next_try_at) + ".";
    return sentence;
}

void TabView::write_facts(ModelWriter& model, const Picture& picture) const {
    const Account& account = picture.account;
    model.fact("E-mail on file", account.patient.email.empty() ? "none" : account.patient.email);
    model.fact("Last invited", shown(account.last_invited_at));
    model.fact("Invitation mail",
               mail_sentence(account.facts.mail_state, picture.mail, picture.now),
               mail_tone(account.facts.mail_state));
    if (account.facts.link_expires_at)
        model.fact(
            *account.facts.link_expires_at > picture.now ? "Link works until" : "Link expired",
            shown(account.facts.link_expires_at));
    model.fact("Last sign-in", shown(account.last_signed_in_at));
    if (const auto& lapses = account.facts.password_lapses_at; account.has_password && lapses)
        model.fact(*lapses > picture.now ? "Password set by staff works until"
                                         : "Password set by staff lapsed",
                   shown(lapses));
}

void TabView::write_invitation(ModelWriter& model, const Picture& picture) const {
    const auto refusal = why_not_invitable(picture.account.facts, picture.now);
    model.begin_section("invitation", "Invitation");
    model.note("neutral",
               "The mail carries a link by which the patient sets a username, if none is on file, "
               "and a password. "
               "Make sure that only the patient reads this mailbox.");
    model.button({.id = "send_invitation",
                  .label = "Send invitation/reset email",
                  .reason = refusal ? refusal_sentence(*refusal, "en") : std::string{}});
    const auto& expires = picture.account.facts.link_expires_at;
    if (expires && *expires > picture.now)
        model.button(
            {.id = "withdraw",
             .label = "Withdraw the link",
             .confirm = "Withdraw the link? The patient needs a new invitation afterwards.",
             .tone = "danger"});
    model.end_section();
}

void TabView::write_history(ModelWriter& model, const Picture& picture) const {
    model.begin_section("history", "History", true);
    model.begin_element("history");
    model.text("label", "What happened, newest first");
    model.begin_list("items");
    for (const auto& entry : picture.history) {
        model.begin_object();
        model.text("at", shown(entry.at));
        model.text("text", history_sentence(entry));
        model.text("who", history_actor(entry));
        model.end_object();
    }
    model.end_list();
    model.end_element();
    if (picture.has_older)
        model.button({.id = "show_older", .label = "Show older entries"});
    else
        model.note("neutral", picture.history.empty() ? "Nothing has happened yet."
                                                      : "There is nothing older on record.");
    model.end_section();
}

Outcome TabView::edit(std::string_view field, std::string_view value) {
    const bool of_password = field == "by_hand" || field == "password";
    if (of_password && !caller().may(PPO_MAY_SET_PASSWORD)) return Refusal::NotPermitted;
    if (field == "username")
        username_ = value;
    else if (field == "by_hand")
        by_hand_ = value == "1";
    else if (field == "password")
        password_ = Secret{value};
    else if (!edit_consent(field, value))
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "field_id", "There is no such field in this view."};
    changed();
    return PPO_OK;
}

Outcome TabView::invoke(std::string_view action, std::string_view argument, Effects& effects) {
    changed();
    if (action == "set_access") return toggle(argument, effects);
    if (action == "save") return save(effects);
    if (action == "show_older") {
        shown_history_ += history_page;
        effects.refresh(patient_id_);
        return PPO_OK;
    }
    if (action == "set_consent") {
        if (argument != "none")
            throw Misuse{PPO_MISUSE_VALUE, "argument", "The argument must be none."};
        return save_consent({}, effects);
    }
    if (action == "suggest_password") return suggest_password(&generate_password, effects);
    if (action == "suggest_random_password")
        return suggest_password(&generate_random_password, effects);
    if (is_mending_action(action)) {
        const bool is_of_another = action.substr(0, 5) == "undo_" && argument != patient_id_;
        if (is_of_another)
            throw Misuse{PPO_MISUSE_VALUE, "argument", "The argument must be this patient's id."};
        return mend(*this, action, patient_id_, effects);
    }
    if (action != "withdraw")
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "action_id", "There is no such action in this view."};
    const auto done = withdraw_invitation(instance(), caller(), patient_id_);
    if (!done) return done.refusal();
    effects.toast(PPO_TONE_SUCCESS, "The link is withdrawn.");
    effects.refresh(patient_id_);
    return PPO_OK;
}

Outcome TabView::toggle(std::string_view argument, Effects& effects) {
    if (argument != "0" && argument != "1")
        throw Misuse{PPO_MISUSE_VALUE, "argument", "The argument must be 0 or 1."};
    return toggle_access(*this, patient_id_, argument == "1", effects);
}
}  // namespace ppo
