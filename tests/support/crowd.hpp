// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"
#include "support/temp_store.hpp"

#include <random>

namespace ppo {
/// Puts this many patients on file, of every status and mark and with equal sort keys among them:
/// the same ones each time.
void add_crowd(TempStore& store, int count);

/// One of very many filters, most of which find somebody of a crowd.
[[nodiscard]] ReportQuery random_query(std::mt19937& dice);
}  // namespace ppo
