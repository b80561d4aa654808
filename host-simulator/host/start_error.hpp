// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/answer.hpp"
#include "host/plugin.hpp"

#include <utility>

namespace ppo_sim {
/// `create` said no. The answer names the setting in `field` if it was one.
class StartError : public PluginError {
public:
    explicit StartError(Answer answer)
        : PluginError{"the plugin cannot start: " + answer.message +
                      (answer.field.empty() ? "" : " (" + answer.field + ")") + " [" + answer.code +
                      "]"},
          answer_{std::move(answer)} {}

    [[nodiscard]] const Answer& answer() const { return answer_; }

private:
    Answer answer_{};
};
}  // namespace ppo_sim
