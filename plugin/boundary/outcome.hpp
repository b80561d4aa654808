// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/result.hpp"
#include "ppo/results.h"

#include <optional>
#include <string>

namespace ppo {
/// What a slot answers when nothing broke: a good result or a refusal. Misuse and faults are
/// exceptions.
class Outcome {
public:
    Outcome(ppo_result good) : good_{good} {}                   // NOLINT: PPO_OK is an outcome.
    Outcome(Refused refused) : refused_{std::move(refused)} {}  // NOLINT: so is a refusal.
    Outcome(Refusal reason) : refused_{Refused{reason}} {}      // NOLINT: and a bare one.

    /// In which language a refusal's sentence is wanted; empty = English.
    Outcome in(std::string language) && {
        language_ = std::move(language);
        return std::move(*this);
    }

    [[nodiscard]] ppo_result good() const { return good_; }
    [[nodiscard]] const std::optional<Refused>& refused() const { return refused_; }
    [[nodiscard]] const std::string& language() const { return language_; }

private:
    ppo_result good_ = PPO_OK;
    std::optional<Refused> refused_{};
    std::string language_{};
};
}  // namespace ppo
