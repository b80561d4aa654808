// SPDX-License-Identifier: Apache-2.0
#include "boundary/guard.hpp"
#include "boundary/tables.hpp"
#include "store/audit_table.hpp"
#include "store/audit_verify.hpp"

#include <vector>

namespace ppo {
namespace {
constexpr std::int64_t entries_a_page = 500;

bool put_entry(const AuditEntry& entry, const ppo_audit_sink& sink) {
    ppo_audit_entry out{};
    out.struct_size = sizeof out;
    out.actor = static_cast<std::uint32_t>(entry.actor.kind);
    out.sequence = static_cast<std::uint64_t>(entry.sequence);
    out.at = to_milliseconds(entry.at);
    out.actor_id = to_text(entry.actor.id);
    out.from = to_text(entry.actor.from);
    out.action = to_text(entry.action);
    out.patient_id = to_text(entry.patient_id);
    out.outcome = to_text(entry.outcome);
    out.detail = to_text(entry.detail);
    return goes_on(sink.put(sink.context, &out));
}

namespace calls {
Outcome read(Instance& self, const ppo_caller* caller, const ppo_audit_query* query,
             const ppo_audit_sink* sink) {
    check_sink(sink);
    const ppo_audit_query& from = filled(query, "query");
    const auto patient_id = optional_text(from.patient_id, "patient_id", 64);
    if (!to_caller(caller).may(PPO_MAY_READ_AUDIT)) return Refusal::NotPermitted;
    std::uint64_t left = from.limit == 0 ? UINT64_MAX : from.limit;
    auto after = static_cast<std::int64_t>(std::min<std::uint64_t>(from.after_sequence, INT64_MAX));
    while (left > 0) {
        std::vector<AuditEntry> entries;
        {
            Reading reading{self.database()};
            entries = read_audit(
                reading, after, patient_id,
                static_cast<std::int64_t>(std::min<std::uint64_t>(left, entries_a_page)));
        }
        if (entries.empty()) break;
        for (const auto& entry : entries)
            if (!put_entry(entry, *sink)) return PPO_STOPPED;
        left -= entries.size();
        after = entries.back().sequence;
    }
    return PPO_OK;
}

std::vector<AuditCheckpoint> to_checkpoints(const ppo_checkpoint* checkpoints,
                                            std::uint64_t count) {
    constexpr std::uint64_t most_checkpoints = 10'000'000;
    if (count > most_checkpoints)
        throw Misuse{PPO_MISUSE_VALUE, "count", "There are at most 10,000,000 checkpoints."};
    if (checkpoints == nullptr && count > 0)
        throw Misuse{PPO_MISUSE_NULL, "checkpoints", "The checkpoints are NULL."};
    std::vector<AuditCheckpoint> all;
    all.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto& given = checkpoints[i];
        if (given.sequence == 0 || given.sequence > INT64_MAX)
            throw Misuse{PPO_MISUSE_VALUE, "sequence", "A checkpoint's entry counts from 1."};
        all.push_back({static_cast<std::int64_t>(given.sequence),
                       std::string{required_text(given.mac, "mac", 128)}});
    }
    return all;
}

Outcome verify_against(Instance& self, const ppo_caller* caller, const ppo_checkpoint* checkpoints,
                       std::uint64_t count, ppo_audit_verdict* verdict) {
    if (verdict == nullptr)
        throw Misuse{PPO_MISUSE_NULL, "verdict", "The place for the verdict is NULL."};
    check_out(verdict, "verdict");
    auto known = to_checkpoints(checkpoints, count);
    if (!to_caller(caller).may(PPO_MAY_READ_AUDIT)) return Refusal::NotPermitted;
    const auto found = verify_audit(self.database(), std::move(known));
    ppo_audit_verdict out{};
    out.intact = found.first_bad == 0 ? 1 : 0;
    out.entries = static_cast<std::uint64_t>(found.entries);
    out.first_bad_sequence = static_cast<std::uint64_t>(found.first_bad);
    out.flaw = static_cast<std::uint32_t>(found.flaw);
    write_out(verdict, out);
    return PPO_OK;
}

Outcome verify(Instance& self, const ppo_caller* caller, ppo_audit_verdict* verdict) {
    return verify_against(self, caller, nullptr, 0, verdict);
}
}  // namespace calls
}  // namespace

const ppo_audit_1 audit_table{sizeof audit_table, 0, guard<calls::read>, guard<calls::verify>,
                              guard<calls::verify_against>};
}  // namespace ppo
