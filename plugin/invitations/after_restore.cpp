// SPDX-License-Identifier: Apache-2.0
#include "invitations/after_restore.hpp"

#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/batch_table.hpp"
#include "store/database.hpp"
#include "store/fact_table.hpp"
#include "store/invitation_table.hpp"
#include "store/outbox_table.hpp"
#include "store/request_table.hpp"

#include <charconv>
#include <string>

namespace ppo {
namespace {
constexpr std::string_view fact_name = "restore_generation";
constexpr std::string_view
    why_cancelled = "The store was restored from a backup; this mail may have left before.";

std::int64_t known_generation(Connection& connection) {
    const auto fact = find_fact(connection, fact_name).value_or("0");
    std::int64_t generation = 0;
    std::from_chars(fact.data(), fact.data() + fact.size(), generation);
    return generation;
}
}  // namespace

std::int64_t settle_restore(Database& database, std::int64_t generation, UnixTime now) {
    {
        Reading reading{database};  // Nearly always all there is to do.
        if (const auto known = known_generation(reading); known >= generation) return known;
    }
    Transaction transaction{database};
    if (const auto known = known_generation(transaction); known >= generation) return known;
    const int links = close_all_invitations(transaction, LinkEnd::Restored, now);
    const int batches = stop_all_batches(transaction, now);
    const int mails = cancel_all_mails(transaction, why_cancelled);
    const int requests = drop_requests(transaction, UnixTime::max());
    end_everything_of_patients(transaction);
    put_fact(transaction, fact_name, std::to_string(generation));
    record(
        transaction,
        {.action = "store_restored",
         .detail = "generation=" + std::to_string(generation) + " links=" + std::to_string(links) +
                   " mails=" + std::to_string(mails) + " batches=" + std::to_string(batches) +
                   " requests=" + std::to_string(requests)},
        Actor{Actor::Kind::Host, {}, {}}, now);
    transaction.commit();
    return generation;
}
}  // namespace ppo
