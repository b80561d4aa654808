// SPDX-License-Identifier: Apache-2.0
#include "host/bounce_report.hpp"

#include "host/mail_reader.hpp"

#include <Poco/String.h>

#include <algorithm>
#include <string_view>

namespace ppo_sim {
namespace {
constexpr std::string_view server = "mx.simulator.example";

/// Lines of the report end in CR LF, so nothing that is put into one may bring its own end.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
    return Poco::trim(text);
}

std::string headers_of(const std::string& message) {
    const std::string plain = Poco::replace(message, "\r\n", "\n");
    return Poco::replace(plain.substr(0, plain.find("\n\n")), "\n", "\r\n") + "\r\n";
}

std::string address_in(const std::string& header) {
    const auto open = header.rfind('<');
    if (open == std::string::npos) return one_line(header);
    return one_line(header.substr(open + 1, header.find('>', open) - open - 1));
}

std::string_view action_of(const std::string& status) {
    if (status.starts_with('4')) return "delayed";
    return status.starts_with('2') ? "delivered" : "failed";
}

std::string top(const ReadableMail& mail, std::string_view action, const std::string& boundary) {
    std::string out;
    const auto put = [&out](std::string_view name, const std::string& value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    put("From", "Mail Delivery System <MAILER-DAEMON@" + std::string{server} + ">");
    put("To", address_in(mail.from));
    put("Subject", "Delivery report (" + std::string{action} + ")");
    put("Date", one_line(mail.date));
    put("Message-ID", "<report." + one_line(mail.message_id) + "." + std::string{server} + ">");
    put("Auto-Submitted", "auto-replied");
    put("MIME-Version", "1.0");
    put("Content-Type",
        "multipart/report; report-type=delivery-status;\r\n boundary=\"" + boundary + "\"");
    return out + "\r\n";
}
}  // namespace

std::string write_bounce_report(const std::string& message, const std::string& status,
                                const std::string& diagnostic) {
    const ReadableMail mail = read_mail(message);
    const std::string recipient = address_in(mail.to);
    const std::string answer = one_line(diagnostic);
    const std::string action{action_of(status)};
    const std::string boundary = "report=simulator";
    const auto part = [&boundary](std::string_view type) {
        return "--" + boundary + "\r\nContent-Type: " + std::string{type} + "\r\n\r\n";
    };
    std::string out = top(mail, action, boundary);
    out += part("text/plain; charset=utf-8");
    out += "This is the mail system at " + std::string{server} + ".\r\n\r\nYour mail to " +
           recipient + " is " + action + ":\r\n" + answer + "\r\n\r\n";
    out += part("message/delivery-status");
    out += "Reporting-MTA: dns; " + std::string{server} + "\r\n\r\n";
    out += "Final-Recipient: rfc822; " + recipient + "\r\nAction: " + action +
           "\r\nStatus: " + one_line(status) + "\r\nDiagnostic-Code: smtp; " + answer + "\r\n\r\n";
    out += part("text/rfc822-headers") + headers_of(message) + "\r\n--" + boundary + "--\r\n";
    return out;
}
}  // namespace ppo_sim
