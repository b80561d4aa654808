// SPDX-License-Identifier: Apache-2.0
#include "onboarding/access.hpp"

#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/invitation_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
Invitation link_of(const std::string& patient_id) {
    Invitation made;
    made.id = std::string(32, 'a');
    made.patient_id = patient_id;
    made.key_id = "k1";
    made.link_digest = std::string(64, 'a');
    made.created_at = noon;
    made.expires_at = noon + std::chrono::hours{24};
    return made;
}
}  // namespace

class AccessTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessTest);
    CPPUNIT_TEST(click_on_red_enables);
    CPPUNIT_TEST(enabling_needs_no_e_mail);
    CPPUNIT_TEST(disabling_makes_every_colour_red);
    CPPUNIT_TEST(green_comes_back_green);
    CPPUNIT_TEST(orange_comes_back_orange_with_its_link_dead);
    CPPUNIT_TEST(gray_comes_back_gray);
    CPPUNIT_TEST(username_and_password_are_kept);
    CPPUNIT_TEST(disabling_takes_the_waiting_mail_out);
    CPPUNIT_TEST(links_of_an_earlier_access_stay_dead_after_enabling);
    CPPUNIT_TEST(closed_chart_stays_red_but_keeps_the_flag);
    CPPUNIT_TEST(same_again_changes_and_records_nothing);
    CPPUNIT_TEST(unknown_patient_is_refused);
    CPPUNIT_TEST(gone_chart_is_refused);
    CPPUNIT_TEST(each_change_is_recorded_with_who_and_from_where);
    CPPUNIT_TEST(disabling_says_that_a_link_died);
    CPPUNIT_TEST(enabling_says_that_the_link_stays_dead);
    CPPUNIT_TEST(no_link_dies_where_none_was_out);
    CPPUNIT_TEST(an_enabling_is_taken_back);
    CPPUNIT_TEST(an_enabling_from_which_a_link_followed_is_kept);
    CPPUNIT_TEST(taking_back_from_nobody_is_refused);
    CPPUNIT_TEST(lifting_ends_every_wait);
    CPPUNIT_TEST(lifting_takes_a_disabled_password_again);
    CPPUNIT_TEST(lifting_keeps_the_link_open);
    CPPUNIT_TEST(lifting_for_an_unknown_patient_is_refused);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    AccessSet set(bool enabled) { return set_access(store_, "P001", enabled, nurse, noon).value(); }
    PortalStatus off_and_on() {
        set(false);
        return set(true).account.status;
    }
    void add_link() {
        store_.change("P001", [](Transaction& t) { add_invitation(t, link_of("P001")); });
    }

