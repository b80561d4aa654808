// SPDX-License-Identifier: Apache-2.0
#include "selfservice/request_ending.hpp"

#include "domain/refusal_sentence.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"

namespace ppo {
namespace {
constexpr std::size_t digest_length = 32;

std::string digest_of(const Keyring& keyring, const Identity& typed) {
    return keyring.mac(Keyring::Use::Identifier, keyring.current(), "facts:" + identity_key(typed))
        .substr(0, digest_length);
}
}  // namespace

RequestEnding::RequestEnding(Transaction& transaction, const Identity& typed,
                             const std::string& from, UnixTime now)
    : transaction_{transaction},
      actor_{Actor::Kind::Patient, {}, from},
      now_{now},
      digest_{digest_of(transaction.keyring(), typed)} {}

void RequestEnding::refused(const Account& person, Refusal reason) const {
    about(person, refusal_code(reason));
}

void RequestEnding::mailed(const std::vector<Account>& people) const {
    for (const auto& person : people) about(person, "done");
}

void RequestEnding::about(const Account& person, std::string_view outcome) const {
    const bool zip_unknown = is_unknown_postal_code(person.patient.postal_code);
    write(person.patient.id, outcome, zip_unknown ? " zip_unknown" : "");
}

void RequestEnding::write(std::string_view patient_id, std::string_view outcome,
                          std::string_view tag) const {
    record(transaction_,
           {.action = "portal_request_answered",
            .patient_id = patient_id,
            .outcome = outcome,
            .detail = "facts:" + digest_ + std::string{tag}},
           actor_, now_);
}
}  // namespace ppo
