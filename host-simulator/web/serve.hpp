// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"
#include "web/duties.hpp"

#include <cstdint>
#include <string>

namespace ppo_sim {
/// Where `ppo-sim portal` listens, and mails lead, if nobody says otherwise.
inline constexpr std::uint16_t usual_portal_port = 8081;

/// What `ppo-sim serve` is told, and `emr`, `portal` and `worker`.
struct ServeOptions : StoreOptions {
    Role role = Role::Everything;
    std::uint16_t port = 8080;       // 0 = any free one.
    std::string bind = "127.0.0.1";  // Loopback only, unless somebody means otherwise.

    // These stand above what the settings page has kept; empty = as it has, or else as said here.
    std::string mail{};            // "smtp://HOST:PORT" and so on; the folder DATA/mail.
    std::string practice_name{};   // A name of our own.
    std::string practice_phone{};  // A number of our own.
    std::string portal_url{};  // http://127.0.0.1:PORT/r, of this process or of the usual portal.
    std::string bounces{};     // Maildir of delivery reports; DATA/bounces.
    std::string hl7{};         // Folder of HL7 messages; none.
};

/// Does what the role's duties are until SIGINT or SIGTERM, and says on standard output that it
/// began, with the address of its pages if it has any. Returns the exit status; what is wrong
/// stands on standard error.
[[nodiscard]] int serve(const ServeOptions& options);
}  // namespace ppo_sim
