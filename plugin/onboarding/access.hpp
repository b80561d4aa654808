// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/result.hpp"
#include "store/access_table.hpp"
#include "store/audit_table.hpp"

#include <string_view>
#include <vector>

namespace ppo {
class Database;
class Transaction;

/// An account after a change, and whether anything changed at all.
struct AccessSet {
    Account account{};
    bool changed = false;
    bool has_dead_link = false;  // A link was out, and died because access was disabled.
};

/// Enables or disables portal access. Enabling needs no e-mail: the desk route exists for patients
/// without one. Disabling kills live links at once and keeps username and password. Refused:
/// UnknownPatient.
Result<AccessSet> set_access(Database& database, std::string_view patient_id, bool enabled,
                             const Actor& actor, UnixTime now);

/// Takes an enabling back, as long as no invitation followed from it: then nothing changes, and
/// access stays enabled. Refused: UnknownPatient.
Result<AccessSet> take_back_access(Database& database, std::string_view patient_id,
                                   const Actor& actor, UnixTime now);
/// What both actions, of one patient and of many, do to patients (at most `most_together`) whose
/// access is the other way round: the flag and the status; going off, also the open link, its mail
/// and every link made before. The record is left to the caller.
void turn_access(Transaction& transaction, const std::vector<AccessRow>& patients, bool enabled,
                 UnixTime now);

/// The entry that belongs to it.
[[nodiscard]] Deed access_deed(std::string_view patient_id, bool enabled);

/// Lifts the waits after wrong birth dates on the link and wrong passwords at sign-in. Refused:
/// UnknownPatient.
Result<Done> lift_delays(Database& database, std::string_view patient_id, const Actor& actor,
                         UnixTime now);
}  // namespace ppo
