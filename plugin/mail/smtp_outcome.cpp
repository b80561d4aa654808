// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_outcome.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::size_t longest_reason = 200;

bool wants_sign_in(int code) { return code == 530 || code == 534 || code == 535 || code == 538; }

/// The server did not understand us, or not at this point: no word on this mail.
bool is_out_of_step(const SmtpReply& reply) {
    const std::string enhanced = reply.enhanced_code();
    const bool is_of_protocol = enhanced.empty() || enhanced.starts_with("5.5.");
    return (reply.code == 500 || reply.code == 502 || reply.code == 503) && is_of_protocol;
}

/// A full mailbox is emptied one day, although the server says "5".
bool is_mailbox_full(const SmtpReply& reply) {
    const std::string enhanced = reply.enhanced_code();
    return enhanced == "4.2.2" || enhanced == "5.2.2" || (reply.code == 552 && enhanced.empty());
}

bool is_too_large(const SmtpReply& reply) {
    const std::string enhanced = reply.enhanced_code();
    return enhanced == "5.3.4" || enhanced == "5.2.3" || (reply.code == 552 && enhanced.empty());
}

bool says_any_of(const SmtpReply& reply, std::initializer_list<std::string_view> words) {
    std::string text;
    for (const auto& line : reply.lines) text += line + ' ';
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::any_of(words.begin(), words.end(), [&text](std::string_view word) {
        return text.find(word) != std::string::npos;
    });
}

/// "Relay access denied": the server takes no mail of ours for anybody elsewhere.
bool refuses_to_relay(const SmtpReply& reply) {
    return says_any_of(reply, {"relay access denied", "relaying denied", "not permitted to relay",
                               "unable to relay", "relay not permitted"});
}

bool is_policy(const SmtpReply& reply) {
    const std::string enhanced = reply.enhanced_code();
    if (enhanced.starts_with("5.7.")) return true;
    return (reply.code == 550 || reply.code == 554) && !enhanced.starts_with("5.1.") &&
           !enhanced.starts_with("5.2.") &&
           says_any_of(reply,
                       {"blocked", "blacklisted", "blocklist", "spam", "dkim", "dmarc", "policy"});
}

/// Letters beyond ASCII in an address are more than this server, or one behind it, can do.
bool lacks_smtputf8(const SmtpReply& reply, std::string_view recipient) {
    const bool is_ascii = std::all_of(recipient.begin(), recipient.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return reply.enhanced_code() == "5.6.7" || (reply.code == 555 && !is_ascii);
}

std::string cut(std::string text) {
    if (text.size() > longest_reason) text = text.substr(0, longest_reason - 3) + "...";
    return text;
}
}  // namespace

Delivery judge_refusal(SmtpStep step, const SmtpReply& reply, std::string_view recipient) {
    const std::string words = clean_reason(reply, recipient);
    const auto later = [](const std::string& reason) {
        return Delivery{.state = DeliveryState::Deferred, .reason = cut(reason)};
    };
    const auto never = [](const std::string& reason) {
        return Delivery{.state = DeliveryState::Failed, .reason = cut(reason)};
    };
    const Delivery not_from_us{
        .state = DeliveryState::Deferred, .reason = words, .relay_broken = true};

    if (reply.code == 421 || wants_sign_in(reply.code)) return not_from_us;
    if (reply.kind() == 4 || (reply.kind() == 5 && step != SmtpStep::Sender))
        if (is_mailbox_full(reply)) return later("The mailbox is full: " + words);
    if (reply.kind() == 4) return later(words);
    if (reply.kind() != 5) return not_from_us;  // Neither yes nor no: the server is out of step.
    if (lacks_smtputf8(reply, recipient))
        return never("The mail server cannot send to an address with such letters: " + words);
    if (is_out_of_step(reply) || refuses_to_relay(reply)) return not_from_us;
    if (step == SmtpStep::Sender) return is_too_large(reply) ? never(words) : not_from_us;
    return never(is_policy(reply) ? "Refused by policy, not for the address: " + words : words);
}
}  // namespace ppo
