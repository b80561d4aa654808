// SPDX-License-Identifier: Apache-2.0
#include "boundary/model_writer.hpp"

namespace ppo {
ModelWriter::ModelWriter(std::string_view view, std::int64_t revision, std::string_view title) {
    writer_.StartObject();
    text("schema", "ppo.view/1");
    text("view", view);
    number("revision", revision);
    text("language", "en");
    text("title", title);
}

void ModelWriter::string(std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    writer_.String(data, static_cast<rapidjson::SizeType>(value.size()));
}

void ModelWriter::key(std::string_view value) {
    writer_.Key(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void ModelWriter::text(std::string_view name, std::string_view value) {
    key(name);
    string(value);
}

void ModelWriter::number(std::string_view name, std::int64_t value) {
    key(name);
    writer_.Int64(value);
}

void ModelWriter::flag(std::string_view name, bool value) {
    key(name);
    writer_.Bool(value);
}

void ModelWriter::begin_list(std::string_view name) {
    key(name);
    writer_.StartArray();
}

void ModelWriter::begin_element(std::string_view kind) {
    writer_.StartObject();
    text("kind", kind);
}

void ModelWriter::banner(std::string_view tone, std::string_view words) {
    key("banner");
    note(tone, words);
}

void ModelWriter::refresh_after(std::chrono::milliseconds wait) {
    number("refresh_after_ms", wait.count());
}

void ModelWriter::begin_dialog(std::string_view id, std::string_view title) {
    key("dialog");
    writer_.StartObject();
    text("id", id);
    text("title", title);
    begin_list("elements");
}

void ModelWriter::end_dialog(const std::vector<ModelAction>& actions, std::string_view dismiss) {
    writer_.EndArray();
    write_actions(actions);
    text("dismiss", dismiss);
    writer_.EndObject();
}

void ModelWriter::begin_section(std::string_view id, std::string_view label, bool folded) {
    writer_.StartObject();
    text("id", id);
    text("label", label);
    if (folded) flag("folded", true);
    begin_list("elements");
}

void ModelWriter::end_section() {
    writer_.EndArray();
    writer_.EndObject();
}

void ModelWriter::write_action(const ModelAction& action) {
    writer_.StartObject();
    text("id", action.id);
    text("label", action.label);
    if (!action.argument.empty()) text("argument", action.argument);
    if (!action.hint.empty()) text("hint", action.hint);
    if (!action.confirm.empty()) text("confirm", action.confirm);
    if (!action.tone.empty()) text("tone", action.tone);
    if (action.primary) flag("primary", true);
    if (!action.reason.empty()) {
        flag("enabled", false);
        text("reason", action.reason);
    }
    writer_.EndObject();
}

void ModelWriter::write_actions(const std::vector<ModelAction>& actions) {
    begin_list("actions");
    for (const auto& one : actions) write_action(one);
    writer_.EndArray();
}

void ModelWriter::table_check(std::string_view name, const ModelCheck& check) {
    key(name);
    writer_.StartObject();
    text("id", check.id);
    text("label", check.label);
    flag("checked", check.checked);
    if (!check.reason.empty()) text("reason", check.reason);
    writer_.EndObject();
}

void ModelWriter::write_setter(const ModelSetter& setter) {
    writer_.StartObject();
    text("field", setter.field);
    text("value", setter.value);
    text("label", setter.label);
    if (!setter.hint.empty()) text("hint", setter.hint);
    if (setter.pressed) flag("pressed", true);
    writer_.EndObject();
}

void ModelWriter::setter(std::string_view name, const ModelSetter& setter) {
    key(name);
    write_setter(setter);
}

void ModelWriter::action(std::string_view name, const ModelAction& action) {
    key(name);
    write_action(action);
}

void ModelWriter::write_status(PortalStatus status) {
    key("status");
    writer_.StartObject();
    text("colour", status_colour(status));
    text("word", status_word(status, "en"));
    text("shape", status_shape(status));
    writer_.EndObject();
}

void ModelWriter::write_marks(Marks marks) {
    begin_list("marks");
    for (const auto& mark : all_marks("en")) {
        if (!marks.has(mark.mark)) continue;
        writer_.StartObject();
        text("id", mark.id);
        text("label", mark.word);
        text("tone", mark.is_trouble ? "warning" : "neutral");
        writer_.EndObject();
    }
    writer_.EndArray();
}

void ModelWriter::write_verdict(const ModelVerdict& verdict) {
    key("verdict");
    writer_.StartObject();
    text("tone", verdict.tone);
    text("text", verdict.text);
    if (!verdict.suggestions.empty()) {
        begin_list("suggestions");
        for (const auto& suggestion : verdict.suggestions) string(suggestion);
        writer_.EndArray();
    }
    writer_.EndObject();
}

void ModelWriter::status(std::string_view label, PortalStatus status, Marks marks,
                         const ModelAction& toggle) {
    begin_element("status");
    text("id", "status");
    text("label", label);
    write_status(status);
    write_marks(marks);
    if (!toggle.id.empty()) action("action", toggle);
    end_element();
}

void ModelWriter::text_field(std::string_view id, std::string_view label, std::string_view value,
                             std::string_view hint, bool live,
                             const std::optional<ModelVerdict>& verdict) {
    begin_element("text");
    text("id", id);
    text("label", label);
    text("value", value);
    if (!hint.empty()) text("hint", hint);
    if (live) flag("live", true);
    number("max_length", 128);
    if (verdict) write_verdict(*verdict);
    end_element();
}

void ModelWriter::search_field(std::string_view id, std::string_view label, std::string_view value,
                               std::string_view hint) {
    begin_element("text");
    text("id", id);
    text("label", label);
    text("value", value);
    text("hint", hint);
    flag("search", true);
    number("max_length", 128);
    end_element();
}

void ModelWriter::password_field(std::string_view id, std::string_view label, std::string_view hint,
                                 bool filled, std::string_view needs,
                                 const std::optional<ModelVerdict>& verdict) {
    begin_element("password");
    text("id", id);
    text("label", label);
    text("hint", hint);
    flag("filled", filled);
    text("needs", needs);
    number("max_length", 256);
    if (verdict) write_verdict(*verdict);
    end_element();
}

void ModelWriter::date_field(std::string_view id, std::string_view label, std::string_view value,
                             std::string_view hint) {
    begin_element("date");
    text("id", id);
    text("label", label);
    text("value", value);
    if (!hint.empty()) text("hint", hint);
    end_element();
}

void ModelWriter::check(std::string_view id, std::string_view label, bool checked,
                        std::string_view hint) {
    begin_element("check");
    text("id", id);
    text("label", label);
    flag("checked", checked);
    if (!hint.empty()) text("hint", hint);
    end_element();
}

void ModelWriter::choice(std::string_view id, std::string_view label, std::string_view value,
                         const Choices& choices, std::string_view hint) {
    begin_element("choice");
    text("id", id);
    text("label", label);
    text("value", value);
    if (!hint.empty()) text("hint", hint);
    begin_list("choices");
    for (const auto& [choice_value, choice_label] : choices) {
        writer_.StartObject();
        text("value", choice_value);
        text("label", choice_label);
        writer_.EndObject();
    }
    writer_.EndArray();
    end_element();
}

void ModelWriter::fact(std::string_view label, std::string_view words, std::string_view tone) {
    begin_element("fact");
    text("label", label);
    text("text", words);
    if (!tone.empty()) text("tone", tone);
    end_element();
}

void ModelWriter::note(std::string_view tone, std::string_view words) {
    begin_element("note");
    text("tone", tone);
    text("text", words);
    end_element();
}

void ModelWriter::progress(const ModelProgress& progress) {
    begin_element("progress");
    text("id", progress.id);
    text("label", progress.label);
    number("value", progress.value);
    number("max", progress.max);
    text("text", progress.text);
    if (!progress.tone.empty()) text("tone", progress.tone);
    end_element();
}

void ModelWriter::button(const ModelAction& pressed) {
    begin_element("button");
    action("action", pressed);
    end_element();
}

void ModelWriter::chart(const ModelChart& chart) {
    begin_element("chart");
    text("id", chart.id);
    text("label", chart.label);
    text("text", chart.text);
    text("form", chart.form);
    text("axis", chart.axis);
    begin_list("categories");
    for (const auto& category : chart.categories) string(category);
    end_list();
    begin_list("series");
    for (const auto& series : chart.series) {
        writer_.StartObject();
        text("id", series.id);
        text("label", series.label);
        begin_list("values");
        for (const auto value : series.values) writer_.Int64(value);
        end_list();
        writer_.EndObject();
    }
    end_list();
    end_element();
}

std::string ModelWriter::finish(const std::vector<ModelAction>& actions) {
    writer_.EndArray();
    write_actions(actions);
    writer_.EndObject();
    return {buffer_.GetString(), buffer_.GetSize()};
}
}  // namespace ppo
