// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"

namespace ppo_validate {
namespace {
using Sink = const ppo_patient_sink&;

ppo_result put(Sink sink, const ppo_patient* patient) { return sink.put(sink.context, patient); }

/// A good patient in which one thing is wrong.
ppo_result put_spoilt(Sink sink, const std::function<void(ppo_patient&)>& spoil) {
    const Person person = people(5).back();
    auto patient = to_abi(person);
    spoil(patient);
    return put(sink, &patient);
}

struct Misbehaviour {
    const char* what;
    std::function<ppo_result(Sink)> acts;
    bool
        ends_well;  // create is good: nothing of it is the plugin's business, or it leaves one out.
};

ppo_result put_good(Sink sink, int count) {
    for (const auto& person : people(count)) {
        const auto patient = to_abi(person);
        if (put(sink, &patient) == PPO_STOPPED) return PPO_STOPPED;
    }
    return PPO_OK;
}

std::vector<Misbehaviour> misbehaviours() {
    const auto with = [](const char* what, std::function<void(ppo_patient&)> spoil) {
        return Misbehaviour{what,
                            [spoil](Sink sink) {
                                put_good(sink, 3);
                                const auto taken = put_spoilt(sink, spoil);
                                // What is wrong with one patient is said about that one.
                                return is_misuse(taken) || taken == PPO_OK ? put_good(sink, 3)
                                                                           : taken;
                            },
                            true};
    };
    return {
        {"it stops in the middle",
         [](Sink sink) { return put_good(sink, 3), ppo_result{PPO_FAULT_HOST}; }, false},
        {"it answers 0 after some", [](Sink sink) { return put_good(sink, 3), ppo_result{0}; },
         false},
        {"it gives everybody twice", [](Sink sink) { return put_good(sink, 9), put_good(sink, 9); },
         true},
        {"it gives nobody", [](Sink) { return ppo_result{PPO_OK}; }, true},
        {"it gives NULL", [](Sink sink) { return put(sink, nullptr), put_good(sink, 3); }, true},
        with("a name is not UTF-8", [](ppo_patient& it) { it.first_name = borrow("A\xFF"); }),
        with("an id has a NUL",
             [](ppo_patient& it) {
                 it.id = {"P\0X", 3};
             }),
        with("an id is empty", [](ppo_patient& it) { it.id = {}; }),
        with("a name is NULL with a size",
             [](ppo_patient& it) {
                 it.last_name = {nullptr, 9};
             }),
        with("a birth date is impossible",
             [](ppo_patient& it) { it.birth_date = borrow("2023-02-29"); }),
        with("a chart status is unknown", [](ppo_patient& it) { it.chart_status = 77; }),
        with("flags are unknown", [](ppo_patient& it) { it.flags = 0xFFFFFFFF; }),
        with("a struct is short", [](ppo_patient& it) { it.struct_size = 16; }),
        with("tags are NULL", [](ppo_patient& it) { it.tag_count = 3; }),
        with("there are more tags than memory",
             [](ppo_patient& it) { it.tag_count = ~std::uint64_t{0}; }),
        with("times are absurd", [](ppo_patient& it) { it.next_appointment = INT64_MAX; }),
    };
}

void check_directory(const Target& target, Findings& findings) {
    const Library library{target.plugin};
    for (const auto& one : misbehaviours()) {
        ModelHost host;
        host.each_patient_does = one.acts;
        const GoodSettings settings{target.folder};
        findings.at(std::string{"create, "} + one.what);
        ppo_instance* self = nullptr;
        auto error = fresh<ppo_error>();
        const auto made = library.core().create(&host.table, &settings.values, &self, &error);
        const std::string flaw = flaw_in_error(made, error);
        if (!flaw.empty()) findings.fail(std::string{"create, "} + one.what + ": " + flaw + ".");
        if (one.ends_well ? made != PPO_OK : made != PPO_OK && made != PPO_FAULT_HOST)
            findings.fail("With a directory of which " + std::string{one.what} + ", " +
                          told("create", made, error));
        const auto* onboarding = library.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
        if (made == PPO_OK && onboarding != nullptr) {
            findings.at(std::string{"sync_directory, "} + one.what);
            const auto again = onboarding->sync_directory(self, nullptr, nullptr);
            const auto expected = one.ends_well ? PPO_OK : ppo_result{PPO_FAULT_HOST};
            if (again != expected)
                findings.fail("With a directory of which " + std::string{one.what} +
                              ", sync_directory answered " + name_of(again) + ", not " +
                              name_of(expected) + ".");
        }
        if (made == PPO_OK) library.core().destroy(self);
        for (const auto& complaint : host.complaints()) findings.fail(complaint);
    }
}

void check_one_patient(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    if (practice.onboarding == nullptr)
        throw NotOffered{"the plugin does not offer ppo.onboarding/1"};
    practice.prepare();
    const Person stranger{"P404", "Some", "Body", "1980-02-29", "somebody@example.test"};
    const Person asked = people(9).back();
    struct Answer {
        const char* what;
        std::function<ppo_result(Sink)> acts;
    };
    const Answer answers[] = {
        {"says yes and gives nobody", [](Sink) { return ppo_result{PPO_OK}; }},
        {"gives somebody else",
         [&](Sink sink) {
             const auto patient = to_abi(stranger);
             return put(sink, &patient), ppo_result{PPO_OK};
         }},
        {"gives the patient twice",
         [&](Sink sink) {
             const auto patient = to_abi(asked);
             return put(sink, &patient), put(sink, &patient), ppo_result{PPO_OK};
         }},
        {"gives NULL", [](Sink sink) { return put(sink, nullptr), ppo_result{PPO_OK}; }},
        {"gives a name that is not UTF-8",
         [](Sink sink) {
             return put_spoilt(sink, [](ppo_patient& it) { it.last_name = borrow("\xFF"); }),
                    ppo_result{PPO_OK};
         }},
        {"gives the patient and fails",
         [&](Sink sink) {
             const auto patient = to_abi(asked);
             return put(sink, &patient), ppo_result{0};
         }},
    };
    for (const auto& answer : answers) {
        practice.host.now += 3'600'000;
        practice.host.get_patient_does = [&](std::string_view, Sink sink) {
            return answer.acts(sink);
        };
        findings.at(std::string{"send_invitation, the directory "} + answer.what);
        const auto caller = staff();
        auto error = fresh<ppo_error>();
        const auto result = practice.onboarding->send_invitation(practice.self, &caller,
                                                                 borrow(asked.id), nullptr, &error);
        const std::string flaw = flaw_in_error(result, error);
        if (!is_defined(result) || result == PPO_FAULT_INTERNAL || !flaw.empty())
            findings.fail(std::string{"When the directory "} + answer.what + ", " +
                          told("send_invitation", result, error) + " " + flaw);
        practice.work_until_done();
    }
    for (const auto& mail : practice.host.mails())
        findings.expect(mail.find(stranger.email) == std::string::npos,
                        "A patient was mailed whom nobody had asked for.");
    practice.report_complaints();
}
}  // namespace

void put_directory_checks(std::vector<Check>& all) {
    all.push_back({"callbacks.directory",
                   "A directory that stops in the middle, repeats itself or gives patients that "
                   "cannot be does no harm: what cannot be used is left out.",
                   "Check every patient as you would check an argument.", check_directory});
    all.push_back({"callbacks.one_patient",
                   "Whatever the directory gives for one patient, nobody else is mailed.",
                   "Take one patient, with the id that you asked for.", check_one_patient});
}
}  // namespace ppo_validate
