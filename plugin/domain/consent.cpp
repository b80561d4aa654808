// SPDX-License-Identifier: Apache-2.0
#include "domain/consent.hpp"

#include "domain/local_time.hpp"
#include "domain/portal_status.hpp"

namespace ppo {
ConsentSaid consent_of(const AccountFacts& account) {
    return {account.consent, account.consent_until};
}

bool wants_no_mail(const AccountFacts& account) {
    return account.opted_out || account.consent == Consent::DoNotMail;
}

std::optional<Refused> why_not_wanted(const AccountFacts& account, UnixTime now) {
    if (account.consent == Consent::Declined) return Refusal::Declined;
    if (account.consent_until && *account.consent_until > now)
        return Refused{Refusal::Deferred, *account.consent_until - now};
    return std::nullopt;
}

ConsentSaid merged_consent(const AccountFacts& surviving, const AccountFacts& losing,
                           UnixTime now) {
    const auto counts = [now](const AccountFacts& account) {
        return account.consent == Consent::DoNotMail || why_not_wanted(account, now);
    };
    if (losing.consent == Consent::DoNotMail || (counts(losing) && !counts(surviving)))
        return consent_of(losing);
    return consent_of(surviving);
}

std::string consent_detail(const ConsentSaid& said) {
    switch (said.consent) {
    case Consent::NothingSaid: return "none";
    case Consent::Declined: return "declined";
    case Consent::Deferred: return "deferred until=" + write_iso(said.until.value_or(UnixTime{}));
    case Consent::DoNotMail: return "do_not_mail";
    }
    return {};
}
}  // namespace ppo
