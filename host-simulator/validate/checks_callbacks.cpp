// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"

#include <array>

namespace ppo_validate {
namespace {
constexpr std::array<ppo_result, 12> wrong_answers{0,
                                                   -1,
                                                   -999,
                                                   PPO_REFUSED_UNKNOWN_PATIENT,
                                                   PPO_REFUSED_BUSY,
                                                   PPO_MISUSE_NULL,
                                                   -2999,
                                                   PPO_FAULT_HOST,
                                                   -3999,
                                                   99,
                                                   INT32_MIN,
                                                   INT32_MAX};

/// Makes an instance if it can be made, does what needs the host, and ends it. Every answer is of a
/// documented band.
class Walk {
public:
    Walk(const Target& target, Findings& notes, ModelHost& at)
        : findings_{notes}, host_{at}, library_{target.plugin}, settings_{target.folder} {}

    GoodSettings& settings() { return settings_; }

    /// What `create` answered.
    ppo_result go(const std::string& why) {
        why_ = why;
        findings_.at("create, " + why_);
        auto error = fresh<ppo_error>();
        const auto made = library_.core().create(&host_.table, &settings_.values, &self_, &error);
        note("create", made, error);
        if (made != PPO_OK) return made;
        const auto* onboarding = library_.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
        if (onboarding != nullptr) onboard(*onboarding);
        const auto* selfservice = library_.table<ppo_selfservice_1>(PPO_SELFSERVICE_1);
        if (selfservice != nullptr) ask(*selfservice);
        call("work", [&](ppo_error* into) { return library_.core().work(self_, 0, into); });
        call("work", [&](ppo_error* into) { return library_.core().work(self_, 50, into); });
        call("shutdown", [&](ppo_error* into) { return library_.core().shutdown(self_, 0, into); });
        findings_.at("destroy, " + why_);
        library_.core().destroy(self_);
        return made;
    }
    /// A call that is to be answered with this.
    void expect_of_access(ppo_result expected) { expected_of_access_ = expected; }

private:
    void note(const char* what, ppo_result result, const ppo_error& error) {
        if (!is_defined(result) || result == PPO_FAULT_INTERNAL)
            findings_.fail("While " + why_ + ", " + told(what, result, error));
        const std::string flaw = flaw_in_error(result, error);
        if (!flaw.empty())
            findings_.fail("While " + why_ + ", " + what + " answered " + name_of(result) +
                           ", but " + flaw + ".");
    }
    template <class Call>
    ppo_result call(const char* what, Call make) {
        findings_.at(std::string{what} + ", " + why_);
        auto error = fresh<ppo_error>();
        const auto result = make(&error);
        note(what, result, error);
        return result;
    }

    void onboard(const ppo_onboarding_1& table) {
        const auto caller = staff();
        const auto id = borrow("P001");
        for (const int enabled : {1, 0, 1}) {
            const auto result = call("set_access", [&](ppo_error* into) {
                return table.set_access(self_, &caller, id, enabled, nullptr, into);
            });
            if (expected_of_access_ != 0 && result != expected_of_access_)
                findings_.fail("While " + why_ + ", set_access answered " + name_of(result) +
                               ", not " + name_of(expected_of_access_) + ".");
        }
        call("send_invitation", [&](ppo_error* into) {
            return table.send_invitation(self_, &caller, id, nullptr, into);
        });
        call("sync_directory",
             [&](ppo_error* into) { return table.sync_directory(self_, nullptr, into); });
        const auto person = people(1).front();
        const auto changed = to_abi(person);
        call("patient_changed",
             [&](ppo_error* into) { return table.patient_changed(self_, &changed, into); });
    }

    void ask(const ppo_selfservice_1& table) {
        const auto guest = visitor();
        auto identity = fresh<ppo_identity>();
        identity.email = borrow("anna001@example.test");
        identity.birth_date = borrow("1980-02-29");
        identity.last_name = borrow("Weber");
        identity.postal_code = borrow("01234");
        call("request", [&](ppo_error* into) {
            return table.request(self_, &guest, PPO_REQUEST_PASSWORD, &identity, into);
        });
    }

