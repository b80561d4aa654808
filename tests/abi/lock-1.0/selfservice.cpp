// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/selfservice.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_LINK_PAGE_USERNAME == 1, "PPO_LINK_PAGE_USERNAME");
static_assert(PPO_LINK_PAGE_BIRTH_DATE == 2, "PPO_LINK_PAGE_BIRTH_DATE");
static_assert(PPO_LINK_PAGE_POSTAL_CODE == 4, "PPO_LINK_PAGE_POSTAL_CODE");
static_assert(PPO_LINK_PAGE_RENEWABLE == 8, "PPO_LINK_PAGE_RENEWABLE");
static_assert(PPO_REQUEST_ACCOUNT == 1, "PPO_REQUEST_ACCOUNT");
static_assert(PPO_REQUEST_PASSWORD == 2, "PPO_REQUEST_PASSWORD");
static_assert(PPO_REQUEST_USERNAME == 3, "PPO_REQUEST_USERNAME");
static_assert(PPO_SIGNED_IN_MUST_CHANGE_PASSWORD == 1, "PPO_SIGNED_IN_MUST_CHANGE_PASSWORD");
static_assert(PPO_MAIL_CHOICE_MAIL_ME == 1, "PPO_MAIL_CHOICE_MAIL_ME");
static_assert(PPO_MAIL_CHOICE_CHART_SAYS_NO == 2, "PPO_MAIL_CHOICE_CHART_SAYS_NO");
static_assert(std::string_view{PPO_SELFSERVICE_1} == "ppo.selfservice/1", "PPO_SELFSERVICE_1");

static_assert(sizeof(ppo_link_page) >= 128, "ppo_link_page");
static_assert(offsetof(ppo_link_page, struct_size) == 0, "ppo_link_page.struct_size");
static_assert(std::is_same_v<decltype(ppo_link_page::struct_size), uint32_t>,
              "ppo_link_page.struct_size");
static_assert(offsetof(ppo_link_page, state) == 4, "ppo_link_page.state");
static_assert(std::is_same_v<decltype(ppo_link_page::state), ppo_result>, "ppo_link_page.state");
static_assert(offsetof(ppo_link_page, flags) == 8, "ppo_link_page.flags");
static_assert(std::is_same_v<decltype(ppo_link_page::flags), uint32_t>, "ppo_link_page.flags");
static_assert(offsetof(ppo_link_page, reserved) == 12, "ppo_link_page.reserved");
static_assert(std::is_same_v<decltype(ppo_link_page::reserved), uint32_t>,
              "ppo_link_page.reserved");
static_assert(offsetof(ppo_link_page, sentence) == 16, "ppo_link_page.sentence");
static_assert(std::is_same_v<decltype(ppo_link_page::sentence), ppo_text>,
              "ppo_link_page.sentence");
static_assert(offsetof(ppo_link_page, first_name) == 32, "ppo_link_page.first_name");
static_assert(std::is_same_v<decltype(ppo_link_page::first_name), ppo_text>,
              "ppo_link_page.first_name");
static_assert(offsetof(ppo_link_page, username) == 48, "ppo_link_page.username");
static_assert(std::is_same_v<decltype(ppo_link_page::username), ppo_text>,
              "ppo_link_page.username");
static_assert(offsetof(ppo_link_page, practice_name) == 64, "ppo_link_page.practice_name");
static_assert(std::is_same_v<decltype(ppo_link_page::practice_name), ppo_text>,
              "ppo_link_page.practice_name");
static_assert(offsetof(ppo_link_page, practice_phone) == 80, "ppo_link_page.practice_phone");
static_assert(std::is_same_v<decltype(ppo_link_page::practice_phone), ppo_text>,
              "ppo_link_page.practice_phone");
static_assert(offsetof(ppo_link_page, expires_text) == 96, "ppo_link_page.expires_text");
static_assert(std::is_same_v<decltype(ppo_link_page::expires_text), ppo_text>,
              "ppo_link_page.expires_text");
static_assert(offsetof(ppo_link_page, expires_at) == 112, "ppo_link_page.expires_at");
static_assert(std::is_same_v<decltype(ppo_link_page::expires_at), ppo_time>,
              "ppo_link_page.expires_at");
static_assert(offsetof(ppo_link_page, wait_ms) == 120, "ppo_link_page.wait_ms");
static_assert(std::is_same_v<decltype(ppo_link_page::wait_ms), int64_t>, "ppo_link_page.wait_ms");

static_assert(sizeof(ppo_link_page_sink) == 16, "ppo_link_page_sink");
static_assert(offsetof(ppo_link_page_sink, context) == 0, "ppo_link_page_sink.context");
static_assert(std::is_same_v<decltype(ppo_link_page_sink::context), void*>,
              "ppo_link_page_sink.context");
