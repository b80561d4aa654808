// SPDX-License-Identifier: Apache-2.0
#include "mail/mail_message.hpp"

#include "mail/base64.hpp"
#include "mail/header_encoder.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdio>

namespace ppo {
namespace {
/// "Sun, 22 Nov 2026 19:30:00 +0000".
std::string write_mail_date(UnixTime time) {
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

/// The same for the same mail. No line of base64 contains "_", so it cannot occur in a body.
std::string write_boundary(const std::string& message_id) {
    unsigned char digest[16];
    crypto_generichash(digest, sizeof digest,
                       reinterpret_cast<const unsigned char*>(message_id.data()), message_id.size(),
                       nullptr, 0);
    constexpr std::size_t used = 12;  // Enough, and the header stays one short line.
    char hex[2 * used + 1];
    sodium_bin2hex(hex, sizeof hex, digest, used);
    return std::string{"=_"} + hex;
}

std::string with_crlf(const std::string& text) {
    std::string lines;
    lines.reserve(text.size() + text.size() / 16);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c != '\r' && c != '\n') {
            lines += c;
            continue;
        }
        if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
        lines += "\r\n";
    }
    return lines;
}

std::string write_part(const std::string& boundary, const char* type, const std::string& content) {
    return "--" + boundary + "\r\nContent-Type: " + type +
           "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           write_base64_lines(with_crlf(content));
}

void require_message_id(const std::string& message_id) {
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.@";
    require_address("Message-ID", message_id);
    if (message_id.find_first_not_of(allowed) != std::string::npos)
        throw UnwritableHeader{"Message-ID"};
}

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
}  // namespace

std::string write_message(const OutgoingMail& mail) {
    require_message_id(mail.message_id);
    const std::string boundary = write_boundary(mail.message_id);
    std::string message = write_mailbox_header("From", mail.sender_name, mail.sender_address);
    message += write_mailbox_header("To", "", mail.recipient);
    if (!mail.reply_to.empty()) message += write_mailbox_header("Reply-To", "", mail.reply_to);
    message += write_text_header("Subject", mail.words.subject);
    message += write_token_header("Date", write_mail_date(mail.date));
    message += write_token_header("Message-ID", "<" + mail.message_id + ">");
    message += write_token_header("Auto-Submitted", "auto-generated");
    message += write_token_header("MIME-Version", "1.0");
    message += write_token_header("Content-Language", mail.words.language);
    message += write_token_header("Content-Type",
                                  "multipart/alternative; boundary=\"" + boundary + "\"");
    message += "\r\n";
    message += write_part(boundary, "text/plain", mail.words.text);
    message += write_part(boundary, "text/html", mail.words.html);
    return message + "--" + boundary + "--\r\n";
}

bool needs_smtputf8(const OutgoingMail& mail) {
    return !is_ascii(mail.sender_address) || !is_ascii(mail.recipient) || !is_ascii(mail.reply_to);
}
}  // namespace ppo
