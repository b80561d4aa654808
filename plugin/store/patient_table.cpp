// SPDX-License-Identifier: Apache-2.0
#include "store/patient_table.hpp"

#include "domain/email_address.hpp"
#include "domain/text_fold.hpp"
#include "store/account_table.hpp"
#include "store/database.hpp"
#include "store/search_index.hpp"

namespace ppo {
namespace {
constexpr std::string_view all_columns =
    "SELECT patient_id, first_name, last_name, birth_date, email, postal_code, language, provider, "
    "tags, "
    "chart_status, opted_out, next_appointment_at, last_appointment_at, access_enabled, username, "
    "has_password, "
    "password_set_by_staff, must_change_password, credentials_issued_at, first_signed_in_at, "
    "last_signed_in_at, last_invited_at, mail_state, address_changed, link_expires_at, "
    "locked_until, "
    "security_epoch, status, marks, in_directory, password_disabled, password_lapses_at, "
    "consent, consent_until, search_text FROM patient ";

Patient patient_in(const Rows& rows) {
    Patient patient;
    patient.id = rows.text(0);
    patient.first_name = rows.text(1);
    patient.last_name = rows.text(2);
    patient.birth_date = rows.text(3);
    patient.email = rows.text(4);
    patient.postal_code = rows.text(5);
    patient.language = rows.text(6);
    patient.provider = rows.text(7);
    patient.tags = split_tags(rows.view(8));
    patient.chart_status = static_cast<ChartStatus>(rows.integer(9));
    patient.opted_out = rows.flag(10);
    patient.next_appointment = rows.time(11);
    patient.last_appointment = rows.time(12);
    return patient;
}

/// What status and marks depend on, as far as the chart says it.
void take_chart_facts(AccountFacts& facts, const Patient& patient) {
    facts.chart_status = patient.chart_status;
    facts.has_email = !patient.email.empty();
    facts.email_is_valid = is_valid_email(patient.email);
    facts.has_postal_code = !patient.postal_code.empty();
    facts.opted_out = patient.opted_out;
}

Account account_in(const Rows& rows) {
    Account account;
    account.patient = patient_in(rows);
    AccountFacts& facts = account.facts;
    take_chart_facts(facts, account.patient);
    facts.access_enabled = rows.flag(13);
    account.username = rows.text(14);
    account.has_password = rows.flag(15);
    facts.password_set_by_staff = rows.flag(16);
    facts.must_change_password = rows.flag(17);
    facts.credentials_issued_at = rows.time(18);
    facts.first_signed_in_at = rows.time(19);
    account.last_signed_in_at = rows.time(20);
    account.last_invited_at = rows.time(21);
    facts.mail_state = static_cast<MailState>(rows.integer(22));
    facts.address_changed = rows.flag(23);
    facts.link_expires_at = rows.time(24);
    facts.locked_until = rows.time(25);
    account.security_epoch = rows.integer(26);
    account.status = static_cast<PortalStatus>(rows.integer(27));
    account.marks = Marks{static_cast<std::uint64_t>(rows.integer(28))};
    account.in_directory = rows.flag(29);
    facts.password_disabled = rows.flag(30);
    facts.password_lapses_at = rows.time(31);
    facts.consent = static_cast<Consent>(rows.integer(32));
    facts.consent_until = rows.time(33);
    account.search_text = rows.text(34);
    return account;
}
}  // namespace

std::optional<Account> find_account(Connection& connection, std::string_view patient_id) {
    auto rows = connection.query(
        std::string{all_columns} +
            "WHERE practice = :practice AND patient_id = $1 AND in_directory = 1",
        patient_id);
    if (!rows.next()) return std::nullopt;
    return account_in(rows);
}

std::optional<Account> find_account_or_gone(Connection& connection, std::string_view patient_id) {
    auto rows = connection.query(
        std::string{all_columns} + "WHERE practice = :practice AND patient_id = $1", patient_id);
    if (!rows.next()) return std::nullopt;
    return account_in(rows);
}

namespace {
void put_new_patient(Transaction& transaction, const Patient& patient) {
    AccountFacts facts;
    facts.access_enabled = patient.access_granted;
    take_chart_facts(facts, patient);
    transaction.connection().run(
        "INSERT INTO patient (practice, patient_id, first_name, last_name, birth_date, email, "
        "email_key, "
        "postal_code, language, provider, tags, chart_status, opted_out, next_appointment_at, "
        "last_appointment_at, sort_name, search_text, in_directory, access_enabled, status, marks) "
        "VALUES (:practice, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
        "1, $17, "
        "$18, $19)",
        patient.id, patient.first_name, patient.last_name, patient.birth_date, patient.email,
        email_key(patient.email), patient.postal_code, patient.language, patient.provider,
        join_tags(patient.tags), static_cast<int>(patient.chart_status), patient.opted_out,
        patient.next_appointment, patient.last_appointment, sort_name(patient),
        search_text(patient, {}), patient.access_granted, static_cast<int>(portal_status(facts)),
        lasting_marks(facts).bits());
}

void put_known_patient(Transaction& transaction, const Patient& patient, const Account& before) {
    keep_findable(transaction, patient.id, search_text(patient, before.username),
                  join_tags(patient.tags));
    transaction.connection().run(
        "UPDATE patient SET first_name = $1, last_name = $2, birth_date = $3, email = $4, "
        "email_key = $5, postal_code = $6, language = $7, provider = $8, chart_status = $9, "
        "opted_out = $10, next_appointment_at = $11, last_appointment_at = $12, sort_name = $13, "
        "in_directory = 1 WHERE practice = :practice AND patient_id = $14",
        patient.first_name, patient.last_name, patient.birth_date, patient.email,
        email_key(patient.email), patient.postal_code, patient.language, patient.provider,
        static_cast<int>(patient.chart_status), patient.opted_out, patient.next_appointment,
        patient.last_appointment, sort_name(patient), patient.id);
    if (before.in_directory) transaction.choices().went(before.patient);
    restate(transaction, patient.id);
}
}  // namespace

std::string join_tags(const std::vector<std::string>& tags) {
    std::string joined;
    for (const auto& tag : tags) joined += (joined.empty() ? ";" : "") + tag + ";";
    return joined;
}

std::vector<std::string> split_tags(std::string_view joined) {
    std::vector<std::string> tags;
    std::size_t from = 1;
    while (from < joined.size()) {
        const auto end = joined.find(';', from);
        tags.emplace_back(joined.substr(from, end - from));
        from = end + 1;
    }
    return tags;
}

void put_patient(Transaction& transaction, const Patient& patient) {
    if (const auto before = find_account_or_gone(transaction, patient.id))
        put_known_patient(transaction, patient, *before);
    else
        put_new_patient(transaction, patient);
    transaction.choices().came(patient);
}

bool is_as_stored(Connection& connection, const Patient& patient) {
    auto rows = connection.query(
        "SELECT first_name, last_name, birth_date, email, postal_code, language, provider, tags, "
        "chart_status, opted_out, next_appointment_at, last_appointment_at FROM patient "
        "WHERE practice = :practice AND patient_id = $1 AND in_directory = 1",
        patient.id);
    return rows.next() && rows.view(0) == patient.first_name && rows.view(1) == patient.last_name &&
           rows.view(2) == patient.birth_date && rows.view(3) == patient.email &&
           rows.view(4) == patient.postal_code && rows.view(5) == patient.language &&
           rows.view(6) == patient.provider && rows.view(7) == join_tags(patient.tags) &&
           rows.integer(8) == static_cast<int>(patient.chart_status) &&
           rows.flag(9) == patient.opted_out && rows.time(10) == patient.next_appointment &&
           rows.time(11) == patient.last_appointment;
}

bool has_no_patients(Connection& connection) {
    return !connection.query("SELECT 1 FROM patient WHERE practice = :practice LIMIT 1").next();
}

std::string sort_name(const Patient& patient) {
    return fold_for_search(patient.last_name + ", " + patient.first_name);
}

std::string search_text(const Patient& patient, std::string_view username) {
    return fold_for_search(patient.first_name + " " + patient.last_name + ", " +
                           patient.first_name + "\n" + patient.email + "\n" +
                           std::string{username});
}

void hide_patient(Transaction& transaction, std::string_view patient_id) {
    const auto account = find_account(transaction, patient_id);
    if (!account) return;
    transaction.choices().went(account->patient);
    transaction.connection().run(
        "UPDATE patient SET in_directory = 0 WHERE practice = :practice AND patient_id = $1",
        patient_id);
}

bool same_facts(const Patient& one, const Patient& other) {
    return one.first_name == other.first_name && one.last_name == other.last_name &&
           one.birth_date == other.birth_date && one.email == other.email &&
           one.postal_code == other.postal_code && one.language == other.language &&
           one.provider == other.provider && one.tags == other.tags &&
           one.chart_status == other.chart_status && one.opted_out == other.opted_out &&
           one.next_appointment == other.next_appointment &&
           one.last_appointment == other.last_appointment;
}

std::vector<std::string> patient_ids_after(Connection& connection, std::string_view patient_id,
                                           int limit) {
    std::vector<std::string> ids;
    auto rows = connection.query(
        "SELECT patient_id FROM patient WHERE practice = :practice AND patient_id > $1 AND "
        "in_directory = 1 ORDER BY "
        "patient_id LIMIT $2",
        patient_id, limit);
    while (rows.next()) ids.push_back(rows.text(0));
    return ids;
}

std::vector<Account> accounts_with_email(Connection& connection, std::string_view email) {
    std::vector<Account> accounts;
    auto rows = connection.query(std::string{all_columns} +
                                     "WHERE practice = :practice AND email_key = $1 AND "
                                     "in_directory = 1 ORDER BY patient_id LIMIT 50",
                                 email_key(email));
    while (rows.next()) accounts.push_back(account_in(rows));
    return accounts;
}
}  // namespace ppo
