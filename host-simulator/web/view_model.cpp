// SPDX-License-Identifier: Apache-2.0
#include "web/view_model.hpp"

#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <limits>

namespace ppo_sim {
namespace {
using ActionVisitor = std::function<void(const JsonObject&)>;

void visit_action(const JsonObject& owner, const char* member, const ActionVisitor& visit) {
    if (const auto action = object_of(owner, member)) visit(action);
}

void each_action_of(const JsonObject& element, const ActionVisitor& visit) {
    visit_action(element, "action", visit);
    visit_action(element, "previous", visit);
    visit_action(element, "next", visit);
    visit_action(element, "empty_action", visit);
    each_of(element, "items", [&](const JsonObject& item) { visit_action(item, "action", visit); });
    each_of(element, "columns",
            [&](const JsonObject& column) { visit_action(column, "action", visit); });
    each_of(element, "rows", [&](const JsonObject& row) {
        each_of(row, "cells", [&](const JsonObject& cell) {
            visit_action(cell, "action", visit);
            each_of(cell, "actions", visit);
        });
    });
}
}  // namespace

std::string text_of(const JsonObject& object, const char* member) {
    if (!object) return {};
    const auto value = object->get(member);
    return value.isString() ? value.extract<std::string>() : std::string{};
}

long number_of(const JsonObject& object, const char* member) {
    if (!object) return 0;
    return number_in(object->get(member));
}

long number_in(const Poco::Dynamic::Var& value) {
    if (!value.isInteger()) return 0;
    // Poco reads what is more than 63 bits as unsigned, and does not convert that.
    if (!value.isSigned())
        return static_cast<long>(std::min<Poco::UInt64>(value.convert<Poco::UInt64>(),
                                                        std::numeric_limits<long>::max()));
    return value.convert<long>();
}

bool flag_of(const JsonObject& object, const char* member, bool fallback) {
    if (!object) return fallback;
    const auto value = object->get(member);
    return value.isBoolean() ? value.extract<bool>() : fallback;
}

JsonObject object_of(const JsonObject& object, const char* member) {
    return object && object->isObject(member) ? object->getObject(member) : JsonObject{};
}

void each_of(const JsonObject& object, const char* member,
             const std::function<void(const JsonObject&)>& visit) {
    if (!object || !object->isArray(member)) return;
    const auto array = object->getArray(member);
    for (unsigned i = 0; i < array->size(); ++i) {
        if (array->isObject(i)) visit(array->getObject(i));
    }
}

bool is_input(const JsonObject& element) {
    static const std::set<std::string> kinds{"text",     "email", "date",
                                             "password", "check", "choice"};
    return kinds.count(text_of(element, "kind")) == 1;
}

ViewModel ViewModel::parse(const std::string& json) {
    ViewModel model;
    model.root_ = Poco::JSON::Parser{}.parse(json).extract<JsonObject>();
    return model;
}

void ViewModel::each_element(const std::function<void(const JsonObject&)>& visit) const {
    each_of(root_, "sections",
            [&](const JsonObject& section) { each_of(section, "elements", visit); });
}

bool ViewModel::has_table() const {
    bool found = false;
    each_element([&](const JsonObject& element) { found |= text_of(element, "kind") == "table"; });
    return found;
}

JsonObject ViewModel::input(std::string_view id) const {
    JsonObject found;
    const auto compare = [&](const JsonObject& element) {
        if (is_input(element) && text_of(element, "id") == id) found = element;
    };
    each_element(compare);
    each_of(dialog(), "elements", compare);
    return found;
}

JsonObject ViewModel::field(std::string_view id) const {
    JsonObject found = input(id);
    const auto compare = [&](const JsonObject& check) {
        if (!found && check && text_of(check, "id") == id) found = check;
    };
    each_element([&](const JsonObject& element) {
        compare(object_of(element, "check_all"));
        each_of(element, "rows", [&](const JsonObject& row) { compare(object_of(row, "check")); });
    });
    return found;
}

bool ViewModel::is_tick(std::string_view id) const { return !input(id); }

std::string ViewModel::value_of(const JsonObject& field) {
    if (field->has("checked")) return flag_of(field, "checked") ? "1" : "0";
    return text_of(field, "kind") == "password" ? std::string{} : text_of(field, "value");
}

JsonObject ViewModel::action(std::string_view id, std::string_view argument) const {
    JsonObject found;
    const auto compare = [&](const JsonObject& action) {
        if (!found && text_of(action, "id") == id && text_of(action, "argument") == argument) {
            found = action;
        }
    };
    const auto compare_all = [&](const JsonObject& element) { each_action_of(element, compare); };
    each_of(dialog(), "actions", compare);
    each_of(dialog(), "elements", compare_all);
    each_of(root_, "actions", compare);
    each_element(compare_all);
    return found;
}

std::set<std::string> ViewModel::navigation() const {
    std::set<std::string> ids;
    const auto take = [&ids](const JsonObject& action) { ids.insert(text_of(action, "id")); };
    each_element([&](const JsonObject& element) {
        if (text_of(element, "kind") != "table") return;
        visit_action(element, "previous", take);
        visit_action(element, "next", take);
        each_of(element, "columns",
                [&](const JsonObject& column) { visit_action(column, "action", take); });
    });
    return ids;
}
}  // namespace ppo_sim
