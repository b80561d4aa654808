// SPDX-License-Identifier: Apache-2.0
#include "validate/view_model.hpp"

#include <rapidjson/document.h>

namespace ppo_validate {
namespace {
std::string text_of(const rapidjson::Value& object, const char* member) {
    const auto found = object.FindMember(member);
    if (found == object.MemberEnd() || !found->value.IsString()) return {};
    return {found->value.GetString(), found->value.GetStringLength()};
}

bool is_true(const rapidjson::Value& object, const char* member) {
    const auto found = object.FindMember(member);
    return found != object.MemberEnd() && found->value.IsBool() && found->value.GetBool();
}

/// Actions and fields may stand anywhere: what has an id and takes something is one of them.
void collect(const std::string& name, const rapidjson::Value& value, ViewModel& model) {
    if (value.IsArray()) {
        const std::string of_items = name == "actions" ? "action" : name;
        for (const auto& item : value.GetArray()) collect(of_items, item, model);
        return;
    }
    if (!value.IsObject()) return;
    const std::string id = text_of(value, "id");
    const std::string kind = text_of(value, "kind");
    const bool is_action = name == "action" || name == "previous" || name == "next" ||
                           name == "empty_action";
    if (is_action && !id.empty()) model.actions.push_back({id, text_of(value, "argument")});
    const bool is_field = kind == "text" || kind == "email" || kind == "date" ||
                          kind == "password" || kind == "check" || kind == "choice" ||
                          name == "check" || name == "check_all";
    if (is_field && !id.empty() && !is_true(value, "read_only")) model.fields.push_back(id);
    for (const auto& member : value.GetObject())
        collect(member.name.GetString(), member.value, model);
}

ppo_result PPO_CALL append(void* context, const char* data, std::size_t size) {
    static_cast<std::string*>(context)->append(data, size);
    return PPO_OK;
}

ppo_result PPO_CALL take_contribution(void* context, const ppo_contribution* given) {
    static_cast<std::vector<Contribution>*>(context)->push_back(
        {copy(given->view_id), copy(given->location), copy(given->label),
         (given->flags & PPO_CONTRIBUTION_NEEDS_PATIENT) != 0});
    return PPO_OK;
}
}  // namespace

ViewModel render(const Practice& practice, ppo_view* view) {
    ViewModel model;
    const ppo_text_sink sink{&model.json, append};
    auto error = fresh<ppo_error>();
    const auto result = practice.ui->render(view, &sink, &error);
    if (result != PPO_OK) {
        model.flaw = told("render", result, error);
        return model;
    }
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(model.json.data(), model.json.size());
    if (document.HasParseError() || !document.IsObject())
        model.flaw = "The model is no JSON object in UTF-8: " + clean(model.json);
    else if (text_of(document, "schema") != "ppo.view/1")
        model.flaw = "The model does not say that its schema is ppo.view/1.";
    else
        collect("", document, model);
    return model;
}

std::vector<Contribution> contributions(const Practice& practice) {
    if (practice.ui == nullptr) throw NotOffered{"the plugin does not offer " PPO_UI_1};
    std::vector<Contribution> all;
    const ppo_contribution_sink sink{&all, take_contribution};
    auto error = fresh<ppo_error>();
    const auto result = practice.ui->contributions(practice.self, {}, &sink, &error);
    if (result != PPO_OK) throw CannotGoOn{told("contributions", result, error)};
    return all;
}

ppo_view* open_view(const Practice& practice, const Contribution& where,
                    const std::string& patient_id) {
    const auto caller = staff();
    auto request = fresh<ppo_view_request>();
    request.view_id = borrow(where.view_id);
    if (where.needs_patient) request.patient_id = borrow(patient_id);
    ppo_view* opened = nullptr;
    auto error = fresh<ppo_error>();
    const auto result = practice.ui->open(practice.self, &caller, &request, &opened, &error);
    if (result != PPO_OK || opened == nullptr)
        throw CannotGoOn{told("open of " + where.view_id, result, error)};
    return opened;
}
}  // namespace ppo_validate
