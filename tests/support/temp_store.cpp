// SPDX-License-Identifier: Apache-2.0
#include "support/temp_store.hpp"

#include "domain/username.hpp"
#include "store/account_table.hpp"
#include "store/connect.hpp"
#include "store/consent_table.hpp"
#include "store/credential_table.hpp"
#include "store/patient_table.hpp"
#include "support/postgres_admin.hpp"
#include "support/test_end.hpp"

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

void lift_audit_guard(Connection& connection) {
    const std::string on = connection.engine() == Engine::Sqlite ? "" : " ON audit";
    for (const char* guard : {"audit_never_changed", "audit_never_removed"})
        connection.execute("DROP TRIGGER IF EXISTS " + std::string{guard} + on);
}

void tamper_with(Connection& connection, const std::string& sql) {
    lift_audit_guard(connection);
    if (sql.starts_with("CREATE TRIGGER")) return connection.execute(sql);  // Has `;` of its own.
    std::size_t from = 0;
    while (from < sql.size()) {
        const auto end = std::min(sql.find(';', from), sql.size());
        connection.execute(sql.substr(from, end - from));
        from = end + 1;
    }
}

void break_on(Connection& connection, const std::string& verb, const std::string& table,
              const std::string& condition) {
    if (connection.engine() == Engine::Sqlite) {
        connection.execute("CREATE TRIGGER broken_by_a_test BEFORE " + verb + " ON " + table +
                           " WHEN " + condition + " BEGIN SELECT RAISE(ABORT, 'broken'); END");
        return;
    }
    connection.execute(
        "CREATE OR REPLACE FUNCTION broken_by_a_test() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION "
        "'broken'; END $$ LANGUAGE plpgsql");
    connection.execute("CREATE TRIGGER broken_by_a_test BEFORE " + verb + " ON " + table +
                       " FOR EACH ROW WHEN (" + condition +
                       ") EXECUTE FUNCTION broken_by_a_test()");
}

void mend(Connection& connection, const std::string& table) {
    connection.execute(std::string{"DROP TRIGGER broken_by_a_test"} +
                       (connection.engine() == Engine::Sqlite ? "" : " ON " + table));
}

TempStore::TempStore(For whom) : whom_{whom} {}

TempStore::~TempStore() { at_the_end_of_the_test.erase(this); }

void TempStore::make() const {
    if (is_made_) return;
    is_made_ = true;
    path_ = folder_.file("store.db");
    if (const auto server = test_server()) {
        on_server_ = std::make_unique<TestDatabase>(*server);
        path_ = on_server_->address();
        auto& end = whom_ == For::OneTest ? at_the_end_of_the_test : at_the_end_of_all_tests;
        end[this] = [this] {
            database_.reset();
            on_server_.reset();
        };
    }
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

std::string TempStore::bytes() const { return bytes_of_store(to_look_at()); }

std::string TempStore::to_look_at() const {
    make();
    return on_server_ ? on_server_->address_to_look_at() : path_;
}

std::string TempStore::behind_its_back() const {
    make();
    return on_server_ ? on_server_->administrators_address() : path_;
}

bool TempStore::is_file() const {
    make();
    return !on_server_;
}

void TempStore::close() {
    make();
    database_.reset();
}

void TempStore::reopen() {
    make();
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
    const auto connection = connect_to(to_look_at(), Connection::Role::Reader);
    auto rows = connection->query(sql);
    if (!rows.next()) throw std::logic_error{"the test's question has no answer"};
    return rows.integer(0);
}

void TempStore::tamper(const std::string& sql) {
    make();
    const auto connection = connect_to(behind_its_back(), Connection::Role::Writer);
    tamper_with(*connection, sql);
}

void TempStore::break_on(const std::string& verb, const std::string& table,
                         const std::string& condition) {
    ppo::break_on(*connect_to(behind_its_back(), Connection::Role::Writer), verb, table, condition);
}

void TempStore::mend(const std::string& table) {
    ppo::mend(*connect_to(behind_its_back(), Connection::Role::Writer), table);
}
}  // namespace ppo
