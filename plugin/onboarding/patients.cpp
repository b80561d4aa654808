// SPDX-License-Identifier: Apache-2.0
#include "onboarding/patients.hpp"

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/email_address.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/consent_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/invitation_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
const Actor host{Actor::Kind::Host, {}, {}};

/// What a changed chart does to links that are out, and whether sessions end by it. Only what the
/// host owns is compared.
bool close_link_of_changed_chart(Transaction& transaction, const Account& before,
                                 const Patient& now_on_file, UnixTime now) {
    const bool closed = may_use_portal(before.patient.chart_status) &&
                        !may_use_portal(now_on_file.chart_status);
    const bool moved = before.patient.email != now_on_file.email;
    if (!closed && !moved) return false;
    const auto& id = now_on_file.id;
    const bool had_link = close_open_invitation(
        transaction, id, closed ? LinkEnd::AccessDisabled : LinkEnd::EmailChanged, now);
    raise_security_epoch(transaction, id);
    if (moved && (had_link || before.last_invited_at)) put_address_changed(transaction, id, true);
    if (had_link)
        record(transaction,
               {.action = "link_closed",
                .patient_id = id,
                .detail = closed ? "chart_closed" : "email_changed"},
               host, now);
    return true;
}

/// Whoever has an account is told at both addresses that the one on file is another now: if
/// somebody else had it changed, only the old one reaches the patient.
void tell_of_new_address(Transaction& transaction, const Account& before,
                         std::string_view patient_id, UnixTime now, bool can_wait) {
    const auto account = find_account(transaction, patient_id);
    if (!account || !has_account(before)) return;
    const auto& old_address = before.patient.email;
    const auto& new_address = account->patient.email;
    if (email_key(old_address) == email_key(new_address)) return;
    for (const auto& address : {old_address, new_address})
        queue_notice(transaction, *account, MailKind::EmailChanged, address, now, can_wait);
}

PatientTaken take(Transaction& transaction, const Patient& patient, UnixTime now, bool can_wait) {
    const auto before = find_account_or_gone(transaction, patient.id);
    if (before && before->in_directory && same_facts(before->patient, patient)) return {};
    PatientTaken taken{true, false};
    if (before)
        taken.sessions_end = close_link_of_changed_chart(transaction, *before, patient, now);
    put_patient(transaction, patient);
    if (!before && patient.access_granted) put_enabled(transaction, patient.id, now);
    if (!before) return taken;
    if (!before->in_directory)
        record(transaction, {.action = "patient_returned", .patient_id = patient.id}, host, now);
    tell_of_new_address(transaction, *before, patient.id, now, can_wait);
    return taken;
}

/// The surviving chart takes over what only the losing one has.
void hand_account_over(Transaction& transaction, const Account& losing, const Account& surviving,
                       UnixTime now) {
    const auto& surviving_id = surviving.patient.id;
    if (!losing.username.empty() ||
        losing.has_password) {  // Its link was made for other credentials.
        close_open_invitation(transaction, surviving_id, LinkEnd::CredentialsChanged, now);
        raise_security_epoch(transaction, surviving_id);
    }
    const auto credential = find_credential(transaction, losing.patient.id);
    hand_username_over(transaction, losing.patient.id, surviving_id);
    put_password_facts(transaction, losing.patient.id, {.has_password = false});
    if (credential) {
        const Keyring& keyring = transaction.keyring();
        const auto hash = keyring.open(Keyring::Use::Password, credential->sealed_password,
                                       losing.patient.id);
        if (hash) {
            put_credential(transaction, surviving_id,
                           keyring.seal(Keyring::Use::Password, *hash, surviving_id),
                           credential->lapses_at, now);
            put_password_facts(
                transaction, surviving_id,
                {true, losing.facts.password_set_by_staff, losing.facts.must_change_password});
            put_failures(transaction, surviving_id, credential->failures, credential->wait_until);
            if (losing.facts.password_disabled) disable_password(transaction, surviving_id);
        }
        drop_credential(transaction, losing.patient.id);
    }
    if (losing.facts.access_enabled)
        static_cast<void>(put_access(transaction, surviving_id, true, now));
    hand_first_times_over(transaction, losing.patient.id, surviving_id);
    if (losing.facts.credentials_issued_at)
        put_credentials_issued(transaction, surviving_id, *losing.facts.credentials_issued_at);
    if (losing.last_invited_at > surviving.last_invited_at)
        put_invited(transaction, surviving_id, *losing.last_invited_at);
    if (losing.facts.first_signed_in_at)
        put_signed_in(transaction, surviving_id, *losing.facts.first_signed_in_at);
    if (losing.last_signed_in_at)
        put_signed_in(transaction, surviving_id, *losing.last_signed_in_at);
}
/// What either chart said about the portal holds for the one that stays.
void hand_consent_over(Transaction& transaction, const Account& losing,
                       std::string_view surviving_id, UnixTime now) {
    const auto surviving = find_account(transaction, surviving_id);
    const auto said = merged_consent(surviving->facts, losing.facts, now);
    if (put_consent(transaction, *surviving, said, now))
        record(transaction,
               {.action = "consent_changed",
                .patient_id = surviving_id,
                .detail = consent_detail(said)},
               host, now);
}
}  // namespace

