// SPDX-License-Identifier: Apache-2.0
#include "torture/view_writer.hpp"

#include "torture/call.hpp"

namespace ppo_torture {
ViewWriter::ViewWriter(Call& the_call, View& the_view)
    : call{the_call}, view{the_view}, json{the_call.nth() % 2 == 1} {}

void ViewWriter::element(const char* kind, const char* id, const char* label) {
    json.member("kind", kind).member("id", id).member("label", call.words().text(label));
}

std::string ViewWriter::tone(const char* known) const {
    return call.has(Mode::Unknown) ? "mauve" : known;
}

std::string ViewWriter::id_of(const char* action) const {
    if (call.has(Mode::Unicode)) return std::string{action} + " \u4e2d \u202e%20";
    if (call.has(Mode::Markup)) return std::string{action} + " \"'<b>&%41";
    return action;
}

void ViewWriter::action(const char* id, const std::string& argument) {
    auto& words = call.words();
    json.open('{').member("id", id_of(id)).member("label", words.text(id));
    if (!argument.empty()) json.member("argument", argument);
    json.member("hint", words.text("Does something")).member("tone", tone("neutral"));
    if (call.has(Mode::Markup)) json.member("confirm", words.text("Really?"));
    json.name("primary").flag(std::string{id} == "save");
    json.name("enabled").flag(std::string{id} != "mend");
    if (std::string{id} == "mend") json.member("reason", words.text("Not now."));
    json.close('}');
}

void ViewWriter::status(std::uint32_t status) {
    static constexpr const char* colours[] = {"red", "red", "gray", "orange", "green"};
    static constexpr const char* shapes[] = {"cross", "cross", "circle", "envelope", "check"};
    const bool later = call.has(Mode::Unknown);
    json.open('{').member("colour", later ? "violet" : colours[status]);
    json.member("word", call.words().text("Status"));
    json.member("shape", later ? "star" : shapes[status]).close('}');
}

void ViewWriter::mark(const char* id) {
    json.open('{').member("id", call.has(Mode::Unknown) ? "later_mark" : id);
    json.member("label", call.words().text(id)).member("tone", tone("warning")).close('}');
}

void ViewWriter::verdict() {
    auto& words = call.words();
    json.open('{').member("tone", tone("danger")).member("text", words.text("Taken"));
    json.name("suggestions").open('[').text(words.text("ada.novak", 200)).text("").close(']');
    json.close('}');
}

void ViewWriter::setter(const char* field, const char* value) {
    auto& words = call.words();
    json.open('{').member("field", field).member("value", value);
    json.member("label", words.text("Set")).member("hint", words.text("Sets it")).close('}');
}

std::string ViewWriter::value_of(const std::string& field) const {
    const auto typed = view.edited.find(field);
    if (typed != view.edited.end()) return typed->second;
    if (field == "by_hand") return "0";
    // What a field shows may come back by `edit`, which takes 1,024 bytes.
    constexpr std::size_t most = 1024;
    return field == "since" || field == "tag" ? std::string{} : call.words().text("value", most);
}

std::string ViewWriter::argument(const char* action) const {
    std::string made = action;
    if (call.has(Mode::Restless)) made += " " + std::to_string(view.revision);
    if (call.has(Mode::Markup)) made += " \"'<b>&=%20+#?/";
    if (call.has(Mode::Unicode)) made += " \u4e2d\u202e\U0001F468";
    if (call.has(Mode::Long)) made += std::string(1024, 'a');
    return made;
}
}  // namespace ppo_torture