static_assert(offsetof(ppo_link_page_sink, put) == 8, "ppo_link_page_sink.put");
static_assert(std::is_same_v<decltype(ppo_link_page_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_link_page* page)>,
              "ppo_link_page_sink.put");

static_assert(sizeof(ppo_link_answers) >= 56, "ppo_link_answers");
static_assert(offsetof(ppo_link_answers, struct_size) == 0, "ppo_link_answers.struct_size");
static_assert(std::is_same_v<decltype(ppo_link_answers::struct_size), uint32_t>,
              "ppo_link_answers.struct_size");
static_assert(offsetof(ppo_link_answers, flags) == 4, "ppo_link_answers.flags");
static_assert(std::is_same_v<decltype(ppo_link_answers::flags), uint32_t>,
              "ppo_link_answers.flags");
static_assert(offsetof(ppo_link_answers, link) == 8, "ppo_link_answers.link");
static_assert(std::is_same_v<decltype(ppo_link_answers::link), ppo_text>, "ppo_link_answers.link");
static_assert(offsetof(ppo_link_answers, birth_date) == 24, "ppo_link_answers.birth_date");
static_assert(std::is_same_v<decltype(ppo_link_answers::birth_date), ppo_text>,
              "ppo_link_answers.birth_date");
static_assert(offsetof(ppo_link_answers, postal_code) == 40, "ppo_link_answers.postal_code");
static_assert(std::is_same_v<decltype(ppo_link_answers::postal_code), ppo_text>,
              "ppo_link_answers.postal_code");

static_assert(sizeof(ppo_identity) >= 72, "ppo_identity");
static_assert(offsetof(ppo_identity, struct_size) == 0, "ppo_identity.struct_size");
static_assert(std::is_same_v<decltype(ppo_identity::struct_size), uint32_t>,
              "ppo_identity.struct_size");
static_assert(offsetof(ppo_identity, flags) == 4, "ppo_identity.flags");
static_assert(std::is_same_v<decltype(ppo_identity::flags), uint32_t>, "ppo_identity.flags");
static_assert(offsetof(ppo_identity, email) == 8, "ppo_identity.email");
static_assert(std::is_same_v<decltype(ppo_identity::email), ppo_text>, "ppo_identity.email");
static_assert(offsetof(ppo_identity, birth_date) == 24, "ppo_identity.birth_date");
static_assert(std::is_same_v<decltype(ppo_identity::birth_date), ppo_text>,
              "ppo_identity.birth_date");
static_assert(offsetof(ppo_identity, last_name) == 40, "ppo_identity.last_name");
static_assert(std::is_same_v<decltype(ppo_identity::last_name), ppo_text>,
              "ppo_identity.last_name");
static_assert(offsetof(ppo_identity, postal_code) == 56, "ppo_identity.postal_code");
static_assert(std::is_same_v<decltype(ppo_identity::postal_code), ppo_text>,
              "ppo_identity.postal_code");

static_assert(sizeof(ppo_signed_in) >= 64, "ppo_signed_in");
static_assert(offsetof(ppo_signed_in, struct_size) == 0, "ppo_signed_in.struct_size");
static_assert(std::is_same_v<decltype(ppo_signed_in::struct_size), uint32_t>,
              "ppo_signed_in.struct_size");
static_assert(offsetof(ppo_signed_in, flags) == 4, "ppo_signed_in.flags");
static_assert(std::is_same_v<decltype(ppo_signed_in::flags), uint32_t>, "ppo_signed_in.flags");
static_assert(offsetof(ppo_signed_in, patient_id) == 8, "ppo_signed_in.patient_id");
static_assert(std::is_same_v<decltype(ppo_signed_in::patient_id), ppo_text>,
              "ppo_signed_in.patient_id");
static_assert(offsetof(ppo_signed_in, first_name) == 24, "ppo_signed_in.first_name");
static_assert(std::is_same_v<decltype(ppo_signed_in::first_name), ppo_text>,
              "ppo_signed_in.first_name");
static_assert(offsetof(ppo_signed_in, username) == 40, "ppo_signed_in.username");
static_assert(std::is_same_v<decltype(ppo_signed_in::username), ppo_text>,
              "ppo_signed_in.username");
static_assert(offsetof(ppo_signed_in, session_epoch) == 56, "ppo_signed_in.session_epoch");
static_assert(std::is_same_v<decltype(ppo_signed_in::session_epoch), uint64_t>,
              "ppo_signed_in.session_epoch");

static_assert(sizeof(ppo_signed_in_sink) == 16, "ppo_signed_in_sink");
static_assert(offsetof(ppo_signed_in_sink, context) == 0, "ppo_signed_in_sink.context");
static_assert(std::is_same_v<decltype(ppo_signed_in_sink::context), void*>,
              "ppo_signed_in_sink.context");
static_assert(offsetof(ppo_signed_in_sink, put) == 8, "ppo_signed_in_sink.put");
static_assert(std::is_same_v<decltype(ppo_signed_in_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_signed_in* signed_in)>,
              "ppo_signed_in_sink.put");

