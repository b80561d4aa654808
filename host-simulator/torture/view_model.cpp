// SPDX-License-Identifier: Apache-2.0
#include "torture/view_model.hpp"

#include "torture/call.hpp"
#include "torture/view_writer.hpp"

#include <algorithm>

namespace ppo_torture {
namespace {
constexpr std::int64_t largest = (std::int64_t{1} << 53U) - 1;

void status_element(ViewWriter& to, std::uint32_t status) {
    to.json.open('{');
    to.element("status", "status", "Portal access");
    to.json.name("status");
    to.status(status);
    to.json.name("marks").open('[');
    to.mark("no_email");
    to.mark("queued");
    to.json.close(']').name("action");
    to.action("toggle", to.argument("toggle"));
    to.json.close('}');
}

void typed_element(ViewWriter& to, const char* kind, const char* id, bool read_only, bool live) {
    to.json.open('{');
    to.element(kind, id, id);
    to.json.member("value", to.value_of(id));
    to.json.member("hint", to.call.words().text("A hint"));
    to.json.name("live").flag(live).name("read_only").flag(read_only);
    to.json.name("max_length").number(to.call.has(Mode::Extremes) ? largest : 200);
    to.json.name("verdict");
    to.verdict();
    to.json.close('}');
}

void password_element(ViewWriter& to) {
    to.json.open('{');
    to.element("password", "password", "Password");
    to.json.member("needs", "by_hand").name("filled").flag(!to.value_of("password").empty());
    to.json.name("verdict");
    to.verdict();
    to.json.close('}');
}

void check_element(ViewWriter& to, const char* id) {
    to.json.open('{');
    to.element("check", id, "Check");
    to.json.name("checked").flag(to.value_of(id) == "1").close('}');
}

void choice_element(ViewWriter& to) {
    to.json.open('{');
    to.element("choice", "tag", "Tag");
    to.json.member("value", to.value_of("tag")).name("choices").open('[');
    for (const char* value : {"", "a", "b", "not \"in\" <the> list"}) {
        to.json.open('{').member("value", value);
        to.json.member("label", to.call.words().text(value)).close('}');
    }
    to.json.close(']').close('}');
}

/// Lists of things that are only read.
void told_elements(ViewWriter& to) {
    auto& words = to.call.words();
    to.json.open('{').member("kind", "fact").member("label", words.text("Last invited"));
    to.json.member("text", words.text("never")).member("tone", to.tone("warning")).close('}');
    to.json.open('{').member("kind", "note").member("tone", to.tone("danger"));
    to.json.member("text", words.text("Something to know")).close('}');
    to.json.open('{').member("kind", "reasons").member("label", words.text("Why"));
    to.json.name("items").open('[').open('{').member("code", "no_email");
    to.json.member("sentence", words.text("There is no e-mail.")).name("action");
    to.action("mend", "");
    to.json.close('}').close(']').close('}');
    to.json.open('{').member("kind", "history").member("label", words.text("History"));
    to.json.name("items").open('[').open('{').member("at", words.text("2026-11-26 12:00"));
    to.json.member("text", words.text("Invited")).member("who", words.text("Somebody"));
    to.json.close('}').close(']').close('}');
}

void number_elements(ViewWriter& to) {
    auto& words = to.call.words();
    const std::int64_t number = to.call.has(Mode::Extremes) ? largest : 12;
    to.json.open('{');
    to.element("counts", "counts", "Counts");
    to.json.name("items").open('[').open('{').member("label", words.text("All"));
    to.json.name("number").number(number).name("set");
    to.setter("search", "a");
    to.json.close('}').close(']').close('}');
    to.json.open('{');
    to.element("chips", "chips", "Filters");
    to.json.member("text", words.text("12 patients")).name("items").open('[');
    to.setter("tag", "b");
    to.json.close(']').close('}');
    to.json.open('{');
    to.element("progress", "progress", "Batch");
    to.json.name("value").number(number).name("max").number(to.call.has(Mode::NoRows) ? 0 : number);
    to.json.member("text", words.text("12 of 12")).member("tone", to.tone("success")).close('}');
    to.json.open('{');
    to.element("chart", "chart", "Chart");
    to.json.member("text", words.text("It says something."));
    to.json.member("form", to.call.has(Mode::Unknown) ? "pie" : "steps");
    to.json.member("axis", words.text("Week")).name("categories").open('[');
    to.json.text(words.text("first")).text(words.text("second")).close(']');
    to.json.name("series").open('[').open('{').member("id", "s").member("label", words.text("All"));
    to.json.name("values").open('[').number(number).number(0).close(']').close('}').close(']');
    to.json.close('}');
}

void cell(ViewWriter& to, const char* column, const std::string& text) {
    to.json.open('{').member("column", column).member("text", text).name("action");
    to.action(column, to.argument(column));
    to.json.close('}');
}

void row(ViewWriter& to, const Person& person) {
    auto& words = to.call.words();
    to.json.open('{').member("id", person.id).member("label", words.text(person.last));
    to.json.name("check").open('{').member("id", "tick " + person.id);
    to.json.member("label", words.text("Select")).name("checked").flag(false).close('}');
    to.json.name("cells").open('[').open('{').member("column", "status").member("text", "");
    to.json.name("status");
    to.status(person.status());
    to.json.name("marks").open('[');
    to.mark("opted_out");
    to.json.close(']').name("action");
    to.action("toggle", to.argument("toggle"));
    to.json.close('}');
    cell(to, "name", words.text(person.last + ", " + person.first));
    cell(to, "email", person.email);
    cell(to, "no such column", words.text("elsewhere"));
    to.json.close(']').close('}');
}

void table_element(ViewWriter& to, const std::vector<Person>& people) {
    auto& words = to.call.words();
    to.json.open('{');
    to.element("table", "rows", "Patients");
    to.json.name("columns").open('[');
    for (const char* id : {"status", "name", "email"}) {
        to.json.open('{').member("id", id).member("label", words.text(id));
        to.json.member("kind", to.call.has(Mode::Unknown) ? "sparkline" : "text");
        to.json.member("sorted", to.call.has(Mode::Unknown) ? "sideways" : "none");
        to.json.name("action");
        to.action("sort", id);
        to.json.close('}');
    }
    to.json.close(']').name("rows").open('[');
    // Long texts in a few rows are enough for anybody.
    const std::size_t most = to.call.has(Mode::NoRows) ? 0
                             : to.call.has(Mode::Long) ? 2
                                                       : people.size();
    for (std::size_t i = 0; i < std::min(most, people.size()); ++i) row(to, people[i]);
    to.json.close(']').member("empty", words.text("Nobody")).member("page", words.text("1 of 1"));
    for (const char* member : {"previous", "next", "empty_action"}) {
        to.json.name(member);
        to.action(member, to.argument(member));
    }
    to.json.name("check_all").open('{').member("id", "tick all");
    to.json.member("label", words.text("All")).name("checked").flag(false).close('}').close('}');
}

/// What no minor that is known today has.
void later_elements(ViewWriter& to) {
    if (!to.call.has(Mode::Unknown)) return;
    auto& words = to.call.words();
    to.json.open('{');
    to.element("rating", "rating", "LATER-KIND-LABEL");
    to.json.member("text", "LATER-KIND-TEXT")
        .member("value", "5")
        .name("stars")
        .raw("[1,{\"a\":null}]");
    to.json.close('}');
    to.json.open('{').member("kind", "carousel").name("label").number(7);
    to.json.member("text", words.text("of another type")).name("items").raw("\"none\"").close('}');
    to.json.open('{').member("kind", "button").name("action").open('{').member("id", "later_press");
    to.json.member("label", words.text("Hold")).member("tone", "mauve").member("gesture", "long");
    to.json.close('}').close('}');
}

void elements(ViewWriter& to, const View& view, const std::vector<Person>& people) {
    if (view.view_id != report_view) {
        status_element(to, PPO_STATUS_INVITED);
        typed_element(to, "email", "address", true, false);
        typed_element(to, "text", "username", false, true);
        password_element(to);
    } else {
        typed_element(to, "text", "search", false, false);
    }
    typed_element(to, "date", "since", false, false);
    check_element(to, "by_hand");
    choice_element(to);
    told_elements(to);
    number_elements(to);
    if (view.view_id != tab_view) table_element(to, people);
    later_elements(to);
}

void dialog(ViewWriter& to) {
    auto& words = to.call.words();
    to.json.name("dialog").open('{').member("id", "sure").member("title", words.text("Sure?"));
    to.json.name("elements").open('[');
    check_element(to, "in_dialog");
    to.json.close(']').name("actions").open('[');
    to.action("dialog_yes", "");
    to.action("dialog_no", "");
    to.json.close(']').member("dismiss", "dialog_no").close('}');
}
}  // namespace

std::string model_of(Call& call, View& view) {
    if (call.has(Mode::Restless)) ++view.revision;
    std::vector<Person> people;
    {
        const std::lock_guard guard{call.practice().lock};
        for (const auto& [id, person] : call.practice().people) people.push_back(person);
    }
    ViewWriter to{call, view};
    auto& words = call.words();
    to.json.open('{').member("schema", "ppo.view/1").member("view", view.view_id);
    to.json.name("revision")
        .number(call.has(Mode::Extremes) ? largest : static_cast<std::int64_t>(view.revision));
    to.json.member("language", call.has(Mode::Unknown) ? "x-torture" : "en");
    to.json.member("title", words.text("Torture"));
    if (call.has(Mode::Restless)) to.json.name("refresh_after_ms").number(250);
    if (call.has(Mode::Extremes)) to.json.name("refresh_after_ms").number(largest);
    to.json.name("banner").open('{').member("tone", to.tone("success"));
    to.json.member("text", words.text("A banner")).close('}');
    if (view.has_dialog) dialog(to);
    to.json.name("sections").open('[').open('{').member("id", "first");
    to.json.member("label", words.text("First")).name("folded").flag(call.nth() % 2 == 1);
    if (call.has(Mode::Unknown)) to.json.member("kind", "carousel");
    to.json.name("elements").open('[');
    elements(to, view, people);
    to.json.close(']').close('}').open('{').member("id", "bare");
    to.json.member("label", words.text("Empty")).name("elements").open('[').close(']').close('}');
    to.json.close(']').name("actions").open('[');
    to.action("save", to.argument("save"));
    to.action("open_dialog", "");
    to.action("refused", "");
    to.json.close(']');
    if (call.has(Mode::Unknown)) to.json.name("later").raw("{\"member\": [[[]], null, 1e3, -0.5]}");
    to.json.close('}');
    return to.json.str();
}
}  // namespace ppo_torture
