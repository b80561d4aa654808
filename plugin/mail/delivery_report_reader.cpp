// SPDX-License-Identifier: Apache-2.0
#include "mail/delivery_report_reader.hpp"

#include "mail/mime_parts.hpp"
#include "mail/smtp_reply.hpp"

#include <algorithm>

namespace ppo {
namespace {
using Action = DeliveryReport::Action;

constexpr std::size_t largest_mail = 1024 * 1024;
constexpr std::size_t most_parts = 100;
constexpr int deepest = 3;
constexpr std::size_t most_recipients = 100;
constexpr std::size_t mail_id_digits = 32;

using Parts = std::vector<std::string_view>;

/// The parts of the report, if this is one or a list that wrapped it. Never looks into a returned
/// mail: that may be a report too, about somebody else's.
std::optional<Parts> parts_of_report(std::string_view entity, int depth, std::size_t& left) {
    const auto block = read_fields(entity);
    if (!block) return std::nullopt;
    const auto type = read_media_type(block->fields.value("content-type"));
    if (!type.is_multipart()) return std::nullopt;
    const auto parts = split_parts(block->rest, type.parameters.value("boundary"), left);
    if (!parts) return std::nullopt;
    left -= parts->size();
    const auto about = small_letters(type.parameters.value("report-type"));
    if (type.name == "multipart/report" && about == "delivery-status") return parts;
    if (depth == deepest) return std::nullopt;
    for (const auto part : *parts)
        if (auto found = parts_of_report(part, depth + 1, left)) return found;
    return std::nullopt;
}

/// The 32 hexadecimal digits that an id of ours begins with, in small letters.
std::optional<std::string> mail_id_in(std::string_view text, bool needs_domain) {
    text = trimmed(text);
    if (text.starts_with('<')) text.remove_prefix(1);
    const auto id = small_letters(text.substr(0, mail_id_digits));
    const bool hex = id.size() == mail_id_digits &&
                     id.find_first_not_of("0123456789abcdef") == std::string::npos;
    const auto behind = text.substr(id.size());
    const bool ends = behind.starts_with('@') || (behind.empty() && !needs_domain);
    if (!hex || !ends) return std::nullopt;
    return id;
}

/// Undoes the "+40" of an envelope id (RFC 3461).
std::string without_xtext(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto code = text[at] == '+' ? hex_byte(text.substr(at + 1)) : std::nullopt;
        plain += code.value_or(text[at]);
        if (code) at += 2;
    }
    return plain;
}

/// "failed (because)" is "failed"; an action of no known name is none.
std::optional<Action> action_in(std::string_view value) {
    const auto word = small_letters(trimmed(value.substr(0, value.find('('))));
    if (word == "failed") return Action::Failed;
    if (word == "delayed") return Action::Delayed;
    if (word == "delivered") return Action::Delivered;
    if (word == "relayed") return Action::Relayed;
    if (word == "expanded") return Action::Expanded;
    return std::nullopt;
}

/// What stands behind the type: "smtp; 550 no such user".
std::string_view behind_type(std::string_view value) {
    const auto sign = value.find(';');
    return trimmed(sign == std::string_view::npos ? value : value.substr(sign + 1));
}

/// "rfc822; <anna@home.example>", with or without the brackets.
std::string_view address_in(std::string_view value) {
    auto address = behind_type(value);
    if (address.starts_with('<')) address.remove_prefix(1);
    return address;
}

bool is_status(std::string_view text) {
    return text.size() >= 5 && text.size() <= 11 &&
           std::count(text.begin(), text.end(), '.') == 2 &&
           text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string reason_in(const MimeFields& recipient) {
    const auto status_text = recipient.value("status");
    const auto status = trimmed(status_text.substr(0, status_text.find_first_of(" (")));
    const auto diagnostic = behind_type(recipient.value("diagnostic-code"));
    std::string said;
    // Most servers say the status in their own words already.
    if (is_status(status) && diagnostic.find(status) == std::string_view::npos)
        said = std::string{status} + " ";
    said += diagnostic;
    for (const auto field : {"final-recipient", "original-recipient"})
        said = clean_words(said, address_in(recipient.value(field)));
    return std::string{trimmed(said)};
}

/// Takes the worst of the recipients over: a mail of ours has one, but a server may name more.
bool read_status(std::string_view body, DeliveryReport& report, std::string& envelope_id) {
    bool is_known = false;
    std::size_t blocks = 0;
    while (!body.empty() && blocks <= most_recipients) {
        const auto block = read_fields(body);
        if (!block) return false;
        body = block->rest;
        if (block->fields.empty()) continue;
        if (blocks++ == 0) envelope_id = block->fields.value("original-envelope-id");
        const auto action = action_in(block->fields.value("action"));
        if (!action || (is_known && *action >= report.action)) continue;
        is_known = true;
        report.action = *action;
        report.reason = reason_in(block->fields);
    }
    return is_known;
}

bool is_status_part(std::string_view type) {
    return type == "message/delivery-status" || type == "message/global-delivery-status";
}

bool is_returned_mail(std::string_view type) {
    return type == "message/rfc822" || type == "text/rfc822-headers" || type == "message/global" ||
           type == "message/global-headers";
}
}  // namespace

std::optional<DeliveryReport> read_delivery_report(std::string_view bytes) {
    if (bytes.size() > largest_mail) return std::nullopt;
    std::size_t left = most_parts;
    const auto parts = parts_of_report(bytes, 1, left);
    if (!parts) return std::nullopt;
    DeliveryReport report;
    bool has_status = false;
    std::string envelope_id;
    std::optional<std::string> mail_id;
    for (const auto part : *parts) {
        const auto block = read_fields(part);
        if (!block) return std::nullopt;
        const auto type = read_media_type(block->fields.value("content-type")).name;
        if (!is_status_part(type) && !is_returned_mail(type)) continue;
        const auto body = decode_body(block->rest,
                                      block->fields.value("content-transfer-encoding"));
        if (is_status_part(type)) {
            has_status = has_status || read_status(body, report, envelope_id);
        } else if (const auto returned = read_fields(body); returned && !mail_id) {
            mail_id = mail_id_in(returned->fields.value("message-id"), true);
        }
    }
    if (!mail_id) mail_id = mail_id_in(without_xtext(envelope_id), false);
    if (!has_status || !mail_id) return std::nullopt;
    report.mail_id = *mail_id;
    return report;
}
}  // namespace ppo
