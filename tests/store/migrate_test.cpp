// SPDX-License-Identifier: Apache-2.0
#include "store/migrate.hpp"
#include "store/sqlite_connection.hpp"

#include "store/account_table.hpp"
#include "store/embedded_migrations.hpp"
#include "store/kept_counts.hpp"
#include "store/report_counts.hpp"
#include "store/search_index.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"
#include "support/store_check.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <thread>
#include <vector>

using namespace ppo;

namespace {
std::int64_t number_in(Connection& connection, std::string_view sql) {
    auto rows = connection.query(sql);
    return rows.next() ? rows.integer(0) : -1;
}
}  // namespace

class MigrateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MigrateTest);
    CPPUNIT_TEST(new_file_gets_every_migration_once);
    CPPUNIT_TEST(applied_twice_it_changes_nothing);
    CPPUNIT_TEST(several_at_once_apply_each_migration_once);
    CPPUNIT_TEST(leaves_no_transaction_open);
    CPPUNIT_TEST(migration_that_breaks_leaves_nothing);
    CPPUNIT_TEST(newer_schema_is_refused_and_the_file_unchanged);
    CPPUNIT_TEST(newer_schema_in_another_journal_mode_is_refused_and_the_file_unchanged);
    CPPUNIT_TEST(usernames_of_an_older_store_get_their_look);
    CPPUNIT_TEST(of_two_old_usernames_that_look_alike_the_later_keeps_none);
    CPPUNIT_TEST(bars_of_an_older_store_stand_in_the_row);
    CPPUNIT_TEST(patients_of_an_older_store_are_counted);
    CPPUNIT_TEST(first_times_of_an_older_store_come_from_its_record);
    CPPUNIT_TEST(what_was_before_practices_belongs_to_the_only_one);
    CPPUNIT_TEST(keys_of_a_store_before_practices_are_checked_and_it_is_unchanged);
    CPPUNIT_TEST_SUITE_END();

    TempFolder folder_{};
    std::string path_ = folder_.file("store.db");

    void new_file_gets_every_migration_once() {
        SqliteConnection connection{path_, Connection::Role::Writer};
        migrate(connection);
        const auto last = number_in(connection, "SELECT MAX(number) FROM schema_migration");
        const auto applied = number_in(connection, "SELECT COUNT(*) FROM schema_migration");
        CPPUNIT_ASSERT(applied >= 10 && applied <= last);  // A number may be left out.
    }

    void applied_twice_it_changes_nothing() {
        SqliteConnection connection{path_, Connection::Role::Writer};
        migrate(connection);
        const auto before = bytes_of_file(path_);
        migrate(connection);
        CPPUNIT_ASSERT(before == bytes_of_file(path_));
    }

    void several_at_once_apply_each_migration_once() {
        std::vector<std::thread> threads;
        std::vector<int> broken(4);
        for (auto& one : broken)
            threads.emplace_back([this, &one] {
                try {
                    SqliteConnection connection{path_, Connection::Role::Writer};
                    migrate(connection);
                } catch (const StoreFault&) {
                    one = 1;
                }
            });
        for (auto& thread : threads) thread.join();
        for (const int one : broken) CPPUNIT_ASSERT_EQUAL(0, one);
        SqliteConnection connection{path_, Connection::Role::Reader};
        SqliteConnection alone{folder_.file("alone.db"), Connection::Role::Writer};
        migrate(alone);
        for (const char* sql :
             {"SELECT SUM(number) FROM schema_migration", "SELECT COUNT(*) FROM schema_migration",
              "SELECT COUNT(*) FROM sqlite_master"})
            CPPUNIT_ASSERT_EQUAL(number_in(alone, sql), number_in(connection, sql));
    }

    void leaves_no_transaction_open() {
        SqliteConnection connection{path_, Connection::Role::Writer};
        migrate(connection);
        CPPUNIT_ASSERT(!connection.in_transaction());
    }

    void migration_that_breaks_leaves_nothing() {
        SqliteConnection connection{path_, Connection::Role::Writer};
        connection.execute("CREATE TABLE audit (in_the_way BIGINT)");
        static_cast<void>(fault_of([&] { migrate(connection); }));
        CPPUNIT_ASSERT(!connection.in_transaction());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             number_in(connection, "SELECT COUNT(*) FROM sqlite_master"));
    }

    /// The file as it was when the store had seen this many migrations, with what of its rows had a
    /// place then.
    static void set_back(const std::string& path, std::int64_t schema) {
        std::filesystem::rename(path, path + ".live");
        SqliteConnection old{path, Connection::Role::Writer};
        for (const auto& migration : migrations) {
            if (migration.number > schema) continue;
            old.execute(std::string{migration.sql});
            old.run("INSERT INTO schema_migration (number) VALUES ($1)", migration.number);
        }
        old.execute("ATTACH '" + path + ".live' AS live");
        std::vector<std::pair<std::string, std::string>> tables;
        {
            auto rows = old.query(
                "SELECT made.name, GROUP_CONCAT(held.name) FROM main.sqlite_master AS made JOIN "
                "pragma_table_info(made.name) AS held WHERE made.type = 'table' AND made.name NOT "
                "IN ('schema_migration', 'audit_head', 'relay') GROUP BY made.name ORDER BY "
                "MIN(made.rowid)");
            while (rows.next()) tables.emplace_back(rows.text(0), rows.text(1));
        }
        for (const auto& [name, columns] : tables)
            old.execute("DELETE FROM main." + name + "; INSERT INTO main." + name + " (" + columns +
                        ") SELECT " + columns + " FROM live." + name);
    }

    /// A store as it was before 0010, with these statements run in it, brought up to date.
    void update_store_of_9(TempStore& store, const std::string& statements) {
        store.close();
        set_back(store.path(), 9);
        store.tamper(statements);
        store.reopen();
    }

    void what_was_before_practices_belongs_to_the_only_one() {
        TempStore store;
        for (const auto* id : {"P001", "P002"}) {
            store.add(anna(id));
            store.set_up(id, std::string{"user."} + id);
        }
        while (extend_search_index(store)) continue;
        store.close();
        set_back(store.path(), 15);
        store.reopen();
        for (const auto* table : {"patient", "credential"})
            CPPUNIT_ASSERT_EQUAL(
                std::int64_t{2},
                store.number("SELECT COUNT(*) FROM " + std::string{table} + " WHERE practice = 1"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0},
                             store.number("SELECT COUNT(*) FROM pragma_foreign_key_check"));
        CPPUNIT_ASSERT(extend_search_index(store));
        while (extend_search_index(store)) continue;
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(store.path())));
    }

    void keys_of_a_store_before_practices_are_checked_and_it_is_unchanged() {
        TempStore store;
        store.close();
        set_back(store.path(), 15);
        const auto before = bytes_of_file(store.path());
        const auto fault = fault_of([&] { Database again{store.path(), test_keyring(9)}; });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
        CPPUNIT_ASSERT(before == bytes_of_file(store.path()));
    }

    void usernames_of_an_older_store_get_their_look() {
        TempStore store;
        store.add(anna());
        store.add(bruno());
        store.set_up("P001", "paul01");
        update_store_of_9(store, "");
        const auto look_alike = prepare_username("pauI01").value();
        CPPUNIT_ASSERT(
            store.ask([&](Connection& c) { return is_username_taken(c, "P002", look_alike); }));
    }

    void of_two_old_usernames_that_look_alike_the_later_keeps_none() {
        TempStore store;
        store.add(anna());
        store.add(bruno());
        store.set_up("P001", "paul01", noon + std::chrono::hours{1});
        store.set_up("P002", "some.name", noon);
        update_store_of_9(store,
                          "UPDATE patient SET username = 'pauI01', username_key = 'paui01', "
                          "username_skeleton = 'other' WHERE patient_id = 'P002';");
        CPPUNIT_ASSERT_EQUAL(std::string{"paul01"}, store.account("P001").username);
        CPPUNIT_ASSERT_EQUAL(std::string{"pauI01"}, store.account("P002").username);
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            store.number("SELECT COUNT(*) FROM patient WHERE username_shown_skeleton IS NULL "
                         "AND patient_id = 'P001'"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, store.number("SELECT COUNT(*) FROM patient WHERE "
                                                           "username_shown_skeleton IS NOT NULL"));
    }

    void bars_of_an_older_store_stand_in_the_row() {
        TempStore store;
        for (const auto* id : {"P001", "P002"}) {
            store.add(anna(id));
            store.set_up(id, std::string{"user."} + id);
        }
        update_store_of_9(store,
                          "UPDATE credential SET failures = 100 WHERE patient_id = 'P001';"
                          "UPDATE credential SET lapses_at = 5 WHERE patient_id = 'P002';");
        CPPUNIT_ASSERT(store.account("P001").facts.password_disabled);
        CPPUNIT_ASSERT(store.account("P001").marks.has(Mark::Locked));
        CPPUNIT_ASSERT(!store.account("P002").facts.password_disabled);
        CPPUNIT_ASSERT(store.account("P002").facts.password_lapses_at == from_milliseconds(5));
    }

    void patients_of_an_older_store_are_counted() {
        TempStore store;
        add_crowd(store, 200);
        const auto count = [&] {
            return store.ask([](Connection& c) { return count_report(c, {}, noon); });
        };
        const auto expected = count();
        update_store_of_9(store, "UPDATE patient SET link_expires_at = 5 WHERE in_directory = 1");
        CPPUNIT_ASSERT_EQUAL(expected.set_up, count().set_up);
        CPPUNIT_ASSERT_EQUAL(expected.patients, count().by_mark[5]);
        CPPUNIT_ASSERT_EQUAL(
            store.number("SELECT COUNT(*) FROM patient WHERE provider = 'Dr. Reed' AND "
                         "in_directory = 1"),
            store.ask(
                [](Connection& c) { return count_choice(c, ChoiceKind::Provider, "Dr. Reed"); }));
    }

    void first_times_of_an_older_store_come_from_its_record() {
        TempStore store;
        for (const auto* id : {"P001", "P002", "P003"}) {
            store.add(anna(id));
            store.set_up(id, std::string{"user."} + id, from_milliseconds(70));
        }
        update_store_of_9(store, R"(
            INSERT INTO audit (sequence, at, actor, actor_id, came_from, action, patient_id, outcome, detail, mac)
            VALUES (1, 10, 1, '', '', 'access_enabled', 'P001', 'done', '', ''),
                   (2, 20, 1, '', '', 'access_disabled', 'P001', 'done', '', ''),
                   (3, 30, 1, '', '', 'access_enabled', 'P001', 'done', '', ''),
                   (4, 40, 1, '', '', 'password_set_by_staff', 'P001', 'done', '', ''),
                   (5, 50, 2, '', '', 'setup_completed', 'P001', 'done', '', ''),
                   (6, 60, 2, '', '', 'setup_completed', 'P002', 'done', '', '');
            UPDATE patient SET credentials_issued_at = NULL, has_password = 0 WHERE patient_id = 'P003';)");
        const auto times = [&store](const std::string& id) {
            const std::string of = " FROM patient WHERE patient_id = '" + id + "'";
            return std::to_string(store.number("SELECT COALESCE(enabled_at, -1)" + of)) + " " +
                   std::to_string(store.number("SELECT COALESCE(set_up_at, -1)" + of));
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"10 40"}, times("P001"));
        CPPUNIT_ASSERT_EQUAL(std::string{"70 60"}, times("P002"));
        CPPUNIT_ASSERT_EQUAL(std::string{"-1 -1"}, times("P003"));
    }

    void assert_newer_is_refused_and_unchanged(const TempStore& store) {
        const auto before = store.bytes();
        const auto fault = fault_of([&] { Database again{store.path(), test_keyring()}; });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Newer, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("update this program") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE("the file was changed", before == store.bytes());
    }

    void newer_schema_is_refused_and_the_file_unchanged() {
        TempStore store;
        store.tamper("INSERT INTO schema_migration (number) VALUES (999)");
        assert_newer_is_refused_and_unchanged(store);
    }

    void newer_schema_in_another_journal_mode_is_refused_and_the_file_unchanged() {
        TempStore store;
        store.close();  // A newer version on a newer SQLite may write ahead.
        store.tamper(
            "INSERT INTO schema_migration (number) VALUES (999); PRAGMA journal_mode = WAL");
        assert_newer_is_refused_and_unchanged(store);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MigrateTest);
