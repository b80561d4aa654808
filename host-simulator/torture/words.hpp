// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace ppo_torture {
/// The size of a long label.
inline constexpr std::size_t long_size = 64 * 1024;

/// What stands in every text of the mode "markup": whoever finds it on a page unescaped has found a
/// hole.
inline constexpr std::string_view canary = "torture-canary";

/// A stream of numbers that is the same for the same seed, whatever the machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed * 2 + 1} {}
    [[nodiscard]] std::uint64_t next();
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t state_;
};

/// Which texts one call hands out.
struct Taste {
    bool is_long = false;
    bool is_empty = false;
    bool unicode = false;
    bool markup = false;
};

/// Texts for one call; what it lends lives as long as it.
class Words {
public:
    Words(Taste taste, std::uint64_t seed) : taste_{taste}, dice_{seed} {}

    /// A text for people: what it is about, and what the taste makes of it.
    [[nodiscard]] std::string text(std::string_view about);
    /// The same, of at most so many bytes, cut between characters.
    [[nodiscard]] std::string text(std::string_view about, std::size_t most);
    /// Lent; sometimes absent where the taste is for empty ones.
    [[nodiscard]] ppo_text lend(std::string_view about);
    /// Lent as it is.
    [[nodiscard]] ppo_text keep(std::string text);

private:
    Taste taste_;
    Dice dice_;
    std::deque<std::string> kept_{};
};

/// The longest beginning of at most `most` bytes that ends between characters.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t most);
}  // namespace ppo_torture
