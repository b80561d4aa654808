// SPDX-License-Identifier: Apache-2.0
#include "selfservice/tries.hpp"

#include "domain/source.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/try_table.hpp"

namespace ppo {
namespace {
constexpr std::size_t digest_length = 32;
constexpr std::chrono::hours longest_limit{24};
constexpr std::chrono::hours grace{
    1};  // So that forgetting is seldom, and then worth a transaction.
constexpr int most_at_once = 500;

std::string digest_of_source(const Keyring& keyring, const Visitor& visitor) {
    return keyring
        .mac(Keyring::Use::Identifier, keyring.current(), "source:" + source_of(visitor.from))
        .substr(0, digest_length);
}

std::string_view word_for(TryKind kind) {
    switch (kind) {
    case TryKind::SignIn: return "sign_in";
    case TryKind::Request: return "request";
    case TryKind::Facts: return "facts";
    case TryKind::Link: return "link";
    }
    return {};
}

std::optional<Refused> judge(Connection& connection, const std::vector<TryLimit>& limits,
                             TryKind kind, std::string_view who, UnixTime now) {
    const auto buckets = tries_of(connection, kind, who, first_that_counts(limits, now));
    const auto wait = wait_for_try(limits, buckets, now);
    if (!wait) return std::nullopt;
    return Refused{Refusal::TooManyTries, *wait};
}

std::optional<Refused> count_and_judge(Transaction& transaction,
                                       const std::vector<TryLimit>& limits, TryKind kind,
                                       std::string_view who, UnixTime now) {
    if (auto refused = judge(transaction, limits, kind, who, now)) return refused;
    forget_tries_of(transaction, kind, who, first_that_counts(limits, now));
    add_try(transaction, kind, who, bucket_at(limits, now));
    return std::nullopt;
}
}  // namespace

std::optional<Refused> too_many_tries(Database& database, const Practice& practice, TryKind kind,
                                      const Visitor& visitor, UnixTime now) {
    const auto who = digest_of_source(database.keyring(), visitor);
    Reading reading{database};
    return judge(reading, try_limits(kind, practice), kind, who, now);
}

std::optional<Refused> count_try(Transaction& transaction, const Practice& practice, TryKind kind,
                                 const Visitor& visitor, UnixTime now) {
    const auto limits = try_limits(kind, practice);
    const auto who = digest_of_source(transaction.keyring(), visitor);
    if (auto refused = count_and_judge(transaction, limits, kind, who, now)) return refused;
    if (judge(transaction, limits, kind, who, now))
        record(transaction, {.action = "source_limited", .detail = word_for(kind)},
               actor_of(visitor, {}), now);
    return std::nullopt;
}

std::optional<Refused> count_facts(Transaction& transaction, const Practice& practice,
                                   std::string_view facts_digest, UnixTime now) {
    return count_and_judge(transaction, try_limits(TryKind::Facts, practice), TryKind::Facts,
                           facts_digest, now);
}

bool forget_old_tries(Database& database, UnixTime now) {
    const auto oldest = [&] {
        Reading reading{database};
        return oldest_try(reading);
    }();
    if (!oldest || now - *oldest < longest_limit + grace) return false;
    Transaction transaction{database};
    // A day and the longest bucket: nothing that any limit still counts.
    const int gone = forget_tries(transaction, now - longest_limit - grace / 2, most_at_once);
    transaction.commit();
    return gone > 0;
}
}  // namespace ppo
