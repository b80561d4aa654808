// SPDX-License-Identifier: Apache-2.0
#include "support/temp_store.hpp"

#include "domain/username.hpp"
#include "store/account_table.hpp"
#include "store/consent_table.hpp"
#include "store/credential_table.hpp"
#include "store/patient_table.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace ppo {
Keyring test_keyring(std::uint8_t byte, const std::string& id) {
    RootKey key{id, {}};
    key.bytes.fill(byte);
    return Keyring{{key}};
}

Patient anna(const std::string& id) {
    Patient patient;
    patient.id = id;
    patient.first_name = "Anna";
    patient.last_name = "Winter";
    patient.birth_date = "1980-02-29";
    patient.email = "anna@example.org";
    patient.postal_code = "02139";
    patient.language = "en";
    patient.provider = "Dr. Reed";
    patient.tags = {"diabetes", "recall"};
    patient.next_appointment = noon + std::chrono::hours{24 * 10};
    patient.last_appointment = noon - std::chrono::hours{24 * 30};
    return patient;
}

Patient bruno(const std::string& id) {
    Patient patient;
    patient.id = id;
    patient.first_name = "Bruno";
    patient.last_name = "Núñez-Gómez";
    patient.birth_date = "1951-07-04";
    patient.email = "bruno@example.net";
    patient.postal_code = "90210";
    patient.language = "es";
    patient.provider = "Dr. Stone";
    patient.tags = {"recall"};
    patient.chart_status = ChartStatus::Prospective;
    return patient;
}

Practice elm_practice() {
    Practice practice;
    practice.name = "Elm Practice";
    practice.phone = "(555) 010-0199";
    practice.portal_url = "https://portal.example.org/link";
    practice.mail_sender = "portal@elm.example.org";
    practice.mail_reply_to = "desk@elm.example.org";
    return practice;
}

std::optional<QueuedMail> lease_due_mail(Transaction& transaction, UnixTime now,
                                         UnixTime leased_until, std::string_view lease) {
    auto mails = lease_due_mails(transaction, now, leased_until, lease, 1);
    if (mails.empty()) return std::nullopt;
    return std::move(mails.front());
}

TempFolder::TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ppo-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no folder for the test"};
    path_ = pattern;
}

TempFolder::~TempFolder() {
    std::error_code error;  // What cannot be removed is left to the system.
    std::filesystem::remove_all(path_, error);
}

std::string TempFolder::file(std::string_view name) const {
    return path_ + "/" + std::string{name};
}

std::string bytes_of_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error{"the test cannot write its file"};
}

TempStore::TempStore() : path_{folder_.file("store.db")} {}

void TempStore::make() const {
    if (is_made_) return;
    is_made_ = true;
    database_ = std::make_unique<Database>(path_, test_keyring());
}

Database& TempStore::database() {
    make();
    return *database_;
}

const std::string& TempStore::path() const {
    make();
    return path_;
}

void TempStore::close() {
    make();
    database_.reset();
}

void TempStore::reopen() {
    is_made_ = true;
    database_.reset();
    database_ = std::make_unique<Database>(path_, test_keyring());
}

Account TempStore::account(std::string_view patient_id) {
    Reading reading{database()};
    const auto found = find_account_or_gone(reading, patient_id);
    if (!found) throw std::logic_error{"the test asks for a patient it did not add"};
    return *found;
}

void TempStore::add(Patient patient, bool with_access) {
    patient.access_granted = with_access;
    Transaction transaction{database()};
    put_patient(transaction, patient);
    if (with_access) put_enabled(transaction, patient.id, noon);
    transaction.commit();
}

void TempStore::set_up(std::string_view patient_id, std::string_view username, UnixTime at) {
    change(patient_id, [&](Transaction& transaction) {
        const auto prepared = prepare_username(username);
        if (!prepared || !claim_username(transaction, patient_id, *prepared))
            throw std::logic_error{"the test's username cannot be used"};
        const auto sealed = transaction.keyring().seal(Keyring::Use::Password, "not a hash",
                                                       patient_id);
        put_credential(transaction, patient_id, sealed, std::nullopt, at);
        put_password_facts(transaction, patient_id, PasswordFacts{});
        put_set_up(transaction, patient_id, at);
        put_credentials_issued(transaction, patient_id, at);
    });
}

void TempStore::say(std::string_view patient_id, const ConsentSaid& said, UnixTime at) {
    change(patient_id, [&](Transaction& transaction) {
        const auto account = find_account(transaction, patient_id);
        if (!account || !put_consent(transaction, *account, said, at))
            throw std::logic_error{"the test's patient says nothing new"};
    });
}

void TempStore::finish(Transaction& transaction, std::string_view patient_id) {
    restate(transaction, patient_id);
    transaction.commit();
}

std::int64_t TempStore::number(const std::string& sql) {
    make();
    Connection connection{path_, Connection::Role::Reader};
    auto rows = connection.query(sql);
    if (!rows.next()) throw std::logic_error{"the test's question has no answer"};
    return rows.integer(0);
}

void TempStore::tamper(const std::string& sql) {
    make();
    Connection connection{path_, Connection::Role::Writer};
    connection.execute(sql);
}
}  // namespace ppo
