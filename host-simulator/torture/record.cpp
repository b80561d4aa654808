// SPDX-License-Identifier: Apache-2.0
// ppo.audit/1, ppo.security/1 and ppo.store/1.
#include "torture/call.hpp"
#include "torture/people.hpp"
#include "torture/tables.hpp"

#include <algorithm>
#include <vector>

namespace ppo_torture {
namespace {
ppo_result PPO_CALL read(ppo_instance* self, const ppo_caller* caller, const ppo_audit_query* query,
                         const ppo_audit_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_audit_1_read, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query) || !call.present(sink != nullptr))
            return call.refused();
        std::vector<Entry> entries;
        {
            const std::lock_guard guard{call.practice().lock};
            entries = call.practice().record;
        }
        if (!call.has(Mode::NoRows))
            entries.push_back({call.now(), PPO_ACTOR_PLUGIN, "invented", "T-1001"});
        std::uint64_t sequence = 0;
        for (const auto& entry : entries) {
            ppo_audit_entry made{};
            made.actor = call.has(Mode::Unknown) ? 9 : entry.actor;
            made.sequence = ++sequence;
            made.at = time_of(call, entry.at);
            made.actor_id = call.words().lend("somebody");
            made.from = call.words().lend("a desk");
            made.action = call.words().keep(call.has(Mode::Unknown) ? "later_action"
                                                                    : entry.action);
            made.patient_id = call.words().keep(entry.patient_id);
            made.outcome = call.words().lend("done");
            made.detail = call.words().lend("a detail");
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_audit_verdict verdict_of(Call& call) {
    ppo_audit_verdict made{};
    made.intact = call.has(Mode::Unknown) ? 0 : 1;
    made.entries = count_of(call, 1);
    made.first_bad_sequence = call.has(Mode::Unknown) ? count_of(call, 2) : 0;
    made.flaw = call.has(Mode::Unknown) ? 99 : 0;
    return made;
}

ppo_result PPO_CALL verify(ppo_instance* self, const ppo_caller* caller, ppo_audit_verdict* verdict,
                           ppo_error* error) {
    return enter(Slot::ppo_audit_1_verify, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(verdict)) return call.refused();
        call.give(verdict, verdict_of(call));
        return PPO_OK;
    });
}

ppo_result PPO_CALL verify_against(ppo_instance* self, const ppo_caller* caller,
                                   const ppo_checkpoint* checkpoints, std::uint64_t count,
                                   ppo_audit_verdict* verdict, ppo_error* error) {
    return enter(Slot::ppo_audit_1_verify_against, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(verdict) ||
            !call.present(checkpoints != nullptr || count == 0))
            return call.refused();
        call.give(verdict, verdict_of(call));
        return PPO_OK;
    });
}

ppo_result PPO_CALL get_rules(ppo_instance* self, ppo_security_rules* rules, ppo_error* error) {
    return enter(Slot::ppo_security_1_get_rules, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(rules)) return call.refused();
        ppo_security_rules made{};
        const bool extreme = call.has(Mode::Extremes);
        made.profile = call.has(Mode::Unknown) ? 9 : PPO_PROFILE_STANDARD;
        made.fewest_password_characters = extreme ? UINT32_MAX : 8;
        made.most_password_characters = extreme ? UINT32_MAX : 256;
        made.first_link_minutes = extreme ? UINT32_MAX : 10080;
        made.reset_link_minutes = 1440;
        made.requested_link_minutes = 60;
        made.staff_password_hours = 168;
        call.give(rules, made);
        return PPO_OK;
    });
}

ppo_result PPO_CALL each_deviation(ppo_instance* self, const ppo_caller* caller,
                                   const ppo_deviation_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_security_1_each_deviation, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        for (int i = 0; i < (call.has(Mode::NoRows) ? 0 : 2); ++i) {
            ppo_deviation made{};
            made.code = call.words().lend("a_deviation");
            made.setting = call.words().lend("no_such_setting");
            made.sentence = call.words().lend("Less strict than a rule.");
            made.rule = call.words().lend("A rule");
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_result PPO_CALL back_up(ppo_instance* self, ppo_text path, ppo_error* error) {
    return enter(Slot::ppo_store_1_back_up, self, error, [&](Call& call) -> ppo_result {
        if (path.size == 0) return call.say(PPO_MISUSE_TEXT_EMPTY, "misuse_text_empty");
        return call.say(PPO_FAULT_STORE, "fault_store", "",
                        "There is no store: this practice is in memory.");
    });
}

ppo_result PPO_CALL move(ppo_instance* self, ppo_text to, const ppo_text_sink* told,
                         ppo_error* error) {
    return enter(Slot::ppo_store_1_move, self, error, [&](Call& call) -> ppo_result {
        if (to.size == 0) return call.say(PPO_MISUSE_TEXT_EMPTY, "misuse_text_empty");
        if (told != nullptr) {
            const auto result = deliver(call, *told, call.words().text("patient 24") + "\n");
            if (result < 0 || result == PPO_STOPPED) return result;
        }
        return call.say(PPO_FAULT_STORE, "fault_store", "",
                        "There is no store: this practice is in memory.");
    });
}
}  // namespace

const ppo_audit_1 audit_table = {
    .struct_size = sizeof(ppo_audit_1),
    .reserved = 0,
    .read = read,
    .verify = verify,
    .verify_against = verify_against,
};

const ppo_security_1 security_table = {
    .struct_size = sizeof(ppo_security_1),
    .reserved = 0,
    .get_rules = get_rules,
    .each_deviation = each_deviation,
};

const ppo_store_1 store_table = {
    .struct_size = sizeof(ppo_store_1),
    .reserved = 0,
    .back_up = back_up,
    .move = move,
};
}  // namespace ppo_torture
