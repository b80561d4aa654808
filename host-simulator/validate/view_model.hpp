// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/practice.hpp"

#include <string>
#include <vector>

namespace ppo_validate {
struct ViewAction {
    std::string id{};
    std::string argument{};
};

/// What a user could touch in a view, read from its model.
struct ViewModel {
    std::string json{};
    std::vector<std::string> fields{};  // That take what is typed.
    std::vector<ViewAction> actions{};
    std::string flaw{};  // Why it is no model, or empty.
};

/// Renders the view and reads its model.
[[nodiscard]] ViewModel render(const Practice& practice, ppo_view* view);

struct Contribution {
    std::string view_id{};
    std::string location{};
    std::string label{};
    bool needs_patient = false;
};
/// Throws NotOffered without ppo.ui/1.
[[nodiscard]] std::vector<Contribution> contributions(const Practice& practice);

/// Throws CannotGoOn unless it opens.
[[nodiscard]] ppo_view* open_view(const Practice& practice, const Contribution& where,
                                  const std::string& patient_id = "P001");
}  // namespace ppo_validate
