// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"
#include "validate/process_facts.hpp"

#include <cstring>

namespace ppo_validate {
namespace {
/// Claims that `create` answers as expected, says so in the error, and makes nothing unless it is
/// good.
void expect_create(Practice& practice, const std::string& what, const ppo_host* host,
                   const ppo_settings* settings, ppo_result expected) {
    auto& findings = practice.findings;
    findings.at("create, " + what);
    int place = 0;
    auto* const untouched = reinterpret_cast<ppo_instance*>(&place);
    ppo_instance* made = untouched;
    auto error = fresh<ppo_error>();
    const ppo_result result = practice.library.core().create(host, settings, &made, &error);
    if (result != expected)
        findings.fail("With " + what + " " + told("create", result, error) + " Expected is " +
                      name_of(expected) + ".");
    const std::string flaw = flaw_in_error(result, error);
    if (!flaw.empty()) findings.fail("create, " + what + ": " + flaw + ".");
    if (result == PPO_OK)
        practice.library.core().destroy(made);
    else
        findings.expect(made == untouched, "create, " + what + ": `out` was written.");
}

void check_hosts(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    const ppo_host& good = practice.host.table;
    const auto* settings = &practice.settings.values;
    const auto with = [&](const std::string& what, ppo_result expected, auto spoil) {
        ppo_host host = good;
        spoil(host);
        expect_create(practice, what, &host, settings, expected);
    };
    expect_create(practice, "no host", nullptr, settings, PPO_MISUSE_NULL);
    expect_create(practice, "no settings", &good, nullptr, PPO_MISUSE_NULL);
    findings.expect(
        practice.library.core().create(&good, settings, nullptr, nullptr) == PPO_MISUSE_NULL,
        "create without `out` is not PPO_MISUSE_NULL.");
    with("a host without log", PPO_MISUSE_NULL, [](ppo_host& host) { host.log = nullptr; });
    with("a host without now", PPO_MISUSE_NULL, [](ppo_host& host) { host.now = nullptr; });
    with("a host without query", PPO_MISUSE_NULL, [](ppo_host& host) { host.query = nullptr; });
    for (const std::uint32_t major : {0U, 2U, 0xFFFFFFFFU})
        with("a host of major " + std::to_string(major), PPO_MISUSE_VALUE,
             [major](ppo_host& host) { host.abi_major = major; });
    with("a host of minor 99", PPO_OK, [](ppo_host& host) { host.abi_minor = 99; });
}

/// Every size below that of 1.0, and larger ones with each kind of tail. What asks for more than
/// the plugin knows is `asked`; a table offers.
template <class Struct, class Call>
void try_sizes(const Struct& good, ppo_result asked, Call call) {
    for (std::uint32_t size = 0; size < sizeof(Struct); ++size) {
        Struct shorter = good;
        shorter.struct_size = size;
        call("struct_size " + std::to_string(size), &shorter, PPO_MISUSE_STRUCT_SIZE);
    }
    struct Later {
        Struct known;
        char tail[64];
    };
    for (const char last : {'\0', '\1'}) {
        Later later{good, {}};
        later.known.struct_size = sizeof later;
        later.tail[63] = last;
        call(last == 0 ? "a tail of zeroes" : "a tail that is not zero", &later.known,
             last == 0 ? ppo_result{PPO_OK} : asked);
    }
}

void check_sizes(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    const auto* settings = &practice.settings.values;
    const auto* host = &practice.host.table;
    try_sizes(*host, PPO_OK,
              [&](const std::string& what, const ppo_host* tried, ppo_result expected) {
                  expect_create(practice, "a host with " + what, tried, settings, expected);
              });
    try_sizes(*settings, PPO_MISUSE_STRUCT_SIZE,
              [&](const std::string& what, const ppo_settings* tried, ppo_result expected) {
                  expect_create(practice, "settings with " + what, host, tried, expected);
              });
}

void check_two_instances(const Target& target, Findings& findings) {
    Practice first{target, findings};
    Practice second{target, findings};
    findings.expect(first.self != second.self, "Two instances have one handle.");
    if (first.onboarding == nullptr) throw NotOffered{"the plugin does not offer ppo.onboarding/1"};
    const auto caller = staff();
    const auto set_access = [&](Practice& practice) {
        return practice.onboarding->set_access(practice.self, &caller, borrow("P001"), 1, nullptr,
                                               nullptr);
    };
    findings.at("set_access in two instances on one store");
    for (auto* practice : {&first, &second})
        findings.expect(set_access(*practice) == PPO_OK,
                        "With two instances on one store, set_access is not good in both.");
    findings.at("shutdown of one of two instances");
    first.library.core().shutdown(first.self, 0, nullptr);
    findings.expect(set_access(second) == PPO_OK,
                    "After the shutdown of one instance, the other does not answer.");
}

void check_destroy(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    const auto& core = practice.library.core();
    findings.at("destroy(NULL)");
    core.destroy(nullptr);
    for (int round = 0; round < 3; ++round) {
        ppo_instance* made = nullptr;
        core.create(&practice.host.table, &practice.settings.values, &made, nullptr);
        if (round == 1) core.shutdown(made, 0, nullptr);
        findings.at(round == 1 ? "destroy after shutdown" : "destroy without shutdown");
        core.destroy(made);
        findings.at("destroy for a second time");
        core.destroy(made);
        findings.expect(core.work(made, 0, nullptr) == PPO_MISUSE_HANDLE,
                        "work with a destroyed instance is not PPO_MISUSE_HANDLE.");
    }
    const auto result = core.work(practice.self, 0, nullptr);
    findings.expect(result == PPO_OK || result == PPO_MORE,
                    "The instance beside those that were destroyed answers " + name_of(result));
}

void check_shutdown(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    const auto& core = practice.library.core();
    for (int time = 1; time <= 3; ++time) {
        findings.at("shutdown number " + std::to_string(time));
        auto error = fresh<ppo_error>();
        const auto result = core.shutdown(practice.self, 0, &error);
        if (result != PPO_OK)
            findings.fail("Time " + std::to_string(time) + ": " + told("shutdown", result, error));
    }
}

/// Every slot answers the same after the instance has ended one way or the other.
void check_ended(const Target& target, Findings& findings, bool destroyed) {
    Practice practice{target, findings};
    practice.prepare();
    const ppo_result expected = destroyed ? PPO_MISUSE_HANDLE : PPO_MISUSE_STATE;
    Stage stage{practice};
    if (practice.ui != nullptr) static_cast<void>(stage.view());
    findings.at(destroyed ? "destroy" : "shutdown");
    if (destroyed)
        practice.library.core().destroy(practice.self);
    else
        practice.library.core().shutdown(practice.self, 0, nullptr);
    for (const auto& slot : all_slots()) {
        const void* table = slot.table_of(practice.library);
        const auto kind = slot.arguments.front().kind;
        const bool has_handle = kind == Kind::Instance || kind == Kind::View;
        const bool may_be_ended = slot.ends_something;
        if (table == nullptr || !slot.is_there(table) || !has_handle || may_be_ended) continue;
        findings.at(slot.name + (destroyed ? " after destroy" : " after shutdown"));
        const auto result = slot.call(table, stage.good_call(slot));
        if (result != expected)
            findings.fail(slot.name + " answered " + name_of(result) + ", not " +
                          name_of(expected) + ".");
        stage.clear(false);
    }
}
void check_own_thread(const Target& target, Findings& findings) {
    ModelHost host;
    host.people = people(3);
    GoodSettings settings{target.folder};
    const std::string mails = "folder:" + target.folder.string();
    settings.values.mail_transport = borrow(mails);
    settings.values.flags = PPO_SETTING_OWN_THREAD;
    const Library library{target.plugin};
    {
        const Practice once{target, findings};  // What the libraries below keep is there now.
    }
    const auto files = open_files();
    const auto threads = running_threads();
    ppo_instance* self = nullptr;
    findings.at("create with a thread of its own");
    auto error = fresh<ppo_error>();
    const auto made = library.core().create(&host.table, &settings.values, &self, &error);
    if (made != PPO_OK) throw CannotGoOn{told("create with a thread of its own", made, error)};
    const auto worked = library.core().work(self, 0, nullptr);
    findings.expect(worked == PPO_MISUSE_STATE,
                    "With a thread of its own, work answered " + name_of(worked) + ".");
    findings.expect(running_threads() == threads + 1,
                    "With a thread of its own there are " + std::to_string(running_threads()) +
                        " threads, and there were " + std::to_string(threads) + ".");
    findings.at("destroy with a thread of its own");
    library.core().destroy(self);
    findings.expect(running_threads() == threads, "A thread runs after destroy.");
    findings.expect(open_files() == files, "A file is open after destroy.");
}
}  // namespace

void put_life_checks(std::vector<Check>& all) {
    all.push_back({"life.hosts", "create names a host that cannot be, and makes nothing.",
                   "Check the host before you read the settings.", check_hosts});
    all.push_back({"life.sizes",
                   "create refuses every struct_size below that of 1.0 and settings whose tail is "
                   "not zero, and takes larger structs otherwise: a host may offer more.",
                   "Compare struct_size with the size of 1.0, then look at the tail of settings.",
                   check_sizes});
    all.push_back({"life.two_instances", "Two instances live beside each other on one store.",
                   "Keep nothing that is an instance's in variables of the library.",
                   check_two_instances});
    all.push_back({"life.destroy",
                   "destroy takes NULL and handles that have ended, and needs no shutdown.",
                   "Look handles up; never follow them.", check_destroy});
    all.push_back({"life.shutdown", "A second shutdown does nothing and is good.",
                   "Answer PPO_OK if there is nothing to end.", check_shutdown});
    all.push_back({"life.own_thread",
                   "With PPO_SETTING_OWN_THREAD there is one thread, which destroy ends, and work "
                   "is PPO_MISUSE_STATE.",
                   "Join the thread in shutdown.", check_own_thread});
    all.push_back(
        {"life.after_shutdown", "After shutdown every slot answers PPO_MISUSE_STATE.",
         "Ask for the state where every slot looks its instance up.",
         [](const Target& target, Findings& findings) { check_ended(target, findings, false); }});
    all.push_back(
        {"life.after_destroy", "After destroy every slot answers PPO_MISUSE_HANDLE.",
         "Look handles up; never follow them.",
         [](const Target& target, Findings& findings) { check_ended(target, findings, true); }});
}
}  // namespace ppo_validate
