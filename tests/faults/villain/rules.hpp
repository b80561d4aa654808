// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"

#include <string>

namespace ppo_test {
/// Where a mail server may misbehave: each step of a conversation that is encrypted by STARTTLS.
enum class Step {
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Handshake,
    SecondEhlo,
    Auth,
    Mail,
    Recipient,
    Data,
    Body,  // After 354, while the mail is being written.
    Dot,   // The answer to the whole mail.
    Quit,
};
inline constexpr Step all_steps[] = {Step::Connect,   Step::Greeting,   Step::Ehlo, Step::StartTls,
                                     Step::Handshake, Step::SecondEhlo, Step::Auth, Step::Mail,
                                     Step::Recipient, Step::Data,       Step::Body, Step::Dot,
                                     Step::Quit};

/// How it misbehaves there.
enum class Trick {
    Says421,  // And closes, as servers do that end.
    Says4xx,
    Says5xx,
    Garbage,  // The answer of a web server.
    Nul,
    LongLine,    // 64 KiB and more in one line.
    Truncated,   // The first line of several, then the end.
    Endless,     // "250-" without an end.
    WrongCode,   // A yes to another question.
    ExtraReply,  // The right answer, and one that nobody asked for. Before TLS: injected words.
    Close,
    Reset,  // The connection is forgotten (RST).
    Stall,
    Drip,        // One byte a second.
    NoStartTls,  // Encryption is not offered.
    SelfSigned,
    WrongName,
    Expired,
};
inline constexpr Trick all_tricks[] = {
    Trick::Says421,    Trick::Says4xx,   Trick::Says5xx, Trick::Garbage,   Trick::Nul,
    Trick::LongLine,   Trick::Truncated, Trick::Endless, Trick::WrongCode, Trick::ExtraReply,
    Trick::Close,      Trick::Reset,     Trick::Stall,   Trick::Drip,      Trick::NoStartTls,
    Trick::SelfSigned, Trick::WrongName, Trick::Expired};

struct Cell {
    Step step{};
    Trick trick{};
};

[[nodiscard]] std::string name_of(Step step);
[[nodiscard]] std::string name_of(Trick trick);

/// Why this cell cannot be played; empty if it can.
[[nodiscard]] std::string why_not(const Cell& cell);

/// What must come of the mail. It follows from SMTP and from the product's promise to tell
/// delivery truthfully; no program was asked.
struct Expected {
    ppo::DeliveryState state{};
    bool relay_broken = false;  // The other mails wait as well.
    bool left = false;          // The text was on its way when it happened.
};
[[nodiscard]] Expected expected_of(const Cell& cell);
}  // namespace ppo_test
