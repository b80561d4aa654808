// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace ppo_sim {
using JsonObject = Poco::JSON::Object::Ptr;

/// The member as text, number or flag; empty, 0 or the fallback if it is absent or of another type.
[[nodiscard]] std::string text_of(const JsonObject& object, const char* member);
[[nodiscard]] long number_of(const JsonObject& object, const char* member);
[[nodiscard]] long number_in(const Poco::Dynamic::Var& value);
[[nodiscard]] bool flag_of(const JsonObject& object, const char* member, bool fallback = false);
/// The member as object, or null.
[[nodiscard]] JsonObject object_of(const JsonObject& object, const char* member);
/// Calls `visit` for each object of the array member; an absent array has none.
void each_of(const JsonObject& object, const char* member,
             const std::function<void(const JsonObject&)>& visit);

/// One view model as the plugin wrote it (schema ppo.view/1), read without knowing any view by
/// name.
class ViewModel {
public:
    /// Throws Poco::Exception for text that is not a JSON object.
    [[nodiscard]] static ViewModel parse(const std::string& json);

    [[nodiscard]] const JsonObject& root() const { return root_; }
    [[nodiscard]] std::string title() const { return text_of(root_, "title"); }
    /// True for a list of rows: then its fields are filters, which belong into the address.
    [[nodiscard]] bool has_table() const;
    /// What stands over the view until it is answered, or null.
    [[nodiscard]] JsonObject dialog() const { return object_of(root_, "dialog"); }
    /// The element with this id, or null. A box in a table is found too.
    [[nodiscard]] JsonObject field(std::string_view id) const;
    /// True for a box in a table, and for what the model does not show: a row of another page.
    [[nodiscard]] bool is_tick(std::string_view id) const;
    /// What the field holds now, as `edit` would take it; empty for a password.
    [[nodiscard]] static std::string value_of(const JsonObject& field);
    /// The action that a button of the view stands for, or null if it is not offered (any more).
    [[nodiscard]] JsonObject action(std::string_view id, std::string_view argument) const;
    /// Ids of the actions that only move about in a table: sort, previous page, next page.
    [[nodiscard]] std::set<std::string> navigation() const;
    /// The elements of the sections; those of a dialog come and go with it.
    void each_element(const std::function<void(const JsonObject&)>& visit) const;

private:
    [[nodiscard]] JsonObject input(std::string_view id) const;

    JsonObject root_{};
};

/// The kinds of element whose value the user gives.
[[nodiscard]] bool is_input(const JsonObject& element);
}  // namespace ppo_sim
