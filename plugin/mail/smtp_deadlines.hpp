// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace ppo {
/// How long each part of a dialogue may take. The final dot gets the ten minutes of RFC 5321,
/// because a sender who hangs up earlier makes duplicates.
struct SmtpDeadlines {
    std::chrono::milliseconds connect = std::chrono::seconds{
        15};  // Over all addresses of the host.
    std::chrono::milliseconds command = std::chrono::seconds{
        60};                                                     // Greeting, TLS and each command.
    std::chrono::milliseconds data = std::chrono::seconds{120};  // The answer to DATA.
    std::chrono::milliseconds block = std::chrono::seconds{60};  // Writing the mail itself.
    std::chrono::milliseconds final_dot = std::chrono::seconds{600};
    std::chrono::milliseconds session = std::chrono::seconds{
        900};  // One send() with everything in it.
    std::chrono::milliseconds walk = std::chrono::seconds{
        60};  // One walk(); somebody waits for it.
    std::chrono::milliseconds idle = std::chrono::seconds{
        30};  // A kept connection that rested longer than this is not trusted.
    std::chrono::milliseconds connection = std::chrono::minutes{5};  // Then it is made anew.
};
}  // namespace ppo
