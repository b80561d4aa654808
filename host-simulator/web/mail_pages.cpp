// SPDX-License-Identifier: Apache-2.0
#include "host/mail_reader.hpp"
#include "web/layout.hpp"
#include "web/site.hpp"

#include <algorithm>

namespace ppo_sim {
namespace {
Response mail_page(const Site& site, const std::string& title, const std::string& main,
                   int status = 200) {
    Html footer;
    footer.paragraph(site.practice.mail_server.empty()
                         ? "Shows the mails that were written as files instead of being sent."
                         : "Mails leave through " + site.practice.mail_server +
                               "; none are shown here.");
    const Frame frame{.place = "mail", .site = "Mailbox", .home = "/mail", .footer = footer.str()};
    auto response = Response::html(page(frame, title, main), status);
    // The HTML part of a mail stands in a frame of its own.
    response.has_frame = true;
    return response;
}

Response list(const Site& site, const std::vector<ReadableMail>& mails) {
    Html out;
    out.element("h1", {}, "Mailbox");
    out.paragraph("Everybody's mail in one place, newest first.", "lead");
    if (mails.empty()) {
        out.paragraph("No mail yet.", "empty-list");
        return mail_page(site, "Mailbox", out.str());
    }
    out.open("div", {{"class", "rows"}})
        .open("table", {{"role", "table"}, {"aria-label", "Mails"}});
    out.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
    for (const auto* heading : {"Subject", "To", "Sent"}) {
        out.element("th", {{"scope", "col"}, {"role", "columnheader"}}, heading);
    }
    out.close("tr").close("thead").open("tbody", {{"role", "rowgroup"}});
    for (const auto& mail : mails) {
        out.open("tr", {{"role", "row"}});
        out.open("th", {{"scope", "row"}, {"role", "rowheader"}, {"data-label", "Subject"}});
        out.element("a", {{"href", "/mail/" + encode_url(mail.file)}}, mail.subject).close("th");
        out.element("td", {{"role", "cell"}, {"data-label", "To"}}, mail.to);
        out.element("td", {{"role", "cell"}, {"data-label", "Sent"}}, mail.date).close("tr");
    }
    out.close("tbody").close("table").close("div");
    return mail_page(site, "Mailbox", out.str());
}

/// The text part, with its addresses as links.
void linked_text(Html& out, const ReadableMail& mail) {
    out.open("div", {{"class", "mail-text"}});
    std::string_view rest = mail.text;
    while (!rest.empty()) {
        std::size_t at = rest.size();
        std::string next;
        for (const auto& link : mail.links) {
            const auto found = rest.find(link);
            // Of two that start at one place the longer one is meant.
            if (found < at || (found == at && link.size() > next.size())) {
                at = found;
                next = link;
            }
        }
        out.text(rest.substr(0, at));
        if (at == rest.size()) break;
        out.element("a", {{"href", next}}, next);
        rest.remove_prefix(at + next.size());
    }
    out.close("div");
}

Response show(const Site& site, const ReadableMail& mail) {
    Html out;
    out.open("p", {{"class", "crumb"}}).element("a", {{"href", "/mail"}}, "Mailbox").close("p");
    out.element("h1", {}, mail.subject);
    out.open("dl", {{"class", "facts headers"}});
    const auto header = [&](std::string_view name, const std::string& value) {
        if (value.empty()) return;
        out.open("div").element("dt", {}, name).element("dd", {}, value).close("div");
    };
    header("From", mail.from);
    header("Reply to", mail.reply_to);
    header("To", mail.to);
    header("Sent", mail.date);
    header("Message-ID", mail.message_id);
    out.close("dl");
    if (!mail.text.empty()) {
        out.open("section", {{"class", "card"}, {"aria-labelledby", "text-part"}});
        out.element("h2", {{"id", "text-part"}}, "Text part");
        linked_text(out, mail);
        out.close("section");
    }
    if (!mail.html.empty()) {
        out.open("section", {{"class", "card"}, {"aria-labelledby", "html-part"}});
        out.element("h2", {{"id", "html-part"}}, "HTML part");
        out.open("iframe", {{"class", "mail-html"},
                            {"title", "HTML part: " + mail.subject},
                            {"sandbox", "allow-top-navigation-by-user-activation"},
                            {"src", "/mail/" + encode_url(mail.file) + "/html"}});
        out.close("iframe").close("section");
    }
    return mail_page(site, mail.subject, out.str());
}

Response html_part(const ReadableMail& mail) {
    // A link in the mail leads the whole tab there, as in a mail program.
    auto response = Response::html("<!doctype html><base target=\"_top\">" + mail.html);
    response.header("Content-Security-Policy",
                    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
                    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'");
    return response;
}
}  // namespace

Response mailbox(Site& site, const Request& request) {
    const auto parts = segments_after(request.path, "/mail");
    const auto mails = read_mail_folder(site.practice.mail_folder);
    if (parts.empty()) return list(site, mails);
    // Only names that the folder's list knows: nothing of the address becomes a path.
    const auto mail = std::find_if(mails.begin(), mails.end(),
                                   [&](const ReadableMail& each) { return each.file == parts[0]; });
    if (mail == mails.end()) return mail_page(site, "No such mail", "<h1>No such mail</h1>", 404);
    const bool html = parts.size() == 2 && parts[1] == "html" && !mail->html.empty();
    return html ? html_part(*mail) : show(site, *mail);
}
}  // namespace ppo_sim
