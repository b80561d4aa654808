// SPDX-License-Identifier: Apache-2.0
#include "web/portal_pages.hpp"

namespace ppo_sim {
namespace {
struct Wish {
    std::uint32_t what = 0;
    std::string title{};
    std::string lead{};
};

Wish wish_of(const std::string& what) {
    if (what == "account") {
        return {PPO_REQUEST_ACCOUNT, "Create my account",
                "For patients of this practice. If what you enter matches your chart, we send an "
                "e-mail with a "
                "link to set up your account."};
    }
    if (what == "password") {
        return {PPO_REQUEST_PASSWORD, "I forgot my password",
                "If what you enter matches your chart, we send an e-mail with a link to set a new "
                "password."};
    }
    return {PPO_REQUEST_USERNAME, "I forgot my username",
            "If what you enter matches your chart, we send an e-mail with your username."};
}

void facts_form(const Visit& visit, Html& out, const std::string& what,
                const std::vector<Problem>& problems) {
    const auto& form = visit.request.form;
    visit.open_form(out, "/portal/" + what);
    const auto field = [&](Input input) {
        input.value = form.get(input.name);
        input.problem = problem_at(problems, input.name);
        input_field(out, input);
    };
    field({.name = "email",
           .label = "E-mail",
           .type = "email",
           .hint = "The address that the practice has on file.",
           .autocomplete = "email"});
    field({.name = "birth_date", .label = "Birth date", .type = "date", .autocomplete = "bday"});
    field({.name = "last_name", .label = "Last name", .autocomplete = "family-name"});
    field({.name = "postal_code", .label = "ZIP code", .autocomplete = "postal-code"});
    out.element("button", {{"type", "submit"}, {"class", "button primary"}}, "Continue")
        .close("form");
}

Response received(const Visit& visit, const std::string& title) {
    Html out;
    out.element("h1", {}, "Look into your mailbox");
    out.paragraph(
        "If what you entered matches what we have on file, an e-mail is on its way to the address "
        "on "
        "file. It may take a few minutes.",
        "lead");
    out.paragraph("Nothing arrived? Look into the spam folder, or call us: " +
                  visit.site.practice.name + ", " + visit.site.practice.phone + ".");
    out.open("p").element("a", {{"href", "/portal"}}, "To sign-in").close("p");
    return visit.page(title, out.str());
}
}  // namespace

Response request_page(Visit& visit, const std::string& what) {
    const Wish wish = wish_of(what);
    // The answer after a post is a page of its own, so that reloading it sends nothing again.
    if (visit.request.query.get("sent") == "1") return received(visit, wish.title);
    std::vector<Problem> problems;
    if (!visit.genuine) {
        problems.push_back({"", open_too_long});
    } else if (visit.request.is_post()) {
        const auto& form = visit.request.form;
        const auto answer = visit.site.instance.request(
            visit.visitor(), wish.what,
            {form.get("email"), form.get("birth_date"), form.get("last_name"),
             form.get("postal_code")});
        if (answer.good()) return Response::go("/portal/" + what + "?sent=1");
        if (auto instead = page_instead(visit, answer)) return *std::move(instead);
        problems.push_back(problem_of(answer));
    }
    Html out;
    out.raw(error_summary(problems)).element("h1", {}, wish.title).paragraph(wish.lead, "lead");
    facts_form(visit, out, what, problems);
    out.open("p").element("a", {{"href", "/portal"}}, "Back to sign-in").close("p");
    return visit.page(problems.empty() ? wish.title : "Error: " + wish.title, out.str(),
                      problems.empty() ? 200 : 422);
}
}  // namespace ppo_sim
