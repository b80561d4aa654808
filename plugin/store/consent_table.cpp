// SPDX-License-Identifier: Apache-2.0
#include "store/consent_table.hpp"

#include "store/account_table.hpp"
#include "store/database.hpp"
#include "store/invitation_table.hpp"

namespace ppo {
bool put_consent(Transaction& transaction, const Account& account, const ConsentSaid& said,
                 UnixTime now) {
    AccountFacts facts = account.facts;
    if (said == consent_of(facts)) return false;
    const auto& id = account.patient.id;
    facts.consent = said.consent;
    facts.consent_until = said.until;
    transaction.connection().run(
        "UPDATE patient SET consent = $1, consent_until = $2 WHERE practice = :practice AND "
        "patient_id = $3",
        static_cast<int>(said.consent), said.until, id);
    if (wants_no_mail(facts) || why_not_wanted(facts, now))
        close_open_invitation(transaction, id, LinkEnd::Withdrawn, now);
    restate(transaction, id);
    return true;
}
}  // namespace ppo
