// SPDX-License-Identifier: Apache-2.0
#include "web/mail_steps.hpp"

#include "web/html.hpp"
#include "web/view_html.hpp"

#include <array>
#include <utility>

namespace ppo_sim {
namespace {
/// A step of a later minor of the contract has no name here: its own word stands for it.
std::string name_of(const std::string& step) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> names{{
        {"look_up", "Look up the name"},
        {"connect", "Connect"},
        {"tls", "Encrypt"},
        {"greeting", "Greeting"},
        {"ehlo", "Introduction"},
        {"starttls", "Ask for encryption"},
        {"second_ehlo", "Introduction, encrypted"},
        {"auth", "Sign in"},
        {"sender", "Sender"},
        {"recipient", "Recipient"},
        {"data", "Offer the mail"},
        {"content", "Hand over the mail"},
        {"folder", "Write into the folder"},
        {"host", "Hand over to the EMR"},
    }};
    for (const auto& [code, name] : names) {
        if (code == step) return std::string{name};
    }
    return step;
}

void put_step(Html& out, const MailStep& step) {
    const char* tone = step.passed ? "success" : "danger";
    out.open("li", {{"class", tone}, {"data-step", step.step}});
    out.open("span", {{"class", std::string{"mark "} + tone}})
        .text(step.passed ? "passed" : "failed")
        .close("span");
    out.element("b", {}, name_of(step.step)).element("span", {}, step.sentence).close("li");
}
}  // namespace

std::string mail_steps(const std::string& title, const Answer& answer,
                       const std::vector<MailStep>& steps) {
    const bool passed = answer.good() && (steps.empty() || steps.back().passed);
    Html out;
    out.open("section", {{"class", "card"},
                         {"aria-labelledby", "steps-title"},
                         {"tabindex", "-1"},
                         {"data-focus", ""}});
    out.element("h2", {{"id", "steps-title"}},
                title + (passed ? ": every step passed" : ": it does not work yet"));
    out.open("ol", {{"class", "steps"}});
    for (const auto& step : steps) put_step(out, step);
    out.close("ol");
    if (!answer.good()) out.paragraph(answer.message);
    out.close("section");
    return out.str();
}
}  // namespace ppo_sim
