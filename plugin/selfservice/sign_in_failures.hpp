// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"
#include "selfservice/visitor.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace ppo {
class Transaction;

/// So many wrong passwords in a row disable the password (NIST SP 800-63B-4, 3.2.2).
inline constexpr std::int64_t most_failures = 100;

/// How long nobody is let in after so many failures in a row: 30 s, 1, 2, 4 minutes and so on, at
/// most an hour; nothing after the first four.
[[nodiscard]] std::chrono::seconds wait_after_failures(std::int64_t failures);

/// Counts one more wrong password of this patient, with what follows: a wait, a mail to the patient
/// at the tenth, and at the hundredth the end of the password. Each number comes once a series,
/// since the store counts; so does each mail.
void count_sign_in_failure(Transaction& transaction, std::string_view patient_id,
                           const Visitor& visitor, UnixTime now);
}  // namespace ppo
