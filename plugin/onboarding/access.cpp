// SPDX-License-Identifier: Apache-2.0
#include "onboarding/access.hpp"

#include "store/account_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/invitation_table.hpp"
#include "store/patient_table.hpp"

#include <map>

namespace ppo {
Deed access_deed(std::string_view patient_id, bool enabled) {
    return {.action = enabled ? "access_enabled" : "access_disabled", .patient_id = patient_id};
}

void turn_access(Transaction& transaction, const std::vector<AccessRow>& patients, bool enabled,
                 UnixTime now) {
    std::map<PortalStatus, std::vector<std::string>> by_status;
    for (const auto& patient : patients) {
        if (!enabled)
            close_open_invitation(transaction, patient.patient_id, LinkEnd::AccessDisabled, now);
        AccountFacts facts = patient.facts;
        facts.access_enabled = enabled;
        by_status[portal_status(facts)].push_back(patient.patient_id);
    }
    put_access_of_many(transaction, by_status, enabled, now);
}

namespace {
/// The rest of the deed, and its end: the transaction is committed.
AccessSet put(Transaction& transaction, const Account& before, bool enabled, const Actor& actor,
              UnixTime now) {
    const std::string_view patient_id = before.patient.id;
    const bool has_dead_link = enabled ? last_link_end(transaction, patient_id) ==
                                             LinkEnd::AccessDisabled
                                       : open_invitation(transaction, patient_id).has_value();
    if (before.facts.access_enabled == enabled) return {before, false, false};
    turn_access(transaction, {{before.patient.id, before.facts}}, enabled, now);
    record(transaction, access_deed(patient_id, enabled), actor, now);
    const auto account = find_account(transaction, patient_id);
    transaction.commit();
    return {*account, true, has_dead_link};
}
}  // namespace

Result<AccessSet> set_access(Database& database, std::string_view patient_id, bool enabled,
                             const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    const auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    return put(transaction, *account, enabled, actor, now);
}

Result<AccessSet> take_back_access(Database& database, std::string_view patient_id,
                                   const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    const auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    // While access was off no link could be out: one that is now was sent since, perhaps by others.
    if (open_invitation(transaction, patient_id)) return AccessSet{*account, false, false};
    return put(transaction, *account, false, actor, now);
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
