// SPDX-License-Identifier: Apache-2.0
#include "web/layout.hpp"

#include "web/assets.hpp"
#include "web/view_html.hpp"

namespace ppo_sim {
namespace {
/// A form of its own, which our script sends in place.
void undo_button(Html& out, const Toast& toast) {
    if (toast.undo.empty()) return;
    out.open("form", {{"method", "post"}, {"action", toast.undo_url}, {"class", "undo"}});
    out.hidden_input("csrf", toast.csrf);
    out.element("button",
                {{"type", "submit"},
                 {"class", "button small"},
                 {"name", std::string{undo_name}},
                 {"value", toast.undo},
                 {"aria-keyshortcuts", "Control+Z"}},
                toast.undo_label);
    out.close("form");
}
}  // namespace

std::string messages(const Frame& frame) {
    Html out;
    out.open("div", {{"class", "messages"}, {"role", "status"}, {"aria-live", "polite"}});
    for (const auto& toast : frame.toasts) {
        out.open("div", {{"class", "toast " + toast.tone}})
            .raw(glyph(toast.tone == "success"   ? "check"
                       : toast.tone == "neutral" ? "circle"
                                                 : "warning"))
            .element("p", {}, toast.text);
        undo_button(out, toast);
        out.close("div");
    }
    if (!frame.copy_text.empty()) {
        out.open("div", {{"class", "toast copy"}})
            .element("label", {{"for", "copy-text"}}, "Copy this now; it is not shown again")
            .open("input", {{"id", "copy-text"},
                            {"type", "text"},
                            {"readonly", ""},
                            {"value", frame.copy_text},
                            {"autocomplete", "off"}})
            .element("button",
                     {{"type", "button"},
                      {"class", "button"},
                      {"data-copy", "copy-text"},
                      {"hidden", ""}},
                     "Copy")
            .close("div");
    }
    out.close("div");
    return out.str();
}

std::string page(const Frame& frame, const std::string& title, const std::string& main) {
    Html out;
    out.raw("<!doctype html>\n").open("html", {{"lang", "en"}}).open("head");
    out.open("meta", {{"charset", "utf-8"}});
    out.open("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    out.open("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    out.element("title", {}, title + " · " + frame.site);
    out.open("link", {{"rel", "stylesheet"}, {"href", asset_address("site.css")}});
    out.open("link", {{"rel", "stylesheet"}, {"href", asset_address("charts.css")}});
    out.open("link",
             {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", asset_address("icon.svg")}});
    out.open("script", {{"src", asset_address("site.js")}, {"type", "module"}}).close("script");
    out.close("head").open("body", {{"class", frame.place}});
    out.element("a", {{"class", "skip"}, {"href", "#main"}}, "Skip to the content");
    out.open("header", {{"class", "top"}}).open("div", {{"class", "bar"}});
    out.open("a", {{"class", "site"}, {"href", frame.home}}).text(frame.site).close("a");
    out.raw(frame.header).close("div").close("header");
    out.open("main", {{"id", "main"}, {"tabindex", "-1"}})
        .raw(messages(frame))
        .raw(main)
        .close("main");
    out.open("footer", {{"class", "bottom"}}).raw(frame.footer);
    out.open("p").text("A simulator: none of the people in it are real. ");
    out.element("a", {{"href", "/"}}, "All places").close("p").close("footer");
    out.close("body").close("html");
    return out.str();
}

std::string error_summary(const std::vector<Problem>& problems) {
    if (problems.empty()) return {};
    Html out;
    out.open("div", {{"class", "problems"},
                     {"role", "alert"},
                     {"tabindex", "-1"},
                     {"data-focus", ""},
                     {"aria-labelledby", "problems-title"}});
    out.element("h2", {{"id", "problems-title"}}, "There is a problem").open("ul");
    for (const auto& problem : problems) {
        out.open("li");
        if (problem.field.empty()) {
            out.text(problem.text);
        } else {
            out.element("a", {{"href", "#" + problem.field}}, problem.text);
        }
        out.close("li");
    }
    out.close("ul").close("div");
    return out.str();
}

void input_field(Html& out, const Input& input) {
    const bool password = input.type == "password";
    std::string described = input.name + "-verdict";
    if (!input.hint.empty()) described = input.name + "-hint " + described;
    out.open("div", {{"class", "element field " + input.type}});
    out.element("label", {{"for", input.name}}, input.label);
    if (!input.hint.empty()) {
        out.element("p", {{"class", "hint"}, {"id", input.name + "-hint"}}, input.hint);
    }
    if (password) out.open("div", {{"class", "revealable"}});
    out.open("input", {{"type", input.type},
                       {"id", input.name},
                       {"name", input.name},
                       when(!password, "value", input.value),
                       {"autocomplete", input.autocomplete},
                       when(input.type != "date", "spellcheck", "false"),
                       when(input.type != "date", "autocapitalize", "none"),
                       when(input.live, "data-live-here"),
                       when(!input.problem.empty(), "aria-invalid", "true"),
                       {"aria-describedby", described}});
    if (password) {
        out.element("button",
                    {{"type", "button"},
                     {"class", "reveal"},
                     {"hidden", ""},
                     {"aria-controls", input.name},
                     {"aria-label", "Show: " + input.label}},
                    "Show");
        out.close("div");
    }
    if (!input.verdict.empty()) {
        out.raw(input.verdict).close("div");
        return;
    }
    out.open("div", {{"class", input.problem.empty() ? "verdict" : "verdict danger"},
                     {"id", input.name + "-verdict"},
                     {"role", "status"}});
    if (!input.problem.empty()) out.raw(glyph("warning")).element("span", {}, input.problem);
    out.close("div").close("div");
}
}  // namespace ppo_sim
