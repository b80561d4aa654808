// SPDX-License-Identifier: Apache-2.0
#include "store/mail_cap_table.hpp"

#include "domain/email_address.hpp"
#include "store/connection.hpp"

namespace ppo {
namespace {
MailCount count_in(Rows rows) {
    MailCount count;
    while (rows.next()) {
        ++count.mails;
        count.oldest = rows.time(0);
    }
    return count;
}
}  // namespace

MailCount count_invitations_to(Connection& connection, std::string_view patient_id, UnixTime since,
                               int most) {
    return count_in(
        connection.query("SELECT created_at FROM outbox_person JOIN outbox ON outbox.practice = "
                         ":practice AND outbox.mail_id = "
                         "outbox_person.mail_id WHERE outbox_person.practice = :practice AND "
                         "outbox_person.patient_id = $1 AND kind = 1 AND state <> 6 "
                         "AND created_at > $2 ORDER BY created_at DESC LIMIT $3",
                         patient_id, since, most));
}

MailCount count_mails_to(Connection& connection, std::string_view address, UnixTime since,
                         int most) {
    return count_in(
        connection.query("SELECT created_at FROM outbox WHERE practice = :practice AND recipient = "
                         "$1 AND created_at > $2 AND state <> 6 "
                         "ORDER BY created_at DESC LIMIT $3",
                         address, since, most));
}

int count_sharers(Connection& connection, std::string_view address, int most) {
    auto rows = connection.query(
        "SELECT COUNT(*) FROM (SELECT 1 FROM patient WHERE practice = :practice AND email_key = $1 "
        "LIMIT $2) AS sharers",
        email_key(address), most);
    return rows.next() ? static_cast<int>(rows.integer(0)) : 0;
}
}  // namespace ppo