static_assert(sizeof(ppo_mail_choice) >= 8, "ppo_mail_choice");
static_assert(offsetof(ppo_mail_choice, struct_size) == 0, "ppo_mail_choice.struct_size");
static_assert(std::is_same_v<decltype(ppo_mail_choice::struct_size), uint32_t>,
              "ppo_mail_choice.struct_size");
static_assert(offsetof(ppo_mail_choice, flags) == 4, "ppo_mail_choice.flags");
static_assert(std::is_same_v<decltype(ppo_mail_choice::flags), uint32_t>, "ppo_mail_choice.flags");

static_assert(sizeof(ppo_selfservice_1) >= 96, "ppo_selfservice_1");
static_assert(offsetof(ppo_selfservice_1, struct_size) == 0, "ppo_selfservice_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::struct_size), uint32_t>,
              "ppo_selfservice_1.struct_size");
static_assert(offsetof(ppo_selfservice_1, reserved) == 4, "ppo_selfservice_1.reserved");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::reserved), uint32_t>,
              "ppo_selfservice_1.reserved");
static_assert(offsetof(ppo_selfservice_1, open_link) == 8, "ppo_selfservice_1.open_link");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::open_link),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                                   ppo_text link, const ppo_link_page_sink* sink,
                                                   ppo_error* error)>,
              "ppo_selfservice_1.open_link");
static_assert(offsetof(ppo_selfservice_1, confirm_identity) == 16,
              "ppo_selfservice_1.confirm_identity");
static_assert(
    std::is_same_v<decltype(ppo_selfservice_1::confirm_identity),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                         const ppo_link_answers* answers,
                                         const ppo_link_page_sink* sink, ppo_error* error)>,
    "ppo_selfservice_1.confirm_identity");
static_assert(offsetof(ppo_selfservice_1, check_username) == 24,
              "ppo_selfservice_1.check_username");
static_assert(
    std::is_same_v<decltype(ppo_selfservice_1::check_username),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                         const ppo_link_answers* answers, ppo_text username,
                                         const ppo_username_verdict_sink* sink, ppo_error* error)>,
    "ppo_selfservice_1.check_username");
static_assert(offsetof(ppo_selfservice_1, complete_setup) == 32,
              "ppo_selfservice_1.complete_setup");
static_assert(
    std::is_same_v<decltype(ppo_selfservice_1::complete_setup),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                         const ppo_link_answers* answers, ppo_text username,
                                         ppo_text password, ppo_error* error)>,
    "ppo_selfservice_1.complete_setup");
static_assert(offsetof(ppo_selfservice_1, renew_link) == 40, "ppo_selfservice_1.renew_link");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::renew_link),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                                   ppo_text link, ppo_error* error)>,
              "ppo_selfservice_1.renew_link");
static_assert(offsetof(ppo_selfservice_1, request) == 48, "ppo_selfservice_1.request");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::request),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                                   uint32_t what, const ppo_identity* identity,
                                                   ppo_error* error)>,
              "ppo_selfservice_1.request");
static_assert(offsetof(ppo_selfservice_1, sign_in) == 56, "ppo_selfservice_1.sign_in");
static_assert(
    std::is_same_v<decltype(ppo_selfservice_1::sign_in),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                         ppo_text username, ppo_text password,
                                         const ppo_signed_in_sink* sink, ppo_error* error)>,
    "ppo_selfservice_1.sign_in");
static_assert(offsetof(ppo_selfservice_1, change_password) == 64,
              "ppo_selfservice_1.change_password");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::change_password),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                                   ppo_text patient_id, ppo_text current_password,
                                                   ppo_text new_password, uint64_t* session_epoch,
                                                   ppo_error* error)>,
              "ppo_selfservice_1.change_password");
static_assert(offsetof(ppo_selfservice_1, get_mail_choice) == 72,
              "ppo_selfservice_1.get_mail_choice");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::get_mail_choice),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                                   ppo_text patient_id, ppo_mail_choice* choice,
                                                   ppo_error* error)>,
              "ppo_selfservice_1.get_mail_choice");
static_assert(offsetof(ppo_selfservice_1, set_mail_choice) == 80,
              "ppo_selfservice_1.set_mail_choice");
static_assert(
    std::is_same_v<decltype(ppo_selfservice_1::set_mail_choice),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                         ppo_text patient_id, int32_t mail_me, ppo_error* error)>,
    "ppo_selfservice_1.set_mail_choice");
static_assert(offsetof(ppo_selfservice_1, check_session) == 88, "ppo_selfservice_1.check_session");
static_assert(std::is_same_v<decltype(ppo_selfservice_1::check_session),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_visitor* visitor,
                                                   ppo_text patient_id, uint64_t session_epoch,
                                                   ppo_error* error)>,
              "ppo_selfservice_1.check_session");
