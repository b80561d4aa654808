// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/portal_status.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ppo {
/// An action as the model shows it; empty members are left out.
struct ModelAction {
    std::string_view id{};
    std::string_view label{};
    std::string argument{};
    std::string hint{};
    std::string confirm{};
    std::string_view tone{};
    bool primary = false;
    std::string reason{};  // Why it is not enabled; empty = enabled.
};

/// A check box that stands in a table.
struct ModelCheck {
    std::string id{};
    std::string label{};
    bool checked = false;
    std::string reason{};  // Why it cannot be ticked; empty = it can.
};

/// A shortcut to a value of a field: a click on it is an edit.
struct ModelSetter {
    std::string_view field{};
    std::string value{};
    std::string label{};
    std::string hint{};
    bool pressed = false;  // The field has this value; the click takes it back.
};

/// A bar and the same in words.
struct ModelProgress {
    std::string id{};
    std::string label{};
    std::int64_t value = 0;
    std::int64_t max = 0;
    std::string text{};
    std::string_view tone{};
};

/// Numbers to be drawn: each series has one for each category.
struct ModelSeries {
    std::string_view id{};
    std::string_view label{};
    std::vector<std::int64_t> values{};
};
struct ModelChart {
    std::string_view id{};
    std::string_view label{};
    std::string text{};       // What it says, in a sentence: also for hosts that draw nothing.
    std::string_view form{};  // "steps" of one way, or "time".
    std::string_view axis{};  // What the categories are: "Step".
    std::vector<std::string> categories{};
    std::vector<ModelSeries> series{};
};

/// The word beside a field.
struct ModelVerdict {
    std::string_view tone{};
    std::string text{};
    std::vector<std::string> suggestions{};
};

/// Writes a view model (abi/schema/view-model-1.schema.json) piece by piece, in the order in which
/// it reads.
class ModelWriter {
public:
    ModelWriter(std::string_view view, std::int64_t revision, std::string_view title);

    void patient(std::string_view id) { text("patient_id", id); }
    void banner(std::string_view tone, std::string_view words);
    void refresh_after(std::chrono::milliseconds wait);

    /// Before the sections. Elements go in between.
    void begin_dialog(std::string_view id, std::string_view title);
    void end_dialog(const std::vector<ModelAction>& actions, std::string_view dismiss);

    void begin_sections() { begin_list("sections"); }
    void begin_section(std::string_view id, std::string_view label, bool folded = false);
    void end_section();

    /// Without an action's id it is only shown.
    void status(std::string_view label, PortalStatus status, Marks marks,
                const ModelAction& action = {});
    void text_field(std::string_view id, std::string_view label, std::string_view value,
                    std::string_view hint, bool live, const std::optional<ModelVerdict>& verdict);
    /// The field by which people find somebody.
    void search_field(std::string_view id, std::string_view label, std::string_view value,
                      std::string_view hint);
    void password_field(std::string_view id, std::string_view label, std::string_view hint,
                        bool filled, std::string_view needs,
                        const std::optional<ModelVerdict>& verdict);
    void date_field(std::string_view id, std::string_view label, std::string_view value,
                    std::string_view hint = {});
    void check(std::string_view id, std::string_view label, bool checked, std::string_view hint);
    using Choices = std::vector<std::pair<std::string, std::string>>;  // Value and label.
    void choice(std::string_view id, std::string_view label, std::string_view value,
                const Choices& choices, std::string_view hint = {});
    void fact(std::string_view label, std::string_view words, std::string_view tone = {});
    void note(std::string_view tone, std::string_view words);
    void progress(const ModelProgress& progress);
    void button(const ModelAction& action);
    void chart(const ModelChart& chart);

    /// Ends the sections, writes the actions on the whole view, and gives the document.
    [[nodiscard]] std::string finish(const std::vector<ModelAction>& actions);

    // For elements with a shape of their own: reasons, history, counts, tables.
    void begin_element(std::string_view kind);
    void end_element() { writer_.EndObject(); }
    void begin_object() { writer_.StartObject(); }
    void end_object() { writer_.EndObject(); }
    void begin_list(std::string_view key);
    void end_list() { writer_.EndArray(); }
    void text(std::string_view key, std::string_view value);
    void number(std::string_view key, std::int64_t value);
    void flag(std::string_view key, bool value);
    void action(std::string_view key, const ModelAction& action);
    void table_check(std::string_view key, const ModelCheck& check);
    void setter(std::string_view key, const ModelSetter& setter);
    void write_setter(const ModelSetter& setter);
    void write_action(const ModelAction& action);
    void write_status(PortalStatus status);
    void write_marks(Marks marks);

private:
    void string(std::string_view value);
    void key(std::string_view value);
    void write_actions(const std::vector<ModelAction>& actions);
    void write_verdict(const ModelVerdict& verdict);

    rapidjson::StringBuffer buffer_{};
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};
}  // namespace ppo
