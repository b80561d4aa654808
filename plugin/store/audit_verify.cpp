// SPDX-License-Identifier: Apache-2.0
#include "store/audit_verify.hpp"

#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::int64_t entries_a_page = 5000;
constexpr std::string_view columns =
    "SELECT sequence, at, actor, actor_id, came_from, action, patient_id, outcome, detail, mac "
    "FROM audit ";
constexpr int mac_column = 9;

/// An entry as verified: no copy is made that can be avoided, for there are millions.
struct Stored {
    AuditEntry entry{};
    std::string_view mac{};  // Borrowed until the next row.
    bool is_well_typed = false;

    explicit Stored(const Rows& rows) {
        // Numbers are integers, the rest is text: 3.5 would read as 3, and a blob as its text.
        is_well_typed = rows.is_integer(0) && rows.is_integer(1) && rows.is_integer(2);
        for (int column = 3; column <= mac_column; ++column)
            is_well_typed = is_well_typed && rows.is_text(column);
        if (!is_well_typed) return;  // Asking first matters: reading a value may convert it.
        mac = rows.view(mac_column);
        entry = audit_entry_in(rows);
    }
    [[nodiscard]] std::string_view key_id() const { return mac.substr(0, mac.find(':')); }
};

/// Follows the chain until something is wrong.
class Chain {
public:
    Chain(const Keyring& keyring, std::vector<AuditCheckpoint> checkpoints)
        : keyring_{keyring}, checkpoints_{std::move(checkpoints)} {
        std::sort(checkpoints_.begin(), checkpoints_.end(),
                  [](const auto& one, const auto& other) { return one.sequence < other.sequence; });
        next_ = checkpoints_.begin();
    }

    [[nodiscard]] const AuditVerdict& verdict() const { return verdict_; }
    [[nodiscard]] bool is_good() const { return verdict_.first_bad == 0; }

    void take(const Stored& stored) {
        const auto flaw = flaw_of(stored);
        if (flaw != AuditFlaw::None) return end_at(verdict_.entries + 1, flaw);
        for (; next_ != checkpoints_.end() && next_->sequence == stored.entry.sequence; ++next_) {
            if (next_->mac != stored.mac) return end_at(proven_ + 1, AuditFlaw::Replaced);
            proven_ = next_->sequence;
        }
        ++verdict_.entries;
        mac_before_ = stored.mac;
    }

    /// After the last entry.
    void end_with(const AuditHead& head) {
        const bool is_short = head.sequence > verdict_.entries || next_ != checkpoints_.end();
        if (is_short)
            end_at(verdict_.entries + 1, AuditFlaw::CutOff);
        else if (head.sequence != verdict_.entries || head.mac != mac_before_)
            end_at(verdict_.entries + 1, AuditFlaw::Altered);
    }

    /// The entry that belongs here may stand elsewhere. Only once something is wrong, for it reads
    /// everything again.
    void look_elsewhere(Connection& connection) {
        const bool is_gap = verdict_.flaw == AuditFlaw::Missing;
        if (!is_gap && verdict_.flaw != AuditFlaw::Altered) return;
        const auto place = verdict_.first_bad;
        auto rows = connection.query(std::string{columns} +
                                     "WHERE practice = :practice ORDER BY sequence");
        while (rows.next()) {
            Stored stored{rows};
            if (!stored.is_well_typed || stored.entry.sequence == place) continue;
            stored.entry.sequence = place;
            if (!is_chained(stored)) continue;
            verdict_.flaw = AuditFlaw::OutOfOrder;
            return;
        }
    }

private:
    [[nodiscard]] bool is_chained(const Stored& stored) const {
        return keyring_.has(stored.key_id()) &&
               chained_mac(keyring_, stored.key_id(), stored.entry, mac_before_) == stored.mac;
    }

    [[nodiscard]] AuditFlaw flaw_of(const Stored& stored) const {
        const auto place = verdict_.entries + 1;
        if (!stored.is_well_typed) return AuditFlaw::Altered;
        if (stored.entry.sequence > place) return AuditFlaw::Missing;
        if (stored.entry.sequence < place) return AuditFlaw::OutOfOrder;
        if (!keyring_.has(stored.key_id())) return AuditFlaw::KeyMissing;
        return is_chained(stored) ? AuditFlaw::None : AuditFlaw::Altered;
    }

    void end_at(std::int64_t first_bad, AuditFlaw flaw) {
        verdict_.first_bad = first_bad;
        verdict_.flaw = flaw;
    }

    const Keyring& keyring_;
    std::vector<AuditCheckpoint> checkpoints_;
    std::vector<AuditCheckpoint>::const_iterator next_{};
    std::int64_t proven_ = 0;  // The last entry that a checkpoint confirms.
    std::string mac_before_{};
    AuditVerdict verdict_{};
};

/// Takes a page; false after the last one.
bool take_page(Connection& connection, Chain& chain, bool is_first) {
    std::int64_t taken = 0;
    // The first page has no lower bound: what was planted before entry 1 is found, NULL too.
    auto rows =
        is_first
            ? connection.query(
                  std::string{columns} + "WHERE practice = :practice ORDER BY sequence LIMIT $1",
                  entries_a_page)
            : connection.query(
                  std::string{columns} +
                      "WHERE practice = :practice AND sequence > $1 ORDER BY sequence LIMIT $2",
                  chain.verdict().entries, entries_a_page);
    for (; chain.is_good() && rows.next(); ++taken) chain.take(Stored{rows});
    return taken == entries_a_page;
}
}  // namespace

AuditVerdict verify_audit(Database& database, std::vector<AuditCheckpoint> checkpoints) {
    Chain chain{database.keyring(), std::move(checkpoints)};
    bool is_first = true;
    while (true) {
        Reading reading{database};
        const bool more = take_page(reading, chain, is_first);
        is_first = false;
        if (chain.is_good() && more) continue;
        if (chain.is_good()) chain.end_with(audit_head(reading));
        chain.look_elsewhere(reading);
        return chain.verdict();
    }
}
}  // namespace ppo
