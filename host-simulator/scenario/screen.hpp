// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/instance.hpp"

#include <Poco/JSON/Object.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ppo_sim {
/// An action as the model offers it.
struct OfferedAction {
    std::string id{};
    std::string label{};
    std::string argument{};
    std::string confirm{};
    std::string reason{};  // Why it is not enabled.
    bool enabled = true;
};

/// A field as the model shows it.
struct ShownField {
    std::string kind{};
    std::string id{};
    std::string label{};
    std::string value{};
    std::string verdict_tone{};
    std::string verdict_text{};
    std::vector<std::string> suggestions{};
};

/// One rendered view model, read the way staff read a screen: by what stands there. It knows no
/// view by its id.
class Screen {
public:
    /// Throws StepFailed if the text is not a view model of schema ppo.view/1.
    explicit Screen(const std::string& json);

    [[nodiscard]] const std::string& json() const { return json_; }

    /// The action whose id or label is `wanted` (letter case ignored), else the only one whose
    /// label begins with it.
    [[nodiscard]] std::optional<OfferedAction> action(const std::string& wanted) const;
    /// The field whose id or label is `wanted`, else the first whose label contains it.
    [[nodiscard]] std::optional<ShownField> field(const std::string& wanted) const;
    /// The first field of a kind: "password", "check".
    [[nodiscard]] std::optional<ShownField> field_of_kind(const std::string& kind) const;
    /// The action behind a cell of a row; `found` says whether the row is on this page.
    [[nodiscard]] std::optional<OfferedAction> cell_action(const std::string& row_id,
                                                           const std::string& column,
                                                           bool& found) const;
    /// The box of a row; `found` says whether the row is on this page.
    [[nodiscard]] std::optional<ShownField> tick(const std::string& row_id, bool& found) const;
    /// The box that stands for every row that matches.
    [[nodiscard]] std::optional<ShownField> tick_all() const;
    /// What leads to the table's next page, or back from it.
    [[nodiscard]] std::optional<OfferedAction> next_page() const { return turn("next"); }
    [[nodiscard]] std::optional<OfferedAction> previous_page() const { return turn("previous"); }
    /// The value of a choice whose label (or value) this is, else of the last whose label begins
    /// so.
    [[nodiscard]] std::optional<std::string> value_of_choice(const std::string& field_id,
                                                             const std::string& label) const;
    /// The word beside the rectangle of the whole view.
    [[nodiscard]] std::string status_word() const;
    /// The ids of the table's rows.
    [[nodiscard]] std::vector<std::string> rows() const;
    /// True if some text of the model contains this, letter case ignored.
    [[nodiscard]] bool shows(const std::string& text) const;

private:
    using Object = Poco::JSON::Object::Ptr;
    void each_element(const std::function<void(const Object&)>& take) const;
    [[nodiscard]] std::vector<OfferedAction> actions() const;
    [[nodiscard]] std::optional<OfferedAction> turn(const char* member) const;

    std::string json_;
    Object root_{};
};
}  // namespace ppo_sim
