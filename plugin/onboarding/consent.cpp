// SPDX-License-Identifier: Apache-2.0
#include "onboarding/consent.hpp"

#include "store/audit_table.hpp"
#include "store/consent_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
Result<ConsentSet> set_consent(Database& database, std::string_view patient_id,
                               const ConsentSaid& said, const Actor& actor, UnixTime now) {
    if (said.consent == Consent::Deferred && (!said.until || *said.until <= now))
        return Refused{Refusal::DateNotAhead, "until"};
    Transaction transaction{database};
    auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    if (!put_consent(transaction, *account, said, now)) return ConsentSet{*account, false};
    record(transaction,
           {.action = "consent_changed", .patient_id = patient_id, .detail = consent_detail(said)},
           actor, now);
    account = find_account(transaction, patient_id);
    transaction.commit();
    return ConsentSet{*account, true};
}
}  // namespace ppo
