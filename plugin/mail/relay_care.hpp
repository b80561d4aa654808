// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/relay_table.hpp"

#include <string_view>

// How a mail server in trouble is treated: left alone for 1, 2, 4, 8, 15 minutes, and asked by one
// worker with one mail when that is over.
namespace ppo {
/// After trouble that was not a mail's fault. Only the worker that asked can lengthen a rest that
/// another has begun: the others' mails were under way.
[[nodiscard]] Relay after_trouble(const Relay& relay, std::string_view reason, bool asked,
                                  UnixTime now);

/// While one worker asks: the others stay away, also if that one dies.
[[nodiscard]] Relay while_asked(const Relay& relay, UnixTime now);

/// After the one who asked got no answer, for instance because the mail need not leave any more.
[[nodiscard]] Relay after_no_answer(const Relay& relay, UnixTime now);
}  // namespace ppo
