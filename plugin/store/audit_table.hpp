// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/unix_time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Keyring;
class Rows;
class Transaction;

/// One entry of the record. Never a secret, never an e-mail address.
struct AuditEntry {
    std::int64_t sequence = 0;
    UnixTime at{};
    Actor actor{};
    std::string action{};      // Stable: "access_enabled".
    std::string patient_id{};  // Empty if it concerns nobody in particular.
    std::string outcome{};     // "done", or a refusal's code.
    std::string detail{};      // Stable words; may be empty.
};

/// The entry in the current row of a query whose first nine columns are those of the table.
[[nodiscard]] AuditEntry audit_entry_in(const Rows& rows);

/// What an entry says beside who and when.
struct Deed {
    std::string_view action{};
    std::string_view patient_id{};
    std::string_view outcome = "done";
    std::string_view detail{};
};

/// Writes one entry behind the last, chained to it. Belongs into the transaction of the deed.
void record(Transaction& transaction, const Deed& deed, const Actor& actor, UnixTime now);

/// The same of many deeds of one actor, each with an entry of its own, in their order. The chain is
/// the same as if they were recorded one by one; where it ends is written once.
void record_all(Transaction& transaction, const std::vector<Deed>& deeds, const Actor& actor,
                UnixTime now);

/// Entries after a sequence number, oldest first; of one patient, or of all if the id is empty.
[[nodiscard]] std::vector<AuditEntry> read_audit(Connection& connection, std::int64_t after,
                                                 std::string_view patient_id, std::int64_t limit);

/// The newest entries of a patient, newest first.
[[nodiscard]] std::vector<AuditEntry> latest_audit(Connection& connection,
                                                   std::string_view patient_id, std::int64_t limit);

/// Whether this happened to the patient before. Looks through the patient's own entries.
[[nodiscard]] bool is_recorded(Connection& connection, std::string_view patient_id,
                               std::string_view action, std::string_view detail);

/// Where the chain ends: the number and the mac of its last entry.
struct AuditHead {
    std::int64_t sequence = 0;
    std::string mac{};
};
[[nodiscard]] AuditHead audit_head(Connection& connection);

/// The key's id and the mac of the entry with everything before it; lengths first, so that nothing
/// can be shifted from one field into the next.
[[nodiscard]] std::string chained_mac(const Keyring& keyring, std::string_view key_id,
                                      const AuditEntry& entry, std::string_view mac_before);
}  // namespace ppo
