// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/username_check.hpp"
#include "ppo/onboarding.h"

#include <string>
#include <string_view>

namespace ppo {
/// "Available", or the reason why not.
[[nodiscard]] std::string verdict_sentence(const UsernameVerdict& verdict,
                                           std::string_view language);

/// Gives a verdict on a username to the host.
void put_verdict(const UsernameVerdict& verdict, std::string_view language,
                 const ppo_username_verdict_sink& sink);
}  // namespace ppo
