// SPDX-License-Identifier: Apache-2.0
#include "invitations/take_delivery_report.hpp"

#include "domain/actor.hpp"
#include "store/audit_table.hpp"
#include "store/bounce_table.hpp"
#include "store/database.hpp"

namespace ppo {
Result<Done> take_delivery_report(Database& database, const DeliveryReport& report, UnixTime now) {
    Transaction transaction{database};
    const auto mail = find_queued_mail(transaction, report.mail_id);
    if (!mail) return Refusal::UnknownMail;
    if (report.action != DeliveryReport::Action::Failed) return Done{};
    if (!put_mail_bounced(transaction, *mail, report.reason)) return Done{};
    for (const auto& person : mail->people)
        record(transaction, {.action = "mail_bounced", .patient_id = person.patient_id}, Actor{},
               now);
    transaction.commit();
    return Done{};
}
}  // namespace ppo
