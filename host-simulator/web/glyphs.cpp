// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

#include <array>
#include <utility>

namespace ppo_sim {
namespace {
#define PPO_SIM_DRAWING(path)                                                                    \
    "<svg class=\"glyph\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\"><path " \
    "d=\"" path "\"/></svg>"

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> drawings{{
    {"check", PPO_SIM_DRAWING("M3 8.5l3.2 3.3L13 4.8")},
    {"cross", PPO_SIM_DRAWING("M4 4l8 8M12 4l-8 8")},
    {"envelope", PPO_SIM_DRAWING("M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5")},
    {"circle", PPO_SIM_DRAWING("M8 3a5 5 0 1 0 .01 0z")},
    {"warning", PPO_SIM_DRAWING("M8 2.5l6.2 11H1.8zM8 7v3M8 11.6v.4")},
    {"pencil", PPO_SIM_DRAWING("M3 13l.7-3L11 2.7l2.3 2.3L6 12.3zM9.5 4.2l2.3 2.3")},
    {"key", PPO_SIM_DRAWING("M5.5 8a2.5 2.5 0 1 0-.01 0M7.3 9.2L13 9.2M11 9.2v2.3")},
    {"close", PPO_SIM_DRAWING("M4 4l8 8M12 4l-8 8")},
}};
#undef PPO_SIM_DRAWING
}  // namespace

std::string_view glyph(std::string_view shape) {
    for (const auto& [name, drawing] : drawings) {
        if (name == shape) return drawing;
    }
    return {};
}
}  // namespace ppo_sim
