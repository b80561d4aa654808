// SPDX-License-Identifier: Apache-2.0
#include "onboarding/access.hpp"

#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/invitation_table.hpp"
#include "store/patient_table.hpp"

namespace ppo {
Result<AccessSet> set_access(Database& database, std::string_view patient_id, bool enabled,
                             const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    if (!put_access(transaction, patient_id, enabled, now)) return AccessSet{*account, false};
    if (!enabled) {
        close_open_invitation(transaction, patient_id, LinkEnd::AccessDisabled, now);
        raise_security_epoch(transaction, patient_id);
    }
    restate(transaction, patient_id);
    record(transaction,
           {.action = enabled ? "access_enabled" : "access_disabled", .patient_id = patient_id},
           actor, now);
    account = find_account(transaction, patient_id);
    transaction.commit();
    return AccessSet{*account, true};
}

Result<Done> lift_delays(Database& database, std::string_view patient_id, const Actor& actor,
                         UnixTime now) {
    Transaction transaction{database};
    const auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    if (const auto open = open_invitation(transaction, patient_id))
        put_wrong_answer(transaction, open->id, 0, std::nullopt);
    forget_failures(transaction, patient_id);
    put_locked_until(transaction, patient_id, std::nullopt);
    restate(transaction, patient_id);
    record(transaction, {.action = "delays_lifted", .patient_id = patient_id}, actor, now);
    transaction.commit();
    return Done{};
}
}  // namespace ppo
