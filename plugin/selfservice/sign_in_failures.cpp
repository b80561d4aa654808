// SPDX-License-Identifier: Apache-2.0
#include "selfservice/sign_in_failures.hpp"

#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"

#include <algorithm>
#include <string>

namespace ppo {
namespace {
constexpr std::int64_t free_failures = 4;
constexpr std::int64_t failures_told = 10;
}  // namespace

std::chrono::seconds wait_after_failures(std::int64_t failures) {
    if (failures <= free_failures) return std::chrono::seconds{0};
    const auto doublings = std::min<std::int64_t>(failures - free_failures - 1, 7);
    return std::min<std::chrono::seconds>(std::chrono::seconds{30LL << doublings},
                                          std::chrono::hours{1});
}

void count_sign_in_failure(Transaction& transaction, std::string_view patient_id,
                           const Visitor& visitor, UnixTime now) {
    const auto account = find_account(transaction, patient_id);
    if (!account) return;
    const Actor portal{Actor::Kind::Plugin, {}, visitor.from};
    const auto failures = count_failure(transaction, patient_id);
    const auto detail = "failures=" + std::to_string(failures);
    if (failures == failures_told || failures == most_failures)
        queue_notice(transaction, *account, MailKind::SignInTrouble, account->patient.email, now);
    if (failures == most_failures) {
        disable_password(transaction, patient_id);
        restate(transaction, patient_id);
        record(transaction,
               {.action = "password_disabled", .patient_id = patient_id, .detail = detail}, portal,
               now);
    }
    const auto wait = wait_after_failures(failures);
    if (wait.count() == 0 || failures >= most_failures) return;
    put_sign_in_wait(transaction, patient_id, now + wait);
    put_locked_until(transaction, patient_id, now + wait);
    record(transaction,
           {.action = "sign_in_delayed",
            .patient_id = patient_id,
            .detail = "seconds=" + std::to_string(wait.count()) + " " + detail},
           portal, now);
}
}  // namespace ppo
