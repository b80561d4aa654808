// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "invitations/mail_template.hpp"

#include <string_view>
#include <vector>

namespace ppo {
/// Every sentence of our mails. Each is plain text with [[variables]]; the HTML part shows the
/// same.
enum class Phrase {
    SubjectFirstSetUp,
    SubjectNewPassword,
    SubjectReminder,
    SubjectSeveralLinks,
    SubjectUsername,
    SubjectPasswordChanged,
    SubjectUsernameChanged,
    Greeting,
    GreetingToSeveral,
    Invite,
    NewPassword,
    Reminder,
    YourUsername,
    SeveralLinks,
    LinkOfPerson,
    UsernameOfPerson,
    ButtonFirstSetUp,
    ButtonNewPassword,
    CopyAddress,
    Expiry,
    ExpiryOfSeveral,
    ExpiryOfReminder,
    IgnoreInvitation,
    IgnoreRequest,
    IgnoreReminder,
    UsernameReminder,
    NoUsernameYet,
    NoUsernameYetOfPerson,
    PasswordChanged,
    UsernameChanged,
    NoticeWasYou,
    NoticeCall,
    NoticeCallWithoutPhone,
    Questions,
    QuestionsWithoutPhone,
    SubjectEmailChanged,
    SubjectSignInTrouble,
    SubjectPasswordDisabled,
    EmailChanged,
    SignInTrouble,
    PasswordDisabled,
    NoticeAsked,
    NoticeAskedCall,
    NoticeAskedCallWithoutPhone,
    SignInTroubleWasYou,
    PasswordDisabledWasYou,
};

/// The sentence in "es" or, for every other language, in English.
[[nodiscard]] std::string_view phrase(Phrase which, std::string_view language);

[[nodiscard]] const std::vector<Phrase>& all_phrases();

/// What a phrase may name.
[[nodiscard]] const VariableNames& phrase_variables();
}  // namespace ppo
