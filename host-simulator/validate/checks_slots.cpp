// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"

#include <cstring>

namespace ppo_validate {
namespace {
constexpr std::size_t fewest_cases = 20;

/// Those slots of a table that this plugin has. Throws NotOffered if it has no such table.
std::vector<Slot> offered_slots(const Practice& practice, const std::string& table) {
    std::vector<Slot> offered;
    for (auto& slot : slots_of(table)) {
        const void* found = slot.table_of(practice.library);
        if (found == nullptr) throw NotOffered{"the plugin does not offer ppo." + table + "/1"};
        if (slot.is_there(found)) offered.push_back(slot);
    }
    return offered;
}

void misuse_slots(const std::string& table, Aspect aspect, const Target& target,
                  Findings& findings) {
    Practice practice{target, findings};
    const auto slots = offered_slots(practice, table);
    practice.prepare();
    Stage stage{practice};
    std::size_t calls = 0;
    for (const auto& slot : slots) {
        for (const auto& one : cases_of(slot)) {
            if (one.aspect != aspect) continue;
            ++calls;
            run_case(slot, one, stage, findings);
            if (slot.ends_something && one.reaches_the_slot) practice.restart();
        }
    }
    findings.at("a good call after all of the misused ones");
    const ppo_result after = practice.library.core().work(practice.self, 0, nullptr);
    findings.expect(after == PPO_OK || after == PPO_MORE,
                    "After these calls work answers " + name_of(after) + ".");
    practice.report_complaints();
    findings.figure("calls", std::to_string(calls));
    if (calls == 0) findings.skip("no slot of this table has such an argument");
}

/// Everything that was lent is taken away after the call; then the plugin goes on with its work.
void take_back_what_was_lent(const std::string& table, const Target& target, Findings& findings) {
    Practice practice{target, findings};
    const auto slots = offered_slots(practice, table);
    practice.prepare();
    for (int round = 0; round < 2; ++round) {
        for (const auto& slot : slots) {
            if (slot.ends_something) continue;
            Stage stage{practice};
            for (int again = 0; again < 2; ++again) {
                findings.at(slot.name + ", what was lent in earlier calls is taken back");
                const auto values = stage.good_call(slot);
                const auto result = slot.call(slot.table_of(practice.library), values);
                if (!slot.returns_nothing && !is_defined(result))
                    findings.fail(slot.name + " answered " + name_of(result) + ".");
                for (const auto& problem : stage.probe.problems)
                    findings.fail(slot.name + ": " + problem + ".");
                stage.clear(true);
            }
            findings.at("work after " + slot.name + ", what was lent is taken back");
            practice.library.core().work(practice.self, 0, nullptr);
        }
        findings.at("shutdown and create, what was lent is taken back");
        practice.restart();
    }
}

/// The settings are lent to create; the host is borrowed for longer.
void take_back_settings(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    Stage stage{practice};
    auto* lent = stage.lend_struct(practice.settings.values);
    for (const auto& member : text_members<ppo_settings>()) {
        ppo_text text{};
        char* place = reinterpret_cast<char*>(lent) + member.offset;
        std::memcpy(&text, place, sizeof text);
        if (text.data != nullptr) text = stage.lend(copy(text));
        std::memcpy(place, &text, sizeof text);
    }
    practice.library.core().destroy(practice.self);
    practice.self = nullptr;
    findings.at("create, with settings that are taken back");
    practice.library.core().create(&practice.host.table, lent, &practice.self, nullptr);
    stage.clear(true);
    practice.prepare();
    practice.host.now += 86'400'000;
    practice.work_until_done();
    findings.expect(!practice.host.mails().empty(),
                    "No mail left after the settings were taken back.");
}

void count_cases(const Target& target, Findings& findings) {
    const Library library{target.plugin};
    std::size_t sum = 0;
    for (const auto& slot : all_slots()) {
        const auto count = cases_of(slot).size();
        sum += count;
        findings.figure(slot.name, std::to_string(count));
        if (count < fewest_cases)
            findings.fail(slot.name + " has " + std::to_string(count) + " cases of abuse, of " +
                          std::to_string(fewest_cases) + ".");
        const void* table = slot.table_of(library);
        if (table != nullptr && !slot.is_there(table))
            findings.fail("The table of " + slot.name + " is too short for it, or it is NULL.");
    }
    findings.figure("sum", std::to_string(sum));
}

struct Group {
    const char* name;
    Aspect aspect;
    const char* claim;
    const char* mend;
};
constexpr Group groups[] = {
    {"errors", Aspect::Errors,
     "NULL and handles that are none are answered with PPO_MISUSE_NULL and _HANDLE, and the error "
     "says the same as the result.",
     "Look handles up before you follow them; set result, code and message of the error whenever a "
     "call is not good."},
    {"growth", Aspect::Growth,
     "Structs that are too short or have an unknown tail are refused, larger ones with a tail of "
     "zeroes are taken, and of a result struct_size bytes are written, zero where the plugin "
     "cannot know them.",
     "Compare struct_size with the size of 1.0 before you read; write the smaller of struct_size "
     "and what you know, and zero behind it."},
    {"text", Aspect::Text,
     "Text that is not UTF-8, has a NUL, or is NULL with a size is a misuse, and nothing is read "
     "behind a text's end.",
     "Check each text before you use it, and never look for a terminator."},
    {"values", Aspect::Values,
     "Numbers out of range, unknown flags and words, and NULL where it must not be have a defined "
     "answer.",
     "Refuse with PPO_MISUSE_NULL or PPO_MISUSE_VALUE; take unknown values for nothing that you "
     "know."},
    {"callbacks", Aspect::Sinks,
     "A sink that answers anything but PPO_OK ends the call: PPO_STOPPED with PPO_STOPPED where it "
     "may, everything else with PPO_FAULT_HOST; and it may call back in.",
     "Look at every answer of a sink; hold no lock while it runs."},
};
}  // namespace

void put_slot_checks(std::vector<Check>& all) {
    all.push_back({"loading.slots",
                   "Every slot of every table that is offered is there, and this program knows 20 "
                   "ways and more to misuse it.",
                   "Fill the table; a slot of 1.0 is not optional.", count_cases});
    for (const auto& group : groups)
        for (const auto& table : table_names()) {
            const bool has_cases = [&] {
                for (const auto& slot : slots_of(table))
                    for (const auto& one : cases_of(slot))
                        if (one.aspect == group.aspect) return true;
                return false;
            }();
            if (!has_cases) continue;
            all.push_back(
                {std::string{group.name} + "." + table, group.claim, group.mend,
                 [table, aspect = group.aspect](const Target& target, Findings& findings) {
                     misuse_slots(table, aspect, target, findings);
                 }});
        }
    all.push_back({"memory.settings",
                   "Nothing of the settings is read after create: they are made inaccessible, and "
                   "the plugin mails and works.",
                   "Copy the settings.", take_back_settings});
    for (const auto& table : table_names())
        all.push_back({"memory." + table,
                       "Nothing that was lent is read after the call: it is made inaccessible, and "
                       "the plugin goes on.",
                       "Copy whatever you need later.",
                       [table](const Target& target, Findings& findings) {
                           take_back_what_was_lent(table, target, findings);
                       }});
}
}  // namespace ppo_validate
