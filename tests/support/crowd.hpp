// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/temp_store.hpp"

namespace ppo {
/// Puts this many patients on file, of every status and mark and with equal sort keys among them:
/// the same ones each time.
void add_crowd(TempStore& store, int count);
}  // namespace ppo
