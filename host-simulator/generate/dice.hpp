// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace ppo_sim {
/// Numbers that look random and are the same everywhere: SplitMix64, and integers alone, because
/// what std::distributions make of a seed differs from library to library.
class Dice {
public:
    /// A stream of its own for each seed, subject and number.
    Dice(std::uint64_t seed, std::uint64_t subject, std::uint64_t number)
        : state_{mixed(mixed(mixed(seed) + subject) + number)} {}

    /// 0 to `count` - 1, all alike.
    std::uint64_t below(std::uint64_t count) { return (half() * count) >> 32; }

    /// 0 to `count` - 1, low ones more often, as names and places are.
    std::uint64_t skewed(std::uint64_t count) {
        const std::uint64_t least = std::min({half(), half(), half()});
        return (least * count) >> 32;
    }

    /// True so often in a thousand.
    bool in_thousand(std::uint64_t times) { return below(1000) < times; }

    template <class List>
    const typename List::value_type& one_of(const List& list) {
        return list[static_cast<std::size_t>(below(list.size()))];
    }

    template <class List>
    const typename List::value_type& skewed_of(const List& list) {
        return list[static_cast<std::size_t>(skewed(list.size()))];
    }

private:
    static std::uint64_t mixed(std::uint64_t value) {
        value += 0x9E3779B97F4A7C15U;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
        return value ^ (value >> 31);
    }
    std::uint64_t half() {
        state_ += 0x9E3779B97F4A7C15U;
        return mixed(state_) >> 32;
    }

    std::uint64_t state_;
};
}  // namespace ppo_sim
