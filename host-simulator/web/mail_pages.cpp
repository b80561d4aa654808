// SPDX-License-Identifier: Apache-2.0
#include "host/bounce_report.hpp"
#include "host/mail_reader.hpp"
#include "host/maildir.hpp"
#include "web/assets.hpp"
#include "web/layout.hpp"
#include "web/site.hpp"
#include "web/view_html.hpp"

#include <algorithm>
#include <charconv>

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

constexpr std::size_t page_size = 50;

std::size_t page_number(const Request& request, std::size_t last) {
    const std::string text = request.query.get("page");
    std::size_t number = 1;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return parsed.ec == std::errc{} ? std::clamp<std::size_t>(number, 1, last) : 1;
}

void pages(Html& out, std::size_t number, std::size_t last, std::size_t count) {
    out.open("nav", {{"class", "pages"}, {"aria-label", "Pages of mails"}});
    out.element("span", {},
                std::to_string(count) + (count == 1 ? " mail" : " mails") + ", page " +
                    std::to_string(number) + " of " + std::to_string(last));
    const auto link = [&out](std::string_view label, std::string_view rel, std::size_t page) {
        out.element("a",
                    {{"class", "button"},
                     {"rel", std::string{rel}},
                     {"href", "/mail?page=" + std::to_string(page)}},
                    label);
    };
    if (number > 1) link("Newer", "prev", number - 1);
    if (number < last) link("Older", "next", number + 1);
    out.close("nav");
}

void mail_row(Html& out, const std::string& file, const ReadableMail& mail) {
    out.open("tr", {{"role", "row"}});
    out.open("th", {{"scope", "row"}, {"role", "rowheader"}, {"data-label", "Subject"}});
    out.element("a", {{"href", "/mail/" + encode_url(file)}}, mail.subject).close("th");
    out.element("td", {{"role", "cell"}, {"data-label", "To"}}, mail.to);
    out.element("td", {{"role", "cell"}, {"data-label", "Sent"}}, mail.date).close("tr");
}

/// Reads the mails of one page alone: a batch leaves thousands.
Response list(const Site& site, const Request& request, const std::vector<std::string>& files) {
    Html out;
    out.element("h1", {}, "Mailbox");
    out.paragraph("Everybody's mail in one place, newest first.", "lead");
    if (files.empty()) {
        out.paragraph("No mail yet.", "empty-list");
        return mail_page(site, "Mailbox", out.str());
    }
    const std::size_t last = (files.size() + page_size - 1) / page_size;
    const std::size_t number = page_number(request, last);
    out.open("div", {{"class", "rows"}})
        .open("table", {{"role", "table"}, {"aria-label", "Mails"}});
    out.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
    for (const auto* heading : {"Subject", "To", "Sent"}) {
        out.element("th", {{"scope", "col"}, {"role", "columnheader"}}, heading);
    }
    out.close("tr").close("thead").open("tbody", {{"role", "rowgroup"}});
    for (std::size_t i = (number - 1) * page_size; i < std::min(number * page_size, files.size());
         ++i) {
        if (const auto message = raw_mail(site.practice.mail_folder / files[i]))
            mail_row(out, files[i], read_mail(*message));
    }
    out.close("tbody").close("table").close("div");
    pages(out, number, last, files.size());
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

/// Sends the mail back to the practice, as a mail server would that cannot deliver it.
void bounce_form(Html& out, const Site& site, const std::string& file, bool bounced) {
    if (bounced) {
        out.open("div", {{"class", "note success"}, {"role", "status"}}).raw(glyph("check"));
        out.element("p", {},
                    "The report is on its way back. Within a few seconds the patient is marked "
                    "bounced, if this mail is the newest invitation.");
        out.close("div");
        return;
    }
    out.open("form", {{"method", "post"},
                      {"action", "/mail/" + encode_url(file) + "/bounce"},
                      {"class", "actions"}});
    out.hidden_input("csrf", site.mail_token);
    out.element("button", {{"type", "submit"}, {"class", "button"}}, "Bounce this mail");
    out.close("form");
}

Response show(const Site& site, const std::string& file, const ReadableMail& mail, bool bounced) {
    Html out;
    out.open("link", {{"rel", "stylesheet"}, {"href", asset_address("settings.css")}});
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
    bounce_form(out, site, file, bounced);
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
                            {"src", "/mail/" + encode_url(file) + "/html"}});
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

Response bounce(const Site& site, const Request& request, const std::string& file,
                const std::string& message) {
    const std::string address = "/mail/" + encode_url(file);
    if (!request.is_post()) return Response::go(address);
    if (!request.from_own_page || !same_secret(request.form.get("csrf"), site.mail_token)) {
        return mail_page(site, "Please try again",
                         "<h1>Please try again</h1><p>This page was open for too long.</p>", 403);
    }
    Maildir{site.practice.bounces}.deliver(
        write_bounce_report(message, "5.1.1", "550 5.1.1 User unknown"));
    return Response::go(address + "?bounced=yes");
}
}  // namespace

Response mailbox(Site& site, const Request& request) {
    const auto parts = segments_after(request.path, "/mail");
    const auto files = list_mails(site.practice.mail_folder);
    if (parts.empty()) return list(site, request, files);
    // Only names that the folder's list knows: nothing of the address becomes a path.
    const bool known = std::find(files.begin(), files.end(), parts[0]) != files.end();
    const auto message = known ? raw_mail(site.practice.mail_folder / parts[0]) : std::nullopt;
    if (!message) return mail_page(site, "No such mail", "<h1>No such mail</h1>", 404);
    if (parts.size() == 2 && parts[1] == "bounce") return bounce(site, request, parts[0], *message);
    const ReadableMail mail = read_mail(*message);
    const bool html = parts.size() == 2 && parts[1] == "html" && !mail.html.empty();
    return html ? html_part(mail)
                : show(site, parts[0], mail, request.query.get("bounced") == "yes");
}
}  // namespace ppo_sim
