// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/mail.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_TEMPLATE_FIRST_SET_UP == 1, "PPO_TEMPLATE_FIRST_SET_UP");
static_assert(PPO_TEMPLATE_NEW_PASSWORD == 2, "PPO_TEMPLATE_NEW_PASSWORD");
static_assert(PPO_TEMPLATE_REMINDER == 3, "PPO_TEMPLATE_REMINDER");
static_assert(std::string_view{PPO_MAIL_1} == "ppo.mail/1", "PPO_MAIL_1");

static_assert(sizeof(ppo_delivery) >= 80, "ppo_delivery");
static_assert(offsetof(ppo_delivery, struct_size) == 0, "ppo_delivery.struct_size");
static_assert(std::is_same_v<decltype(ppo_delivery::struct_size), uint32_t>,
              "ppo_delivery.struct_size");
static_assert(offsetof(ppo_delivery, reserved) == 4, "ppo_delivery.reserved");
static_assert(std::is_same_v<decltype(ppo_delivery::reserved), uint32_t>, "ppo_delivery.reserved");
static_assert(offsetof(ppo_delivery, waiting) == 8, "ppo_delivery.waiting");
static_assert(std::is_same_v<decltype(ppo_delivery::waiting), uint64_t>, "ppo_delivery.waiting");
static_assert(offsetof(ppo_delivery, deferred) == 16, "ppo_delivery.deferred");
static_assert(std::is_same_v<decltype(ppo_delivery::deferred), uint64_t>, "ppo_delivery.deferred");
static_assert(offsetof(ppo_delivery, oldest_at) == 24, "ppo_delivery.oldest_at");
static_assert(std::is_same_v<decltype(ppo_delivery::oldest_at), ppo_time>,
              "ppo_delivery.oldest_at");
static_assert(offsetof(ppo_delivery, broken_since) == 32, "ppo_delivery.broken_since");
static_assert(std::is_same_v<decltype(ppo_delivery::broken_since), ppo_time>,
              "ppo_delivery.broken_since");
static_assert(offsetof(ppo_delivery, next_try_at) == 40, "ppo_delivery.next_try_at");
static_assert(std::is_same_v<decltype(ppo_delivery::next_try_at), ppo_time>,
              "ppo_delivery.next_try_at");
static_assert(offsetof(ppo_delivery, broken_because) == 48, "ppo_delivery.broken_because");
static_assert(std::is_same_v<decltype(ppo_delivery::broken_because), ppo_text>,
              "ppo_delivery.broken_because");
static_assert(offsetof(ppo_delivery, left_last_minute) == 64, "ppo_delivery.left_last_minute");
static_assert(std::is_same_v<decltype(ppo_delivery::left_last_minute), uint64_t>,
              "ppo_delivery.left_last_minute");
static_assert(offsetof(ppo_delivery, left_last_day) == 72, "ppo_delivery.left_last_day");
static_assert(std::is_same_v<decltype(ppo_delivery::left_last_day), uint64_t>,
              "ppo_delivery.left_last_day");

static_assert(sizeof(ppo_delivery_sink) == 16, "ppo_delivery_sink");
static_assert(offsetof(ppo_delivery_sink, context) == 0, "ppo_delivery_sink.context");
static_assert(std::is_same_v<decltype(ppo_delivery_sink::context), void*>,
              "ppo_delivery_sink.context");
static_assert(offsetof(ppo_delivery_sink, put) == 8, "ppo_delivery_sink.put");
static_assert(std::is_same_v<decltype(ppo_delivery_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_delivery* delivery)>,
              "ppo_delivery_sink.put");

static_assert(sizeof(ppo_mail_step) >= 40, "ppo_mail_step");
static_assert(offsetof(ppo_mail_step, struct_size) == 0, "ppo_mail_step.struct_size");
static_assert(std::is_same_v<decltype(ppo_mail_step::struct_size), uint32_t>,
              "ppo_mail_step.struct_size");
static_assert(offsetof(ppo_mail_step, passed) == 4, "ppo_mail_step.passed");
static_assert(std::is_same_v<decltype(ppo_mail_step::passed), uint32_t>, "ppo_mail_step.passed");
static_assert(offsetof(ppo_mail_step, step) == 8, "ppo_mail_step.step");
static_assert(std::is_same_v<decltype(ppo_mail_step::step), ppo_text>, "ppo_mail_step.step");
static_assert(offsetof(ppo_mail_step, sentence) == 24, "ppo_mail_step.sentence");
static_assert(std::is_same_v<decltype(ppo_mail_step::sentence), ppo_text>,
              "ppo_mail_step.sentence");

