// SPDX-License-Identifier: Apache-2.0
#include "host/instance.hpp"

#include "host/calls.hpp"
#include "host/host_services.hpp"
#include "host/sinks.hpp"
#include "host/start_error.hpp"

#include <utility>

namespace ppo_sim {
Instance::Instance(const Plugin& plugin, const ppo_host& host, const Settings& settings)
    : plugin_{plugin} {
    const ppo_settings told = settings.to_abi();
    const Answer answer = ask(
        [&](ppo_error* error) { return plugin_.core().create(&host, &told, &handle_, error); });
    if (answer.good() && handle_ != nullptr) return;
    throw StartError{answer};
}

Instance::~Instance() {
    // Destroy shuts down by itself; whoever wants to know how that went calls shutdown before.
    plugin_.core().destroy(handle_);
}

Answer Instance::work(std::uint32_t budget_ms) {
    return ask([&](ppo_error* error) { return plugin_.core().work(handle_, budget_ms, error); });
}

Answer Instance::shutdown(std::uint32_t grace_ms) {
    return ask([&](ppo_error* error) { return plugin_.core().shutdown(handle_, grace_ms, error); });
}

Answer Instance::get_account(const Staff& staff, const std::string& patient_id,
                             AccountView& out) const {
    const auto sink = sink_into<ppo_account_sink, ppo_account>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().get_account(handle_, caller, borrow(patient_id), &sink, error);
    });
}

Answer Instance::set_access(const Staff& staff, const std::string& patient_id, bool enabled,
                            AccountState& out) {
    ppo_account_state state{sizeof(ppo_account_state), 0, 0};
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().set_access(handle_, caller, borrow(patient_id), enabled ? 1 : 0,
                                               &state, error);
    });
    if (answer.good()) out = {state.status, state.marks};
    return answer;
}

Answer Instance::check_username(const Staff& staff, const std::string& patient_id,
                                const std::string& username, UsernameVerdict& out) const {
    const auto sink = sink_into<ppo_username_verdict_sink, ppo_username_verdict>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().check_username(handle_, caller, borrow(patient_id),
                                                   borrow(username), &sink, error);
    });
}

Answer Instance::set_credentials(const Staff& staff, const std::string& patient_id,
                                 const std::optional<std::string>& username,
                                 const std::optional<std::string>& password, AccountState& out) {
    ppo_credentials credentials{};
    credentials.struct_size = sizeof credentials;
    if (username) credentials.username = borrow(*username);
    if (password) credentials.password = borrow(*password);
    ppo_account_state state{sizeof(ppo_account_state), 0, 0};
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().set_credentials(handle_, caller, borrow(patient_id),
                                                    &credentials, &state, error);
    });
    if (answer.good()) out = {state.status, state.marks};
    return answer;
}

Answer Instance::send_invitation(const Staff& staff, const std::string& patient_id,
                                 Invitation& out) {
    ppo_invitation sent{sizeof(ppo_invitation), 0, PPO_TIME_NONE};
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().send_invitation(handle_, caller, borrow(patient_id), &sent,
                                                    error);
    });
    if (answer.good()) out = {sent.mail_state, sent.link_expires_at};
    return answer;
}

Answer Instance::revoke_invitation(const Staff& staff, const std::string& patient_id) {
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().revoke_invitation(handle_, caller, borrow(patient_id), error);
    });
}

Answer Instance::lift_delays(const Staff& staff, const std::string& patient_id) {
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().lift_delays(handle_, caller, borrow(patient_id), error);
    });
}

Answer Instance::set_consent(const Staff& staff, const std::string& patient_id,
                             std::uint32_t consent, ppo_time until, AccountState& out) {
    ppo_account_state state{sizeof(ppo_account_state), 0, 0};
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().set_consent(handle_, caller, borrow(patient_id), consent, until,
                                                &state, error);
    });
    if (answer.good()) out = {state.status, state.marks};
    return answer;
}

Answer Instance::patient_changed(const Patient& patient) {
    return ask([&](ppo_error* error) {
        ppo_result result = 0;
        with_abi_patient(patient, [&](const ppo_patient& told) {
            result = plugin_.onboarding().patient_changed(handle_, &told, error);
        });
        return result;
    });
}

Answer Instance::patient_removed(const std::string& patient_id) {
    return ask([&](ppo_error* error) {
        return plugin_.onboarding().patient_removed(handle_, borrow(patient_id), error);
    });
}

Answer Instance::patient_merged(const std::string& losing_id, const std::string& surviving_id) {
    return ask([&](ppo_error* error) {
        return plugin_.onboarding().patient_merged(handle_, borrow(losing_id), borrow(surviving_id),
                                                   error);
    });
}

Answer Instance::sync_directory(std::uint64_t& read) {
    return ask([&](ppo_error* error) {
        return plugin_.onboarding().sync_directory(handle_, &read, error);
    });
}

Answer Instance::contributions(const std::string& language, std::vector<Contribution>& out) const {
    const auto sink = sink_behind<ppo_contribution_sink, ppo_contribution>(out);
    return ask([&](ppo_error* error) {
        return plugin_.ui().contributions(handle_, borrow(language), &sink, error);
    });
}

Answer Instance::open_view(const Staff& staff, const std::string& view_id,
                           const std::string& patient_id, const std::string& language,
                           View& out) const {
    const ppo_view_request request{sizeof(ppo_view_request), 0, borrow(view_id), borrow(patient_id),
                                   borrow(language)};
    View opened;
    opened.table_ = &plugin_.ui();
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.ui().open(handle_, caller, &request, &opened.handle_, error);
    });
    if (answer.good()) out = std::move(opened);
    return answer;
}
}  // namespace ppo_sim
