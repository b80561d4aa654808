// SPDX-License-Identifier: Apache-2.0
#include "selfservice/link_answers.hpp"

#include "domain/birth_date.hpp"
#include "domain/identity_match.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
// ADR 17: two answers are free, then the waits grow, and no 24 hours ever hold more than ten.
constexpr std::int64_t first_wrong_answer_to_wait = 3;
constexpr std::int64_t wrong_answers_a_day = 10;
constexpr std::array<std::chrono::minutes, 3> waits{
    std::chrono::minutes{1}, std::chrono::minutes{5}, std::chrono::minutes{15}};

bool asks_anything(const Practice& practice, const Account& account) {
    return asks_birth_date(practice, account) || asks_postal_code(practice, account);
}

/// Nothing = the answers are right.
std::optional<Refused> check_answers(const Practice& practice, const Account& account,
                                     const LinkAnswers& answers) {
    if (asks_birth_date(practice, account)) {
        if (answers.birth_date.empty()) return Refused{Refusal::FieldEmpty, "birth_date"};
        const auto typed = parse_birth_date(answers.birth_date);
        if (!typed) return Refused{Refusal::InvalidBirthDate, "birth_date"};
        if (to_iso(*typed) != account.patient.birth_date)
            return Refused{Refusal::IdentityMismatch, "birth_date"};
    }
    if (asks_postal_code(practice, account)) {
        if (answers.postal_code.empty()) return Refused{Refusal::FieldEmpty, "postal_code"};
        if (!same_postal_code(account.patient.postal_code, answers.postal_code))
            return Refused{Refusal::IdentityMismatch, "postal_code"};
    }
    return std::nullopt;
}

/// How long the next answer waits; nothing = it does not. See ADR 17.
std::optional<std::chrono::seconds> wait_after(std::int64_t wrong_answers) {
    if (wrong_answers % wrong_answers_a_day == 0) return std::chrono::hours{24};
    if (wrong_answers < first_wrong_answer_to_wait) return std::nullopt;
    const auto step = static_cast<std::size_t>(wrong_answers - first_wrong_answer_to_wait);
    return waits.at(std::min(step, waits.size() - 1));
}

void count_wrong_answer(Transaction& transaction, const Admitted& holder, const Visitor& visitor,
                        UnixTime now) {
    const auto& id = holder.account.patient.id;
    const auto actor = actor_of(visitor, id);
    const auto wrong_answers = holder.invitation.wrong_answers + 1;
    const auto wait = wait_after(wrong_answers);
    put_wrong_answer(transaction, holder.invitation.id, wrong_answers,
                     wait ? std::optional{now + *wait} : std::nullopt);
    record(transaction,
           {.action = "link_answered", .patient_id = id, .outcome = "refused_identity_mismatch"},
           actor, now);
    if (!wait) return;
    put_locked_until(transaction, id, sign_in_wait(transaction, id));
    const auto detail = "seconds=" + std::to_string(wait->count());
    record(transaction, {.action = "link_delayed", .patient_id = id, .detail = detail}, actor, now);
}

/// One guess is one decision: nobody's answer is compared between this one and its count.
Result<Admitted> judge(Transaction& transaction, const Practice& practice,
                       const LinkAnswers& answers, const Visitor& visitor, UnixTime now) {
    auto holder = usable_link(transaction, transaction.keyring(), answers.link, now);
    if (!holder) return holder;
    auto refused = check_answers(practice, holder->account, answers);
    if (!refused) return holder;
    if (refused->reason == Refusal::IdentityMismatch)
        count_wrong_answer(transaction, *holder, visitor, now);
    return *std::move(refused);
}

/// What costs no write lock: a link that is dead or waits is refused here, and one that nobody has
/// is counted.
Result<Admitted> look_at(Database& database, const Practice& practice, std::string_view link,
                         const Visitor& visitor, UnixTime now) {
    auto looked = [&] {
        Reading reading{database};
        return usable_link(reading, database.keyring(), link, now);
    }();
    if (!looked && looked.refusal().reason == Refusal::LinkUnknown)
        return refuse_unknown_link(database, practice, visitor, now);
    return looked;
}

/// Scanners open links too; that a person did is known once the answers are right.
void record_first_opening(Transaction& transaction, const Admitted& admitted,
                          const Visitor& visitor, UnixTime now) {
    const auto& id = admitted.account.patient.id;
    const auto detail = "invitation=" + admitted.invitation.id;
    if (is_recorded(transaction, id, "link_opened", detail)) return;
    record(transaction, {.action = "link_opened", .patient_id = id, .detail = detail},
           actor_of(visitor, id), now);
}

LinkPage page_for(const Admitted& admitted) {
    LinkPage page;
    page.asks_username = admitted.account.username.empty();
    page.first_name = admitted.account.patient.first_name;
    page.username = admitted.account.username;
    page.expires_at = admitted.invitation.expires_at;
    return page;
}
}  // namespace

Result<Admitted> admit(Database& database, const Practice& practice, const LinkAnswers& answers,
                       const Visitor& visitor, UnixTime now) {
    auto looked = look_at(database, practice, answers.link, visitor, now);
    if (!looked || !asks_anything(practice, looked->account)) return looked;
    Transaction transaction{database};
    auto admitted = judge(transaction, practice, answers, visitor, now);
    transaction.commit();  // A refusal too: a wrong answer was counted.
    return admitted;
}

Result<LinkPage> confirm_identity(Database& database, const Practice& practice,
                                  const LinkAnswers& answers, const Visitor& visitor,
                                  UnixTime now) {
    const auto looked = look_at(database, practice, answers.link, visitor, now);
    if (!looked) return looked.refusal();
    Transaction transaction{database};
    const auto admitted = judge(transaction, practice, answers, visitor, now);
    if (admitted) record_first_opening(transaction, *admitted, visitor, now);
    transaction.commit();
    if (!admitted) return admitted.refusal();
    return page_for(*admitted);
}
}  // namespace ppo