public:
    void setUp() override { store_.add(anna()); }

    void click_on_red_enables() {
        store_.add(bruno(), false);
        const auto done = set_access(store_, "P002", true, nurse, noon);
        CPPUNIT_ASSERT(done->changed);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, done->account.status);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, store_.account("P002").status);
    }

    void enabling_needs_no_e_mail() {
        auto patient = bruno();
        patient.email.clear();
        patient.postal_code.clear();
        store_.add(patient, false);
        const auto account = set_access(store_, "P002", true, nurse, noon)->account;
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, account.status);
        CPPUNIT_ASSERT(account.marks.has(Mark::NoEmail) && account.marks.has(Mark::NoPostalCode));
    }

    void disabling_makes_every_colour_red() {
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, set(false).account.status);
        set(true);
        store_.set_up("P001", "anna.w");
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, set(false).account.status);
        set(true);
        store_.change("P001", [](Transaction& t) { put_signed_in(t, "P001", noon); });
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, set(false).account.status);
    }

    void green_comes_back_green() {
        store_.change("P001", [](Transaction& t) { put_signed_in(t, "P001", noon); });
        CPPUNIT_ASSERT_EQUAL(PortalStatus::SignedIn, off_and_on());
    }

    void orange_comes_back_orange_with_its_link_dead() {
        add_link();
        store_.change("P001", [](Transaction& t) { put_invited(t, "P001", noon); });
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, off_and_on());
        const auto link = store_.ask([](Connection& connection) {
            return find_invitation(connection, std::string(32, 'a'));
        });
        CPPUNIT_ASSERT_EQUAL(LinkEnd::AccessDisabled, link->end);
    }

    void gray_comes_back_gray() { CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, off_and_on()); }

    void username_and_password_are_kept() {
        store_.set_up("P001", "anna.w");
        static_cast<void>(off_and_on());
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT(account.username == "anna.w" && account.has_password);
        CPPUNIT_ASSERT(store_.ask([](Connection& c) { return find_credential(c, "P001"); }));
    }

    void disabling_takes_the_waiting_mail_out() {
        add_link();
        QueuedMail mail;
        mail.id = "m1";
        mail.created_at = noon;
        mail.people = {{"P001", std::string(32, 'a')}};
        store_.change("P001", [&](Transaction& t) { queue_mail(t, mail); });
        CPPUNIT_ASSERT(!set(false).account.marks.has(Mark::Queued));
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return next_mail_due_at(c); }));
    }

    void links_of_an_earlier_access_stay_dead_after_enabling() {
        add_link();
        static_cast<void>(off_and_on());
        store_.tamper("UPDATE invitation SET closed_at = NULL, closed_by = 0");
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!use_link(transaction, std::string(64, 'a'), noon));
    }

    void disabling_says_that_a_link_died() {
        add_link();
        CPPUNIT_ASSERT(set(false).has_dead_link);
    }

    void enabling_says_that_the_link_stays_dead() {
        add_link();
        set(false);
        CPPUNIT_ASSERT(set(true).has_dead_link);
    }

    void no_link_dies_where_none_was_out() {
        CPPUNIT_ASSERT(!set(false).has_dead_link);
        CPPUNIT_ASSERT(!set(true).has_dead_link);
    }

    void an_enabling_is_taken_back() {
        const auto done = take_back_access(store_, "P001", nurse, noon);
        CPPUNIT_ASSERT(done->changed);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, store_.account("P001").status);
    }

    void an_enabling_from_which_a_link_followed_is_kept() {
        add_link();
        const auto done = take_back_access(store_, "P001", nurse, noon);
        CPPUNIT_ASSERT(!done->changed);
        CPPUNIT_ASSERT(done->account.facts.access_enabled);
        CPPUNIT_ASSERT(store_.account("P001").facts.link_expires_at.has_value());
    }

    void taking_back_from_nobody_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(take_back_access(store_, "P404", nurse, noon)));
    }

    void closed_chart_stays_red_but_keeps_the_flag() {
        auto patient = anna();
        patient.chart_status = ChartStatus::Inactive;
        store_.add(patient);
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, account.status);
        CPPUNIT_ASSERT(account.facts.access_enabled);
        store_.add(anna());
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, store_.account("P001").status);
    }

    void same_again_changes_and_records_nothing() {
        const auto before = store_.bytes();
        CPPUNIT_ASSERT(!set(true).changed);
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void unknown_patient_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(set_access(store_, "P404", true, nurse, noon)));
    }

    void gone_chart_is_refused() {
        store_.change("P001", [](Transaction& t) { hide_patient(t, "P001"); });
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(set_access(store_, "P001", false, nurse, noon)));
    }

    void each_change_is_recorded_with_who_and_from_where() {
        static_cast<void>(off_and_on());
        const auto entries = store_.ask([](Connection& c) { return read_audit(c, 0, "P001", 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"access_disabled"}, entries.front().action);
        CPPUNIT_ASSERT_EQUAL(std::string{"access_enabled nurse-1 desk-2"},
                             entries.back().action + " " + entries.back().actor.id + " " +
                                 entries.back().actor.from);
    }

    void lifting_ends_every_wait() {
        store_.set_up("P001", "anna.w");
        add_link();
        const auto later = noon + std::chrono::minutes{15};
        store_.change("P001", [&](Transaction& t) {
            put_wrong_answer(t, std::string(32, 'a'), 5, later);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count_failure(t, "P001"));
            put_sign_in_wait(t, "P001", later);
            put_locked_until(t, "P001", later);
        });
        CPPUNIT_ASSERT(lift_delays(store_, "P001", nurse, noon));
        const auto link = store_.ask([](Connection& c) { return open_invitation(c, "P001"); });
        const auto credential = store_.ask(
            [](Connection& c) { return find_credential(c, "P001"); });
        CPPUNIT_ASSERT(link->wrong_answers == 0 && !link->wait_until);
        CPPUNIT_ASSERT(credential->failures == 0 && !credential->wait_until);
        CPPUNIT_ASSERT(!store_.account("P001").facts.locked_until);
    }

    void lifting_takes_a_disabled_password_again() {
        store_.set_up("P001", "anna.w");
        store_.change("P001", [](Transaction& t) { disable_password(t, "P001"); });
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::Locked));
        CPPUNIT_ASSERT(lift_delays(store_, "P001", nurse, noon));
        CPPUNIT_ASSERT(!store_.account("P001").marks.has(Mark::Locked));
    }

    void lifting_keeps_the_link_open() {
        add_link();
        CPPUNIT_ASSERT(lift_delays(store_, "P001", nurse, noon));
        CPPUNIT_ASSERT(store_.ask([](Connection& c) { return open_invitation(c, "P001"); }));
    }

    void lifting_for_an_unknown_patient_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(lift_delays(store_, "P404", nurse, noon)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessTest);
