// SPDX-License-Identifier: Apache-2.0
#include "onboarding/access_of_many.hpp"

#include "onboarding/access.hpp"
#include "store/audit_verify.hpp"
#include "store/invitation_table.hpp"
#include "store/patient_table.hpp"
#include "support/batches.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <stdexcept>

using namespace ppo;

class AccessOfManyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessOfManyTest);
    CPPUNIT_TEST(enables_whom_the_filter_matches_and_nobody_else);
    CPPUNIT_TEST(enables_those_who_are_named_once_each);
    CPPUNIT_TEST(says_how_a_selection_stands_before_anything_is_done);
    CPPUNIT_TEST(each_patient_has_one_entry_and_the_chain_is_whole);
    CPPUNIT_TEST(rows_end_as_one_by_one);
    CPPUNIT_TEST(disabling_kills_links_and_their_mails);
    CPPUNIT_TEST(a_closed_chart_gets_the_flag_and_stays_red);
    CPPUNIT_TEST(charts_that_have_gone_are_unknown);
    CPPUNIT_TEST(stops_at_most_and_goes_on_with_the_next_call);
    CPPUNIT_TEST(goes_on_where_the_filter_no_longer_matches_whom_it_changed);
    CPPUNIT_TEST(same_again_changes_and_records_nothing);
    CPPUNIT_TEST(tells_each_transaction_who_was_changed);
    CPPUNIT_TEST(what_was_committed_before_a_failure_stays);
    CPPUNIT_TEST(whoever_another_desk_enabled_meanwhile_counts_as_so_already);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    std::vector<std::size_t> told_{};

    AccessOfMany set(const BatchSelection& selection, bool enabled, std::int64_t most = 10'000) {
        return set_access_of_many(store_, selection, enabled, most, nurse, noon,
                                  [&](const auto& ids) { told_.push_back(ids.size()); });
    }
    static std::string said(const AccessOfMany& done) {
        return std::to_string(done.changed) + " changed, " + std::to_string(done.unchanged) +
               " unchanged, " + std::to_string(done.unknown) + " unknown, " +
               std::to_string(done.left) + " left";
    }
    std::int64_t entries(const std::string& action) {
        return store_.number("SELECT COUNT(*) FROM audit WHERE action = '" + action + "'");
    }
    void disable_all() { store_.tamper("UPDATE patient SET access_enabled = 0, status = 1"); }

