// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/consent.hpp"
#include "domain/practice.hpp"
#include "domain/unix_time.hpp"
#include "store/database.hpp"
#include "store/outbox_table.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ppo {
/// The moment at which every test takes place: 2026-11-20T12:00:00Z.
inline constexpr UnixTime noon = from_milliseconds(1'795'176'000'000);

/// A member of staff who clicks.
inline const Actor nurse{Actor::Kind::Staff, "nurse-1", "desk-2"};

/// A keyring with one key made of this byte: "k1", unless it is named otherwise.
[[nodiscard]] Keyring test_keyring(std::uint8_t byte = 7, const std::string& id = "k1");

/// An adult with valid e-mail, birth date, ZIP and Active chart: Anna Winter of this id, without
/// access.
[[nodiscard]] Patient anna(const std::string& id = "P001");

/// Somebody else with other facts throughout: Bruno Núñez-Gómez.
[[nodiscard]] Patient bruno(const std::string& id = "P002");

/// A practice with the figures of the product, and sender, phone and address of its own.
[[nodiscard]] Practice elm_practice();

/// Takes the first mail that is due into hand, as a worker would.
[[nodiscard]] std::optional<QueuedMail> lease_due_mail(Transaction& transaction, UnixTime now,
                                                       UnixTime leased_until,
                                                       std::string_view lease);

/// What somebody who owns the store would do before touching the record.
void lift_audit_guard(Connection& connection);

/// One statement, or several with ";" between, on either engine, with the audit's guard lifted.
void tamper_with(Connection& connection, const std::string& sql);

/// From now on the store fails when a row of this table is inserted or updated (`verb`) that
/// answers to the condition; until it is mended.
void break_on(Connection& connection, const std::string& verb, const std::string& table,
              const std::string& condition = "1 = 1");
void mend(Connection& connection, const std::string& table);

/// A folder that goes with everything in it.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(std::string_view name) const;

private:
    std::string path_;
};

/// The bytes of a file.
[[nodiscard]] std::string bytes_of_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);

/// In place of CPPUNIT_TEST: what only a file can show is not asked of a server.
#define PPO_TEST_OF_A_FILE(test) \
    if (std::getenv("PPO_TEST_STORE_AT") == nullptr) CPPUNIT_TEST(test)

class TestDatabase;

/// A store in a folder of its own, or a database of its own on the tests' server, written with
/// test_keyring(). It is made when a test first asks for it: CppUnit makes the fixtures of every
/// suite before it runs one.
class TempStore {
public:
    enum class For { OneTest, AllTests };  // AllTests: of the suite that shares it.
    explicit TempStore(For whom = For::OneTest);
    ~TempStore();

    [[nodiscard]] Database& database();
    operator Database&() { return database(); }  // NOLINT: stands in for the database in calls.
    /// Its address; asking makes it, as any other question does.
    [[nodiscard]] const std::string& path() const;
    /// Everything in it.
    [[nodiscard]] std::string bytes() const;

    /// As after a restart of the program: a new Database on the same file.
    void reopen();
    void close();

    /// The row of a patient, also of one whose chart has gone.
    [[nodiscard]] Account account(std::string_view patient_id);

    /// The patient is on file; with access, if so said.
    void add(Patient patient, bool with_access = true);

    /// The patient has a username and a password (not a real one) that somebody handed over.
    void set_up(std::string_view patient_id, std::string_view username, UnixTime at = noon);

    /// The patient said this about the portal.
    void say(std::string_view patient_id, const ConsentSaid& said, UnixTime at = noon);

    /// Runs one action in a transaction, commits it and brings the patient's row up to date.
    template <class Action>
    void change(std::string_view patient_id, Action action) {
        Transaction transaction{database()};
        action(transaction);
        finish(transaction, patient_id);
    }

    /// Asks one question in a reading of its own.
    template <class Question>
    auto ask(Question question) {
        Reading reading{database()};
        return question(reading.connection());
    }

    /// The first column of the first row, as a number; on a connection of its own.
    [[nodiscard]] std::int64_t number(const std::string& sql);

    /// Breaks on such rows until it is mended; see above.
    void break_on(const std::string& verb, const std::string& table,
                  const std::string& condition = "1 = 1");
    void mend(const std::string& table);

    /// Whether it is a SQLite file: some claims are about that engine alone.
    [[nodiscard]] bool is_file() const;

    /// How this machine's files for the store begin.
    [[nodiscard]] std::string local_prefix() const { return folder_.file("store.db"); }

    /// Changes the store behind the program's back, on a connection of its own and with the
    /// record's guard out of the way.
    void tamper(const std::string& sql);

private:
    static void finish(Transaction& transaction, std::string_view patient_id);
    void make() const;
    [[nodiscard]] std::string behind_its_back() const;
    [[nodiscard]] std::string to_look_at() const;

    For whom_;
    TempFolder folder_{};
    mutable std::string path_{};
    mutable std::unique_ptr<TestDatabase> on_server_{};
    mutable bool is_made_ = false;
    mutable std::unique_ptr<Database> database_{};  // Nothing also once it was closed.
};
}  // namespace ppo
