// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/ui.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_CONTRIBUTION_NEEDS_PATIENT == 1, "PPO_CONTRIBUTION_NEEDS_PATIENT");
static_assert(PPO_EFFECT_REFRESH == 1, "PPO_EFFECT_REFRESH");
static_assert(PPO_EFFECT_CLOSE == 2, "PPO_EFFECT_CLOSE");
static_assert(PPO_EFFECT_OPEN_VIEW == 3, "PPO_EFFECT_OPEN_VIEW");
static_assert(PPO_EFFECT_OPEN_URL == 4, "PPO_EFFECT_OPEN_URL");
static_assert(PPO_EFFECT_COPY_TEXT == 5, "PPO_EFFECT_COPY_TEXT");
static_assert(PPO_EFFECT_TOAST == 6, "PPO_EFFECT_TOAST");
static_assert(PPO_EFFECT_SAVE_TEXT == 7, "PPO_EFFECT_SAVE_TEXT");
static_assert(PPO_TONE_NEUTRAL == 0, "PPO_TONE_NEUTRAL");
static_assert(PPO_TONE_SUCCESS == 1, "PPO_TONE_SUCCESS");
static_assert(PPO_TONE_WARNING == 2, "PPO_TONE_WARNING");
static_assert(PPO_TONE_DANGER == 3, "PPO_TONE_DANGER");
static_assert(std::string_view{PPO_UI_1} == "ppo.ui/1", "PPO_UI_1");

static_assert(sizeof(ppo_contribution) >= 80, "ppo_contribution");
static_assert(offsetof(ppo_contribution, struct_size) == 0, "ppo_contribution.struct_size");
static_assert(std::is_same_v<decltype(ppo_contribution::struct_size), uint32_t>,
              "ppo_contribution.struct_size");
static_assert(offsetof(ppo_contribution, flags) == 4, "ppo_contribution.flags");
static_assert(std::is_same_v<decltype(ppo_contribution::flags), uint32_t>,
              "ppo_contribution.flags");
static_assert(offsetof(ppo_contribution, permission) == 8, "ppo_contribution.permission");
static_assert(std::is_same_v<decltype(ppo_contribution::permission), uint32_t>,
              "ppo_contribution.permission");
static_assert(offsetof(ppo_contribution, order) == 12, "ppo_contribution.order");
static_assert(std::is_same_v<decltype(ppo_contribution::order), uint32_t>,
              "ppo_contribution.order");
static_assert(offsetof(ppo_contribution, location) == 16, "ppo_contribution.location");
static_assert(std::is_same_v<decltype(ppo_contribution::location), ppo_text>,
              "ppo_contribution.location");
static_assert(offsetof(ppo_contribution, view_id) == 32, "ppo_contribution.view_id");
static_assert(std::is_same_v<decltype(ppo_contribution::view_id), ppo_text>,
              "ppo_contribution.view_id");
static_assert(offsetof(ppo_contribution, label) == 48, "ppo_contribution.label");
static_assert(std::is_same_v<decltype(ppo_contribution::label), ppo_text>,
              "ppo_contribution.label");
static_assert(offsetof(ppo_contribution, hint) == 64, "ppo_contribution.hint");
static_assert(std::is_same_v<decltype(ppo_contribution::hint), ppo_text>, "ppo_contribution.hint");

static_assert(sizeof(ppo_contribution_sink) == 16, "ppo_contribution_sink");
static_assert(offsetof(ppo_contribution_sink, context) == 0, "ppo_contribution_sink.context");
static_assert(std::is_same_v<decltype(ppo_contribution_sink::context), void*>,
              "ppo_contribution_sink.context");
static_assert(offsetof(ppo_contribution_sink, put) == 8, "ppo_contribution_sink.put");
static_assert(
    std::is_same_v<decltype(ppo_contribution_sink::put),
                   ppo_result(PPO_CALL*)(void* context, const ppo_contribution* contribution)>,
    "ppo_contribution_sink.put");

static_assert(sizeof(ppo_view_request) >= 56, "ppo_view_request");
static_assert(offsetof(ppo_view_request, struct_size) == 0, "ppo_view_request.struct_size");
static_assert(std::is_same_v<decltype(ppo_view_request::struct_size), uint32_t>,
              "ppo_view_request.struct_size");
static_assert(offsetof(ppo_view_request, flags) == 4, "ppo_view_request.flags");
static_assert(std::is_same_v<decltype(ppo_view_request::flags), uint32_t>,
              "ppo_view_request.flags");
static_assert(offsetof(ppo_view_request, view_id) == 8, "ppo_view_request.view_id");
static_assert(std::is_same_v<decltype(ppo_view_request::view_id), ppo_text>,
              "ppo_view_request.view_id");
static_assert(offsetof(ppo_view_request, patient_id) == 24, "ppo_view_request.patient_id");
static_assert(std::is_same_v<decltype(ppo_view_request::patient_id), ppo_text>,
              "ppo_view_request.patient_id");
static_assert(offsetof(ppo_view_request, language) == 40, "ppo_view_request.language");
static_assert(std::is_same_v<decltype(ppo_view_request::language), ppo_text>,
              "ppo_view_request.language");

