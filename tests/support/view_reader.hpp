// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/document.h>

#include <string>
#include <vector>

namespace ppo {
/// A view model read back: throws for what is no JSON, and for what a test looks for and does not
/// find.
class ViewReader {
public:
    explicit ViewReader(const std::string& json);

    [[nodiscard]] const rapidjson::Document& document() const { return document_; }
    [[nodiscard]] std::int64_t revision() const { return document_["revision"].GetInt64(); }

    /// The element with this id, or with this label if it has no id; in any section.
    [[nodiscard]] const rapidjson::Value& element(const std::string& id) const;
    [[nodiscard]] bool has_element(const std::string& id) const;
    /// The text of a fact.
    [[nodiscard]] std::string fact(const std::string& label) const;
    /// What the notes of every section say, one a line.
    [[nodiscard]] std::string notes() const;
    /// The colour of the portal status.
    [[nodiscard]] std::string colour() const;
    /// The action of this id on the view, in a button or in a status.
    [[nodiscard]] const rapidjson::Value& action(const std::string& id) const;
    [[nodiscard]] bool has_action(const std::string& id) const;
    /// The row of the table for this patient, and one of its cells.
    [[nodiscard]] std::vector<std::string> row_ids() const;
    [[nodiscard]] const rapidjson::Value& cell(const std::string& patient_id,
                                               const std::string& column) const;
    /// Ids of the marks in a list of marks.
    [[nodiscard]] static std::vector<std::string> marks_in(const rapidjson::Value& holder);
    /// What breaks the published schema; empty if nothing does.
    [[nodiscard]] std::string schema_trouble() const;

private:
    [[nodiscard]] const rapidjson::Value* find_element(const std::string& id) const;
    [[nodiscard]] const rapidjson::Value* find_action(const std::string& id) const;
    rapidjson::Document document_{};
};
}  // namespace ppo
