// SPDX-License-Identifier: Apache-2.0
#include "selfservice/take_back.hpp"

#include "store/audit_table.hpp"
#include "store/consent_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
void take_back_no(Transaction& transaction, std::vector<Account>& people, const Actor& actor,
                  UnixTime now) {
    for (auto& person : people) {
        // As it stands now: it was looked up before the transaction.
        const auto account = find_account(transaction, person.patient.id);
        if (!account) continue;
        person = *account;
        const ConsentSaid said{};
        if (!why_not_wanted(person.facts, now) || !put_consent(transaction, person, said, now))
            continue;
        record(transaction,
               {.action = "consent_changed",
                .patient_id = person.patient.id,
                .detail = consent_detail(said)},
               actor, now);
        person.facts.consent = said.consent;
        person.facts.consent_until = said.until;
    }
}
}  // namespace ppo
