// SPDX-License-Identifier: Apache-2.0
// ppo.selfservice/1. The link of a patient is "link-" and the patient's id; any birth date is
// right.
#include "torture/call.hpp"
#include "torture/people.hpp"
#include "torture/tables.hpp"

namespace ppo_torture {
namespace {
constexpr std::string_view link_prefix = "link-";

/// The patient of a link that can be used, or none.
std::optional<Person> person_of(Call& call, ppo_text link) {
    const std::string secret = copy(link);
    if (secret.rfind(link_prefix, 0) != 0 || call.has(Mode::Strangers)) return {};
    const std::lock_guard guard{call.practice().lock};
    const auto found = call.practice().people.find(secret.substr(link_prefix.size()));
    if (found == call.practice().people.end()) return {};
    return found->second;
}

ppo_link_page page_of(Call& call, const std::optional<Person>& person, bool confirmed) {
    ppo_link_page made{};
    made.state = PPO_OK;
    if (call.has(Mode::Unknown)) made.state = -1399;
    if (!person) made.state = PPO_REFUSED_LINK_UNKNOWN;
    const std::uint32_t later = call.has(Mode::Unknown) ? 0xffff0000U : 0;
    made.flags = later;
    made.flags |= std::uint32_t{made.state == PPO_OK ? PPO_LINK_PAGE_USERNAME
                                                     : PPO_LINK_PAGE_RENEWABLE};
    if (person && !confirmed) made.flags |= PPO_LINK_PAGE_BIRTH_DATE | PPO_LINK_PAGE_POSTAL_CODE;
    made.sentence = call.words().lend("A sentence for the visitor.");
    made.practice_name = call.words().lend(call.self().practice_name);
    made.practice_phone = call.words().lend(call.self().practice_phone);
    made.expires_at = PPO_TIME_NONE;
    if (!person) return made;
    made.first_name = call.words().lend(person->first);
    if (confirmed) made.username = call.words().lend(person->username);
    made.expires_text = call.words().lend("tomorrow");
    made.expires_at = time_of(call, call.now());
    made.wait_ms = call.has(Mode::Extremes) ? INT64_MAX : 0;
    return made;
}

bool sound(Call& call, const ppo_visitor* visitor, const ppo_link_answers* answers) {
    return call.sized(visitor) && call.sized(answers);
}

ppo_result PPO_CALL open_link(ppo_instance* self, const ppo_visitor* visitor, ppo_text link,
                              const ppo_link_page_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_open_link, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(visitor) || !call.present(sink != nullptr)) return call.refused();
        if (const auto end = call.hand(*sink, page_of(call, person_of(call, link), false)))
            return *end;
        return PPO_OK;
    });
}

ppo_result PPO_CALL confirm_identity(ppo_instance* self, const ppo_visitor* visitor,
                                     const ppo_link_answers* answers,
                                     const ppo_link_page_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_confirm_identity, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!sound(call, visitor, answers) || !call.present(sink != nullptr))
                         return call.refused();
                     const auto person = person_of(call, answers->link);
                     if (!person) return call.say(PPO_REFUSED_LINK_UNKNOWN, "refused_link_unknown");
                     if (answers->birth_date.size == 0)
                         return call.say(PPO_REFUSED_FIELD_EMPTY, "refused_field_empty",
                                         "birth_date", "It is empty.");
                     if (const auto end = call.hand(*sink, page_of(call, person, true)))
                         return *end;
                     return PPO_OK;
                 });
}

ppo_result PPO_CALL check_username(ppo_instance* self, const ppo_visitor* visitor,
                                   const ppo_link_answers* answers, ppo_text username,
                                   const ppo_username_verdict_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_check_username, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!sound(call, visitor, answers) || !call.present(sink != nullptr))
                         return call.refused();
                     return judge_username(call, copy(username), *sink);
                 });
}

ppo_result PPO_CALL complete_setup(ppo_instance* self, const ppo_visitor* visitor,
                                   const ppo_link_answers* answers, ppo_text username,
                                   ppo_text password, ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_complete_setup, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!sound(call, visitor, answers)) return call.refused();
                     const auto person = person_of(call, answers->link);
                     if (!person) return call.say(PPO_REFUSED_LINK_UNKNOWN, "refused_link_unknown");
                     if (password.size == 0)
                         return call.say(PPO_REFUSED_PASSWORD_MISSING, "refused_password_missing",
                                         "password", "Choose a password.");
                     const ppo_text id{person->id.data(), person->id.size()};
                     return change_person(call, id, PPO_ACTOR_PATIENT, "setup_completed",
                                          [&](Person& changed) {
                                              if (username.data != nullptr)
                                                  changed.username = copy(username);
                                              changed.password = copy(password);
                                              ++changed.epoch;
                                              return PPO_OK;
                                          });
                 });
}

ppo_result PPO_CALL renew_link(ppo_instance* self, const ppo_visitor* visitor, ppo_text,
                               ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_renew_link, self, error, [&](Call& call) -> ppo_result {
        return call.sized(visitor) ? PPO_OK : call.refused();
    });
}

