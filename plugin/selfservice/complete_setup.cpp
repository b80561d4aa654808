// SPDX-License-Identifier: Apache-2.0
#include "selfservice/complete_setup.hpp"

#include "credentials/set_credentials.hpp"
#include "domain/username.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
Result<std::optional<Username>> chosen_username(const Account& account,
                                                const ChosenCredentials& chosen) {
    if (!account.username.empty()) {
        if (chosen.username) return Refused{Refusal::UsernameOnFile, "username"};
        return std::optional<Username>{};
    }
    if (!chosen.username || chosen.username->empty())
        return Refused{Refusal::UsernameMissing, "username"};
    auto username = prepare_username(*chosen.username);
    if (!username) return Refused{username.refusal().reason, "username"};
    return std::optional{std::move(username.value())};
}

/// Why the guarded UPDATE said no: somebody was first, or it died a moment ago.
Refused why_not_used(Database& database, const Practice& practice, std::string_view link,
                     UnixTime now) {
    const auto page = open_link(database, practice, link, now);
    return page.dead.value_or(Refusal::LinkUsed);
}
}  // namespace

Result<SetUp> complete_setup(Database& database, PasswordHasher& hasher, const Practice& practice,
                             const LinkAnswers& answers, const ChosenCredentials& chosen,
                             const Visitor& visitor, UnixTime now) {
    const auto admitted = admit(database, practice, answers, visitor, now);  // Cheap first.
    if (!admitted) return admitted.refusal();
    const Account& account = admitted->account;
    const auto username = chosen_username(account, chosen);
    if (!username) return username.refusal();
    if (chosen.password.empty()) return Refused{Refusal::PasswordMissing, "password"};
    const auto shown = *username ? (*username)->shown : account.username;
    if (auto refused = check_password(chosen.password, words_around(practice, account, shown)))
        return *refused;
    const auto hash = hasher.hash(chosen.password);  // Slow on purpose: before the lock.
    if (!hash) return hash.refusal();

    std::optional<Transaction> transaction{std::in_place, database};
    const auto patient_id = use_link(*transaction, admitted->invitation.link_digest, now);
    if (!patient_id) {
        transaction.reset();
        return why_not_used(database, practice, answers.link, now);
    }
    // As it is now: the look above was before the slow hash.
    const auto stored = find_account(*transaction, *patient_id).value();
    if (*username && !claim_username(*transaction, *patient_id, **username))
        return Refused{Refusal::UsernameTaken, "username"};
    put_credential(*transaction, *patient_id,
                   database.keyring().seal(Keyring::Use::Password, *hash, *patient_id),
                   std::nullopt, now);
    put_password_facts(*transaction, *patient_id, {});
    put_set_up(*transaction, *patient_id, now);
    put_credentials_issued(*transaction, *patient_id, now);
    put_locked_until(*transaction, *patient_id, std::nullopt);
    raise_security_epoch(*transaction, *patient_id);
    restate(*transaction, *patient_id);
    record(*transaction,
           {.action = "setup_completed",
            .patient_id = *patient_id,
            .detail = account.has_password ? "new_password" : "first_set_up"},
           actor_of(visitor, *patient_id), now);
    if (stored.has_password) queue_password_notice(*transaction, stored, now);
    transaction->commit();  // Leaving without it undoes everything: the link stays usable.
    return SetUp{*patient_id, stored.has_password};
}

Result<Done> renew_link(Database& database, const Practice& practice, std::string_view link,
                        const Visitor& visitor, UnixTime now) {
    const auto page = open_link(database, practice, link, now);  // Cheap first.
    if (page.dead == Refusal::LinkUnknown) {
        const auto refused = refuse_unknown_link(database, practice, visitor, now);
        if (refused.reason == Refusal::TooManyTries) return refused;
    }
    if (!page.renewable) return Done{};
    Transaction transaction{database};
    const auto account = who_may_renew(transaction, transaction.keyring(), link, now);
    if (!account || why_not_now(transaction, practice, to_invitee(*account), now)) return Done{};
    queue_links(transaction, practice, {*account}, LinkOrigin::AskedByPatient,
                actor_of(visitor, account->patient.id), now);
    transaction.commit();
    return Done{};
}
}  // namespace ppo
