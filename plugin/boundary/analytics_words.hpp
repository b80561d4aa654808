// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "onboarding/analytics.hpp"

#include <string>
#include <string_view>

// How views speak of the way to the portal.
namespace ppo {
/// "2.4 days", "45 days", "under 2 hours"; empty for nothing.
[[nodiscard]] std::string median_words(const StretchTime& time);

/// "57 %" of so many; empty of nobody.
[[nodiscard]] std::string share_words(std::int64_t part, std::int64_t whole);

/// "Enabled to invited"
[[nodiscard]] std::string_view stretch_word(Stretch stretch);

/// What stands for those without a label.
[[nodiscard]] std::string_view word_for_none(GroupBy group_by);

/// "565 patients: 120 enabled, 80 invited, 40 set up, 31 signed in."
[[nodiscard]] std::string funnel_sentence(const FunnelGroup& group);
}  // namespace ppo
