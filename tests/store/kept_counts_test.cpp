// SPDX-License-Identifier: Apache-2.0
#include "store/kept_counts.hpp"

#include "store/account_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"
#include "support/crowd.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class KeptCountsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeptCountsTest);
    CPPUNIT_TEST(counts_are_those_of_the_rows_after_a_life);
    CPPUNIT_TEST(counts_follow_a_chart_out_of_the_directory_and_back);
    CPPUNIT_TEST(what_is_rolled_back_is_not_counted);
    CPPUNIT_TEST(expired_links_are_those_of_the_rows_at_every_instant);
    CPPUNIT_TEST(expired_links_change_at_the_very_millisecond);
    CPPUNIT_TEST(link_that_dies_another_way_is_counted_no_longer);
    CPPUNIT_TEST(choices_are_those_of_the_rows);
    CPPUNIT_TEST(choices_come_in_their_order_and_no_more_than_asked);
    CPPUNIT_TEST(choice_that_nobody_has_any_longer_is_none);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    /// Rows that are counted wrong, both ways round.
    std::int64_t wrong() {
        const std::string rows =
            "SELECT status, marks, access_enabled, CASE WHEN username_key IS NULL THEN 0 ELSE 1 "
            "END, CASE WHEN username_key IS NULL THEN 0 ELSE has_password END, COUNT(*) FROM "
            "patient WHERE in_directory = 1 GROUP BY 1, 2, 3, 4, 5";
        const std::string kept =
            "SELECT status, marks, access_enabled, has_username, set_up, patients "
            "FROM patient_count WHERE patients <> 0";
        return store_.number("SELECT COUNT(*) FROM (SELECT * FROM (" + rows +
                             ") AS one EXCEPT SELECT * FROM (" + kept +
                             ") AS other) AS differing") +
               store_.number("SELECT COUNT(*) FROM (SELECT * FROM (" + kept +
                             ") AS one EXCEPT SELECT * FROM (" + rows + ") AS other) AS differing");
    }
    std::int64_t patients() {
        return store_.ask([](Connection& connection) {
            std::int64_t sum = 0;
            for (const auto& alike : kept_counts(connection)) sum += alike.patients;
            return sum;
        });
    }
    std::int64_t expired(UnixTime at) {
        return store_.ask([&](Connection& c) { return count_expired_links(c, at); });
    }
    std::int64_t tagged(std::string_view tag) {
        return store_.ask([&](Connection& c) { return count_choice(c, ChoiceKind::Tag, tag); });
    }

    void counts_are_those_of_the_rows_after_a_life() {
        add_crowd(store_, 300);
        CPPUNIT_ASSERT(patients() > 250);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, wrong());
    }

    void counts_follow_a_chart_out_of_the_directory_and_back() {
        store_.add(anna());
        store_.set_up("P001", "anna.w");
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, patients());
        store_.change("P001", [](Transaction& t) { hide_patient(t, "P001"); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, patients());
        store_.change("P001", [](Transaction& t) { put_patient(t, anna()); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, patients());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, wrong());
    }

    void what_is_rolled_back_is_not_counted() {
        {
            Transaction transaction{store_};
            put_patient(transaction, anna());
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, patients());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, tagged("recall"));
    }

    void expired_links_are_those_of_the_rows_at_every_instant() {
        add_crowd(store_, 300);
        for (int hours = -260; hours < 260; hours += 13) {
            const auto at = noon + std::chrono::hours{hours};
            CPPUNIT_ASSERT_EQUAL(
                store_.number("SELECT COUNT(*) FROM patient WHERE in_directory = 1 AND "
                              "link_expires_at <= " +
                              std::to_string(to_milliseconds(at))),
                expired(at));
        }
    }

    void expired_links_change_at_the_very_millisecond() {
        store_.add(anna());
        store_.change("P001", [](Transaction& t) { put_link_expiry(t, "P001", noon); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, expired(noon - std::chrono::milliseconds{1}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, expired(noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, expired(noon + std::chrono::hours{100'000}));
    }

    void link_that_dies_another_way_is_counted_no_longer() {
        store_.add(anna());
        store_.change("P001", [](Transaction& t) { put_link_expiry(t, "P001", noon); });
        store_.change("P001", [](Transaction& t) { put_link_expiry(t, "P001", std::nullopt); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, expired(noon));
    }

    void choices_are_those_of_the_rows() {
        add_crowd(store_, 300);
        const auto with = [&](const std::string& tag) {
            return store_.number(
                "SELECT COUNT(*) FROM patient WHERE in_directory = 1 AND "
                "REPLACE(tags, ';" +
                tag + ";', '') <> tags");
        };
        for (const auto* tag : {"recall", "vip", "vip_2"})
            CPPUNIT_ASSERT_EQUAL(with(tag), tagged(tag));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, tagged("vip_3"));
    }

    void choices_come_in_their_order_and_no_more_than_asked() {
        store_.add(anna("P001"));
        store_.add(bruno("P002"));
        const auto known = [&](ChoiceKind kind, std::size_t limit) {
            return store_.ask([&](Connection& c) { return known_choices(c, kind, limit); });
        };
        CPPUNIT_ASSERT(
            (known(ChoiceKind::Provider, 10) == std::vector<std::string>{"Dr. Reed", "Dr. Stone"}));
        CPPUNIT_ASSERT((known(ChoiceKind::Tag, 1) == std::vector<std::string>{"diabetes"}));
    }

    void choice_that_nobody_has_any_longer_is_none() {
        store_.add(anna());
        auto changed = anna();
        changed.tags = {"diabetes"};
        store_.change("P001", [&](Transaction& t) { put_patient(t, changed); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, tagged("recall"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, tagged("diabetes"));
        CPPUNIT_ASSERT((store_.ask([](Connection& c) {
            return known_choices(c, ChoiceKind::Tag, 10);
        }) == std::vector<std::string>{"diabetes"}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeptCountsTest);
