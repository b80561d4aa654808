// SPDX-License-Identifier: Apache-2.0
#include "store/search_index.hpp"

#include "store/account_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"
#include "support/crowd.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace ppo;

class SearchIndexTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SearchIndexTest);
    CPPUNIT_TEST(finds_everybody_who_has_the_text);
    CPPUNIT_TEST(finds_whoever_is_not_in_the_index_yet);
    CPPUNIT_TEST(leaves_most_of_the_others_out);
    CPPUNIT_TEST(extends_until_all_are_in_it);
    CPPUNIT_TEST(follows_a_changed_name);
    CPPUNIT_TEST(follows_a_username);
    CPPUNIT_TEST(follows_changed_tags);
    CPPUNIT_TEST(less_than_three_letters_are_not_for_it);
    CPPUNIT_TEST(quotes_and_letters_of_any_alphabet_are_as_they_are);
    CPPUNIT_TEST(counts_no_further_than_asked);
    CPPUNIT_TEST(numbers_that_a_rebuilt_file_changed_are_noticed);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void extend() {
        while (extend_search_index(store_)) {
        }
    }
    std::set<std::string> found(std::string_view text) {
        return store_.ask([&](Connection& connection) {
            const auto candidates = find_candidates(connection, text, 1000).value();
            std::string sql = "SELECT patient_id FROM patient WHERE ";
            int place = 0;
            for (const char c : candidates.condition)
                sql += c == '?' ? "$" + std::to_string(++place) : std::string{c};
            std::set<std::string> ids;
            auto rows = connection.query_with(sql, candidates.values);
            while (rows.next()) ids.insert(rows.text(0));
            return ids;
        });
    }
    bool finds(std::string_view text, const std::string& id) { return found(text).contains(id); }

    void assert_everybody_is_found() {
        for (const auto* text : {"birch", "o'b", "nunez", "example.org", "user.c10", ";vip;"}) {
            const auto candidates = found(text);
            store_.ask([&](Connection& connection) {
                auto rows = connection.query(
                    "SELECT patient_id FROM patient WHERE search_text || tags LIKE $1",
                    "%" + std::string{text} + "%");
                while (rows.next()) CPPUNIT_ASSERT(candidates.contains(rows.text(0)));
                return 0;
            });
        }
    }

    void finds_everybody_who_has_the_text() {
        add_crowd(store_, 200);
        extend();
        assert_everybody_is_found();
    }

    void finds_whoever_is_not_in_the_index_yet() {
        add_crowd(store_, 200);
        assert_everybody_is_found();
        extend();
        store_.add(bruno());
        CPPUNIT_ASSERT(finds("bruno", "P002"));
    }

    void leaves_most_of_the_others_out() {
        add_crowd(store_, 200);
        store_.add(bruno());
        extend();
        CPPUNIT_ASSERT(found("bruno nunez").size() < 20);
    }

    void extends_until_all_are_in_it() {
        if (!store_.is_file()) return;  // How SQLite goes about it.
        CPPUNIT_ASSERT(!extend_search_index(store_));
        add_crowd(store_, 2'100);
        CPPUNIT_ASSERT(extend_search_index(store_));  // 2,000 of them.
        CPPUNIT_ASSERT(extend_search_index(store_));
        CPPUNIT_ASSERT(!extend_search_index(store_));
    }

    void follows_a_changed_name() {
        store_.add(anna());
        extend();
        auto married = anna();
        married.last_name = "Quist";
        store_.change("P001", [&](Transaction& t) { put_patient(t, married); });
        CPPUNIT_ASSERT(finds("quist", "P001"));
        CPPUNIT_ASSERT(!finds("winter", "P001"));
    }

    void follows_a_username() {
        store_.add(anna());
        extend();
        store_.set_up("P001", "zebra.77");
        CPPUNIT_ASSERT(finds("zebra.77", "P001"));
    }

    void follows_changed_tags() {
        store_.add(anna());
        extend();
        auto changed = anna();
        changed.tags = {"x"};
        store_.change("P001", [&](Transaction& t) { put_patient(t, changed); });
        CPPUNIT_ASSERT(finds(";x;", "P001"));
        CPPUNIT_ASSERT(!finds(";recall;", "P001"));
    }

    void less_than_three_letters_are_not_for_it() {
        store_.ask([](Connection& connection) {
            CPPUNIT_ASSERT(!find_candidates(connection, "an", 10));
            CPPUNIT_ASSERT(!find_candidates(connection, "\xC3\xB8\xC3\xB8", 10));  // Four bytes.
            CPPUNIT_ASSERT(find_candidates(connection, "ann", 10));
            return 0;
        });
    }

    void quotes_and_letters_of_any_alphabet_are_as_they_are() {
        auto patient = anna();
        patient.first_name = "\"An\"na* OR";
        patient.last_name = "Иванова 山田";
        store_.add(patient);
        extend();
        CPPUNIT_ASSERT(finds("\"an\"na* or", "P001"));
        CPPUNIT_ASSERT(finds(store_.account("P001").search_text, "P001"));
        CPPUNIT_ASSERT(!finds("a\"b", "P001"));
    }

    void counts_no_further_than_asked() {
        add_crowd(store_, 100);
        extend();
        const auto rows = [&](std::int64_t most) {
            return store_.ask([&](Connection& connection) {
                return find_candidates(connection, "example", most).value().rows;
            });
        };
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, rows(7));
        CPPUNIT_ASSERT(rows(1000) > 20 && rows(1000) < 100);
    }

    void numbers_that_a_rebuilt_file_changed_are_noticed() {
        if (!store_.is_file()) return;  // How SQLite goes about it.
        add_crowd(store_, 50);
        extend();
        store_.close();
        store_.tamper("UPDATE patient SET rowid = 1000 - rowid");
        store_.reopen();
        store_.ask([](Connection& connection) {
            CPPUNIT_ASSERT(!find_candidates(connection, "birch", 10));
            return 0;
        });
        extend();
        assert_everybody_is_found();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SearchIndexTest);
