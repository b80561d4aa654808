// SPDX-License-Identifier: Apache-2.0
#include "store/bounce_table.hpp"

#include "store/account_table.hpp"
#include "store/batch_table.hpp"
#include "store/database.hpp"

namespace ppo {
std::optional<QueuedMail> find_queued_mail(Connection& connection, std::string_view mail_id) {
    QueuedMail mail;
    {
        auto rows = connection.query(
            "SELECT mail_id, kind, state, batch_id, batch_place FROM outbox WHERE practice = "
            ":practice AND mail_id = $1",
            mail_id);
        if (!rows.next()) return std::nullopt;
        mail.id = rows.text(0);
        mail.kind = static_cast<MailKind>(rows.integer(1));
        mail.state = static_cast<MailState>(rows.integer(2));
        if (!rows.is_null(3)) mail.batch = BatchPlace{rows.integer(3), rows.integer(4)};
    }
    auto rows = connection.query(
        "SELECT patient_id, COALESCE(invitation_id, '') FROM outbox_person WHERE practice = "
        ":practice AND mail_id = $1 "
        "ORDER BY place",
        mail_id);
    while (rows.next()) mail.people.push_back({rows.text(0), rows.text(1)});
    return mail;
}

bool put_mail_bounced(Transaction& transaction, const QueuedMail& mail, std::string_view reason) {
    const int bounced = transaction.connection().run(
        "UPDATE outbox SET state = $1, reason = $2, next_try_at = NULL, leased_until = NULL, "
        "lease = '' WHERE practice = :practice AND mail_id = $3 AND state IN ($4, $5)",
        static_cast<int>(MailState::Bounced), reason, mail.id, static_cast<int>(MailState::Sent),
        static_cast<int>(MailState::Unknown));
    if (bounced != 1) return false;
    if (mail.batch) put_batch_outcome(transaction, *mail.batch, MailState::Bounced);
    for (const auto& patient_id : whom_it_invites(transaction, mail, Links::NotDead))
        put_mail_state(transaction, patient_id, MailState::Bounced);
    return true;
}
}  // namespace ppo
