// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_words.hpp"

#include "boundary/batch_words.hpp"

namespace ppo {
std::string median_words(const StretchTime& time) {
    if (!time.median_tenths) return {};
    const auto tenths = *time.median_tenths;
    if (tenths == 0) return "under 2 hours";
    if (tenths == 10) return "1 day";
    const auto whole = grouped(tenths / 10);
    if (tenths % 10 == 0) return whole + " days";
    return whole + "." + std::to_string(tenths % 10) + " days";
}

std::string share_words(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return {};
    return std::to_string((part * 200 + whole) / (whole * 2)) + " %";
}

std::string_view stretch_word(Stretch stretch) {
    switch (stretch) {
    case Stretch::EnabledToInvited: return "Enabled to invited";
    case Stretch::InvitedToSetUp: return "Invited to set up";
    case Stretch::SetUpToSignedIn: return "Set up to signed in";
    case Stretch::EnabledToSignedIn: return "Enabled to signed in";
    }
    return {};
}

std::string_view word_for_none(GroupBy group_by) {
    switch (group_by) {
    case GroupBy::None: return "Everybody";
    case GroupBy::Provider: return "No provider";
    case GroupBy::Tag: return "No tag";
    case GroupBy::Week: return "Never enabled";
    }
    return {};
}

std::string funnel_sentence(const FunnelGroup& group) {
    return counted(group.patients, "patient") + ": " + grouped(group.enabled) + " enabled, " +
           grouped(group.invited) + " invited, " + grouped(group.set_up) + " set up, " +
           grouped(group.signed_in) + " signed in.";
}
}  // namespace ppo
