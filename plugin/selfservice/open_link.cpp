// SPDX-License-Identifier: Apache-2.0
#include "selfservice/open_link.hpp"

#include "domain/birth_date.hpp"
#include "domain/identity_match.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
// ADR 17: two answers are free, then the waits grow, and no 24 hours ever hold more than ten.
constexpr std::int64_t first_wrong_answer_to_wait = 3;
constexpr std::int64_t wrong_answers_a_day = 10;
constexpr std::array<std::chrono::minutes, 3> waits{
    std::chrono::minutes{1}, std::chrono::minutes{5}, std::chrono::minutes{15}};

Refusal refusal_of(LinkEnd end) {
    switch (end) {
    case LinkEnd::Open: return Refusal::LinkUnknown;
    case LinkEnd::Used: return Refusal::LinkUsed;
    case LinkEnd::Replaced: return Refusal::LinkReplaced;
    case LinkEnd::AccessDisabled: return Refusal::LinkAccessDisabled;
    case LinkEnd::EmailChanged: return Refusal::LinkEmailChanged;
    case LinkEnd::CredentialsChanged: return Refusal::LinkCredentialsChanged;
    case LinkEnd::Withdrawn: return Refusal::LinkWithdrawn;
    }
    return Refusal::LinkUnknown;
}

std::optional<Refusal> why_dead(const Invitation& invitation, const Account& account,
                                UnixTime now) {
    if (invitation.end != LinkEnd::Open) return refusal_of(invitation.end);
    if (!account.facts.access_enabled || !may_use_portal(account.facts.chart_status) ||
        !account.in_directory)
        return Refusal::LinkAccessDisabled;
    if (invitation.epoch != account.security_epoch) return Refusal::LinkCredentialsChanged;
    if (invitation.expires_at <= now) return Refusal::LinkExpired;
    return std::nullopt;
}

bool is_renewable(Refusal dead, const Account& account) {
    const bool over = dead == Refusal::LinkExpired || dead == Refusal::LinkReplaced ||
                      dead == Refusal::LinkEmailChanged || dead == Refusal::LinkCredentialsChanged;
    return over && account.in_directory && !why_not_invitable(account);
}

bool asks_birth_date(const Practice& practice, const Account& account) {
    return practice.identity_check != IdentityCheck::Nothing && !account.patient.birth_date.empty();
}

bool asks_postal_code(const Practice& practice, const Account& account) {
    return practice.identity_check == IdentityCheck::BirthDateAndPostalCode &&
           !account.patient.postal_code.empty();
}

bool asks_anything(const Practice& practice, const Account& account) {
    return asks_birth_date(practice, account) || asks_postal_code(practice, account);
}

/// Whose link it is, dead or alive.
std::optional<Admitted> holder_of(Connection& connection, const Keyring& keyring,
                                  std::string_view link) {
    auto invitation = find_link(connection, keyring, link);
    if (!invitation) return std::nullopt;
    auto account = find_account_or_gone(connection, invitation->patient_id);
    if (!account) return std::nullopt;
    return Admitted{std::move(*account), std::move(*invitation)};
}

std::chrono::milliseconds wait_of(const Invitation& invitation, UnixTime now) {
    if (!invitation.wait_until || *invitation.wait_until <= now)
        return std::chrono::milliseconds{0};
    return *invitation.wait_until - now;
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

/// Whose usable link it is; refused also while an answer has to wait.
Result<Admitted> usable_link(Connection& connection, const Keyring& keyring, std::string_view link,
                             UnixTime now) {
    auto holder = holder_of(connection, keyring, link);
    if (!holder) return Refusal::LinkUnknown;
    if (const auto dead = why_dead(holder->invitation, holder->account, now)) return *dead;
    if (const auto wait = wait_of(holder->invitation, now); wait.count() > 0)
        return Refused{Refusal::IdentityWait, wait};
    return *std::move(holder);
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

/// What costs no write lock: a link that nobody has, or that is dead or waits, is refused here.
Result<Admitted> look_at(Database& database, std::string_view link, UnixTime now) {
    Reading reading{database};
    return usable_link(reading, database.keyring(), link, now);
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

LinkPage open_link(Database& database, const Practice& practice, std::string_view link,
                   UnixTime now) {
    LinkPage page;
    std::optional<Admitted> holder;
    {
        Reading reading{database};
        holder = holder_of(reading, database.keyring(), link);
    }
    if (!holder) {
        page.dead = Refusal::LinkUnknown;
        return page;
    }
    const Account& account = holder->account;
    page.dead = why_dead(holder->invitation, account, now);
    if (page.dead) {
        page.renewable = is_renewable(*page.dead, account);
        return page;
    }
    page.asks_birth_date = asks_birth_date(practice, account);
    page.asks_postal_code = asks_postal_code(practice, account);
    page.asks_username = account.username.empty();
    page.first_name = account.patient.first_name;
    if (!asks_anything(practice, account)) page.username = account.username;
    page.expires_at = holder->invitation.expires_at;
    page.wait = wait_of(holder->invitation, now);
    return page;
}

Result<Admitted> admit(Database& database, const Practice& practice, const LinkAnswers& answers,
                       const Visitor& visitor, UnixTime now) {
    auto looked = look_at(database, answers.link, now);
    if (!looked || !asks_anything(practice, looked->account)) return looked;
    Transaction transaction{database};
    auto admitted = judge(transaction, practice, answers, visitor, now);
    transaction.commit();  // A refusal too: a wrong answer was counted.
    return admitted;
}

Result<LinkPage> confirm_identity(Database& database, const Practice& practice,
                                  const LinkAnswers& answers, const Visitor& visitor,
                                  UnixTime now) {
    const auto looked = look_at(database, answers.link, now);
    if (!looked) return looked.refusal();
    Transaction transaction{database};
    const auto admitted = judge(transaction, practice, answers, visitor, now);
    if (admitted) record_first_opening(transaction, *admitted, visitor, now);
    transaction.commit();
    if (!admitted) return admitted.refusal();
    return page_for(*admitted);
}

std::optional<Account> who_may_renew(Connection& connection, const Keyring& keyring,
                                     std::string_view link, UnixTime now) {
    auto holder = holder_of(connection, keyring, link);
    if (!holder) return std::nullopt;
    const auto dead = why_dead(holder->invitation, holder->account, now);
    if (!dead || !is_renewable(*dead, holder->account)) return std::nullopt;
    return std::move(holder->account);
}
}  // namespace ppo
