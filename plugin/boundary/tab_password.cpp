// SPDX-License-Identifier: Apache-2.0
// The password by hand: a part of the Patient Portal tab, for those who may.
#include "boundary/tab_view.hpp"
#include "credentials/set_credentials.hpp"
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

void TabView::write_password(ModelWriter& model, const Account& account) const {
    if (!caller().may(PPO_MAY_SET_PASSWORD))
        return model.note(
            "neutral",
            "You may not set passwords by hand. Send the invitation, or ask somebody who may; "
            "whoever runs the EMR gives that right.");
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
}  // namespace ppo
