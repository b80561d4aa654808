// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace ppo_torture {
/// What one call does beside its work. The words are the modes of docs/torture.md.
enum class Mode : std::uint32_t {
    Plain,
    Tails,
    Unknown,
    Long,
    Empty,
    Unicode,
    Markup,
    Errors,
    Pieces,
    Extremes,
    NoRows,
    Stopped,
    Callbacks,
    Restless,
    Effects,
    Closing,
    More,
    Strangers,
};

/// The modes of one instance, from PPO_TORTURE or from a practice's name that begins "torture:".
class Modes {
public:
    /// Throws std::invalid_argument that names the word which is none.
    [[nodiscard]] static Modes parse(const std::string& words);
    /// What the environment says; empty = nothing.
    [[nodiscard]] static std::string told_by_environment();
    /// What an instance of this practice does: the environment counts first.
    [[nodiscard]] static Modes of_practice(const std::string& practice_name);

    /// Whether the `turn`th call does this: on a walk each call has one mode, the next one the
    /// next.
    [[nodiscard]] bool has(Mode mode, std::uint64_t turn) const;

    std::uint64_t seed = 1;
    std::uint32_t slow_ms = 0;         // Each call takes so long.
    std::uint32_t create_refused = 0;  // `create` answers this one of its faults, from 1.
    std::uint64_t create_stop = 0;     // `create` stops the directory at this patient, from 1.
    std::set<std::string> without{};   // Interfaces that `query` does not know.
    ppo_result answer = 0;             // Calls answer this; 0 = what they find.
    std::string at{};                  // Only this slot does so, "ppo_ui_1.render"; empty = all.

private:
    void take(const std::string& word);

    std::set<Mode> always_{};  // Empty = a walk.
};

/// Every mode's word, for messages and documents.
[[nodiscard]] const std::vector<std::pair<const char*, Mode>>& mode_words();
}  // namespace ppo_torture
