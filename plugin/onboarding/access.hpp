// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/result.hpp"

#include <string_view>

namespace ppo {
class Database;

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

/// Lifts the waits after wrong birth dates on the link and wrong passwords at sign-in. Refused:
/// UnknownPatient.
Result<Done> lift_delays(Database& database, std::string_view patient_id, const Actor& actor,
                         UnixTime now);
}  // namespace ppo
