// SPDX-License-Identifier: Apache-2.0
#include "selfservice/mail_choice.hpp"

#include "domain/consent.hpp"
#include "store/audit_table.hpp"
#include "store/consent_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
/// Whoever is signed in stays so only while the account is open.
std::optional<Account> open_account(Connection& connection, std::string_view patient_id) {
    auto account = find_account(connection, patient_id);
    if (!account || !account->facts.access_enabled || !may_use_portal(account->facts.chart_status))
        return std::nullopt;
    return account;
}
}  // namespace

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
