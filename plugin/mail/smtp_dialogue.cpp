// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_dialogue.hpp"

#include "mail/base64.hpp"
#include "mail/header_encoder.hpp"
#include "mail/mail_message.hpp"
#include "mail/smtp_outcome.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace ppo {
namespace {
/// A server's limit that we could not read is none: it will say so itself.
std::uint64_t read_size(const std::string& text) {
    std::uint64_t size = 0;
    std::from_chars(text.data(), text.data() + text.size(), size);
    return size;
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

[[noreturn]] void refuse(const std::string& what, const SmtpReply& reply) {
    throw RelayRefusal{what + ": " + clean_reason(reply, {})};
}
}  // namespace

SmtpAbilities read_abilities(const SmtpReply& reply) {
    SmtpAbilities abilities;
    for (std::size_t i = 1; i < reply.lines.size(); ++i) {  // The first line is the server's name.
        std::string line = upper(reply.lines[i]);
        if (line.starts_with("AUTH=")) line[4] = ' ';  // As old servers write it.
        std::istringstream words{line};
        std::string keyword;
        std::string value;
        words >> keyword;
        if (keyword == "STARTTLS") abilities.start_tls = true;
        if (keyword == "PIPELINING") abilities.pipelining = true;
        if (keyword == "8BITMIME") abilities.eight_bit_mime = true;
        if (keyword == "SMTPUTF8") abilities.smtputf8 = true;
        if (keyword == "SIZE") abilities.has_size = true;
        while (words >> value) {
            if (keyword == "AUTH" && value == "PLAIN") abilities.auth_plain = true;
            if (keyword == "AUTH" && value == "LOGIN") abilities.auth_login = true;
            if (keyword == "SIZE") abilities.largest_mail = read_size(value);
        }
    }
    return abilities;
}

std::string write_data_block(std::string_view message) {
    std::string block;
    block.reserve(message.size() + 8);
    bool at_line_start = true;
    for (const char c : message) {
        if (at_line_start && c == '.') block += '.';
        block += c;
        at_line_start = c == '\n';
    }
    if (!at_line_start) block += "\r\n";
    return block + ".\r\n";
}

SmtpDialogue::SmtpDialogue(const SmtpSettings& settings, const Poco::Net::Context::Ptr& context,
                           const std::atomic<bool>& stopped, SteadyTime session_end)
    : settings_{settings},
      session_end_{session_end},
      connection_{settings.server, deadline(settings.deadlines.connect), stopped} {
    const auto security = settings.server.security;
    if (security == SmtpSecurity::ImplicitTls)
        connection_.start_tls(settings.server.host, context, deadline(settings.deadlines.command));
    greet();
    hello();
    if (security == SmtpSecurity::StartTls) secure(context);
    if (!settings.user.empty()) sign_in();
    is_in_order_ = true;
}

SmtpDialogue::~SmtpDialogue() {
    if (!is_in_order_) return;
    try {
        const auto soon = std::chrono::steady_clock::now() + std::chrono::milliseconds{100};
        connection_.write("QUIT\r\n", soon);
    } catch (const ConnectionLost&) {  // Politeness only: the mails before it are settled.
    }
}

void SmtpDialogue::greet() {
    const auto greeting = read_reply(settings_.deadlines.command);
    if (greeting.code != 220) refuse("The mail server does not take mail now", greeting);
}

void SmtpDialogue::hello() {
    const std::string name = connection_.own_name();
    auto reply = command("EHLO " + name);
    if (reply.kind() == 5) {
        reply = command("HELO " + name);
        reply.lines.resize(std::min<std::size_t>(reply.lines.size(), 1));  // HELO offers nothing.
    }
    if (reply.code != 250) refuse("The mail server did not answer our greeting", reply);
    abilities_ = read_abilities(reply);
}

void SmtpDialogue::secure(const Poco::Net::Context::Ptr& context) {
    if (!abilities_.start_tls)
        throw RelayRefusal{"The mail server offers no encryption (STARTTLS), so nothing is sent."};
    const auto reply = command("STARTTLS");
    if (reply.code != 220) refuse("The mail server refused encryption", reply);
    // Bytes that arrived in clear would be taken for the server's own words after the handshake.
    if (replies_.has_leftover())
        throw RelayRefusal{"Somebody put words into the connection before encryption began."};
    connection_.start_tls(settings_.server.host, context, deadline(settings_.deadlines.command));
    hello();
}

void SmtpDialogue::sign_in() {
    SmtpReply reply;
    if (abilities_.auth_plain) {
        std::string secret = std::string{'\0'} + settings_.user + '\0' + settings_.password;
        std::string line = "AUTH PLAIN " + write_base64(secret);
        reply = command(line);
        sodium_memzero(secret.data(), secret.size());
        sodium_memzero(line.data(), line.size());
    } else if (abilities_.auth_login) {
        reply = command("AUTH LOGIN");
        if (reply.code == 334) reply = command(write_base64(settings_.user));
        if (reply.code == 334) reply = command(write_base64(settings_.password));
    } else {
        throw RelayRefusal{"The mail server offers neither AUTH PLAIN nor AUTH LOGIN."};
    }
    if (reply.code != 235) refuse("The mail server refused our sign-in", reply);
}

Delivery SmtpDialogue::hand_over(const OutgoingMail& mail, const std::string& message,
                                 const Transport::Leaving& leaving, SteadyTime session_end) {
    session_end_ = session_end;
    has_answered_ = false;
    if (needs_smtputf8(mail) && !abilities_.smtputf8)
        return {
            .state = DeliveryState::Failed,
            .reason =
                "The mail server cannot send to or from an address with such letters (SMTPUTF8)."};
    if (abilities_.largest_mail != 0 && message.size() > abilities_.largest_mail)
        return {.state = DeliveryState::Failed,
                .reason = "The mail is larger than the mail server takes."};

    is_in_order_ = false;  // Until the server and we agree again about where we are.
    if (auto refused = open_transaction(mail, message.size())) return *refused;
    const std::string block = write_data_block(message);
    leaving();
    write(block, settings_.deadlines.block);
    return await_acceptance(mail);
}

std::optional<Delivery> SmtpDialogue::open_transaction(const OutgoingMail& mail,
                                                       std::size_t message_size) {
    require_address("From", mail.sender_address);
    require_address("To", mail.recipient);
    std::string sender = "MAIL FROM:<" + mail.sender_address + ">";
    if (abilities_.has_size) sender += " SIZE=" + std::to_string(message_size);
    if (needs_smtputf8(mail))
        sender += abilities_.eight_bit_mime ? " BODY=8BITMIME SMTPUTF8" : " SMTPUTF8";
    const std::string lines[] = {sender, "RCPT TO:<" + mail.recipient + ">", "DATA"};
    constexpr SmtpStep steps[] = {SmtpStep::Sender, SmtpStep::Recipient, SmtpStep::Data};

    if (needs_reset_ && command("RSET").code != 250)
        throw ConnectionLost{"The mail server would not start afresh."};
    needs_reset_ = false;
    if (abilities_.pipelining)
        write(lines[0] + "\r\n" + lines[1] + "\r\n" + lines[2] + "\r\n",
              settings_.deadlines.command);

    std::optional<Delivery> refused;
    bool is_in_data = false;
    bool is_closing = false;
    for (std::size_t i = 0; i < 3 && (!refused || abilities_.pipelining) && !is_closing; ++i) {
        if (!abilities_.pipelining) write(lines[i] + "\r\n", settings_.deadlines.command);
        const auto reply = read_reply(i == 2 ? settings_.deadlines.data
                                             : settings_.deadlines.command);
        // 421 before anything else is a kept connection that the server closes: no answer to this
        // mail.
        has_answered_ = has_answered_ || reply.code != 421;
        is_closing = reply.code == 421;
        is_in_data = i == 2 && reply.code == 354;
        const bool is_good = i == 2 ? is_in_data : reply.kind() == 2;
        if (!is_good && !refused) refused = judge_refusal(steps[i], reply, mail.recipient);
    }
    // A server that awaits a text for nobody is left: whatever we sent it could go astray.
    is_in_order_ = refused && !is_in_data && !is_closing;
    needs_reset_ = is_in_order_;
    return refused;
}

Delivery SmtpDialogue::await_acceptance(const OutgoingMail& mail) {
    try {
        const auto reply = read_reply(settings_.deadlines.final_dot);
        if (reply.kind() == 3)
            throw SmtpProtocolFault{"The mail server wants more after the end of the mail."};
        is_in_order_ = reply.code != 421;
        needs_reset_ = reply.kind() != 2;
        if (reply.kind() == 2) return {.state = DeliveryState::Sent};
        return judge_refusal(SmtpStep::Content, reply, mail.recipient);
    } catch (const std::runtime_error& trouble) {  // ConnectionLost or SmtpProtocolFault.
        return {.state = DeliveryState::Unknown, .reason = trouble.what(), .relay_broken = true};
    }
}

bool SmtpDialogue::is_usable() {
    return is_in_order_ && !replies_.has_leftover() && !connection_.has_news();
}

SmtpReply SmtpDialogue::command(const std::string& line) {
    write(line + "\r\n", settings_.deadlines.command);
    return read_reply(settings_.deadlines.command);
}

SmtpReply SmtpDialogue::read_reply(std::chrono::milliseconds patience) {
    const auto end = deadline(patience);
    while (true) {
        if (auto reply = replies_.next()) return *std::move(reply);
        replies_.feed(connection_.read(end));
    }
}

void SmtpDialogue::write(std::string_view bytes, std::chrono::milliseconds patience) {
    connection_.write(bytes, deadline(patience));
}

SteadyTime SmtpDialogue::deadline(std::chrono::milliseconds patience) const {
    return std::min(std::chrono::steady_clock::now() + patience, session_end_);
}
}  // namespace ppo