    Findings& findings_;
    ModelHost& host_;
    Library library_;
    GoodSettings settings_;
    ppo_instance* self_ = nullptr;
    std::string why_{};
    ppo_result expected_of_access_ = 0;
};

struct HostFunction {
    const char* name;
    std::optional<ppo_result> ModelHost::*answers;
};
constexpr HostFunction functions[] = {
    {"get_patient", &ModelHost::get_patient_answers},
    {"each_patient", &ModelHost::each_patient_answers},
    {"each_key", &ModelHost::each_key_answers},
    {"send_mail", &ModelHost::send_mail_answers},
    {"checkpoint", &ModelHost::checkpoint_answers},
};

void check_answers(const Target& target, Findings& findings) {
    const Library kept_loaded{target.plugin};
    int spoilt = 0;
    for (const auto& function : functions)
        for (const auto answer : wrong_answers) {
            ModelHost host;
            host.people = people();
            host.offered.insert(PPO_HOST_SECRETS_1);
            host.*function.answers = answer;
            Walk{target, findings, host}.go(std::string{function.name} + " answers " +
                                            std::to_string(answer));
            spoilt += host.spoilt_calls;
            for (const auto& complaint : host.complaints()) findings.fail(complaint);
        }
    findings.figure("calls answered wrong", std::to_string(spoilt));
    findings.expect(spoilt > 0, "The plugin has called none of the functions that answer wrong.");
}

void check_lone_host(const Target& target, Findings& findings) {
    ModelHost host;
    host.offered.clear();
    Walk walk{target, findings, host};
    const std::string mails = "folder:" + target.folder.string();
    walk.settings().values.mail_transport = borrow(mails);
    const auto made = walk.go("the host has no optional interface");
    findings.expect(made == PPO_OK || is_misuse(made),
                    "create answered " + name_of(made) + " to a host without optional interfaces.");
    for (const std::string without : {PPO_HOST_DIRECTORY_1, PPO_HOST_MAIL_1, PPO_HOST_UI_1,
                                      PPO_HOST_SESSIONS_1, PPO_HOST_AUDIT_1}) {
        ModelHost lacking;
        lacking.people = people();
        lacking.offered.erase(without);
        Walk{target, findings, lacking}.go("the host has no " + without);
    }
}

void check_short_tables(const Target& target, Findings& findings) {
    const Library kept_loaded{target.plugin};
    for (const std::uint32_t size : {0U, 4U, 8U})
        for (int which = 0; which < 5; ++which) {
            ModelHost host;
            host.people = people();
            std::uint32_t* sizes[] = {&host.directory.struct_size, &host.mail.struct_size,
                                      &host.ui.struct_size, &host.sessions.struct_size,
                                      &host.audit.struct_size};
            *sizes[which] = size;
            Walk{target, findings, host}.go("host table " + std::to_string(which) + " has " +
                                            std::to_string(size) + " bytes");
        }
    for (int which = 0; which < 5; ++which) {
        ModelHost host;
        host.people = people();
        if (which == 0) host.directory.get_patient = nullptr;
        if (which == 1) host.mail.send_mail = nullptr;
        if (which == 2) host.ui.refresh = nullptr;
        if (which == 3) host.sessions.end_sessions = nullptr;
        if (which == 4) host.audit.checkpoint = nullptr;
        Walk{target, findings, host}.go("a function of host table " + std::to_string(which) +
                                        " is NULL");
    }
}

void check_clock(const Target& target, Findings& findings) {
    const Library kept_loaded{target.plugin};
    constexpr ppo_time before_2020 = 1'577'836'799'999;
    constexpr ppo_time after_2100 = 4'133'980'800'000;
    for (const ppo_time wrong : {ppo_time{0}, ppo_time{-1}, before_2020, after_2100,
                                 ppo_time{INT64_MIN}, ppo_time{INT64_MAX}}) {
        ModelHost host;
        host.people = people();
        int calls = 0;
        bool is_wrong = false;
        host.clock = [&] { return is_wrong && ++calls > 0 ? wrong : host.now.load(); };
        Practice practice{target, findings, &host};
        is_wrong = true;
        if (practice.onboarding == nullptr) continue;
        findings.at("set_access while the clock says " + std::to_string(wrong));
        const auto caller = staff();
        const auto result = practice.onboarding->set_access(practice.self, &caller, borrow("P001"),
                                                            1, nullptr, nullptr);
        if (result != PPO_FAULT_CLOCK)
            findings.fail("While the clock says " + std::to_string(wrong) +
                          ", set_access answered " + name_of(result) + ", not " +
                          name_of(PPO_FAULT_CLOCK) + ".");
        is_wrong = false;
        const auto again = practice.onboarding->set_access(practice.self, &caller, borrow("P001"),
                                                           1, nullptr, nullptr);
        findings.expect(again == PPO_OK, "With the clock right again set_access is not good.");
    }
    ModelHost host;
    host.people = people();
    ppo_time now = host.now;
    host.clock = [&now] { return now -= 1000; };
    Walk{target, findings, host}.go("the clock goes backwards");
}
ppo_result PPO_CALL take_state(void* context, const ppo_account* account) {
    *static_cast<std::uint32_t*>(context) = account->mail_state;
    return PPO_OK;
}

void check_transport(const Target& target, Findings& findings) {
    struct Told {
        ppo_result answer;
        std::uint32_t state;
    };
    constexpr Told all[] = {{PPO_OK, PPO_MAIL_SENT},
                            {PPO_REFUSED_MAIL_DEFERRED, PPO_MAIL_DEFERRED},
                            {PPO_REFUSED_MAIL_REJECTED, PPO_MAIL_FAILED},
                            {PPO_REFUSED_MAIL_UNKNOWN, PPO_MAIL_UNKNOWN},
                            {0, PPO_MAIL_DEFERRED},
                            {99, PPO_MAIL_DEFERRED},
                            {PPO_FAULT_HOST, PPO_MAIL_DEFERRED}};
    Practice practice{target, findings};
    if (practice.onboarding == nullptr)
        throw NotOffered{"the plugin does not offer ppo.onboarding/1"};
    const auto caller = staff();
    const auto& table = *practice.onboarding;
    std::size_t next = 0;
    for (const auto& told : all) {
        const auto id = borrow(practice.host.people[next++].id);
        const std::string when = "a mail for which send_mail answers " +
                                 std::to_string(told.answer);
        findings.at(when);
        practice.host.now += 86'400'000;  // A transport that failed is left in peace for a while.
        practice.work_until_done();
        table.set_access(practice.self, &caller, id, 1, nullptr, nullptr);
        table.send_invitation(practice.self, &caller, id, nullptr, nullptr);
        practice.host.send_mail_answers = told.answer;
        for (int step = 0; step < 20; ++step)
            practice.library.core().work(practice.self, 0, nullptr);
        practice.host.send_mail_answers.reset();
        std::uint32_t state = 0;
        const ppo_account_sink sink{&state, take_state};
        table.get_account(practice.self, &caller, id, &sink, nullptr);
        if (state != told.state)
            findings.fail("The state of " + when + " is " + std::to_string(state) + ", not " +
                          std::to_string(told.state) + ".");
    }
}
}  // namespace

void put_callback_checks(std::vector<Check>& all) {
    all.push_back({"callbacks.answers",
                   "Whatever a function of the host answers, 0 first of all, the plugin's own "
                   "answers are defined.",
                   "Take every answer that you do not know for a failure of the host.",
                   check_answers});
    all.push_back({"callbacks.absent",
                   "A host without optional interfaces is served, or refused with a misuse.",
                   "Ask query once, and go without what is NULL.", check_lone_host});
    all.push_back(
        {"callbacks.short_tables",
         "Tables of the host that are too short, or have NULL for a function, do no harm.",
         "Look at struct_size and at the function before you call.", check_short_tables});
    all.push_back({"callbacks.clock",
                   "A time before 2020 or after 2100 is PPO_FAULT_CLOCK; a clock may go backwards.",
                   "Look at every answer of now.", check_clock});
    all.push_back({"callbacks.transport",
                   "What the host's transport answers is what the account tells of the mail; an "
                   "answer that nobody knows is deferred.",
                   "See send_mail in ppo/host.h.", check_transport});
    put_directory_checks(all);
}
}  // namespace ppo_validate
