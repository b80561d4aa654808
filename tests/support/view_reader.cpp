// SPDX-License-Identifier: Apache-2.0
#include "support/view_reader.hpp"

#include "support/temp_store.hpp"

#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <stdexcept>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

namespace ppo {
namespace {
bool named(const rapidjson::Value& object, const char* member, const std::string& name) {
    return object.HasMember(member) && object[member].GetString() == name;
}

/// RapidJSON reads draft 4, which has no "const": one value of an enum says the same.
void write_const_as_enum(rapidjson::Value& value, rapidjson::Document::AllocatorType& memory) {
    if (value.IsArray())
        for (auto& one : value.GetArray()) write_const_as_enum(one, memory);
    if (!value.IsObject()) return;
    for (auto& member : value.GetObject()) write_const_as_enum(member.value, memory);
    if (!value.HasMember("const")) return;
    rapidjson::Value only{rapidjson::kArrayType};
    only.PushBack(rapidjson::Value{value["const"], memory}, memory);
    value.AddMember("enum", only, memory);
}

const rapidjson::SchemaDocument& schema() {
    static const auto* const read = [] {
#if defined(__SANITIZE_ADDRESS__)
        // RapidJSON 1.1 loses its copy of every property's name of 16 letters and more.
        const __lsan::ScopedDisabler no_leaks_of_others;
#endif
        const auto text = bytes_of_file(PPO_VIEW_SCHEMA);
        static rapidjson::Document document;
        document.Parse(text.c_str());
        if (document.HasParseError()) throw std::logic_error{"the schema cannot be read"};
        write_const_as_enum(document, document.GetAllocator());
        return new rapidjson::SchemaDocument{document};
    }();
    return *read;
}
}  // namespace

ViewReader::ViewReader(const std::string& json) {
    document_.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
    if (document_.HasParseError()) throw std::runtime_error{"the view model is no JSON"};
}

const rapidjson::Value* ViewReader::find_element(const std::string& id) const {
    for (const auto& section : document_["sections"].GetArray())
        for (const auto& one : section["elements"].GetArray())
            if (named(one, "id", id) || (!one.HasMember("id") && named(one, "label", id)) ||
                (named(one, "kind", id) && !one.HasMember("id")))
                return &one;
    return nullptr;
}

const rapidjson::Value& ViewReader::element(const std::string& id) const {
    const auto* found = find_element(id);
    if (found == nullptr) throw std::runtime_error{"no element " + id};
    return *found;
}

bool ViewReader::has_element(const std::string& id) const { return find_element(id) != nullptr; }

std::string ViewReader::fact(const std::string& label) const {
    return element(label)["text"].GetString();
}

std::string ViewReader::notes() const {
    std::string all;
    for (const auto& section : document_["sections"].GetArray())
        for (const auto& one : section["elements"].GetArray())
            if (named(one, "kind", "note")) all += std::string{one["text"].GetString()} + "\n";
    return all;
}

std::string ViewReader::colour() const { return element("status")["status"]["colour"].GetString(); }

const rapidjson::Value* ViewReader::find_action(const std::string& id) const {
    for (const auto& one : document_["actions"].GetArray())
        if (named(one, "id", id)) return &one;
    for (const auto& section : document_["sections"].GetArray())
        for (const auto& one : section["elements"].GetArray())
            for (const char* member : {"action", "previous", "next"})
                if (one.HasMember(member) && named(one[member], "id", id)) return &one[member];
    return nullptr;
}

const rapidjson::Value& ViewReader::action(const std::string& id) const {
    const auto* found = find_action(id);
    if (found == nullptr) throw std::runtime_error{"no action " + id};
    return *found;
}

bool ViewReader::has_action(const std::string& id) const { return find_action(id) != nullptr; }

std::vector<std::string> ViewReader::row_ids() const {
    std::vector<std::string> ids;
    const auto& table = element("patients");
    for (const auto& row : table["rows"].GetArray()) ids.emplace_back(row["id"].GetString());
    return ids;
}

const rapidjson::Value& ViewReader::cell(const std::string& patient_id,
                                         const std::string& column) const {
    const auto& table = element("patients");
    for (const auto& row : table["rows"].GetArray())
        if (named(row, "id", patient_id))
            for (const auto& one : row["cells"].GetArray())
                if (named(one, "column", column)) return one;
    throw std::runtime_error{"no cell " + column + " of " + patient_id};
}

std::vector<std::string> ViewReader::marks_in(const rapidjson::Value& holder) {
    std::vector<std::string> ids;
    for (const auto& mark : holder["marks"].GetArray()) ids.emplace_back(mark["id"].GetString());
    return ids;
}

std::string ViewReader::schema_trouble() const {
    rapidjson::SchemaValidator validator{schema()};
    if (document_.Accept(validator)) return {};
    rapidjson::StringBuffer where;
    validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
    return std::string{validator.GetInvalidSchemaKeyword()} + " at " + where.GetString();
}
}  // namespace ppo
