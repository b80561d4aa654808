// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refusal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
/// The stable code of a refusal: "refused_no_email". It stands in ppo_error and in the audit.
[[nodiscard]] std::string_view refusal_code(Refusal reason);

/// The refusal that has this code; nothing if none has.
[[nodiscard]] std::optional<Refusal> refusal_with(std::string_view code);

/// The one plain sentence of a refusal, with its wait and advice if it has them. English or
/// Spanish.
[[nodiscard]] std::string refusal_sentence(const Refused& refused, std::string_view language);

/// "2 minutes", "45 seconds": rounded up, so that waiting that long is enough.
[[nodiscard]] std::string in_words(std::chrono::milliseconds wait, std::string_view language);
}  // namespace ppo
