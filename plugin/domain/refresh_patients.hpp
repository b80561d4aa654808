// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace ppo {
/// Reads these patients again from the host, before they are judged or mailed and outside any
/// transaction.
/// Answers whose chart could not be read while others' could; may do nothing. Throws when the
/// directory itself fails.
using RefreshPatients = std::function<std::set<std::string>(
    const std::vector<std::string>& patient_ids)>;
}  // namespace ppo
