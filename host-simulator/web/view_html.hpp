// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/html.hpp"
#include "web/http.hpp"
#include "web/view_model.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ppo_sim {
/// Where on the site a view stands.
struct ViewPlace {
    std::string path{};  // "/emr/view/ID", without the query.
    Form query{};        // What the address carries: patient, fields of a list, moves in its table.
    std::string csrf{};
    std::string key{};  // Makes element ids unique on the page: "v" followed by a word.
    std::map<std::string, std::string> shown{};  // What fields held when the user first saw them.
    int heading_level = 2;                       // Of the sections.
    bool done = false;  // An action was just done: fields are as the plugin has them now.
};

/// Names in forms and addresses. A field of a view is posted as "f." and its id; what the page
/// showed as "was." and its id, so that only what somebody really changed is edited.
inline constexpr std::string_view field_prefix = "f.";
inline constexpr std::string_view shown_prefix = "was.";
inline constexpr std::string_view do_name = "do";
/// Moves in a table stand in the address: how it is sorted, then which page of that.
inline constexpr std::string_view sort_name = "sort";
inline constexpr std::string_view page_name = "page";
/// The same moves as a button of a list with ticks, which go along: "sort" or "page", a space, and
/// what the address would say.
inline constexpr std::string_view go_name = "go";
/// A shortcut to a filter: field id, a space, and its value.
inline constexpr std::string_view set_name = "set";
/// The button of a toast, with the value of an action's button. No question stands before it, and
/// no model offers it.
inline constexpr std::string_view undo_name = "undo";
/// Names the view that was kept open for this page.
inline constexpr std::string_view held_name = "v";

/// Any view model as accessible HTML: one element with the class "view", which the script of the
/// page replaces.
[[nodiscard]] std::string render_view(const ViewModel& model, const ViewPlace& place);

/// An id of the plugin as one word, which may be an element's id and which the same word comes back
/// from: blanks, and the percent sign, are percent-encoded.
[[nodiscard]] std::string without_blanks(std::string_view text);

/// The value of a button for this action: its id, then its argument if it has one, split by a
/// space. The id has no blanks.
[[nodiscard]] std::string action_value(const JsonObject& action);

/// A drawing for a shape of the schema ("check", "cross", "envelope", "circle") or for our own
/// pages ("pencil", "key", "warning"); nothing for a word it does not know. Decoration: the word
/// always stands beside it.
[[nodiscard]] std::string_view glyph(std::string_view shape);

/// What the parts of one view share while it is drawn.
struct ViewPainter {
    const ViewPlace& place;
    bool list = false;  // The view has a table: its fields are filters, which the address keeps.
    bool has_primary = false;  // The view has an action that Enter presses.
    Html out{};
    std::vector<std::string> reasons{};  // Of the buttons of the open line, each once.
    bool in_line = false;

    void field(const JsonObject& element);
    void table(const JsonObject& element);
    void progress(const JsonObject& element);
    /// Inline SVG, with the same numbers in a table beside it.
    void chart(const JsonObject& element);
    /// The box of a table's row, or above the table with its label beside it.
    void tick(const JsonObject& check, bool in_row);
    void element(const JsonObject& element);

    void status(const JsonObject& status);
    void marks(const JsonObject& owner);
    void verdict(const std::string& id, const JsonObject& element);
    void note(const JsonObject& note);
    /// A button that invokes the action. `extra_class` says how it looks.
    void action_button(const JsonObject& action, std::string_view extra_class = {});
    /// The same, around content that is already HTML; the action's sentence is added for screen
    /// readers.
    void action_around(const JsonObject& action, std::string_view css_class,
                       const std::string& content);
    /// A small button, named by the action's sentence alone.
    void aside_button(const JsonObject& action);
    /// A button that puts a value into a field, around content that is already HTML.
    void setter_around(const JsonObject& setter, std::string_view css_class,
                       const std::string& content);
    [[nodiscard]] std::string id(const std::string& name) const;
};

/// A word that the schema knows as it is, anything else as the fallback: class names come from a
/// closed list.
[[nodiscard]] std::string known_word(const std::string& word,
                                     std::initializer_list<std::string_view> known,
                                     std::string_view fallback);
[[nodiscard]] std::string tone_of(const JsonObject& owner);
}  // namespace ppo_sim
