// SPDX-License-Identifier: Apache-2.0
#include "boundary/checkpoints.hpp"

#include "boundary/host.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/fact_table.hpp"

#include <cxxabi.h>
#include <charconv>

namespace ppo {
namespace {
constexpr std::int64_t entries_between = 1000;
constexpr std::chrono::hours time_between{1};
constexpr std::string_view fact_name = "audit_checkpoint";

/// "sequence:milliseconds", as stored; zeros for what is not.
std::pair<std::int64_t, std::int64_t> read_place(std::string_view stored) {
    std::int64_t sequence = 0;
    std::int64_t at = 0;
    const char* const end = stored.data() + stored.size();
    const auto first = std::from_chars(stored.data(), end, sequence);
    if (first.ptr == end || *first.ptr != ':') return {};
    std::from_chars(first.ptr + 1, end, at);
    return {sequence, at};
}
}  // namespace

void Checkpoints::offer_if_due() {
    if (!host_.keeps_checkpoints() || is_offering_.exchange(true)) return;
    offer(false);
    is_offering_ = false;
}

void Checkpoints::offer_the_rest() {
    if (host_.keeps_checkpoints()) offer(true);
}

void Checkpoints::offer(bool the_rest) {
    try {
        try_to_offer(the_rest);
    } catch (abi::__forced_unwind&) {
        is_offering_ = false;
        throw;       // The host cancels its thread; swallowing that would end the process.
    } catch (...) {  // Whatever the host threw, or a store that is busy: the change is stored.
        complain();
    }
}

bool Checkpoints::is_due(std::int64_t end, const Last& last, UnixTime now) {
    if (end == last.sequence) return false;
    // An end or a clock that went back is told at once: somebody may have had a hand in it.
    if (end < last.sequence || end - last.sequence >= entries_between) return true;
    const auto at = from_milliseconds(last.at);
    return now < at || now - at >= time_between;
}

bool Checkpoints::seems_due(UnixTime now) const {
    return is_due(database_.last_audit_entry(), {last_sequence_, last_at_}, now);
}

void Checkpoints::try_to_offer(bool the_rest) {
    const auto now = host_.now();
    if (!the_rest && !seems_due(now)) return;
    AuditHead head;
    Last last;
    {
        Reading reading{database_};
        head = audit_head(reading);
        const auto [sequence, at] = read_place(find_fact(reading, fact_name).value_or(""));
        last = {sequence, at};
    }
    last_sequence_ = last.sequence;
    last_at_ = last.at;
    if (head.sequence == 0 || head.sequence == last.sequence) return;
    if (!the_rest && !is_due(head.sequence, last, now)) return;
    if (!host_.checkpoint(head.sequence, head.mac, now)) return complain();
    remember({head.sequence, to_milliseconds(now)});
}

void Checkpoints::remember(const Last& last) {
    Transaction transaction{database_};
    put_fact(transaction, fact_name, std::to_string(last.sequence) + ":" + std::to_string(last.at));
    transaction.commit();
    last_sequence_ = last.sequence;
    last_at_ = last.at;
    has_complained_ = false;
}

void Checkpoints::complain() {
    if (has_complained_.exchange(true)) return;
    host_.log(PPO_LOG_WARNING,
              "The host did not keep a checkpoint of the record; it is told again with the next "
              "change.");
}
}  // namespace ppo
