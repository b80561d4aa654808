// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/consent.hpp"
#include "domain/result.hpp"

#include <string_view>

namespace ppo {
class Database;

/// An account after it, and whether anything changed at all.
struct ConsentSet {
    Account account{};
    bool changed = false;
};

/// Notes on the patient's word what the patient wants. Access, username and password stay as they
/// are. Refused: DateNotAhead if it is deferred until a moment that is not ahead, UnknownPatient.
Result<ConsentSet> set_consent(Database& database, std::string_view patient_id,
                               const ConsentSaid& said, const Actor& actor, UnixTime now);
}  // namespace ppo