public:
    void enables_whom_the_filter_matches_and_nobody_else() {
        store_.add(anna(), false);
        store_.add(bruno(), false);
        BatchSelection selection = everybody();
        selection.filter->search = "bruno";
        CPPUNIT_ASSERT_EQUAL(std::string{"1 changed, 0 unchanged, 0 unknown, 0 left"},
                             said(set(selection, true)));
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, store_.account("P002").status);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, store_.account("P001").status);
    }

    void enables_those_who_are_named_once_each() {
        store_.add(anna(), false);
        store_.add(bruno());
        CPPUNIT_ASSERT_EQUAL(std::string{"1 changed, 1 unchanged, 2 unknown, 0 left"},
                             said(set(these({"P404", "P002", "P001", "P001", "", "P002"}), true)));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, entries("access_enabled"));
    }

    void says_how_a_selection_stands_before_anything_is_done() {
        store_.add(anna(), false);
        store_.add(bruno());
        const auto named = preview_access(store_, these({"P404", "P002", "P001"}), true, noon);
        CPPUNIT_ASSERT(named.selected == 3 && named.to_change == 1 && named.unknown == 1);
        const auto all = preview_access(store_, everybody(), false, noon);
        CPPUNIT_ASSERT(all.selected == 2 && all.to_change == 1 && all.unknown == 0);
    }

    void each_patient_has_one_entry_and_the_chain_is_whole() {
        add_people(store_, 2'500);
        disable_all();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2'500}, set(everybody(), true).changed);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2'500}, entries("access_enabled"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2'500},
                             store_.number("SELECT COUNT(DISTINCT patient_id) FROM audit WHERE "
                                           "actor_id = 'nurse-1' AND came_from = 'desk-2'"));
        const auto verdict = verify_audit(store_);
        CPPUNIT_ASSERT(verdict.first_bad == 0 && verdict.entries == 2'500);
    }

    void rows_end_as_one_by_one() {
        const std::string rows =
            "SELECT COALESCE(SUM(status * 7 + marks * 11 + access_enabled * 13 + "
            "security_epoch * 17 + COALESCE(link_expires_at, 5) % 1009), 0) FROM patient";
        for (const bool enabled : {true, false, true}) {
            TempStore singly;
            add_crowd(singly, 400);
            TempStore together;
            add_crowd(together, 400);
            std::vector<std::string> ids;
            for (int i = 1000; i < 1400; ++i) ids.push_back("C" + std::to_string(i));
            for (const auto& id : ids)
                static_cast<void>(set_access(singly, id, enabled, nurse, noon));
            static_cast<void>(set_access_of_many(together, these(ids), enabled, 10'000, nurse, noon,
                                                 [](const auto&) {}));
            CPPUNIT_ASSERT_EQUAL(singly.number(rows), together.number(rows));
            CPPUNIT_ASSERT_EQUAL(singly.number("SELECT COUNT(*) FROM audit"),
                                 together.number("SELECT COUNT(*) FROM audit"));
        }
    }

    void disabling_kills_links_and_their_mails() {
        store_.add(anna());
        Invitation link;
        link.id = std::string(32, 'a');
        link.patient_id = "P001";
        link.key_id = "k1";
        link.link_digest = std::string(64, 'a');
        link.created_at = noon;
        link.expires_at = noon + std::chrono::hours{24};
        QueuedMail mail;
        mail.id = "m1";
        mail.created_at = noon;
        mail.people = {{"P001", link.id}};
        store_.change("P001", [&](Transaction& t) {
            add_invitation(t, link);
            queue_mail(t, mail);
        });
        const auto epoch = store_.account("P001").security_epoch;
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, set(these({"P001"}), false).changed);
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return open_invitation(c, "P001"); }));
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return next_mail_due_at(c); }));
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT(!account.marks.has(Mark::Queued) && !account.facts.link_expires_at);
        CPPUNIT_ASSERT_EQUAL(epoch + 1, account.security_epoch);
    }

    void a_closed_chart_gets_the_flag_and_stays_red() {
        auto patient = anna();
        patient.chart_status = ChartStatus::Inactive;
        store_.add(patient, false);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, set(everybody(), true).changed);
        CPPUNIT_ASSERT(store_.account("P001").facts.access_enabled);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, store_.account("P001").status);
    }

    void charts_that_have_gone_are_unknown() {
        store_.add(anna(), false);
        store_.change("P001", [](Transaction& t) { hide_patient(t, "P001"); });
        CPPUNIT_ASSERT_EQUAL(std::string{"0 changed, 0 unchanged, 1 unknown, 0 left"},
                             said(set(these({"P001"}), true)));
        CPPUNIT_ASSERT_EQUAL(std::string{"0 changed, 0 unchanged, 0 unknown, 0 left"},
                             said(set(everybody(), true)));
    }

    void stops_at_most_and_goes_on_with_the_next_call() {
        add_people(store_, 25);
        disable_all();
        std::vector<std::string> ids{"P404"};
        for (int i = 1; i <= 25; ++i) ids.push_back(person_id(i));
        for (const auto& selection : {everybody(), these(ids)}) {
            const std::string unknown = selection.filter ? "0" : "1";
            const auto call = [&] { return said(set(selection, true, 10)); };
            CPPUNIT_ASSERT_EQUAL("10 changed, 0 unchanged, " + unknown + " unknown, 15 left",
                                 call());
            CPPUNIT_ASSERT_EQUAL("10 changed, 10 unchanged, " + unknown + " unknown, 5 left",
                                 call());
            CPPUNIT_ASSERT_EQUAL("5 changed, 20 unchanged, " + unknown + " unknown, 0 left",
                                 call());
            disable_all();
        }
    }

    void goes_on_where_the_filter_no_longer_matches_whom_it_changed() {
        add_people(store_, 25);
        disable_all();
        auto red = everybody();
        red.filter->statuses = {PortalStatus::NotEnabled};
        CPPUNIT_ASSERT_EQUAL(std::string{"20 changed, 0 unchanged, 0 unknown, 5 left"},
                             said(set(red, true, 20)));
        CPPUNIT_ASSERT_EQUAL(std::string{"5 changed, 0 unchanged, 0 unknown, 0 left"},
                             said(set(red, true, 20)));
    }

    void same_again_changes_and_records_nothing() {
        add_people(store_, 25);
        const auto before = store_.bytes();
        CPPUNIT_ASSERT_EQUAL(std::string{"0 changed, 25 unchanged, 0 unknown, 0 left"},
                             said(set(everybody(), true)));
        CPPUNIT_ASSERT(before == store_.bytes());
        CPPUNIT_ASSERT(told_.empty());
    }

    void tells_each_transaction_who_was_changed() {
        add_people(store_, 5'300);
        static_cast<void>(set(everybody(), false));
        const std::vector<std::size_t> expected{5'000, 300};
        CPPUNIT_ASSERT(expected == told_);
    }

    void what_was_committed_before_a_failure_stays() {
        add_people(store_, 5'300);
        disable_all();
        const auto enable = [&](const TakeChanged& take) {
            return set_access_of_many(store_, everybody(), true, 10'000, nurse, noon, take);
        };
        CPPUNIT_ASSERT_THROW(
            enable([](const auto&) { throw std::runtime_error{"the host broke"}; }),
            std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5'000}, entries("access_enabled"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{300}, enable([](const auto&) {}).changed);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5'300}, entries("access_enabled"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verify_audit(store_).first_bad);
    }

    void whoever_another_desk_enabled_meanwhile_counts_as_so_already() {
        add_people(store_, 5'500);
        disable_all();
        bool is_first = true;
        const auto done = set_access_of_many(
            store_, everybody(), true, 10'000, nurse, noon, [&](const auto&) {
                if (!std::exchange(is_first, false)) return;
                for (int i = 5'001; i <= 5'100; ++i)
                    CPPUNIT_ASSERT(set_access(store_, person_id(i), true, nurse, noon)->changed);
            });
        CPPUNIT_ASSERT_EQUAL(std::string{"5400 changed, 100 unchanged, 0 unknown, 0 left"},
                             said(done));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5'500}, entries("access_enabled"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessOfManyTest);