static_assert(sizeof(ppo_mail_step_sink) == 16, "ppo_mail_step_sink");
static_assert(offsetof(ppo_mail_step_sink, context) == 0, "ppo_mail_step_sink.context");
static_assert(std::is_same_v<decltype(ppo_mail_step_sink::context), void*>,
              "ppo_mail_step_sink.context");
static_assert(offsetof(ppo_mail_step_sink, put) == 8, "ppo_mail_step_sink.put");
static_assert(std::is_same_v<decltype(ppo_mail_step_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_mail_step* step)>,
              "ppo_mail_step_sink.put");

static_assert(sizeof(ppo_mail_template) >= 80, "ppo_mail_template");
static_assert(offsetof(ppo_mail_template, struct_size) == 0, "ppo_mail_template.struct_size");
static_assert(std::is_same_v<decltype(ppo_mail_template::struct_size), uint32_t>,
              "ppo_mail_template.struct_size");
static_assert(offsetof(ppo_mail_template, kind) == 4, "ppo_mail_template.kind");
static_assert(std::is_same_v<decltype(ppo_mail_template::kind), uint32_t>,
              "ppo_mail_template.kind");
static_assert(offsetof(ppo_mail_template, language) == 8, "ppo_mail_template.language");
static_assert(std::is_same_v<decltype(ppo_mail_template::language), ppo_text>,
              "ppo_mail_template.language");
static_assert(offsetof(ppo_mail_template, subject) == 24, "ppo_mail_template.subject");
static_assert(std::is_same_v<decltype(ppo_mail_template::subject), ppo_text>,
              "ppo_mail_template.subject");
static_assert(offsetof(ppo_mail_template, text) == 40, "ppo_mail_template.text");
static_assert(std::is_same_v<decltype(ppo_mail_template::text), ppo_text>,
              "ppo_mail_template.text");
static_assert(offsetof(ppo_mail_template, html) == 56, "ppo_mail_template.html");
static_assert(std::is_same_v<decltype(ppo_mail_template::html), ppo_text>,
              "ppo_mail_template.html");
static_assert(offsetof(ppo_mail_template, replaced) == 72, "ppo_mail_template.replaced");
static_assert(std::is_same_v<decltype(ppo_mail_template::replaced), uint32_t>,
              "ppo_mail_template.replaced");
static_assert(offsetof(ppo_mail_template, reserved) == 76, "ppo_mail_template.reserved");
static_assert(std::is_same_v<decltype(ppo_mail_template::reserved), uint32_t>,
              "ppo_mail_template.reserved");

static_assert(sizeof(ppo_mail_template_sink) == 16, "ppo_mail_template_sink");
static_assert(offsetof(ppo_mail_template_sink, context) == 0, "ppo_mail_template_sink.context");
static_assert(std::is_same_v<decltype(ppo_mail_template_sink::context), void*>,
              "ppo_mail_template_sink.context");
static_assert(offsetof(ppo_mail_template_sink, put) == 8, "ppo_mail_template_sink.put");
static_assert(
    std::is_same_v<decltype(ppo_mail_template_sink::put),
                   ppo_result(PPO_CALL*)(void* context, const ppo_mail_template* mail_template)>,
    "ppo_mail_template_sink.put");

static_assert(sizeof(ppo_template_finding) >= 56, "ppo_template_finding");
static_assert(offsetof(ppo_template_finding, struct_size) == 0, "ppo_template_finding.struct_size");
static_assert(std::is_same_v<decltype(ppo_template_finding::struct_size), uint32_t>,
              "ppo_template_finding.struct_size");
static_assert(offsetof(ppo_template_finding, line) == 4, "ppo_template_finding.line");
static_assert(std::is_same_v<decltype(ppo_template_finding::line), uint32_t>,
              "ppo_template_finding.line");
static_assert(offsetof(ppo_template_finding, part) == 8, "ppo_template_finding.part");
static_assert(std::is_same_v<decltype(ppo_template_finding::part), ppo_text>,
              "ppo_template_finding.part");
