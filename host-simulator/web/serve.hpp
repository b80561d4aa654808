// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace ppo_sim {
/// What `ppo-sim serve` is told.
struct ServeOptions {
    std::string data = "demo-data";  // Folder with patients, store and mails.
    std::uint16_t port = 8080;       // 0 = any free one.
    std::string bind = "127.0.0.1";  // Loopback only, unless somebody means otherwise.
    std::string plugin{};            // Path of the plugin; empty = where find_plugin looks.
    std::string mail{};              // "smtp://HOST:PORT" and so on; empty = the folder DATA/mail.
    std::string practice_name = "Cottonwood Family Practice";
    std::string practice_phone = "555-0100";
    std::string portal_url{};  // Empty = http://127.0.0.1:PORT/r.
};

/// Serves the EMR, the portal and the mailbox until SIGINT or SIGTERM, and prints the address on
/// standard output. Returns the exit status; what is wrong stands on standard error.
[[nodiscard]] int serve(const ServeOptions& options);
}  // namespace ppo_sim
