// SPDX-License-Identifier: Apache-2.0
#include "scenario/screen.hpp"

#include "scenario/step_failed.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

namespace ppo_sim {
namespace {
using Object = Poco::JSON::Object::Ptr;

std::string text(const Object& object, const std::string& member) {
    const auto value = object->get(member);
    return value.isEmpty() ? std::string{} : value.convert<std::string>();
}

std::vector<Object> objects(const Object& object, const std::string& member) {
    std::vector<Object> found;
    const auto array = object->getArray(member);
    if (!array) return found;
    for (unsigned i = 0; i < array->size(); ++i)
        if (const auto item = array->getObject(i)) found.push_back(item);
    return found;
}

OfferedAction to_action(const Object& object) {
    OfferedAction action{};
    action.id = text(object, "id");
    action.label = text(object, "label");
    action.argument = text(object, "argument");
    action.confirm = text(object, "confirm");
    action.reason = text(object, "reason");
    action.enabled = object->optValue<bool>("enabled", true);
    return action;
}

ShownField to_field(const Object& object) {
    ShownField field{};
    field.kind = text(object, "kind");
    field.id = text(object, "id");
    field.label = text(object, "label");
    field.value = field.kind == "check" ? text(object, "checked") : text(object, "value");
    if (const auto verdict = object->getObject("verdict")) {
        field.verdict_tone = text(verdict, "tone");
        field.verdict_text = text(verdict, "text");
        if (const auto suggestions = verdict->getArray("suggestions"))
            for (const auto& suggestion : *suggestions)
                field.suggestions.push_back(suggestion.convert<std::string>());
    }
    return field;
}

bool is_field(const std::string& kind) {
    return kind == "text" || kind == "email" || kind == "date" || kind == "password" ||
           kind == "check" || kind == "choice";
}

bool same(const std::string& a, const std::string& b) { return Poco::icompare(a, b) == 0; }

void add_action(std::vector<OfferedAction>& actions, const Object& owner,
                const std::string& member) {
    if (const auto action = owner->getObject(member)) actions.push_back(to_action(action));
}

void add_actions_of(std::vector<OfferedAction>& actions, const Object& element) {
    for (const char* member : {"action", "previous", "next"}) add_action(actions, element, member);
    for (const char* list : {"items", "columns"})
        for (const auto& item : objects(element, list)) add_action(actions, item, "action");
}
}  // namespace

Screen::Screen(const std::string& json) : json_{json} {
    try {
        Poco::JSON::Parser parser;
        root_ = parser.parse(json).extract<Object>();
    } catch (const Poco::Exception&) {
        throw StepFailed{"the view model is not a JSON object"};
    }
    if (text(root_, "schema") != "ppo.view/1")
        throw StepFailed{"the view model does not say schema ppo.view/1"};
}

void Screen::each_element(const std::function<void(const Object&)>& take) const {
    // What stands over the view is read first.
    if (const auto dialog = root_->getObject("dialog"))
        for (const auto& element : objects(dialog, "elements")) take(element);
    for (const auto& section : objects(root_, "sections"))
        for (const auto& element : objects(section, "elements")) take(element);
}

std::vector<OfferedAction> Screen::actions() const {
    std::vector<OfferedAction> found;
    if (const auto dialog = root_->getObject("dialog"))
        for (const auto& action : objects(dialog, "actions")) found.push_back(to_action(action));
    for (const auto& action : objects(root_, "actions")) found.push_back(to_action(action));
    each_element([&](const Object& element) { add_actions_of(found, element); });
    return found;
}

std::optional<OfferedAction> Screen::action(const std::string& wanted) const {
    const auto offered = actions();
    for (const auto& action : offered)
        if (same(action.label, wanted) || action.id == wanted) return action;
    for (const auto& action : offered)
        if (action.label.size() > wanted.size() &&
            same(action.label.substr(0, wanted.size()), wanted))
            return action;
    return std::nullopt;
}

std::optional<ShownField> Screen::field(const std::string& wanted) const {
    std::optional<ShownField> exact;
    std::optional<ShownField> close;
    each_element([&](const Object& element) {
        if (!is_field(text(element, "kind"))) return;
        const ShownField field = to_field(element);
        if (!exact && (field.id == wanted || same(field.label, wanted))) exact = field;
        if (!close && says(field.label, wanted)) close = field;
    });
    return exact ? exact : close;
}

std::optional<ShownField> Screen::field_of_kind(const std::string& kind) const {
    std::optional<ShownField> found;
    each_element([&](const Object& element) {
        if (!found && text(element, "kind") == kind) found = to_field(element);
    });
    return found;
}

std::optional<OfferedAction> Screen::cell_action(const std::string& row_id,
                                                 const std::string& column, bool& found) const {
    std::optional<OfferedAction> action;
    found = false;
    each_element([&](const Object& table) {
        for (const auto& row : objects(table, "rows")) {
            if (text(row, "id") != row_id) continue;
            found = true;
            for (const auto& cell : objects(row, "cells")) {
                const auto behind = cell->getObject("action");
                if (text(cell, "column") == column && behind) action = to_action(behind);
            }
        }
    });
    return action;
}

std::optional<ShownField> Screen::tick(const std::string& row_id, bool& found) const {
    std::optional<ShownField> box;
    found = false;
    each_element([&](const Object& table) {
        for (const auto& row : objects(table, "rows")) {
            if (text(row, "id") != row_id) continue;
            found = true;
            const auto check = row->getObject("check");
            if (check && text(check, "reason").empty()) box = to_field(check);
        }
    });
    return box;
}

std::optional<ShownField> Screen::tick_all() const {
    std::optional<ShownField> box;
    each_element([&](const Object& table) {
        if (const auto check = table->getObject("check_all")) box = to_field(check);
    });
    return box;
}

std::optional<OfferedAction> Screen::turn(const char* member) const {
    std::optional<OfferedAction> found;
    each_element([&](const Object& table) {
        if (const auto action = table->getObject(member)) found = to_action(action);
    });
    return found && found->enabled ? found : std::nullopt;
}

std::optional<std::string> Screen::value_of_choice(const std::string& field_id,
                                                   const std::string& label) const {
    std::optional<std::string> value;
    std::optional<std::string> close;
    each_element([&](const Object& element) {
        if (text(element, "id") != field_id) return;
        for (const auto& choice : objects(element, "choices")) {
            const auto shown = text(choice, "label");
            if (same(shown, label) || same(text(choice, "value"), label))
                value = text(choice, "value");
            if (same(shown.substr(0, label.size()), label)) close = text(choice, "value");
        }
    });
    return value ? value : close;
}

std::string Screen::status_word() const {
    std::string word;
    each_element([&](const Object& element) {
        const auto status = element->getObject("status");
        if (word.empty() && status && text(element, "kind") == "status")
            word = text(status, "word");
    });
    return word;
}

std::vector<std::string> Screen::rows() const {
    std::vector<std::string> ids;
    each_element([&](const Object& table) {
        for (const auto& row : objects(table, "rows")) ids.push_back(text(row, "id"));
    });
    return ids;
}

bool Screen::shows(const std::string& wanted) const {
    const std::function<bool(const Poco::Dynamic::Var&)> holds =
        [&](const Poco::Dynamic::Var& value) -> bool {
        if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
            for (const auto& [name, member] : *value.extract<Poco::JSON::Object::Ptr>())
                if (holds(member)) return true;
        } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
            for (const auto& item : *value.extract<Poco::JSON::Array::Ptr>())
                if (holds(item)) return true;
        } else if (value.isString()) {
            return says(value.extract<std::string>(), wanted);
        }
        return false;
    };
    return holds(Poco::Dynamic::Var{root_});
}
}  // namespace ppo_sim
