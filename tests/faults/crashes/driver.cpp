// SPDX-License-Identifier: Apache-2.0
#include "practice.hpp"

#include <poll.h>

#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <utility>

// What the rigs that kill do with the plugin, one command behind the other:
//
//   set_up                take the patients over
//   invite ID             invite one; a mail that is queued already is as good
//   batch                 start a batch for everybody, unless there is one
//   batch_people FROM     the same for the patients from this place on
//   access ON             give everybody access (1) or take it (0), call after call until nobody is
//   left
//   password ID           set a username and a password by hand
//   ask ID WHAT           ask on the portal, with the facts on file: 1 account, 2 password, 3
//   username at MINUTE             set the clock work MINUTE           set the clock, work until
//   nothing is due status ID             say status, mail state and marks open LINK             say
//   whether a link can be used batches               say state and counts of each batch audit say
//   whether the record is whole, and every entry
//
// Whatever is asked is answered in lines of words with tabs between.
namespace ppo_faults {
namespace {
using Words = std::vector<std::string>;

constexpr int pause_milliseconds = 50;  // Of a host whose plugin has nothing to do.

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

void set_access_of_all(const Practice& practice, std::int32_t enabled) {
    ppo_report_query everybody{};
    everybody.struct_size = sizeof everybody;
    ppo_batch_selection selection{};
    selection.struct_size = sizeof selection;
    selection.filter = &everybody;
    ppo_access_of_many done{};
    done.struct_size = sizeof done;
    auto error = fresh_error();
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    do {  // Two at a time, so that a crash may fall between two calls, as between two transactions.
        must(onboarding.set_access_of_many(practice.instance(), &practice.caller(), &selection,
                                           enabled, 2, &done, &error),
             error, "set_access_of_many");
    } while (done.left > 0);
}

void set_password(const Practice& practice, const std::string& id) {
    const std::string username = "portal." + id;
    const std::string password = "seven purple lanterns over " + id;
    ppo_credentials credentials{};
    credentials.struct_size = sizeof credentials;
    credentials.username = text(username);
    credentials.password = text(password);
    auto error = fresh_error();
    const auto& onboarding = practice.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    must(onboarding.set_credentials(practice.instance(), &practice.caller(), text(id), &credentials,
                                    nullptr, &error),
         error, "set_credentials");
}

void ask(const Practice& practice, const std::string& id, std::uint32_t what) {
    const Chart& chart = practice.chart(id);
    ppo_identity identity{};
    identity.struct_size = sizeof identity;
    identity.email = text(chart.email);
    identity.birth_date = {birth_date, std::strlen(birth_date)};
    identity.last_name = text(chart.last_name);
    identity.postal_code = {postal_code, std::strlen(postal_code)};
    auto error = fresh_error();
    const auto& selfservice = practice.table<ppo_selfservice_1>(PPO_SELFSERVICE_1);
    must(selfservice.request(practice.instance(), &practice.visitor(), what, &identity, &error),
         error, "request");
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

/// As a host does: what the store cannot do now is said and tried again.
void deliver(Practice& practice, std::int64_t minute) {
    practice.set_clock(minute);
    practice.let_clock_run();
    pollfd end_of_input{0, POLLIN, 0};
    while (end_of_input.revents == 0) {
        bool more = false;
        try {
            more = practice.work_a_little();
        } catch (const std::runtime_error& failure) {
            std::fprintf(stderr, "%s\n", failure.what());
        }
        if (::poll(&end_of_input, 1, more ? 0 : pause_milliseconds) < 0) return;
    }
}

/// Runs one command with the words behind it and says how many of them it took.
std::size_t run(Practice& practice, const std::string& command, const Words& words) {
    const auto word = [&](std::size_t i) -> const std::string& { return words.at(i); };
    const std::map<std::string, std::pair<std::size_t, std::function<void()>>> known{
        {"set_up", {0, [&] { set_up(practice); }}},
        {"invite", {1, [&] { invite(practice, word(0)); }}},
        {"batch", {0, [&] { start_batch(practice, 0); }}},
        {"batch_people", {1, [&] { start_batch(practice, std::stoul(word(0))); }}},
        {"access",
         {1, [&] { set_access_of_all(practice, static_cast<std::int32_t>(std::stoi(word(0)))); }}},
        {"password", {1, [&] { set_password(practice, word(0)); }}},
        {"ask", {2, [&] { ask(practice, word(0), static_cast<unsigned>(std::stoul(word(1)))); }}},
        {"at", {1, [&] { practice.set_clock(std::stol(word(0))); }}},
        {"work",
         {1,
          [&] {
              practice.set_clock(std::stol(word(0)));
              practice.work();
          }}},
        {"deliver", {1, [&] { deliver(practice, std::stol(word(0))); }}},
        {"status", {1, [&] { say_status(practice, word(0)); }}},
        {"open", {1, [&] { open_link(practice, word(0)); }}},
        {"batches",
         {0,
          [&] {
              for (const auto& batch : batches(practice)) say(batch);
          }}},
        {"audit", {0, [&] { say_audit(practice); }}},
    };
    const auto found = known.find(command);
    if (found == known.end()) throw std::runtime_error{"no such command: " + command};
    found->second.second();
    return found->second.first;
}

void run_all(const Arguments& arguments) {
    Practice practice{arguments};
    Words words = arguments.commands();
    while (!words.empty()) {
        const auto command = words.front();
        words.erase(words.begin());
        const auto taken = static_cast<std::ptrdiff_t>(run(practice, command, words));
        words.erase(words.begin(), words.begin() + taken);
    }
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