static_assert(sizeof(ppo_effect) >= 96, "ppo_effect");
static_assert(offsetof(ppo_effect, struct_size) == 0, "ppo_effect.struct_size");
static_assert(std::is_same_v<decltype(ppo_effect::struct_size), uint32_t>,
              "ppo_effect.struct_size");
static_assert(offsetof(ppo_effect, kind) == 4, "ppo_effect.kind");
static_assert(std::is_same_v<decltype(ppo_effect::kind), uint32_t>, "ppo_effect.kind");
static_assert(offsetof(ppo_effect, tone) == 8, "ppo_effect.tone");
static_assert(std::is_same_v<decltype(ppo_effect::tone), uint32_t>, "ppo_effect.tone");
static_assert(offsetof(ppo_effect, reserved) == 12, "ppo_effect.reserved");
static_assert(std::is_same_v<decltype(ppo_effect::reserved), uint32_t>, "ppo_effect.reserved");
static_assert(offsetof(ppo_effect, target) == 16, "ppo_effect.target");
static_assert(std::is_same_v<decltype(ppo_effect::target), ppo_text>, "ppo_effect.target");
static_assert(offsetof(ppo_effect, text) == 32, "ppo_effect.text");
static_assert(std::is_same_v<decltype(ppo_effect::text), ppo_text>, "ppo_effect.text");
static_assert(offsetof(ppo_effect, action_id) == 48, "ppo_effect.action_id");
static_assert(std::is_same_v<decltype(ppo_effect::action_id), ppo_text>, "ppo_effect.action_id");
static_assert(offsetof(ppo_effect, action_label) == 64, "ppo_effect.action_label");
static_assert(std::is_same_v<decltype(ppo_effect::action_label), ppo_text>,
              "ppo_effect.action_label");
static_assert(offsetof(ppo_effect, argument) == 80, "ppo_effect.argument");
static_assert(std::is_same_v<decltype(ppo_effect::argument), ppo_text>, "ppo_effect.argument");

static_assert(sizeof(ppo_effect_sink) == 16, "ppo_effect_sink");
static_assert(offsetof(ppo_effect_sink, context) == 0, "ppo_effect_sink.context");
static_assert(std::is_same_v<decltype(ppo_effect_sink::context), void*>, "ppo_effect_sink.context");
static_assert(offsetof(ppo_effect_sink, put) == 8, "ppo_effect_sink.put");
static_assert(std::is_same_v<decltype(ppo_effect_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_effect* effect)>,
              "ppo_effect_sink.put");

static_assert(sizeof(ppo_ui_1) >= 56, "ppo_ui_1");
static_assert(offsetof(ppo_ui_1, struct_size) == 0, "ppo_ui_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_ui_1::struct_size), uint32_t>, "ppo_ui_1.struct_size");
static_assert(offsetof(ppo_ui_1, reserved) == 4, "ppo_ui_1.reserved");
static_assert(std::is_same_v<decltype(ppo_ui_1::reserved), uint32_t>, "ppo_ui_1.reserved");
static_assert(offsetof(ppo_ui_1, contributions) == 8, "ppo_ui_1.contributions");
static_assert(
    std::is_same_v<decltype(ppo_ui_1::contributions),
                   ppo_result(PPO_CALL*)(ppo_instance* self, ppo_text language,
                                         const ppo_contribution_sink* sink, ppo_error* error)>,
    "ppo_ui_1.contributions");
static_assert(offsetof(ppo_ui_1, open) == 16, "ppo_ui_1.open");
static_assert(std::is_same_v<decltype(ppo_ui_1::open),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_view_request* request, ppo_view** out,
                                                   ppo_error* error)>,
              "ppo_ui_1.open");
static_assert(offsetof(ppo_ui_1, render) == 24, "ppo_ui_1.render");
static_assert(std::is_same_v<decltype(ppo_ui_1::render),
                             ppo_result(PPO_CALL*)(ppo_view* view, const ppo_text_sink* sink,
                                                   ppo_error* error)>,
              "ppo_ui_1.render");
static_assert(offsetof(ppo_ui_1, edit) == 32, "ppo_ui_1.edit");
static_assert(std::is_same_v<decltype(ppo_ui_1::edit),
                             ppo_result(PPO_CALL*)(ppo_view* view, ppo_text field_id,
                                                   ppo_text value, ppo_error* error)>,
              "ppo_ui_1.edit");
static_assert(offsetof(ppo_ui_1, invoke) == 40, "ppo_ui_1.invoke");
static_assert(
    std::is_same_v<decltype(ppo_ui_1::invoke),
                   ppo_result(PPO_CALL*)(ppo_view* view, ppo_text action_id, ppo_text argument,
                                         const ppo_effect_sink* sink, ppo_error* error)>,
    "ppo_ui_1.invoke");
static_assert(offsetof(ppo_ui_1, close) == 48, "ppo_ui_1.close");
static_assert(std::is_same_v<decltype(ppo_ui_1::close), void(PPO_CALL*)(ppo_view* view)>,
              "ppo_ui_1.close");
