// SPDX-License-Identifier: Apache-2.0
#include "selfservice/mail_choice.hpp"

#include "domain/consent.hpp"
#include "selfservice/session.hpp"
#include "store/audit_table.hpp"
#include "store/consent_table.hpp"
#include "store/database.hpp"

namespace ppo {
Result<MailChoice> get_mail_choice(Database& database, std::string_view patient_id) {
    Reading reading{database};
    const auto account = open_account(reading, patient_id);
    if (!account) return Refusal::SignIn;
    return MailChoice{account->facts.consent != Consent::DoNotMail, account->facts.opted_out};
}

Result<Done> set_mail_choice(Database& database, std::string_view patient_id, bool mail_me,
                             const Visitor& visitor, UnixTime now) {
    const ConsentSaid said{mail_me ? Consent::NothingSaid : Consent::DoNotMail, {}};
    Transaction transaction{database};
    const auto account = open_account(transaction, patient_id);
    if (!account) return Refusal::SignIn;
    if (!put_consent(transaction, *account, said, now)) return Done{};
    const auto& id = account->patient.id;
    record(transaction,
           {.action = "consent_changed", .patient_id = id, .detail = consent_detail(said)},
           actor_of(visitor, id), now);
    transaction.commit();
    return Done{};
}
}  // namespace ppo
