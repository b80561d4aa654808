// SPDX-License-Identifier: Apache-2.0
// Username and password: a section of the Patient Portal tab.
#include "boundary/account_actions.hpp"
#include "boundary/tab_view.hpp"
#include "boundary/verdict.hpp"
#include "domain/refusal_sentence.hpp"
#include "ppo/people.h"

namespace ppo {
namespace {
std::string what_becomes_of_it(const Practice& practice) {
    if (practice.permanent_staff_passwords) return "It stays until somebody changes it.";
    const auto hours = practice.staff_password.count();
    const bool in_days = hours % 24 == 0 && hours > 24;
    return "It must be changed at the first sign-in, and lapses when it is not used within " +
           (in_days ? std::to_string(hours / 24) + " days." : std::to_string(hours) + " hours.");
}
}  // namespace

std::optional<ModelVerdict> TabView::username_verdict(const Account& account) const {
    if (!username_ || *username_ == account.username || username_->empty()) return std::nullopt;
    std::optional<UsernameVerdict> verdict;
    {
        Reading reading{instance().database()};
        verdict = check_username(reading, account, *username_);
    }
    return ModelVerdict{verdict->refusal ? "danger" : "success", verdict_sentence(*verdict, "en"),
                        verdict->suggestions};
}

void TabView::write_credentials(ModelWriter& model, const Picture& picture) const {
    const Account& account = picture.account;
    model.begin_section("credentials", "Username and password");
    model.text_field("username", "Patient's Username", username_.value_or(account.username),
                     "3 to 64 characters, unique in the practice. Letter case does not matter.",
                     true, username_verdict(account));
    if (caller().may(PPO_MAY_SET_PASSWORD))
        write_password(model, account);
    else
        model.note(
            "neutral",
            "You may not set passwords by hand. Send the invitation, or ask somebody who may; "
            "whoever runs the EMR gives that right.");
    model.end_section();
}

void TabView::write_password(ModelWriter& model, const Account& account) const {
    const Practice& practice = instance().practice();
    model.check("by_hand", "Manually Set Patient's Portal Password", by_hand_,
                "Tell it to the patient in person or by phone; it is never mailed. " +
                    what_becomes_of_it(practice));
    const auto bounds = words_around(practice, account, username_.value_or(account.username));
    std::optional<ModelVerdict> verdict;
    if (by_hand_ && !password_.empty()) {
        const auto refused = check_password(password_.view(), bounds);
        verdict = ModelVerdict{refused ? "danger" : "success",
                               refused ? refusal_sentence(*refused, "en") : "Good password",
                               {}};
    }
    model.password_field("password", "Portal password",
                         "At least " + std::to_string(bounds.fewest_characters) +
                             " characters; a few unrelated words are best.",
                         !password_.empty(), "by_hand", verdict);
    model.button({.id = "suggest_password",
                  .label = "Suggest a password",
                  .hint = "Made-up words that are easy to say on the phone; shown once."});
    model.button({.id = "suggest_random_password",
                  .label = "Suggest random characters",
                  .hint = "Harder to say, for writing down; shown once."});
}

Outcome TabView::suggest_password(std::string (*generate)(), Effects& effects) {
    if (!caller().may(PPO_MAY_SET_PASSWORD)) return Refusal::NotPermitted;
    const auto looked = look();
    if (!looked) return Refusal::UnknownPatient;
    const auto bounds = words_around(instance().practice(), looked->account,
                                     username_.value_or(looked->account.username));
    Secret password{generate()};
    while (check_password(password.view(), bounds)) password = Secret{generate()};
    effects.copy_text("password", password.view());
    return PPO_OK;
}

Outcome TabView::save(Effects& effects) {
    const auto looked = look();
    if (!looked) return Refusal::UnknownPatient;
    const Account& account = looked->account;
    StaffCredentials chosen;
    if (username_ && *username_ != account.username) chosen.username = *username_;
    if (by_hand_) {
        if (password_.empty()) return Refused{Refusal::PasswordMissing, "password"};
        chosen.password = password_.view();
    }
    const auto said = typed_consent(*looked);
    if (!said) return said.refusal();
    if (!chosen.username && !chosen.password) {
        if (*said) return save_consent(**said, effects);
        effects.toast(PPO_TONE_NEUTRAL, "There was nothing to save.");
        return PPO_OK;
    }
    const auto set = save_credentials(instance(), caller(), patient_id_, chosen);
    if (!set) return set.refusal();
    username_.reset();
    by_hand_ = false;
    password_ = Secret{};
    effects.toast(PPO_TONE_SUCCESS, chosen.password
                                        ? "Saved. Tell the patient the username and the password."
                                        : "The username is saved.");
    if (*said) return save_consent(**said, effects);
    effects.refresh(patient_id_);
    return PPO_OK;
}
}  // namespace ppo
