// SPDX-License-Identifier: Apache-2.0
#include "talker.hpp"

#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>
#include <stdexcept>

// A practice that is told what to do line by line, words apart by tabs, and lives on whatever its
// store does:
//
//   set_up                          take the patients over
//   at MINUTE                       set the clock
//   invite ID, work MINUTE          as staff and as a worker do
//   credentials ID USERNAME PASSWORD
//   batch ID...                     start a batch for these
//   verify                          the record
//
// and what the portal asks for (talker_portal.cpp). Each line is answered by one: the result as a
// number, its code, and what was found.
namespace ppo_faults {
namespace {
Answer set_up(const Practice& practice, const Words&) {
    Answer answer;
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    answer.result = onboarding.sync_directory(practice.instance(), nullptr, &answer.error);
    return answer;
}

Answer invite(const Practice& practice, const Words& words) {
    Answer answer;
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    answer.result = onboarding.send_invitation(practice.instance(), &practice.caller(),
                                               text(words.at(0)), nullptr, &answer.error);
    return answer;
}

Answer work(Practice& practice, const Words& words) {
    practice.set_clock(std::stol(words.at(0)));
    Answer answer;
    do {
        answer.result = practice.plugin().work(practice.instance(), 200, &answer.error);
    } while (answer.result == PPO_MORE);
    return answer;
}

Answer set_credentials(const Practice& practice, const Words& words) {
    ppo_credentials credentials{};
    credentials.struct_size = sizeof credentials;
    credentials.username = text(words.at(1));
    credentials.password = text(words.at(2));
    Answer answer;
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    answer.result = onboarding.set_credentials(practice.instance(), &practice.caller(),
                                               text(words.at(0)), &credentials, nullptr,
                                               &answer.error);
    return answer;
}

Answer start_batch(const Practice& practice, const Words& words) {
    std::vector<ppo_text> ids;
    for (const auto& id : words) ids.push_back(text(id));
    ppo_batch_selection selection{};
    selection.struct_size = sizeof selection;
    selection.patient_ids = ids.data();
    selection.patient_id_count = ids.size();
    Answer answer;
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    answer.result = onboarding.start_batch(practice.instance(), &practice.caller(), &selection,
                                           nullptr, &answer.error);
    return answer;
}

Answer at(Practice& practice, const Words& words) {
    practice.set_clock(std::stol(words.at(0)));
    return {};
}

Answer verify(const Practice& practice, const Words&) {
    ppo_audit_verdict verdict{};
    verdict.struct_size = sizeof verdict;
    Answer answer;
    const auto& audit = practice.table<ppo_audit_1>(PPO_AUDIT_1);
    answer.result = audit.verify(practice.instance(), &practice.caller(), &verdict, &answer.error);
    answer.found = verdict.intact != 0 ? "intact" : "broken";
    return answer;
}

void talk(Practice& practice) {
    Commands known{
        {"set_up", set_up}, {"invite", invite},     {"work", work},
        {"at", at},         {"batch", start_batch}, {"credentials", set_credentials},
        {"verify", verify},
    };
    known.merge(portal_commands());
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream fields{line};
        std::string command;
        std::getline(fields, command, '\t');
        Words words;
        for (std::string word; std::getline(fields, word, '\t');) words.push_back(word);
        const auto answer = known.at(command)(practice, words);
        const char* code = answer.result == PPO_OK ? "ok" : answer.error.code;
        std::cout << answer.result << '\t' << code << '\t' << answer.found << std::endl;
    }
}
}  // namespace
}  // namespace ppo_faults

int main(int argc, char** argv) {
    try {
        ppo_faults::Practice practice{ppo_faults::Arguments{argc, argv}};
        std::cout << PPO_OK << "\tok\t" << std::endl;
        ppo_faults::talk(practice);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return 0;
}
