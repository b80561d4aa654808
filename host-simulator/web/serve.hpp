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

    // These stand above what the settings page has kept; empty = as it has, or else as said here.
    std::string mail{};            // "smtp://HOST:PORT" and so on; the folder DATA/mail.
    std::string practice_name{};   // A name of our own.
    std::string practice_phone{};  // A number of our own.
    std::string portal_url{};      // http://127.0.0.1:PORT/r.
    std::string bounces{};         // Maildir of delivery reports; DATA/bounces.
};

/// Serves the EMR, the portal and the mailbox until SIGINT or SIGTERM, and prints the address on
/// standard output. Returns the exit status; what is wrong stands on standard error.
[[nodiscard]] int serve(const ServeOptions& options);
}  // namespace ppo_sim
