// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/identity_match.hpp"
#include "domain/unix_time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Transaction;

/// Writes down how one request of self-service ended, within the transaction that answers it: one
/// entry with the patient it was answered for, or one without. The facts that were typed are named
/// by a keyed digest only; who matched because the ZIP on file is not known is tagged so.
class RequestEnding {
public:
    RequestEnding(Transaction& transaction, const Identity& typed, const std::string& from,
                  UnixTime now);

    /// The visitor, who has not proved to be anybody.
    [[nodiscard]] const Actor& actor() const { return actor_; }
    /// 32 hex digits; the same for all spellings of the facts.
    [[nodiscard]] const std::string& digest() const { return digest_; }

    void nobody(std::string_view outcome) const { write({}, outcome, {}); }
    void refused(const Account& person, Refusal reason) const;
    void mailed(const std::vector<Account>& people) const;

private:
    void about(const Account& person, std::string_view outcome) const;
    void write(std::string_view patient_id, std::string_view outcome, std::string_view tag) const;

    Transaction& transaction_;
    Actor actor_;
    UnixTime now_;
    std::string digest_;
};
}  // namespace ppo
