// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "mail/smtp_connection.hpp"
#include "mail/smtp_outcome.hpp"
#include "mail/smtp_reply.hpp"
#include "mail/smtp_steps.hpp"
#include "mail/smtp_transport.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ppo {
/// The server will not work with us at all: no TLS, no sign-in, not its hour. The text is clean and
/// fit for staff.
class RelayRefusal : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What the server said it can do, from the lines of its answer to EHLO.
struct SmtpAbilities {
    bool start_tls = false;
    bool pipelining = false;
    bool eight_bit_mime = false;
    bool smtputf8 = false;
    bool dsn = false;
    bool auth_plain = false;
    bool auth_login = false;
    bool has_size = false;
    std::uint64_t largest_mail = 0;  // In bytes; 0 = the server named no limit.
};
[[nodiscard]] SmtpAbilities read_abilities(const SmtpReply& reply);

/// The mail as it follows DATA: a dot before each dot that starts a line, and the line of one dot
/// at the end.
[[nodiscard]] std::string write_data_block(std::string_view message);

/// The name of a mail in the reports of servers (ENVID, RFC 3461): what its Message-ID says before
/// the "@", as xtext; empty where that is longer than servers take.
[[nodiscard]] std::string write_envelope_id(std::string_view message_id);

/// One conversation with one server, from the greeting to QUIT. The constructor greets, secures and
/// signs in.
class SmtpDialogue {
public:
    /// Throws ConnectionLost, SmtpProtocolFault or RelayRefusal. `context` may be null where no TLS
    /// is asked for. Tells `steps` how far it came; both references outlive the dialogue.
    SmtpDialogue(const SmtpSettings& settings, const Poco::Net::Context::Ptr& context,
                 const std::atomic<bool>& stopped, SteadyTime session_end, SmtpSteps& steps);
    SmtpDialogue(const SmtpDialogue&) = delete;
    SmtpDialogue& operator=(const SmtpDialogue&) = delete;
    /// Says QUIT if the conversation is in order, and does not wait for the answer.
    ~SmtpDialogue();

    /// Offers one mail to one recipient. Calls `leaving` once the server wants the text, right
    /// before the text leaves. Throws as the constructor does, but only before the last byte has
    /// left; after that trouble is an answer: Unknown.
    [[nodiscard]] Delivery hand_over(const OutgoingMail& mail, const std::string& message,
                                     const Transport::Leaving& leaving, SteadyTime session_end);

    /// Whether the next mail may go the same way: nothing is half said and the server has not hung
    /// up.
    [[nodiscard]] bool is_usable();
    /// Whether the server has answered anything to the mail handed over last.
    [[nodiscard]] bool has_answered() const { return has_answered_; }

private:
    [[nodiscard]] SmtpConnection connect(const std::atomic<bool>& stopped);
    void encrypt(const Poco::Net::Context::Ptr& context);
    void greet();
    void hello();
    void secure(const Poco::Net::Context::Ptr& context);
    void sign_in();
    [[nodiscard]] SmtpReply command(const std::string& line);
    [[nodiscard]] SmtpReply secret_command(std::string line);
    [[nodiscard]] SmtpReply read_reply(std::chrono::milliseconds patience);
    void write(std::string_view bytes, std::chrono::milliseconds patience);
    [[nodiscard]] SteadyTime deadline(std::chrono::milliseconds patience) const;
    void reset();
    [[nodiscard]] std::string sender_command(const OutgoingMail& mail,
                                             std::size_t message_size) const;
    [[nodiscard]] std::optional<Delivery> open_transaction(const OutgoingMail& mail,
                                                           std::size_t message_size);
    [[nodiscard]] std::optional<Delivery> write_text(const OutgoingMail& mail,
                                                     const std::string& block);
    [[nodiscard]] Delivery await_acceptance(const OutgoingMail& mail);
    [[nodiscard]] Delivery refused(SmtpStep step, const SmtpReply& reply, const OutgoingMail& mail);

    const SmtpSettings& settings_;
    SmtpSteps& steps_;
    SteadyTime session_end_{};
    SmtpConnection connection_;
    SmtpReplyParser replies_{};
    SmtpAbilities abilities_{};
    bool is_in_order_ = false;
    bool needs_reset_ = false;
    bool has_answered_ = false;
};
}  // namespace ppo
