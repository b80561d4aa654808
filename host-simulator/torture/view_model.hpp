// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo_torture {
class Call;
struct View;

inline constexpr const char* report_view = "onboarding.report";
inline constexpr const char* tab_view = "patient.portal";
inline constexpr const char* zoo_view = "torture.zoo";

/// What the view shows now, as JSON of the schema ppo.view/1.
[[nodiscard]] std::string model_of(Call& call, View& view);
}  // namespace ppo_torture
