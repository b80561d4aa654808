// SPDX-License-Identifier: Apache-2.0
#include "selfservice/open_link.hpp"

#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "selfservice/tries.hpp"
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
    case LinkEnd::Restored: return Refusal::LinkRestored;
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

bool is_renewable(Refusal dead, const Account& account, UnixTime now) {
    const bool over = dead == Refusal::LinkExpired || dead == Refusal::LinkReplaced ||
                      dead == Refusal::LinkEmailChanged ||
                      dead == Refusal::LinkCredentialsChanged || dead == Refusal::LinkRestored;
    return over && account.in_directory && !why_not_invitable(account.facts, now);
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

}  // namespace

bool asks_birth_date(const Practice& practice, const Account& account) {
    return practice.identity_check != IdentityCheck::Nothing && !account.patient.birth_date.empty();
}

bool asks_postal_code(const Practice& practice, const Account& account) {
    return practice.identity_check == IdentityCheck::BirthDateAndPostalCode &&
           !account.patient.postal_code.empty();
}

Result<Admitted> usable_link(Connection& connection, const Keyring& keyring, std::string_view link,
                             UnixTime now) {
    auto holder = holder_of(connection, keyring, link);
    if (!holder) return Refusal::LinkUnknown;
    if (const auto dead = why_dead(holder->invitation, holder->account, now)) return *dead;
    if (const auto wait = wait_of(holder->invitation, now); wait.count() > 0)
        return Refused{Refusal::IdentityWait, wait};
    return *std::move(holder);
}

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
        page.renewable = is_renewable(*page.dead, account, now);
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

std::optional<Account> who_may_renew(Connection& connection, const Keyring& keyring,
                                     std::string_view link, UnixTime now) {
    auto holder = holder_of(connection, keyring, link);
    if (!holder) return std::nullopt;
    const auto dead = why_dead(holder->invitation, holder->account, now);
    if (!dead || !is_renewable(*dead, holder->account, now)) return std::nullopt;
    return std::move(holder->account);
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
}  // namespace ppo
