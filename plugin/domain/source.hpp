// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace ppo {
/// Whose tries are counted together, out of a visitor's network address: IPv4 whole, also where it
/// is written as IPv6; of IPv6 the first 64 bits, which one household or phone changes the rest of
/// at will. Two spellings of one address give the same text. What is no address stays as it is.
[[nodiscard]] std::string source_of(std::string_view address);
}  // namespace ppo
