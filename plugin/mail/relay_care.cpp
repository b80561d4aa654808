// SPDX-License-Identifier: Apache-2.0
#include "mail/relay_care.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
using std::chrono::minutes;

constexpr std::array<minutes, 5> rests{minutes{1}, minutes{2}, minutes{4}, minutes{8}, minutes{15}};

minutes rest_after(std::int64_t failures) {
    const auto last = static_cast<std::int64_t>(rests.size()) - 1;
    return rests.at(static_cast<std::size_t>(std::clamp<std::int64_t>(failures - 1, 0, last)));
}
}  // namespace

Relay after_trouble(const Relay& relay, std::string_view reason, bool asked, UnixTime now) {
    if (relay.broken_since && !asked) return relay;
    const auto failures = relay.failures + 1;
    return {failures, relay.broken_since.value_or(now), now + rest_after(failures),
            std::string{reason}};
}

Relay while_asked(const Relay& relay, UnixTime now) {
    Relay asked = relay;
    asked.rests_until = now + rest_after(relay.failures);
    return asked;
}

Relay after_no_answer(const Relay& relay, UnixTime now) {
    Relay unasked = relay;
    unasked.rests_until = now;
    return unasked;
}
}  // namespace ppo
