// SPDX-License-Identifier: Apache-2.0
#include "credentials/set_credentials.hpp"

#include "domain/unicode_text.hpp"
#include "domain/username.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/invitation_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"

#include <algorithm>
#include <iterator>

namespace ppo {
namespace {
std::optional<Refusal> why_not_settable(const Account& account) {
    if (account.facts.chart_status == ChartStatus::Deceased) return Refusal::ChartDeceased;
    if (account.facts.chart_status == ChartStatus::Inactive) return Refusal::ChartInactive;
    if (!account.facts.access_enabled) return Refusal::AccessNotEnabled;
    return std::nullopt;
}

/// Everything that can be said before the slow hash and before the lock.
struct Prepared {
    std::optional<Username> username{};
    std::optional<std::string> hash{};
};

Result<Prepared> prepare(Database& database, PasswordHasher& hasher, const Practice& practice,
                         std::string_view patient_id, const StaffCredentials& chosen) {
    std::optional<Account> account;
    {
        Reading reading{database};
        account = find_account(reading, patient_id);
    }
    if (!account) return Refusal::UnknownPatient;
    if (const auto refusal = why_not_settable(*account)) return *refusal;
    Prepared prepared;
    if (chosen.username) {
        const auto username = prepare_username(*chosen.username);
        if (!username) return username.refusal();
        prepared.username = *username;
    }
    if (!chosen.password) return prepared;
    if (!chosen.username && account->username.empty())
        return Refused{Refusal::UsernameMissing, "username"};
    const auto words = words_around(
        practice, *account, prepared.username ? prepared.username->shown : account->username);
    if (const auto refusal = check_password(*chosen.password, words)) return *refusal;
    const auto hash = hasher.hash(*chosen.password);
    if (!hash) return hash.refusal();
    prepared.hash = *hash;
    return prepared;
}

void store_password(Transaction& transaction, const Practice& practice, const Account& account,
                    const std::string& hash, UnixTime now) {
    const auto& id = account.patient.id;
    const bool permanent = practice.permanent_staff_passwords;
    put_credential(transaction, id, transaction.keyring().seal(Keyring::Use::Password, hash, id),
                   permanent ? std::nullopt : std::optional{now + practice.staff_password}, now);
    put_password_facts(transaction, id,
                       {.has_password = true, .set_by_staff = true, .must_change = !permanent});
    put_credentials_issued(transaction, id, now);
    put_locked_until(transaction, id, std::nullopt);
    if (account.has_password) queue_password_notice(transaction, account, now);
}

std::string digits_of(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_ascii_digit);
    return digits;
}

/// The birth date as people write it without signs between; nothing if none is on file.
std::vector<std::string> spellings_of(std::string_view iso_date) {
    const auto digits = digits_of(iso_date);
    if (digits.size() != 8) return {};
    const auto year = digits.substr(0, 4);
    const auto month = digits.substr(4, 2);
    const auto day = digits.substr(6, 2);
    return {year,
            digits,
            month + day + year,
            day + month + year,
            month + day + year.substr(2),
            day + month + year.substr(2)};
}
}  // namespace

PasswordBounds words_around(const Practice& practice, const Account& account,
                            std::string_view username) {
    const Patient& patient = account.patient;
    PasswordBounds bounds{
        {practice.name, "portal", "patient", std::string{username}, patient.first_name,
         patient.last_name, patient.postal_code, patient.email.substr(0, patient.email.find('@')),
         digits_of(practice.phone)},
        fewest_password_characters(practice.profile)};
    for (auto& spelling : spellings_of(patient.birth_date))
        bounds.words.push_back(std::move(spelling));
    return bounds;
}

void queue_password_notice(Transaction& transaction, const Account& account, UnixTime now) {
    queue_notice(transaction, account, MailKind::PasswordChanged, account.patient.email, now);
}

Result<CredentialsSet> set_credentials(Database& database, PasswordHasher& hasher,
                                       const Practice& practice, std::string_view patient_id,
                                       const StaffCredentials& chosen, const Actor& actor,
                                       UnixTime now) {
    const auto prepared = prepare(database, hasher, practice, patient_id, chosen);
    if (!prepared) return prepared.refusal();

    Transaction transaction{database};
    auto account = find_account(transaction, patient_id);
    if (!account) return Refusal::UnknownPatient;
    if (const auto refusal = why_not_settable(*account)) return *refusal;
    const bool new_username = prepared->username && prepared->username->shown != account->username;
    if (new_username) {
        if (!claim_username(transaction, patient_id, *prepared->username))
            return Refused{Refusal::UsernameTaken, "username"};
        record(transaction, {.action = "username_set", .patient_id = patient_id}, actor, now);
        if (!account->username.empty())
            queue_notice(transaction, *account, MailKind::UsernameChanged, account->patient.email,
                         now);
    }
    const bool sessions_end = account->has_password && (new_username || prepared->hash);
    if (prepared->hash) {
        store_password(transaction, practice, *account, *prepared->hash, now);
        record(transaction, {.action = "password_set_by_staff", .patient_id = patient_id}, actor,
               now);
    }
    if (new_username || prepared->hash) {
        put_set_up(transaction, patient_id, now);
        close_open_invitation(transaction, patient_id, LinkEnd::CredentialsChanged, now);
        raise_security_epoch(transaction, patient_id);
    }
    restate(transaction, patient_id);
    account = find_account(transaction, patient_id);
    transaction.commit();
    return CredentialsSet{*account, sessions_end};
}
}  // namespace ppo