static_assert(offsetof(ppo_template_finding, code) == 24, "ppo_template_finding.code");
static_assert(std::is_same_v<decltype(ppo_template_finding::code), ppo_text>,
              "ppo_template_finding.code");
static_assert(offsetof(ppo_template_finding, sentence) == 40, "ppo_template_finding.sentence");
static_assert(std::is_same_v<decltype(ppo_template_finding::sentence), ppo_text>,
              "ppo_template_finding.sentence");

static_assert(sizeof(ppo_template_finding_sink) == 16, "ppo_template_finding_sink");
static_assert(offsetof(ppo_template_finding_sink, context) == 0,
              "ppo_template_finding_sink.context");
static_assert(std::is_same_v<decltype(ppo_template_finding_sink::context), void*>,
              "ppo_template_finding_sink.context");
static_assert(offsetof(ppo_template_finding_sink, put) == 8, "ppo_template_finding_sink.put");
static_assert(
    std::is_same_v<decltype(ppo_template_finding_sink::put),
                   ppo_result(PPO_CALL*)(void* context, const ppo_template_finding* finding)>,
    "ppo_template_finding_sink.put");

static_assert(sizeof(ppo_mail_1) >= 72, "ppo_mail_1");
static_assert(offsetof(ppo_mail_1, struct_size) == 0, "ppo_mail_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_mail_1::struct_size), uint32_t>,
              "ppo_mail_1.struct_size");
static_assert(offsetof(ppo_mail_1, reserved) == 4, "ppo_mail_1.reserved");
static_assert(std::is_same_v<decltype(ppo_mail_1::reserved), uint32_t>, "ppo_mail_1.reserved");
static_assert(offsetof(ppo_mail_1, get_delivery) == 8, "ppo_mail_1.get_delivery");
static_assert(
    std::is_same_v<decltype(ppo_mail_1::get_delivery),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_delivery_sink* sink, ppo_error* error)>,
    "ppo_mail_1.get_delivery");
static_assert(offsetof(ppo_mail_1, test_connection) == 16, "ppo_mail_1.test_connection");
static_assert(
    std::is_same_v<decltype(ppo_mail_1::test_connection),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_mail_step_sink* sink, ppo_error* error)>,
    "ppo_mail_1.test_connection");
static_assert(offsetof(ppo_mail_1, get_template) == 24, "ppo_mail_1.get_template");
static_assert(
    std::is_same_v<decltype(ppo_mail_1::get_template),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         uint32_t kind, ppo_text language,
                                         const ppo_mail_template_sink* sink, ppo_error* error)>,
    "ppo_mail_1.get_template");
static_assert(offsetof(ppo_mail_1, check_template) == 32, "ppo_mail_1.check_template");
static_assert(
    std::is_same_v<decltype(ppo_mail_1::check_template),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_mail_template* mail_template,
                                         const ppo_template_finding_sink* sink, ppo_error* error)>,
    "ppo_mail_1.check_template");
static_assert(offsetof(ppo_mail_1, set_template) == 40, "ppo_mail_1.set_template");
static_assert(
    std::is_same_v<decltype(ppo_mail_1::set_template),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_mail_template* mail_template, ppo_error* error)>,
    "ppo_mail_1.set_template");
static_assert(offsetof(ppo_mail_1, reset_template) == 48, "ppo_mail_1.reset_template");
static_assert(
    std::is_same_v<decltype(ppo_mail_1::reset_template),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         uint32_t kind, ppo_text language, ppo_error* error)>,
    "ppo_mail_1.reset_template");
static_assert(offsetof(ppo_mail_1, preview_template) == 56, "ppo_mail_1.preview_template");
static_assert(std::is_same_v<
                  decltype(ppo_mail_1::preview_template),
                  ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                        const ppo_mail_template* mail_template, ppo_text patient_id,
                                        const ppo_mail_template_sink* sink, ppo_error* error)>,
              "ppo_mail_1.preview_template");
static_assert(offsetof(ppo_mail_1, send_test_mail) == 64, "ppo_mail_1.send_test_mail");
static_assert(
    std::is_same_v<decltype(ppo_mail_1::send_test_mail),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_mail_template* mail_template, ppo_text recipient,
                                         const ppo_mail_step_sink* sink, ppo_error* error)>,
    "ppo_mail_1.send_test_mail");
