// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"

#include <string>

namespace ppo {
/// Who visits the portal, as far as the portal knows.
struct Visitor {
    std::string from{};  // Network address.
    std::string language{};
};

/// The visitor as the actor of an audit entry; the id is known once a link or a sign-in says who it
/// is.
[[nodiscard]] inline Actor actor_of(const Visitor& visitor, const std::string& patient_id) {
    return {Actor::Kind::Patient, patient_id, visitor.from};
}
}  // namespace ppo
