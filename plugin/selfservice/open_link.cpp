// SPDX-License-Identifier: Apache-2.0
#include "selfservice/open_link.hpp"

#include "domain/birth_date.hpp"
#include "domain/identity_match.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "selfservice/tries.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
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

/// Whose link it is, dead or alive.
std::optional<Admitted> holder_of(Database& database, std::string_view link) {
    Reading reading{database};
    auto invitation = find_link(reading, database.keyring(), link);
    if (!invitation) return std::nullopt;
    auto account = find_account_or_gone(reading, invitation->patient_id);
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

std::optional<UnixTime> wait_after(std::int64_t wrong_answers, UnixTime now) {
    using std::chrono::minutes;
    if (wrong_answers < 3) return std::nullopt;
    if (wrong_answers == 3) return now + minutes{1};
    return now + (wrong_answers == 4 ? minutes{5} : minutes{15});
}

void count_wrong_answer(Database& database, const Admitted& holder, const Visitor& visitor,
                        UnixTime now) {
    const auto& id = holder.account.patient.id;
    Transaction transaction{database};
    const auto invitation = find_invitation(transaction,
                                            holder.invitation.id);  // Others may have counted too.
    const auto wrong_answers = invitation->wrong_answers + 1;
    const auto wait_until = wait_after(wrong_answers, now);
    put_wrong_answer(transaction, invitation->id, wrong_answers, wait_until);
    if (wait_until) put_locked_until(transaction, id, wait_until);
    record(transaction,
           {.action = "link_answered", .patient_id = id, .outcome = "refused_identity_mismatch"},
           actor_of(visitor, id), now);
    transaction.commit();
}
}  // namespace

LinkPage open_link(Database& database, const Practice& practice, std::string_view link,
                   UnixTime now) {
    LinkPage page;
    const auto holder = holder_of(database, link);
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
    if (!page.asks_birth_date && !page.asks_postal_code) page.username = account.username;
    page.expires_at = holder->invitation.expires_at;
    page.wait = wait_of(holder->invitation, now);
    return page;
}

Result<Admitted> admit(Database& database, const Practice& practice, const LinkAnswers& answers,
                       const Visitor& visitor, UnixTime now) {
    auto holder = holder_of(database, answers.link);
    if (!holder) return refuse_unknown_link(database, practice, visitor, now);
    if (const auto dead = why_dead(holder->invitation, holder->account, now)) return *dead;
    if (const auto wait = wait_of(holder->invitation, now); wait.count() > 0)
        return Refused{Refusal::IdentityWait, wait};
    auto refused = check_answers(practice, holder->account, answers);
    if (!refused) return *std::move(holder);
    if (refused->reason == Refusal::IdentityMismatch)
        count_wrong_answer(database, *holder, visitor, now);
    return *refused;
}

Refused refuse_unknown_link(Database& database, const Practice& practice, const Visitor& visitor,
                            UnixTime now) {
    if (auto refused = too_many_tries(database, practice, TryKind::Link, visitor, now))
        return *std::move(refused);
    Transaction transaction{database};
    if (auto refused = count_try(transaction, practice, TryKind::Link, visitor, now))
        return *std::move(refused);
    transaction.commit();
    return Refusal::LinkUnknown;
}

LinkPage page_for(const Admitted& admitted) {
    LinkPage page;
    page.asks_username = admitted.account.username.empty();
    page.first_name = admitted.account.patient.first_name;
    page.username = admitted.account.username;
    page.expires_at = admitted.invitation.expires_at;
    return page;
}
}  // namespace ppo
