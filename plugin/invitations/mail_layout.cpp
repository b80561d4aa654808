// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_layout.hpp"

#include <utility>

namespace ppo {
namespace {
// Colours of text and ground are left to the reader, so that a dark scheme stays readable; only the
// button brings its own pair, at a contrast of more than 6 to 1.
constexpr std::string_view page = R"(<!DOCTYPE html>
<html lang="[[language]]">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>[[subject]]</title>
</head>
<body style="margin:0;padding:0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
 style="max-width:560px;text-align:left;font-family:Arial,Helvetica,sans-serif">
<tr><td style="padding:0 8px 16px;font-size:20px;line-height:1.3;font-weight:bold">
[[practice_name]]</td></tr>
)";
constexpr std::string_view page_end = R"(<tr>
<td style="padding:16px 8px 0;border-top:1px solid #8a8a8a;font-size:14px;line-height:1.5">
[[practice_name]]</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
)";
// A row is one line, so that it can be left out like a line of the text part.
constexpr std::string_view
    row_start = R"(<tr><td style="padding:0 8px 16px;font-size:16px;line-height:1.5">)";
constexpr std::string_view heading_start = R"(<tr>
<td style="padding:8px;font-size:18px;line-height:1.3;font-weight:bold">)";
constexpr std::string_view row_end = "</td></tr>\n";
constexpr std::string_view button_row = R"(<a href="[[url]]"
 style="display:inline-block;padding:12px 24px;border-radius:6px;font-weight:bold;
 background-color:#0b5cad;color:#ffffff;text-decoration:none">[[label]]</a>)";
constexpr std::string_view address_row = R"([[copy_address]]<br>
<span style="word-break:break-all">[[url]]</span>)";

std::string fill_html(std::string_view text, const VariableNames& known,
                      const VariableValues& values) {
    return MailTemplate{MailPart::Html, text, known}.fill(values);
}

void add_row(std::string& html, std::string_view start, const std::string& content) {
    html.append(start).append(content).append(row_end);
}
}  // namespace

MailLayout::MailLayout(std::string language, std::string practice_name)
    : language_{std::move(language)}, practice_name_{std::move(practice_name)} {}

std::string MailLayout::fill(MailPart part, Phrase which, const VariableValues& values) const {
    return MailTemplate{part, phrase(which, language_), phrase_variables()}.fill(values);
}

void MailLayout::paragraph(Phrase which, const VariableValues& values) {
    text_ += fill(MailPart::Text, which, values) + "\n\n";
    add_row(html_, row_start, fill(MailPart::Html, which, values));
}

void MailLayout::heading(Phrase which, const VariableValues& values) {
    text_ += fill(MailPart::Text, which, values) + ":\n\n";
    add_row(html_, heading_start, fill(MailPart::Html, which, values));
}

void MailLayout::link(Phrase button, const std::string& url) {
    text_ += url + "\n\n";
    add_row(html_, row_start,
            fill_html(button_row, {"url", "label"},
                      {{"url", url}, {"label", std::string{phrase(button, language_)}}}));
    add_row(html_, row_start,
            fill_html(address_row, {"url", "copy_address"},
                      {{"url", url},
                       {"copy_address", std::string{phrase(Phrase::CopyAddress, language_)}}}));
}

MailWords MailLayout::finish(Phrase subject) const {
    const std::string written_subject{phrase(subject, language_)};
    const VariableValues values{
        {"language", language_}, {"subject", written_subject}, {"practice_name", practice_name_}};
    const VariableNames known{"language", "subject", "practice_name"};
    return {.subject = written_subject,
            .text = text_ + practice_name_ + "\n",
            .html = fill_html(page, known, values) + html_ + fill_html(page_end, known, values),
            .language = language_};
}
}  // namespace ppo
