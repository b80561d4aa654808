// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo {
/// A text as one cell of a CSV file. A spreadsheet must show a name such as "=cmd()" and never run
/// it (OWASP: CSV injection).
[[nodiscard]] std::string csv_cell(const std::string& value);
}  // namespace ppo
