// SPDX-License-Identifier: Apache-2.0
#include "selfservice/sign_in.hpp"

#include "credentials/set_credentials.hpp"
#include "domain/username.hpp"
#include "selfservice/sign_in_failures.hpp"
#include "selfservice/tries.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/invitation_table.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
/// An account at the door.
struct Door {
    Account account{};
    Credential credential{};
    std::string hash{};
};

bool is_open(const Account& account, const Credential& credential, UnixTime now) {
    return account.facts.access_enabled && may_use_portal(account.facts.chart_status) &&
           credential.failures < most_failures &&
           (!credential.lapses_at || *credential.lapses_at > now) &&
           (!credential.wait_until || *credential.wait_until <= now);
}

/// Nothing if there is no password to compare, for whatever reason.
std::optional<Door> door_of(Database& database, std::string_view patient_id, UnixTime now) {
    Reading reading{database};
    const auto account = find_account(reading, patient_id);
    const auto credential = find_credential(reading, patient_id);
    if (!account || !credential || !is_open(*account, *credential, now)) return std::nullopt;
    auto hash = database.keyring().open(Keyring::Use::Password, credential->sealed_password,
                                        patient_id);
    if (!hash) return std::nullopt;
    return Door{*account, *credential, std::move(*hash)};
}

std::optional<std::string> patient_called(Database& database, std::string_view typed) {
    const auto key = username_key(typed);
    if (key.empty()) return std::nullopt;
    Reading reading{database};
    return patient_with_username(reading, key);
}

/// Every new password raises the epoch. The sealed text would say less: another sign-in may have
/// renewed it, and the password is still the same.
bool has_the_same_password(const Account& account, const Door& door) {
    return account.security_epoch == door.account.security_epoch;
}

/// Every wrong password that was compared counts, however many were compared at once.
void count_wrong_password(Database& database, const Practice& practice, const Door& door,
                          std::string_view action, const Visitor& visitor, UnixTime now) {
    const auto& id = door.account.patient.id;
    Transaction transaction{database};
    static_cast<void>(count_try(transaction, practice, TryKind::SignIn, visitor, now));
    record(transaction, {.action = action, .patient_id = id, .outcome = "refused_sign_in"},
           actor_of(visitor, id), now);
    const auto account = find_account(transaction, id);
    // A guess at a password that was replaced meanwhile says nothing about the new one.
    if (account && has_the_same_password(*account, door))
        count_sign_in_failure(transaction, id, visitor, now);
    transaction.commit();
}

void note_refused(Database& database, const Practice& practice,
                  const std::optional<std::string>& patient_id, const Visitor& visitor,
                  UnixTime now) {
    Transaction transaction{database};
    static_cast<void>(count_try(transaction, practice, TryKind::SignIn, visitor, now));
    record(transaction,
           {.action = "signed_in",
            .patient_id = patient_id ? std::string_view{*patient_id} : std::string_view{},
            .outcome = "refused_sign_in"},
           actor_of(visitor, patient_id.value_or("")), now);
    transaction.commit();
}

/// False if the account was closed, made to wait or its password changed while the slow comparison
/// ran.
bool still_open(Transaction& transaction, const Door& door, UnixTime now) {
    const auto& id = door.account.patient.id;
    const auto account = find_account(transaction, id);
    const auto credential = find_credential(transaction, id);
    return account && credential && is_open(*account, *credential, now) &&
           has_the_same_password(*account, door);
}

/// The same password, hashed at today's cost or sealed with today's key, if it is not yet.
void renew_sealed(Transaction& transaction, const Door& door,
                  const std::optional<std::string>& new_hash) {
    const Keyring& keyring = transaction.keyring();
    const auto& old_sealed = door.credential.sealed_password;
    if (!new_hash && keyring.is_sealed_with_current(old_sealed)) return;
    const auto& id = door.account.patient.id;
    static_cast<void>(
        replace_hash(transaction, id, old_sealed,
                     keyring.seal(Keyring::Use::Password, new_hash.value_or(door.hash), id)));
}