ppo_result PPO_CALL request(ppo_instance* self, const ppo_visitor* visitor, std::uint32_t,
                            const ppo_identity* identity, ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_request, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(visitor) || !call.sized(identity)) return call.refused();
        if (identity->email.size != 0) return PPO_OK;
        return call.say(PPO_REFUSED_FIELD_EMPTY, "refused_field_empty", "email", "It is empty.");
    });
}

ppo_result PPO_CALL sign_in(ppo_instance* self, const ppo_visitor* visitor, ppo_text username,
                            ppo_text password, const ppo_signed_in_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_sign_in, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(visitor) || !call.present(sink != nullptr)) return call.refused();
        std::optional<Person> who;
        {
            const std::lock_guard guard{call.practice().lock};
            for (auto& [id, person] : call.practice().people) {
                const bool right = !person.username.empty() && person.username == copy(username) &&
                                   person.password == copy(password);
                if (!right) continue;
                person.signed_in = true;
                who = person;
            }
        }
        if (!who) return call.say(PPO_REFUSED_SIGN_IN, "refused_sign_in");
        ppo_signed_in made{};
        made.flags = call.has(Mode::Unknown) ? 0xfffffffeU : 0;
        made.patient_id = call.words().keep(who->id);
        made.first_name = call.words().lend(who->first);
        made.username = call.words().lend(who->username);
        made.session_epoch = who->epoch;
        if (const auto end = call.hand(*sink, made)) return *end;
        return PPO_OK;
    });
}

ppo_result PPO_CALL change_password(ppo_instance* self, const ppo_visitor* visitor,
                                    ppo_text patient_id, ppo_text current_password,
                                    ppo_text new_password, std::uint64_t* session_epoch,
                                    ppo_error* error) {
    return enter(
        Slot::ppo_selfservice_1_change_password, self, error, [&](Call& call) -> ppo_result {
            if (!call.sized(visitor)) return call.refused();
            return change_person(call, patient_id, PPO_ACTOR_PATIENT, "password_changed",
                                 [&](Person& person) {
                                     if (person.password != copy(current_password))
                                         return static_cast<int>(PPO_REFUSED_SIGN_IN);
                                     if (new_password.size == 0)
                                         return static_cast<int>(PPO_REFUSED_PASSWORD_MISSING);
                                     person.password = copy(new_password);
                                     ++person.epoch;
                                     if (session_epoch != nullptr) *session_epoch = person.epoch;
                                     return static_cast<int>(PPO_OK);
                                 });
        });
}

ppo_result PPO_CALL get_mail_choice(ppo_instance* self, const ppo_visitor* visitor,
                                    ppo_text patient_id, ppo_mail_choice* choice,
                                    ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_get_mail_choice, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!call.sized(visitor) || !call.sized(choice)) return call.refused();
                     return change_person(call, patient_id, 0, nullptr, [&](Person& person) {
                         ppo_mail_choice made{};
                         if (call.has(Mode::Unknown)) made.flags |= 0xff00U;
                         if (person.mail_me) made.flags |= PPO_MAIL_CHOICE_MAIL_ME;
                         call.give(choice, made);
                         return PPO_OK;
                     });
                 });
}

ppo_result PPO_CALL set_mail_choice(ppo_instance* self, const ppo_visitor* visitor,
                                    ppo_text patient_id, int32_t mail_me, ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_set_mail_choice, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!call.sized(visitor)) return call.refused();
                     return change_person(call, patient_id, PPO_ACTOR_PATIENT, "mail_choice",
                                          [&](Person& person) {
                                              person.mail_me = mail_me == 1;
                                              return PPO_OK;
                                          });
                 });
}

ppo_result PPO_CALL check_session(ppo_instance* self, const ppo_visitor* visitor,
                                  ppo_text patient_id, std::uint64_t session_epoch,
                                  ppo_error* error) {
    return enter(Slot::ppo_selfservice_1_check_session, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(visitor)) return call.refused();
        std::uint64_t epoch = 0;
        const auto known = change_person(call, patient_id, 0, nullptr, [&](Person& person) {
            epoch = person.epoch;
            return PPO_OK;
        });
        if (known > 0 && epoch == session_epoch) return PPO_OK;
        return call.say(PPO_REFUSED_SIGN_IN, "refused_sign_in");
    });
}
}  // namespace

const ppo_selfservice_1 selfservice_table = {
    .struct_size = sizeof(ppo_selfservice_1),
    .reserved = 0,
    .open_link = open_link,
    .confirm_identity = confirm_identity,
    .check_username = check_username,
    .complete_setup = complete_setup,
    .renew_link = renew_link,
    .request = request,
    .sign_in = sign_in,
    .change_password = change_password,
    .get_mail_choice = get_mail_choice,
    .set_mail_choice = set_mail_choice,
    .check_session = check_session,
};
}  // namespace ppo_torture