PatientTaken take_patient(Database& database, const Patient& patient, UnixTime now) {
    Transaction transaction{database};
    const auto taken = take(transaction, patient, now, false);
    if (taken.changed)
        record(transaction, {.action = "patient_changed", .patient_id = patient.id}, host, now);
    transaction.commit();
    return taken;
}

std::vector<std::string> take_patients(Database& database, const std::vector<Patient>& patients,
                                       UnixTime now) {
    std::vector<const Patient*> news;
    {
        Reading reading{database};
        for (const auto& patient : patients)
            if (!is_as_stored(reading, patient)) news.push_back(&patient);
    }
    std::vector<std::string> ended;
    if (news.empty()) return ended;
    Transaction transaction{database};
    int changed = 0;
    for (const auto* patient : news) {
        const auto taken = take(transaction, *patient, now, true);
        if (taken.changed) ++changed;
        if (taken.sessions_end) ended.push_back(patient->id);
    }
    if (changed > 0)
        record(transaction, {.action = "patients_read", .detail = std::to_string(changed)}, host,
               now);
    transaction.commit();
    return ended;
}

Result<Done> remove_patient(Database& database, std::string_view patient_id, UnixTime now) {
    Transaction transaction{database};
    if (!find_account(transaction, patient_id)) return Refusal::UnknownPatient;
    close_open_invitation(transaction, patient_id, LinkEnd::AccessDisabled, now);
    raise_security_epoch(transaction, patient_id);
    hide_patient(transaction, patient_id);
    record(transaction, {.action = "patient_removed", .patient_id = patient_id}, host, now);
    transaction.commit();
    return Done{};
}

std::vector<std::string> remove_all_but(Database& database, const PatientsSeen& seen,
                                        UnixTime now) {
    constexpr int page = 1000;
    std::vector<std::string> removed;
    std::string last;
    while (true) {
        std::vector<std::string> ids;
        {
            Reading reading{database};
            ids = patient_ids_after(reading, last, page);
        }
        if (ids.empty()) return removed;
        last = ids.back();
        for (const auto& id : ids)
            if (!seen.has(id) && remove_patient(database, id, now)) removed.push_back(id);
    }
}

Result<Done> merge_patients(Database& database, std::string_view losing_id,
                            std::string_view surviving_id, UnixTime now) {
    Transaction transaction{database};
    const auto losing = find_account(transaction, losing_id);
    const auto surviving = find_account(transaction, surviving_id);
    if (!losing || !surviving) return Refusal::UnknownPatient;
    close_open_invitation(transaction, losing_id, LinkEnd::AccessDisabled, now);
    raise_security_epoch(transaction, losing_id);
    const bool keeps_its_own = !surviving->username.empty() || surviving->has_password;
    if (!keeps_its_own) hand_account_over(transaction, *losing, *surviving, now);
    hand_consent_over(transaction, *losing, surviving_id, now);
    static_cast<void>(put_access(transaction, losing_id, false, now));
    hide_patient(transaction, losing_id);
    restate(transaction, losing_id);
    restate(transaction, surviving_id);
    if (!keeps_its_own) tell_of_new_address(transaction, *losing, surviving_id, now, false);
    record(transaction, {.action = "patient_merged_away", .patient_id = losing_id}, host, now);
    record(transaction,
           {.action = "patient_merged_in",
            .patient_id = surviving_id,
            .detail = keeps_its_own ? "kept_its_account" : "took_the_account"},
           host, now);
    transaction.commit();
    return Done{};
}
}  // namespace ppo
