// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"

#include <iosfwd>
#include <string>

namespace ppo_sim {
/// What `ppo-sim work` is told.
struct WorkOptions : StoreOptions {
    std::string mail{};  // "smtp://HOST:PORT" and so on; empty = as the folder's settings say.
    std::string portal_url{};  // Likewise.
    std::string bounces{};     // Likewise: Maildir of delivery reports.
    bool until_empty = false;  // Wait also for what is due later.
};

/// Does the plugin's background work in this process until nothing is due, or a signal ends it, and
/// prints one JSON line: mails that left, mails that wait. Returns the exit status.
[[nodiscard]] int work(const WorkOptions& options, std::ostream& out, std::ostream& trouble);
}  // namespace ppo_sim
