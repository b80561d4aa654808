// SPDX-License-Identifier: Apache-2.0
#include "talker.hpp"

#include <cstring>

// What the portal asks for:
//
//   open LINK                       whether it can be used
//   confirm LINK BIRTH_DATE         the answer that its page asks for
//   check_username LINK USERNAME
//   redeem LINK USERNAME PASSWORD   set up by a link
//   renew LINK
//   request WHAT ID                 with the facts on file: 1 account, 2 password, 3 username
//   sign_in USERNAME PASSWORD       found: the sign-in's epoch
//   change_password ID OLD NEW
//   mail_choice ID, set_mail_choice ID MAIL_ME
//   check_session ID EPOCH
namespace ppo_faults {
namespace {
const ppo_selfservice_1& slots(const Practice& practice) {
    return practice.table<ppo_selfservice_1>(PPO_SELFSERVICE_1);
}

ppo_text on_file(const char* fact) { return {fact, std::strlen(fact)}; }

ppo_link_answers answers(const std::string& link, ppo_text answer) {
    ppo_link_answers given{};
    given.struct_size = sizeof given;
    given.link = text(link);
    given.birth_date = answer;
    return given;
}

ppo_result take_page(void* context, const ppo_link_page* page) {
    *static_cast<ppo_result*>(context) = page->state;
    return PPO_OK;
}

Answer open(const Practice& practice, const Words& words) {
    ppo_result state = PPO_OK;
    const ppo_link_page_sink sink{&state, take_page};
    Answer answer;
    answer.result = slots(practice).open_link(practice.instance(), &practice.visitor(),
                                              text(words.at(0)), &sink, &answer.error);
    answer.found = state == PPO_OK ? "usable" : "dead";
    return answer;
}

Answer confirm(const Practice& practice, const Words& words) {
    ppo_result state = PPO_OK;
    const ppo_link_page_sink sink{&state, take_page};
    const auto given = answers(words.at(0), text(words.at(1)));
    Answer answer;
    answer.result = slots(practice).confirm_identity(practice.instance(), &practice.visitor(),
                                                     &given, &sink, &answer.error);
    return answer;
}

ppo_result take_verdict(void*, const ppo_username_verdict*) { return PPO_OK; }

Answer check_username(const Practice& practice, const Words& words) {
    const ppo_username_verdict_sink sink{nullptr, take_verdict};
    const auto given = answers(words.at(0), on_file(birth_date));
    Answer answer;
    answer.result = slots(practice).check_username(practice.instance(), &practice.visitor(), &given,
                                                   text(words.at(1)), &sink, &answer.error);
    return answer;
}

Answer redeem(const Practice& practice, const Words& words) {
    const auto given = answers(words.at(0), on_file(birth_date));
    Answer answer;
    answer.result = slots(practice).complete_setup(practice.instance(), &practice.visitor(), &given,
                                                   text(words.at(1)), text(words.at(2)),
                                                   &answer.error);
    return answer;
}

Answer renew(const Practice& practice, const Words& words) {
    Answer answer;
    answer.result = slots(practice).renew_link(practice.instance(), &practice.visitor(),
                                               text(words.at(0)), &answer.error);
    return answer;
}

Answer request(const Practice& practice, const Words& words) {
    const Chart& chart = practice.chart(words.at(1));
    ppo_identity identity{};
    identity.struct_size = sizeof identity;
    identity.email = text(chart.email);
    identity.birth_date = on_file(birth_date);
    identity.last_name = text(chart.last_name);
    identity.postal_code = on_file(postal_code);
    Answer answer;
    answer.result = slots(practice).request(practice.instance(), &practice.visitor(),
                                            static_cast<std::uint32_t>(std::stoul(words.at(0))),
                                            &identity, &answer.error);
    return answer;
}

ppo_result take_signed_in(void* context, const ppo_signed_in* signed_in) {
    *static_cast<std::string*>(context) = std::to_string(signed_in->session_epoch);
    return PPO_OK;
}

Answer sign_in(const Practice& practice, const Words& words) {
    Answer answer;
    const ppo_signed_in_sink sink{&answer.found, take_signed_in};
    answer.result = slots(practice).sign_in(practice.instance(), &practice.visitor(),
                                            text(words.at(0)), text(words.at(1)), &sink,
                                            &answer.error);
    return answer;
}

Answer change_password(const Practice& practice, const Words& words) {
    Answer answer;
    std::uint64_t epoch = 0;
    answer.result = slots(practice).change_password(practice.instance(), &practice.visitor(),
                                                    text(words.at(0)), text(words.at(1)),
                                                    text(words.at(2)), &epoch, &answer.error);
    answer.found = std::to_string(epoch);
    return answer;
}

Answer mail_choice(const Practice& practice, const Words& words) {
    ppo_mail_choice choice{};
    choice.struct_size = sizeof choice;
    Answer answer;
    answer.result = slots(practice).get_mail_choice(practice.instance(), &practice.visitor(),
                                                    text(words.at(0)), &choice, &answer.error);
    answer.found = (choice.flags & PPO_MAIL_CHOICE_MAIL_ME) != 0 ? "mail" : "none";
    return answer;
}

Answer set_mail_choice(const Practice& practice, const Words& words) {
    Answer answer;
    answer.result = slots(practice).set_mail_choice(practice.instance(), &practice.visitor(),
                                                    text(words.at(0)), std::stoi(words.at(1)),
                                                    &answer.error);
    return answer;
}

Answer check_session(const Practice& practice, const Words& words) {
    Answer answer;
    answer.result = slots(practice).check_session(practice.instance(), &practice.visitor(),
                                                  text(words.at(0)), std::stoull(words.at(1)),
                                                  &answer.error);
    return answer;
}
}  // namespace

Commands portal_commands() {
    return {{"open", open},
            {"confirm", confirm},
            {"check_username", check_username},
            {"redeem", redeem},
            {"renew", renew},
            {"request", request},
            {"sign_in", sign_in},
            {"change_password", change_password},
            {"mail_choice", mail_choice},
            {"set_mail_choice", set_mail_choice},
            {"check_session", check_session}};
}
}  // namespace ppo_faults
