// SPDX-License-Identifier: Apache-2.0
#include "store/delivery_table.hpp"

#include "store/database.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::int64_t day = 24 * 60;
constexpr std::int64_t kept = 2 * day;

std::int64_t minute_of(UnixTime time) {
    return std::chrono::duration_cast<std::chrono::minutes>(time.time_since_epoch()).count();
}

std::int64_t mails_between(Connection& connection, std::int64_t after, std::int64_t last) {
    auto rows = connection.query(
        "SELECT COALESCE(SUM(mails), 0) FROM delivery_minute WHERE practice = :practice AND minute "
        "> $1 AND minute <= $2",
        after, last);
    return rows.next() ? rows.integer(0) : 0;
}

std::int64_t tries_in(Connection& connection, std::int64_t minute) {
    auto rows = connection.query(
        "SELECT tries FROM delivery_minute WHERE practice = :practice AND minute = $1", minute);
    return rows.next() ? rows.integer(0) : 0;
}
}  // namespace

std::int64_t room_in_caps(Connection& connection, UnixTime now, std::int64_t mails_per_minute,
                          std::int64_t mails_per_day) {
    const auto minute = minute_of(now);
    const auto in_minute = mails_per_minute - tries_in(connection, minute);
    if (in_minute <= 0) return 0;
    const auto in_day = mails_per_day - mails_between(connection, minute - day, minute);
    return std::clamp<std::int64_t>(in_day, 0, in_minute);
}

void take_shares(Transaction& transaction, UnixTime now, std::int64_t mails) {
    const auto minute = minute_of(now);
    transaction.connection().run(
        "INSERT INTO delivery_minute (practice, minute, mails, tries) VALUES (:practice, $1, $2, "
        "$2) ON CONFLICT "
        "(practice, minute) DO UPDATE SET mails = delivery_minute.mails + excluded.mails, tries = "
        "delivery_minute.tries + excluded.tries",
        minute, mails);
    transaction.connection().run(
        "DELETE FROM delivery_minute WHERE practice = :practice AND minute < $1", minute - kept);
}

void give_shares_back(Transaction& transaction, UnixTime taken_at, std::int64_t mails,
                      std::int64_t tries) {
    transaction.connection().run(
        "UPDATE delivery_minute SET mails = mails - $1, tries = tries - $2 WHERE practice = "
        ":practice AND minute = $3",
        mails, tries, minute_of(taken_at));
}

MailsLeft read_mails_left(Connection& connection, UnixTime now) {
    const auto minute = minute_of(now);
    return {mails_between(connection, minute - 2, minute - 1),
            mails_between(connection, minute - day, minute)};
}
}  // namespace ppo
