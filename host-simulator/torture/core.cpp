// SPDX-License-Identifier: Apache-2.0
// ppo.plugin: the one exported symbol and the core table.
#include "torture/call.hpp"
#include "torture/errors.hpp"
#include "torture/tables.hpp"

#include <stdexcept>

namespace ppo_torture {
namespace {
/// What a slot of a later minor would be. Whoever calls it does not look at struct_size.
void PPO_CALL later_slot() {}

/// A table as a later minor would hand it out: with more slots.
template <typename Table>
struct LongerTable {
    explicit LongerTable(const Table& table) : known{table} { known.struct_size = sizeof *this; }
    Table known;
    void(PPO_CALL* later[8])() = {later_slot, later_slot, later_slot, later_slot,
                                  later_slot, later_slot, later_slot, later_slot};
};

template <typename Table>
const void* longer(const Table& table) {
    static const LongerTable<Table> made{table};
    return &made.known;
}

ppo_text text_of(const char* literal) { return {literal, std::strlen(literal)}; }

ppo_result no_instance(ppo_error* error, const Refusal& no) {
    if (error == nullptr || error->struct_size < sizeof *error) return no.result;
    error->result = no.result;
    error->retry_after_ms = no.retry_after_ms;
    const auto put = [](char* to, std::size_t size, const std::string& text) {
        const auto fitting = cut(text, size - 1);
        std::memcpy(to, fitting.data(), fitting.size());
        to[fitting.size()] = '\0';
    };
    put(error->code, sizeof error->code, no.code);
    put(error->field, sizeof error->field, no.field);
    put(error->message, sizeof error->message, no.message);
    return no.result;
}

/// What is wrong with what `create` is given; a result of 0 = nothing.
Refusal wrong_with(const ppo_host* host, const ppo_settings* settings, ppo_instance** out) {
    const auto complain = [](const char* code, const char* sentence, ppo_result result) {
        found(nullptr, code, Slot::ppo_plugin_create, sentence);
        return Refusal{result, std::string{"misuse_"} + code, {}, sentence, 0};
    };
    if (host == nullptr || settings == nullptr || out == nullptr)
        return complain("null", "a pointer that must not be NULL is", PPO_MISUSE_NULL);
    if (host->struct_size < sizeof *host || settings->struct_size < sizeof *settings)
        return complain("struct_size", "host or settings have no struct_size, or one too small",
                        PPO_MISUSE_STRUCT_SIZE);
    if (host->log == nullptr || host->now == nullptr || host->query == nullptr)
        return complain("host_lacks_function", "log, now and query are required", PPO_MISUSE_NULL);
    if (host->abi_major != PPO_ABI_MAJOR)
        return complain("host_major", "the host was compiled for another major", PPO_MISUSE_VALUE);
    return {};
}

void read_directory(Instance& made, const ppo_settings& settings) {
    const bool reads = (settings.flags & PPO_SETTING_NO_FIRST_SYNC) == 0;
    if (!reads && made.modes.create_stop == 0) return;
    made.host.each_chart(made, made.modes.create_stop, [&](const Chart& chart) {
        const std::lock_guard guard{made.practice->lock};
        made.practice->take(chart);
    });
}

Refusal make(const ppo_host* host, const ppo_settings& settings, ppo_instance** out) {
    auto made = std::make_shared<Instance>();
    try {
        made->modes = Modes::of_practice(copy(settings.practice_name));
    } catch (const std::invalid_argument& unknown) {
        return {PPO_MISUSE_SETTING, "misuse_setting", "practice_name", unknown.what(), 0};
    }
    if (made->modes.create_refused != 0) return refusal_of_create(made->modes.create_refused);
    made->practice_name = copy(settings.practice_name);
    made->practice_phone = copy(settings.practice_phone);
    made->portal_url = copy(settings.portal_url);
    made->own_thread = (settings.flags & PPO_SETTING_OWN_THREAD) != 0;
    made->practice = Practice::of_store(copy(settings.store), made->modes.seed);
    made->host.meet(host, *made);
    if (made->modes.has(Mode::Callbacks, 0)) made->host.ask_for_nonsense();
    constexpr std::uint32_t most_more = 1000;
    made->work_left = most_more;
    read_directory(*made, settings);
    if (made->own_thread) made->start_thread();
    *out = Handles::all().add(std::move(made));
    return {};
}

ppo_result PPO_CALL create(const ppo_host* host, const ppo_settings* settings, ppo_instance** out,
                           ppo_error* error) {
    ++calls_of_slots().at(static_cast<std::size_t>(Slot::ppo_plugin_create));
    try {
        if (error != nullptr && error->struct_size < sizeof *error)
            found(nullptr, "struct_size", Slot::ppo_plugin_create,
                  "a ppo_error has no struct_size");
        const Refusal wrong = wrong_with(host, settings, out);
        if (wrong.result != 0) return no_instance(error, wrong);
        const Refusal no = make(host, *settings, out);
        return no.result == 0 ? PPO_OK : no_instance(error, no);
    } catch (...) {
        return no_instance(error, {PPO_FAULT_INTERNAL, "fault_internal", {}, {}, 0});
    }
}

/// Tells one patient who was invited of the link.
void send_invitation_mail(Call& call) {
    Person person;
    std::string subject;
    {
        const std::lock_guard guard{call.practice().lock};
        auto& waiting = call.practice().to_mail;
        if (waiting.empty()) return;
        person = call.practice().people[waiting.back()];
        waiting.pop_back();
        subject = call.practice().subject;
    }
    const std::string id = "torture-" + person.id + "@practice.example";
    call.self().host.send_mail(
        call.self(), id, person.email,
        "From: torture@practice.example\r\nTo: " + person.email + "\r\nSubject: " + subject +
            "\r\nMessage-ID: <" + id + ">\r\n\r\nHello " + person.first +
            ", your link: " + call.self().portal_url + "/link-" + person.id + "\r\n");
}

/// Ids that are legal, and not what most would think of.
void send_some(Call& call) {
    static const std::string
        message = "From: torture@practice.example\r\nSubject: Torture\r\n\r\nHello\r\n";
    for (const auto& id : {std::string{"a@b"}, std::string{"\"odd id\"@[127.0.0.1]"},
                           std::string{"../../torture-canary@practice.example"},
                           std::string(900, 'i') + "@practice.example",
                           std::string{"=?utf-8?q?x?=@practice.example"}})
        call.self().host.send_mail(call.self(), id, "t1@patients.example", message);
}

ppo_result PPO_CALL work(ppo_instance* self, uint32_t, ppo_error* error) {
    return enter(Slot::ppo_plugin_work, self, error, [](Call& call) -> ppo_result {
        if (call.self().own_thread) {
            call.complain("work_beside_own_thread",
                          "work was called in an instance that has its own thread");
            return call.say(PPO_MISUSE_STATE, "misuse_state", "", "This instance works by itself.");
        }
        send_invitation_mail(call);
        if (call.has(Mode::Callbacks)) send_some(call);
        if (!call.has(Mode::More)) return PPO_OK;
        auto& left = call.self().work_left;
        if (left == 0) return PPO_OK;
        --left;
        return PPO_MORE;
    });
}

ppo_result PPO_CALL shut_down(ppo_instance* self, uint32_t, ppo_error* error) {
    return enter(Slot::ppo_plugin_shutdown, self, error, [](Call& call) -> ppo_result {
        call.self().stop_thread();
        call.self().end_calls();
        return PPO_OK;
    });
}

void end(Instance& instance) {
    const auto complain = [&instance](const char* code, const char* sentence) {
        found(&instance, code, Slot::ppo_plugin_destroy, sentence);
    };
    if (depth_of_this_thread() != 0)
        complain("destroy_inside_call", "destroy was called from inside another call");
    else if (instance.inside != 0)
        complain("destroy_beside_call", "destroy was called while another call ran");
    if (const auto open = Handles::all().open_views(instance); open != 0)
        complain("view_left_open", "views were open when their instance ended");
    instance.stop_thread();
    instance.end_calls();
    instance.ended = true;
    Handles::all().end_views(instance);
}

void PPO_CALL destroy(ppo_instance* self) {
    ++calls_of_slots().at(static_cast<std::size_t>(Slot::ppo_plugin_destroy));
    try {
        const auto instance = self == nullptr ? nullptr : Handles::all().find(self);
        if (instance && !instance->ended) end(*instance);
    } catch (...) {
        // Nobody can be told.
    }
}

const void* find_table(const std::string& id) {
    if (id == PPO_UI_1) return longer(ui_table);
    if (id == PPO_ONBOARDING_1) return longer(onboarding_table);
    if (id == PPO_REPORT_1) return longer(report_table);
    if (id == PPO_SELFSERVICE_1) return longer(selfservice_table);
    if (id == PPO_AUDIT_1) return longer(audit_table);
    if (id == PPO_MAIL_1) return longer(mail_table);
    if (id == PPO_SECURITY_1) return longer(security_table);
    if (id == PPO_STORE_1) return longer(store_table);
    return nullptr;
}

const void* PPO_CALL query(ppo_text id) {
    ++calls_of_slots().at(static_cast<std::size_t>(Slot::ppo_plugin_query));
    try {
        const std::string wanted = copy(id);
        // Asked before there is a practice, so only the environment can say it. What it says wrong
        // is told by `create`.
        return Modes::parse(Modes::told_by_environment()).without.count(wanted) == 1
                   ? nullptr
                   : find_table(wanted);
    } catch (const std::exception&) {
        return find_table(copy(id));
    }
}
}  // namespace

const ppo_plugin plugin_table = {
    .struct_size = sizeof(ppo_plugin),
    .abi_major = PPO_ABI_MAJOR,
    .abi_minor = 7,
    .flags = 0,
    .name = text_of("Torture"),
    .vendor = text_of("Patient Portal Onboarding"),
    .version = text_of("1.0"),
    .create = create,
    .work = work,
    .shutdown = shut_down,
    .destroy = destroy,
    .query = query,
};
}  // namespace ppo_torture

extern "C" PPO_EXPORT const ppo_plugin* PPO_CALL ppo_plugin_entry(uint32_t abi_major) {
    if (abi_major != PPO_ABI_MAJOR) return nullptr;
    return static_cast<const ppo_plugin*>(ppo_torture::longer(ppo_torture::plugin_table));
}
