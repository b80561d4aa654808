// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torture/json.hpp"

#include <cstdint>
#include <string>

namespace ppo_torture {
class Call;
struct View;

/// The small parts of a view model, as the call's mode has them.
struct ViewWriter {
    ViewWriter(Call& the_call, View& the_view);

    Call& call;
    View& view;
    Json json;

    /// The members that each element has, into an object that is open.
    void element(const char* kind, const char* id, const char* label);
    void action(const char* id, const std::string& argument);
    void status(std::uint32_t status);
    void mark(const char* id);
    void verdict();
    void setter(const char* field, const char* value);

    [[nodiscard]] std::string tone(const char* known) const;
    /// What was typed, else something to begin with.
    [[nodiscard]] std::string value_of(const std::string& field) const;
    /// An argument of an action: odd, and where the view is restless another one each time.
    [[nodiscard]] std::string argument(const char* action) const;
    /// The id of an action as it stands in the model: odd where the mode says so.
    [[nodiscard]] std::string id_of(const char* action) const;
};
}  // namespace ppo_torture
