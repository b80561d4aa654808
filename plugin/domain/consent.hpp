// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refusal.hpp"
#include "domain/unix_time.hpp"

#include <optional>
#include <string>

namespace ppo {
struct AccountFacts;

/// What a patient said about the portal. The numbers are stored and cross the ABI.
enum class Consent {
    NothingSaid = 0,
    Declined = 1,   // Wants no portal account: is not invited any more.
    Deferred = 2,   // Wants to be asked again later: is not invited before that day.
    DoNotMail = 3,  // Wants no mail at all from the portal: somebody else may read the mailbox.
};

/// The same with its day; only Deferred has one.
struct ConsentSaid {
    Consent consent = Consent::NothingSaid;
    std::optional<UnixTime> until{};

    bool operator==(const ConsentSaid&) const = default;
};
[[nodiscard]] ConsentSaid consent_of(const AccountFacts& account);

/// True if nothing may be mailed, whatever it is: the chart says so, or the patient.
[[nodiscard]] bool wants_no_mail(const AccountFacts& account);

/// Why the patient is not to be invited now: Declined, or Deferred with the time that is left.
/// Other mails, such as word of a changed password, may leave.
[[nodiscard]] std::optional<Refused> why_not_wanted(const AccountFacts& account, UnixTime now);

/// What holds once two charts became one: the surviving one's own word, the losing one's if it has
/// none that still counts. Do not mail is never lost.
[[nodiscard]] ConsentSaid merged_consent(const AccountFacts& surviving, const AccountFacts& losing,
                                         UnixTime now);

/// For the record: "none", "declined", "deferred until=2026-05-01T00:00:00Z", "do_not_mail".
[[nodiscard]] std::string consent_detail(const ConsentSaid& said);
}  // namespace ppo
