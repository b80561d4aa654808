// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace ppo {
/// Every "no" of the product. Each has one code and one sentence; the boundary maps it to
/// PPO_REFUSED_*.
enum class Refusal {
    NotPermitted,
    UnknownPatient,
    AccessNotEnabled,
    ChartInactive,
    ChartDeceased,
    NoEmail,
    InvalidEmail,
    OptedOut,
    CoolingDown,
    NoOpenInvitation,
    TooManyMails,
    AlreadySignedIn,
    ChartUnreadable,
    UsernameTooShort,
    UsernameTooLong,
    UsernameCharacters,
    UsernameReserved,
    UsernameTaken,
    UsernameMissing,
    UsernameOnFile,
    PasswordTooShort,
    PasswordTooLong,
    PasswordGuessable,
    PasswordCharacters,
    PasswordMissing,
    LinkUnknown,
    LinkUsed,
    LinkExpired,
    LinkReplaced,
    LinkAccessDisabled,
    LinkEmailChanged,
    LinkCredentialsChanged,
    LinkWithdrawn,
    LinkRestored,
    IdentityMismatch,
    IdentityWait,
    SignIn,
    FieldEmpty,
    InvalidBirthDate,
    InvalidPostalCode,
    Busy,
    StaleCursor,
    UnknownBatch,
    BatchState,
    BatchEmpty,
    Template,
    NotADeliveryReport,
    UnknownMail,
    PasswordUnchanged,
    Declined,
    Deferred,
    DateNotAhead,
    TooManyTries,
    TooManyViews,
    UnknownSavedView,
    ViewName,
};

/// A refusal with what the person in front of the screen needs to go on.
struct Refused {
    Refusal reason = Refusal::NotPermitted;
    std::chrono::milliseconds retry_after{0};  // How long to wait; 0 = not known.
    std::string field{};                       // The form field meant; empty if none.
    std::string advice{};     // What would help, appended to the sentence; may be empty.
    std::string advice_es{};  // The same in Spanish; empty = there is English only.
    int least = 0;  // The figure of the sentence that the practice's profile sets; 0 = none.

    Refused(Refusal why) : reason{why} {}  // NOLINT: a bare Refusal is a Refused.
    Refused(Refusal why, std::chrono::milliseconds wait) : reason{why}, retry_after{wait} {}
    Refused(Refusal why, std::string which) : reason{why}, field{std::move(which)} {}
};
}  // namespace ppo
