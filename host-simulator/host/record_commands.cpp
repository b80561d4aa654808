// SPDX-License-Identifier: Apache-2.0
#include "host/record_commands.hpp"

#include "host/console.hpp"
#include "host/dates.hpp"

#include <Poco/JSON/Object.h>

#include <ostream>

namespace ppo_sim {
namespace {
ConsoleOptions at(const RecordOptions& options, Needs needs) { return {options, needs, {}}; }

const char* actor_word(std::uint32_t actor) {
    switch (actor) {
    case PPO_ACTOR_STAFF: return "staff";
    case PPO_ACTOR_PATIENT: return "patient";
    case PPO_ACTOR_PLUGIN: return "plugin";
    case PPO_ACTOR_HOST: return "host";
    default: return "?";
    }
}

void print_entry(const AuditEntry& entry, std::ostream& out) {
    Poco::JSON::Object object{Poco::JSON_PRESERVE_KEY_ORDER};
    object.set("sequence", entry.sequence);
    object.set("at", write_moment(entry.at));
    object.set("actor", actor_word(entry.actor));
    object.set("actor_id", entry.actor_id);
    object.set("from", entry.from);
    object.set("action", entry.action);
    object.set("patient_id", entry.patient_id);
    object.set("outcome", entry.outcome);
    object.set("detail", entry.detail);
    object.stringify(out);
    out << '\n';
}
}  // namespace

int verify_audit(const RecordOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_instance(
        at(options, Needs::Store), trouble, [&](Instance& instance, const Choices&) {
            const auto checkpoints = CheckpointFile{DataFolder{options.data}.checkpoints()}.read();
            AuditVerdict verdict{};
            need(instance.verify_audit(operator_at_console(), checkpoints, verdict));
            out << in_words(verdict) << ": " << verdict.entries
                << (verdict.intact ? " entries, " : " good entries before it, ")
                << checkpoints.size() << " checkpoints\n";
            return verdict.intact ? 0 : 1;
        });
}

int list_audit(const RecordOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_instance(
        at(options, Needs::Store), trouble, [&](Instance& instance, const Choices&) {
            std::vector<AuditEntry> entries;
            need(instance.read_audit(operator_at_console(), options.patient_id, 0, 0, entries));
            for (const auto& entry : entries) print_entry(entry, out);
            return 0;
        });
}
}  // namespace ppo_sim
