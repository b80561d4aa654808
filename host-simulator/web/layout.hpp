// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/html.hpp"
#include "web/http.hpp"

#include <string>
#include <vector>

namespace ppo_sim {
/// A sentence at the top of the next page, or in the corner if our script shows it.
struct Toast {
    std::string tone = "neutral";  // As in the schema.
    std::string text{};
    std::string undo{};        // What its button posts as "undo"; empty = it has none.
    std::string undo_label{};  // What the button says.
    std::string undo_url{};    // The view that it belongs to.
    std::string csrf{};        // For that post.
};

/// One of the three places: what its pages have around their content.
struct Frame {
    std::string place{};  // Class of the body: "emr", "portal", "mail", "home".
    std::string site{};   // Name in the header.
    std::string home = "/";
    std::string header{};  // HTML inside the header, right of the name.
    std::string footer{};
    std::vector<Toast> toasts{};
    std::string copy_text{};  // Text that the plugin offers for copying; empty = none.
};

/// A whole page. `main` is HTML.
[[nodiscard]] std::string page(const Frame& frame, const std::string& title,
                               const std::string& main);

/// Toasts and the text to copy, as our script and the page without script both show them.
[[nodiscard]] std::string messages(const Frame& frame);

/// "There is a problem": what is wrong, with links to the fields; takes the focus when the page
/// opens.
struct Problem {
    std::string field{};  // Id of the input; may be empty.
    std::string text{};
};
[[nodiscard]] std::string error_summary(const std::vector<Problem>& problems);

/// An input with its label, hint and problem, for the host's own forms.
struct Input {
    std::string name{};
    std::string label{};
    std::string type = "text";
    std::string value{};
    std::string hint{};
    std::string autocomplete = "off";
    std::string problem{};
    std::string verdict{};  // HTML in place of the problem, such as "available".
    bool live = false;      // Our script asks the server for a verdict while somebody types.
};
void input_field(Html& out, const Input& input);
}  // namespace ppo_sim
