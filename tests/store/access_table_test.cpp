// SPDX-License-Identifier: Apache-2.0
#include "store/access_table.hpp"

#include "store/account_table.hpp"
#include "store/patient_table.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class AccessTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessTableTest);
    CPPUNIT_TEST(reads_those_whose_access_is_so_in_the_order_of_ids);
    CPPUNIT_TEST(reads_what_the_status_depends_on);
    CPPUNIT_TEST(charts_that_have_gone_are_not_read);
    CPPUNIT_TEST(nobody_asked_is_nobody_read);
    CPPUNIT_TEST(as_many_as_share_a_statement_are_read_and_written);
    CPPUNIT_TEST(writes_flag_and_status_of_those_named_and_nobody_else);
    CPPUNIT_TEST(going_off_raises_the_epoch_and_going_on_does_not);
    CPPUNIT_TEST(going_on_notes_the_first_time_only);
    CPPUNIT_TEST(rows_end_as_if_they_were_restated);
    CPPUNIT_TEST_SUITE_END();

    using ByStatus = std::map<PortalStatus, std::vector<std::string>>;
    TempStore store_{};

    std::string ids_with(const std::vector<std::string>& asked, bool enabled) {
        return store_.ask([&](Connection& c) {
            std::string all;
            for (const auto& row : access_rows(c, asked, enabled)) all += row.patient_id + ";";
            return all;
        });
    }
    void put(const ByStatus& wanted, bool enabled) {
        Transaction transaction{store_};
        put_access_of_many(transaction, wanted, enabled, noon);
        transaction.commit();
    }

public:
    void reads_those_whose_access_is_so_in_the_order_of_ids() {
        store_.add(anna("P3"));
        store_.add(anna("P1"));
        store_.add(anna("P2"), false);
        const std::vector<std::string> asked{"P3", "P404", "P2", "P1", "P3"};
        CPPUNIT_ASSERT_EQUAL(std::string{"P1;P3;"}, ids_with(asked, true));
        CPPUNIT_ASSERT_EQUAL(std::string{"P2;"}, ids_with(asked, false));
    }

    void reads_what_the_status_depends_on() {
        add_crowd(store_, 200);
        std::vector<std::string> asked;
        for (int i = 1000; i < 1200; ++i) asked.push_back("C" + std::to_string(i));
        std::size_t seen = 0;
        for (const bool enabled : {false, true})
            store_.ask([&](Connection& c) {
                for (const auto& row : access_rows(c, asked, enabled)) {
                    CPPUNIT_ASSERT_EQUAL(find_account(c, row.patient_id)->status,
                                         portal_status(row.facts));
                    ++seen;
                }
                return 0;
            });
        CPPUNIT_ASSERT(seen > 150);
    }

    void charts_that_have_gone_are_not_read() {
        store_.add(anna("P1"));
        store_.change("P1", [](Transaction& t) { hide_patient(t, "P1"); });
        CPPUNIT_ASSERT_EQUAL(std::string{}, ids_with({"P1"}, true));
    }

    void nobody_asked_is_nobody_read() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, ids_with({}, true));
        put({}, true);
    }

    void as_many_as_share_a_statement_are_read_and_written() {
        std::vector<std::string> asked;
        Transaction transaction{store_};
        for (std::size_t i = 0; i < most_together; ++i) {
            asked.push_back("P" + std::to_string(1000 + i));
            put_patient(transaction, anna(asked.back()));
        }
        CPPUNIT_ASSERT_EQUAL(most_together, access_rows(transaction, asked, false).size());
        put_access_of_many(transaction, {{PortalStatus::NotInvited, asked}}, true, noon);
        CPPUNIT_ASSERT_EQUAL(most_together, access_rows(transaction, asked, true).size());
    }

    void writes_flag_and_status_of_those_named_and_nobody_else() {
        for (const char* id : {"P1", "P2", "P3", "P4"}) store_.add(anna(id), false);
        put({{PortalStatus::NotInvited, {"P1", "P2"}}, {PortalStatus::SignedIn, {"P3"}}}, true);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, store_.account("P2").status);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::SignedIn, store_.account("P3").status);
        CPPUNIT_ASSERT(store_.account("P1").facts.access_enabled);
        CPPUNIT_ASSERT(!store_.account("P4").facts.access_enabled);
    }

    void going_off_raises_the_epoch_and_going_on_does_not() {
        store_.add(anna("P1"));
        store_.add(anna("P2"));
        const auto before = store_.account("P1").security_epoch;
        put({{PortalStatus::NotEnabled, {"P1", "P2"}}}, false);
        put({{PortalStatus::NotInvited, {"P1"}}}, true);
        CPPUNIT_ASSERT_EQUAL(before + 1, store_.account("P1").security_epoch);
        CPPUNIT_ASSERT_EQUAL(before + 1, store_.account("P2").security_epoch);
    }

    void going_on_notes_the_first_time_only() {
        store_.add(anna("P1"), false);
        put({{PortalStatus::NotInvited, {"P1"}}}, true);
        put({{PortalStatus::NotEnabled, {"P1"}}}, false);
        Transaction transaction{store_};
        put_access_of_many(transaction, {{PortalStatus::NotInvited, {"P1"}}}, true,
                           noon + std::chrono::hours{1});
        transaction.commit();
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon),
                             store_.number("SELECT enabled_at FROM patient"));
    }

    void rows_end_as_if_they_were_restated() {
        add_crowd(store_, 300);
        std::vector<std::string> asked;
        for (int i = 1000; i < 1300; ++i) asked.push_back("C" + std::to_string(i));
        for (const bool enabled : {true, false}) {
            Transaction transaction{store_};
            ByStatus wanted;
            for (auto& row : access_rows(transaction, asked, !enabled)) {
                row.facts.access_enabled = enabled;
                wanted[portal_status(row.facts)].push_back(row.patient_id);
            }
            put_access_of_many(transaction, wanted, enabled, noon);
            for (const auto& id : asked) {
                const auto written = find_account_or_gone(transaction, id).value();
                restate(transaction, id);
                const auto restated = find_account_or_gone(transaction, id).value();
                CPPUNIT_ASSERT_EQUAL_MESSAGE(id, restated.status, written.status);
                CPPUNIT_ASSERT_MESSAGE(id, restated.marks == written.marks);
            }
            transaction.commit();
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessTableTest);