/// False as still_open.
bool enter(Database& database, const Door& door, const std::optional<std::string>& new_hash,
           const Visitor& visitor, UnixTime now) {
    const auto& id = door.account.patient.id;
    Transaction transaction{database};
    if (!still_open(transaction, door, now)) return false;
    renew_sealed(transaction, door, new_hash);
    put_signed_in(transaction, id, now);
    keep_credential(transaction, id);
    forget_failures(transaction, id);
    put_locked_until(transaction, id, std::nullopt);
    restate(transaction, id);
    record(transaction, {.action = "signed_in", .patient_id = id}, actor_of(visitor, id), now);
    transaction.commit();
    return true;
}
}  // namespace

Result<SignedIn> sign_in(Database& database, PasswordHasher& hasher, const Practice& practice,
                         std::string_view username, std::string_view password,
                         const Visitor& visitor, UnixTime now) {
    if (auto refused = too_many_tries(database, practice, TryKind::SignIn, visitor, now))
        return *std::move(refused);
    const auto patient_id = patient_called(database, username);
    const auto door = patient_id ? door_of(database, *patient_id, now) : std::nullopt;
    if (!door) {
        const auto spent = hasher.spend_time(password);  // As long as comparing would take.
        if (!spent) return spent.refusal();
        note_refused(database, practice, patient_id, visitor, now);
        return Refusal::SignIn;
    }
    const auto right = hasher.matches(door->hash, password);
    if (!right) return right.refusal();
    if (!*right) {
        count_wrong_password(database, practice, *door, "signed_in", visitor, now);
        return Refusal::SignIn;
    }
    std::optional<std::string> new_hash;
    if (hasher.needs_rehash(door->hash)) {
        const auto renewed = hasher.hash(password);
        if (renewed) new_hash = *renewed;  // Too busy to renew is no reason to refuse.
    }
    if (!enter(database, *door, new_hash, visitor, now)) return Refusal::SignIn;
    const Account& account = door->account;
    return SignedIn{account.patient.id, account.patient.first_name, account.username,
                    account.facts.must_change_password, account.security_epoch};
}

Result<PasswordChanged> change_password(Database& database, PasswordHasher& hasher,
                                        const Practice& practice, std::string_view patient_id,
                                        std::string_view current_password,
                                        std::string_view new_password, const Visitor& visitor,
                                        UnixTime now) {
    const auto door = door_of(database, patient_id, now);
    if (!door) return Refusal::SignIn;
    const auto words = words_around(practice, door->account, door->account.username);
    if (new_password.empty()) return Refused{Refusal::PasswordMissing, "password"};
    // As hashed: the same password from another keyboard is not a new one.
    if (prepare_password(current_password) == prepare_password(new_password))
        return Refused{Refusal::PasswordUnchanged, "password"};
    if (auto refused = check_password(new_password, words)) return *refused;
    const auto right = hasher.matches(door->hash, current_password);
    if (!right) return right.refusal();
    if (!*right) {
        count_wrong_password(database, practice, *door, "password_changed", visitor, now);
        return Refused{Refusal::SignIn, "current_password"};
    }
    const auto hash = hasher.hash(new_password);
    if (!hash) return hash.refusal();

    const auto& id = door->account.patient.id;
    Transaction transaction{database};
    if (!still_open(transaction, *door, now)) return Refusal::SignIn;
    const auto sealed = database.keyring().seal(Keyring::Use::Password, *hash, id);
    put_credential(transaction, id, sealed, std::nullopt, now);
    put_password_facts(transaction, id, {});
    put_locked_until(transaction, id, std::nullopt);
    close_open_invitation(transaction, id, LinkEnd::CredentialsChanged, now);
    raise_security_epoch(transaction, id);
    restate(transaction, id);
    record(transaction, {.action = "password_changed", .patient_id = id}, actor_of(visitor, id),
           now);
    queue_password_notice(transaction, door->account, now);
    const auto account = find_account(transaction, id);
    transaction.commit();
    return PasswordChanged{account->security_epoch};
}
}  // namespace ppo
