// SPDX-License-Identifier: Apache-2.0
#include "practice.hpp"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <stdexcept>

// What the rigs that kill do with the plugin, one command behind the other:
//
//   set_up                take the patients over
//   invite ID             invite one; a mail that is queued already is as good
//   batch                 start a batch for everybody, unless there is one
//   batch_people FROM     the same for the patients from this place on
//   work MINUTE           set the clock, work until nothing is due
//   status ID             say status, mail state and marks
//   open LINK             say whether a link can be used
//   batches               say state and counts of each batch
//   audit                 say whether the record is whole, and every entry
//
// Whatever is asked is answered in lines of words with tabs between.
namespace ppo_faults {
namespace {
using Words = std::vector<std::string>;

void say(const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) std::cout << (i == 0 ? "" : "\t") << words[i];
    std::cout << std::endl;
}

void set_up(const Practice& practice) {
    auto error = fresh_error();
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    must(onboarding.sync_directory(practice.instance(), nullptr, &error), error, "sync_directory");
}

void invite(const Practice& practice, const std::string& id) {
    auto error = fresh_error();
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    const auto result = onboarding.send_invitation(practice.instance(), &practice.caller(),
                                                   text(id), nullptr, &error);
    if (result != PPO_REFUSED_COOLING_DOWN) must(result, error, "send_invitation");
}

ppo_result take_batch(void* context, const ppo_batch* batch) {
    static_cast<std::vector<Words>*>(context)->push_back(
        {"batch", std::to_string(batch->state), std::to_string(batch->selected)});
    for (const auto count : batch->by_outcome)
        static_cast<std::vector<Words>*>(context)->back().push_back(std::to_string(count));
    return PPO_OK;
}

std::vector<Words> batches(const Practice& practice) {
    std::vector<Words> found;
    const ppo_batch_sink sink{&found, take_batch};
    auto error = fresh_error();
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    must(
        onboarding.each_batch(practice.instance(), &practice.caller(), {nullptr, 0}, &sink, &error),
        error, "each_batch");
    return found;
}

void start_batch(const Practice& practice, std::size_t from) {
    if (!batches(practice).empty()) return;
    std::vector<ppo_text> ids;
    for (std::size_t i = from; i < practice.charts().size(); ++i)
        ids.push_back(text(practice.charts()[i].id));
    ppo_batch_selection selection{};
    selection.struct_size = sizeof selection;
    selection.patient_ids = ids.data();
    selection.patient_id_count = ids.size();
    auto error = fresh_error();
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    must(onboarding.start_batch(practice.instance(), &practice.caller(), &selection, nullptr,
                                &error),
         error, "start_batch");
}

ppo_result take_account(void*, const ppo_account* account) {
    say({"status", copy_of(account->patient_id), std::to_string(account->status),
         std::to_string(account->mail_state), std::to_string(account->marks)});
    return PPO_OK;
}

void say_status(const Practice& practice, const std::string& id) {
    const ppo_account_sink sink{nullptr, take_account};
    auto error = fresh_error();
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    must(onboarding.get_account(practice.instance(), &practice.caller(), text(id), &sink, &error),
         error, "get_account");
}

ppo_result take_page(void* context, const ppo_link_page* page) {
    *static_cast<ppo_result*>(context) = page->state;
    return PPO_OK;
}

void open_link(const Practice& practice, const std::string& link) {
    ppo_result state = PPO_OK;
    const ppo_link_page_sink sink{&state, take_page};
    auto error = fresh_error();
    const auto& selfservice = practice.table<ppo_selfservice_1>(PPO_SELFSERVICE_1);
    must(selfservice.open_link(practice.instance(), &practice.visitor(), text(link), &sink, &error),
         error, "open_link");
    say({"link", link, state == PPO_OK ? "usable" : "dead"});
}

ppo_result take_entry(void*, const ppo_audit_entry* entry) {
    say({"entry", copy_of(entry->action), copy_of(entry->patient_id)});
    return PPO_OK;
}

void say_audit(const Practice& practice) {
    const auto& audit = practice.table<ppo_audit_1>(PPO_AUDIT_1);
    ppo_audit_verdict verdict{};
    verdict.struct_size = sizeof verdict;
    auto error = fresh_error();
    must(audit.verify(practice.instance(), &practice.caller(), &verdict, &error), error, "verify");
    say({"audit", verdict.intact != 0 ? "intact" : "broken"});
    ppo_audit_query query{};
    query.struct_size = sizeof query;
    const ppo_audit_sink sink{nullptr, take_entry};
    must(audit.read(practice.instance(), &practice.caller(), &query, &sink, &error), error, "read");
}

/// Runs one command and says how many words it took.
std::size_t run(Practice& practice, const std::string& command, const std::string& word) {
    if (command == "set_up") {
        set_up(practice);
    } else if (command == "batch") {
        start_batch(practice, 0);
    } else if (command == "batches") {
        for (const auto& words : batches(practice)) say(words);
    } else if (command == "audit") {
        say_audit(practice);
    } else {
        if (command == "invite") {
            invite(practice, word);
        } else if (command == "batch_people") {
            start_batch(practice, std::stoul(word));
        } else if (command == "work") {
            practice.set_clock(std::stol(word));
            practice.work();
        } else if (command == "status") {
            say_status(practice, word);
        } else if (command == "open") {
            open_link(practice, word);
        } else {
            throw std::runtime_error{"no such command: " + command};
        }
        return 2;
    }
    return 1;
}

void run_all(const Arguments& arguments) {
    Practice practice{arguments};
    const auto& words = arguments.commands();
    for (std::size_t i = 0; i < words.size();)
        i += run(practice, words[i], i + 1 < words.size() ? words[i + 1] : std::string{});
}
}  // namespace
}  // namespace ppo_faults

int main(int argc, char** argv) {
    try {
        ppo_faults::run_all(ppo_faults::Arguments{argc, argv});
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return 0;
}
