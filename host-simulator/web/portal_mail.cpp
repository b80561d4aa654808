// SPDX-License-Identifier: Apache-2.0
#include "web/portal_pages.hpp"

namespace ppo_sim {
namespace {
constexpr auto title = "Mail from the practice";

void radio(Html& out, const std::string& value, std::string_view label, std::string_view hint,
           bool checked) {
    const std::string id = "mail-me-" + value;
    out.open("div", {{"class", "element field check"}}).open("div", {{"class", "box"}});
    out.open("input", {{"type", "radio"},
                       {"id", id},
                       {"name", "mail_me"},
                       {"value", value},
                       when(checked, "checked"),
                       {"aria-describedby", id + "-hint"}});
    out.element("label", {{"for", id}}, label).close("div");
    out.element("p", {{"class", "hint"}, {"id", id + "-hint"}}, hint).close("div");
}

Response choice_form(const Visit& visit, const MailChoice& choice) {
    Html out;
    out.element("h1", {}, title);
    if (choice.chart_says_no)
        out.paragraph(
            "Your chart says that you want no mail from the portal, so none comes. To "
            "change that, call us: " +
                visit.site.practice.name + ", " + visit.site.practice.phone + ".",
            "lead");
    visit.open_form(out, "/portal/mail");
    out.open("fieldset").element("legend", {}, "May the portal send you e-mail?");
    radio(out, "yes", "Mail me",
          "Links that you ask for, and word of a changed password, go to the address that the "
          "practice has on file.",
          choice.mail_me);
    radio(out, "no", "Do not mail me",
          "Nothing is mailed at all, also no link for a forgotten password: for that you call us. "
          "Choose this if somebody else may read your mailbox.",
          !choice.mail_me);
    out.close("fieldset");
    out.element("button", {{"type", "submit"}, {"class", "button primary"}}, "Save").close("form");
    out.open("p").element("a", {{"href", "/portal"}}, "Back").close("p");
    return visit.page(title, out.str());
}

/// The session ended, or the account was closed, since the page was opened.
Response to_sign_in(Visit& visit) {
    visit.renew();
    return Response::go("/portal");
}
}  // namespace

void mail_choice_way(Html& out) {
    out.open("p").element("a", {{"href", "/portal/mail"}}, title).close("p");
}

Response mail_choice_page(Visit& visit) {
    const auto& person = visit.session->person;
    if (!visit.signed_in() || person.must_change_password) return Response::go("/portal");
    if (!visit.request.is_post()) {
        MailChoice choice;
        const auto answer = visit.site.instance.get_mail_choice(visit.visitor(), person.patient_id,
                                                                choice);
        if (auto instead = page_instead(visit, answer)) return *std::move(instead);
        return answer.good() ? choice_form(visit, choice) : to_sign_in(visit);
    }
    const auto& wish = visit.request.form.get("mail_me");
    if (wish != "yes" && wish != "no") return Response::go("/portal/mail");
    const auto answer = visit.site.instance.set_mail_choice(visit.visitor(), person.patient_id,
                                                            wish == "yes");
    if (auto instead = page_instead(visit, answer)) return *std::move(instead);
    if (!answer.good()) return to_sign_in(visit);
    visit.session->toasts.push_back(
        {"success", wish == "yes" ? "Saved: mail may come." : "Saved: no mail comes any more."});
    return Response::go("/portal/mail");
}
}  // namespace ppo_sim
