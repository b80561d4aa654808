// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <cstdint>
#include <string>

namespace ppo_sim {
/// What the plugin answered to one call. Only `good()` says that it did what was asked: 0 is never
/// success.
struct Answer {
    ppo_result result = 0;
    std::string code{};     // "refused_no_email"; empty if good.
    std::string field{};    // The argument or form field meant; often empty.
    std::string message{};  // One sentence for the person in front of the screen.
    std::int64_t retry_after_ms = 0;

    [[nodiscard]] bool good() const { return result > 0; }
    /// A rule of the product said no: show `message`.
    [[nodiscard]] bool refused() const { return result <= -1000 && result > -2000; }
    /// We erred: a bug to mend, not a sentence to show.
    [[nodiscard]] bool misuse() const { return result <= -2000 && result > -3000; }
    /// A machine broke, or nobody knows: 0, and whatever is in no band.
    [[nodiscard]] bool fault() const { return !good() && !refused() && !misuse(); }
};

/// Makes an Answer of a result and the error that came with it. A bad result without words gets
/// some.
[[nodiscard]] Answer to_answer(ppo_result result, const ppo_error& error);

/// The text without anything that ends a line or that a terminal obeys: a log and a console may
/// show what a plugin says.
[[nodiscard]] std::string one_line(std::string text);

/// An error struct ready to be passed to a call.
[[nodiscard]] ppo_error empty_error();

/// Borrows a string for one call; the string outlives the call.
[[nodiscard]] inline ppo_text borrow(const std::string& text) { return {text.data(), text.size()}; }

/// Copies a text that the plugin lent us.
[[nodiscard]] inline std::string copy(ppo_text text) {
    return text.data == nullptr ? std::string{} : std::string{text.data, text.size};
}
}  // namespace ppo_sim
