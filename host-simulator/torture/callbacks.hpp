// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ppo_torture {
class Call;

/// Calls the host in every way that a call may.
void call_back(Call& call);
}  // namespace ppo_torture
