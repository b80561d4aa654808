// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_dialogue.hpp"

#include "mail/base64.hpp"
#include "mail/header_encoder.hpp"
#include "mail/host_lookup.hpp"
#include "mail/mail_message.hpp"

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

/// The first word of a greeting, if it looks like the name that servers put there.
std::string name_in(const SmtpReply& greeting) {
    const std::string& line = greeting.lines.front();
    const std::string name = line.substr(0, line.find(' '));
    const bool is_name = !name.empty() && name.size() <= 64 &&
                         std::all_of(name.begin(), name.end(), [](char c) {
                             return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                                    (c >= 'a' && c <= 'z') || c == '-' || c == '.';
                         });
    return is_name ? name : std::string{};
}

std::string sentence_of(const SmtpAbilities& abilities) {
    std::string list;
    const auto add = [&list](bool has, const char* word) {
        if (has) list += (list.empty() ? "" : ", ") + std::string{word};
    };
    add(abilities.start_tls, "STARTTLS");
    add(abilities.auth_plain, "AUTH PLAIN");
    add(abilities.auth_login, "AUTH LOGIN");
    add(abilities.pipelining, "PIPELINING");
    add(abilities.smtputf8, "SMTPUTF8");
    add(abilities.dsn, "DSN");
    return list.empty() ? "The server offers no extension." : "The server offers " + list + ".";
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
        if (keyword == "DSN") abilities.dsn = true;
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

std::string write_envelope_id(std::string_view message_id) {
    constexpr std::size_t longest = 100;
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string id;
    for (const char c : message_id.substr(0, message_id.find('@'))) {
        if (c > ' ' && c < 0x7F && c != '+' && c != '=') {
            id += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        id.append(1, '+').append(1, hex[byte / 16]).append(1, hex[byte % 16]);
    }
    return id.size() <= longest ? id : std::string{};
}

SmtpDialogue::SmtpDialogue(const SmtpSettings& settings, const Poco::Net::Context::Ptr& context,
                           const std::atomic<bool>& stopped, SteadyTime session_end,
                           SmtpSteps& steps)
    : settings_{settings}, steps_{steps}, session_end_{session_end}, connection_{connect(stopped)} {
    steps_.pass("Port " + std::to_string(settings.server.port) + " answers.");
    const auto security = settings.server.security;
    if (security == SmtpSecurity::ImplicitTls) encrypt(context);
    greet();
    steps_.begin("ehlo");
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

SmtpConnection SmtpDialogue::connect(const std::atomic<bool>& stopped) {
    const auto end = deadline(settings_.deadlines.connect);
    steps_.begin("look_up");
    const auto addresses = look_up_host(settings_.server.host, end, stopped);
    steps_.pass("There is an address for " + settings_.server.host + ".");
    steps_.begin("connect");
    return SmtpConnection{settings_.server, addresses, end, stopped};
}

void SmtpDialogue::encrypt(const Poco::Net::Context::Ptr& context) {
    steps_.begin("tls");
    connection_.start_tls(settings_.server.host, context, deadline(settings_.deadlines.command));
    steps_.pass("The connection is encrypted, and the certificate is good for " +
                settings_.server.host + ".");
}

void SmtpDialogue::greet() {
    steps_.begin("greeting");
    const auto greeting = read_reply(settings_.deadlines.command);
    if (greeting.code != 220) refuse("The mail server does not take mail now", greeting);
    const auto name = name_in(greeting);
    steps_.pass(name.empty() ? "The server answers." : "The server answers as " + name + ".");
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
    steps_.pass(sentence_of(abilities_));
}

void SmtpDialogue::secure(const Poco::Net::Context::Ptr& context) {
    steps_.begin("starttls");
    if (!abilities_.start_tls)
        throw RelayRefusal{
            "The mail server offers no encryption (STARTTLS), so nothing is sent: use smtps:// if "
            "it has a port for that."};
    const auto reply = command("STARTTLS");
    if (reply.code != 220) refuse("The mail server refused encryption (STARTTLS)", reply);
    // Bytes that arrived in clear would be taken for the server's own words after the handshake.
    if (replies_.has_leftover())
        throw RelayRefusal{"Somebody put words into the connection before encryption began."};
    steps_.pass("The server is ready to encrypt.");
    encrypt(context);
    steps_.begin("second_ehlo");
    hello();
}

void SmtpDialogue::sign_in() {
    steps_.begin("auth");
    SmtpReply reply;
    if (abilities_.auth_plain) {
        std::string secret = std::string{'\0'} + settings_.user + '\0' + settings_.password;
        reply = secret_command("AUTH PLAIN " + write_base64(secret));
        sodium_memzero(secret.data(), secret.size());
    } else if (abilities_.auth_login) {
        reply = command("AUTH LOGIN");
        if (reply.code == 334) reply = secret_command(write_base64(settings_.user));
        if (reply.code == 334) reply = secret_command(write_base64(settings_.password));
    } else {
        throw RelayRefusal{"The mail server offers neither AUTH PLAIN nor AUTH LOGIN."};
    }
    // The server's words are left out: some repeat what they were given.
    if (reply.code != 235)
        throw RelayRefusal{"The mail server refused user name and password: " +
                           std::to_string(reply.code) + " " + reply.enhanced_code()};
    steps_.pass("The server took user name and password.");
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
    if (auto refusal = open_transaction(mail, message.size())) return *refusal;
    const std::string block = write_data_block(message);
    steps_.begin("content");
    if (replies_.has_leftover())
        throw SmtpProtocolFault{"The mail server answered a mail before it had it."};
    leaving();
    if (auto refusal = write_text(mail, block)) return *refusal;
    return await_acceptance(mail);
}

void SmtpDialogue::reset() {
    if (!needs_reset_) return;
    if (command("RSET").code != 250)
        throw ConnectionLost{"The mail server would not start afresh."};
    needs_reset_ = false;
}

std::string SmtpDialogue::sender_command(const OutgoingMail& mail, std::size_t message_size) const {
    std::string line = "MAIL FROM:<" + mail.sender_address + ">";
    if (abilities_.has_size) line += " SIZE=" + std::to_string(message_size);
    if (needs_smtputf8(mail))
        line += abilities_.eight_bit_mime ? " BODY=8BITMIME SMTPUTF8" : " SMTPUTF8";
    if (abilities_.dsn) {
        line += " RET=HDRS";  // A report need not carry the patient's link around.
        const auto id = write_envelope_id(mail.message_id);
        if (!id.empty()) line += " ENVID=" + id;
    }
    return line;
}

std::optional<Delivery> SmtpDialogue::open_transaction(const OutgoingMail& mail,
                                                       std::size_t message_size) {
    require_address("From", mail.sender_address);
    require_address("To", mail.recipient);
    struct Line {
        SmtpStep step{};
        const char* name = "";
        std::string text{};
        const char* passed = "";
    };
    const Line lines[] = {{SmtpStep::Sender, "sender", sender_command(mail, message_size),
                           "The server takes mail from the practice's address."},
                          {SmtpStep::Recipient, "recipient", "RCPT TO:<" + mail.recipient + ">",
                           "The server takes mail to this address."},
                          {SmtpStep::Data, "data", "DATA", "The server waits for the mail."}};

    reset();
    if (abilities_.pipelining)
        write(lines[0].text + "\r\n" + lines[1].text + "\r\n" + lines[2].text + "\r\n",
              settings_.deadlines.command);
    std::optional<Delivery> refusal;
    bool is_in_data = false;
    bool is_closing = false;
    for (const auto& line : lines) {
        if (is_closing || (refusal && !abilities_.pipelining)) break;
        steps_.begin(line.name);
        const bool is_last = line.step == SmtpStep::Data;
        if (!abilities_.pipelining) write(line.text + "\r\n", settings_.deadlines.command);
        SmtpReply reply;
        try {
            reply = read_reply(is_last ? settings_.deadlines.data : settings_.deadlines.command);
        } catch (const ConnectionLost&) {
            if (!refusal) throw;
            is_closing = true;  // It has said no to this mail, and that counts.
            break;
        }
        // 421 before anything else is a kept connection that the server closes: no answer to this
        // mail.
        has_answered_ = has_answered_ || reply.code != 421;
        is_closing = reply.code == 421;
        is_in_data = is_last && reply.code == 354;
        const bool is_good = is_last ? is_in_data : reply.kind() == 2;
        if (!is_good && !refusal) refusal = refused(line.step, reply, mail);
        if (is_good) steps_.pass(line.passed);
    }
    // A server that awaits a text for nobody is left: whatever we sent it could go astray.
    is_in_order_ = refusal && !is_in_data && !is_closing;
    needs_reset_ = is_in_order_;
    return refusal;
}

/// Nothing if the whole text has left. What the server says before that is no answer to the mail,
/// whose end it has not seen.
std::optional<Delivery> SmtpDialogue::write_text(const OutgoingMail& mail,
                                                 const std::string& block) {
    const auto early = connection_.write_unless_answered(block,
                                                         deadline(settings_.deadlines.block));
    if (early.empty()) return std::nullopt;
    replies_.feed(early);
    const auto reply = read_reply(settings_.deadlines.command);
    if (reply.kind() < 4)
        throw SmtpProtocolFault{"The mail server answered a mail before it had it."};
    return refused(SmtpStep::Content, reply, mail);
}

Delivery SmtpDialogue::await_acceptance(const OutgoingMail& mail) {
    try {
        const auto reply = read_reply(settings_.deadlines.final_dot);
        if (reply.kind() == 3)
            throw SmtpProtocolFault{"The mail server wants more after the end of the mail."};
        is_in_order_ = reply.code != 421;
        needs_reset_ = reply.kind() != 2;
        if (reply.kind() != 2) return refused(SmtpStep::Content, reply, mail);
        steps_.pass("The server took the mail: " + clean_reason(reply, mail.recipient));
        return {.state = DeliveryState::Sent};
    } catch (const std::runtime_error& trouble) {  // ConnectionLost or SmtpProtocolFault.
        return {.state = DeliveryState::Unknown, .reason = trouble.what(), .relay_broken = true};
    }
}

Delivery SmtpDialogue::refused(SmtpStep step, const SmtpReply& reply, const OutgoingMail& mail) {
    const auto delivery = judge_refusal(step, reply, mail.recipient);
    steps_.fail("The server says no: " + delivery.reason);
    return delivery;
}

bool SmtpDialogue::is_usable() {
    if (!is_in_order_ || replies_.has_leftover()) return false;
    try {
        return connection_.read_arrived().empty();
    } catch (const ConnectionLost&) {
        is_in_order_ = false;  // Nobody is left to say QUIT to.
        return false;
    }
}

SmtpReply SmtpDialogue::command(const std::string& line) {
    if (replies_.has_leftover())
        throw SmtpProtocolFault{"The mail server answered what it was not asked."};
    write(line + "\r\n", settings_.deadlines.command);
    return read_reply(settings_.deadlines.command);
}

SmtpReply SmtpDialogue::secret_command(std::string line) {
    line += "\r\n";
    write(line, settings_.deadlines.command);
    sodium_memzero(line.data(), line.size());
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
