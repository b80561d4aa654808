// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <atomic>
#include <cstdint>

namespace ppo {
class Database;
class Host;

/// Tells the host now and then how the record stands, so that a tail that is cut off later shows.
/// Called after the change is stored, with no transaction open, on a thread of the host. What fails
/// here is logged once and tried again later: the change is stored and stays good.
class Checkpoints {
public:
    Checkpoints(Database& database, const Host& host) : database_{database}, host_{host} {}

    /// After a call that wrote entries: 1,000 of them or an hour make a checkpoint due, counted
    /// from the last one that any process on this store told.
    void offer_if_due();

    /// At the end: everything that has not been told yet.
    void offer_the_rest();

private:
    /// Where the last checkpoint stood.
    struct Last {
        std::int64_t sequence = 0;
        std::int64_t at = 0;  // Milliseconds since 1970.
    };
    [[nodiscard]] bool seems_due(UnixTime now) const;
    [[nodiscard]] static bool is_due(std::int64_t end, const Last& last, UnixTime now);
    void offer(bool the_rest);
    void try_to_offer(bool the_rest);
    void remember(const Last& last);
    void complain();

    Database& database_;
    const Host& host_;
    std::atomic<std::int64_t> last_sequence_{0};  // As this process last saw it: a glance costs
    std::atomic<std::int64_t> last_at_{0};        // nothing, the store is asked when it seems due.
    std::atomic<bool> is_offering_{false};        // The host may call back in while it is told.
    std::atomic<bool> has_complained_{false};
};
}  // namespace ppo
