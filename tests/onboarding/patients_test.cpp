// SPDX-License-Identifier: Apache-2.0
#include "onboarding/patients.hpp"

#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/invitation_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

class PatientsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PatientsTest);
    CPPUNIT_TEST(unchanged_patient_changes_and_records_nothing);
    CPPUNIT_TEST(changed_patient_is_taken_over_and_recorded);
    CPPUNIT_TEST(changed_e_mail_kills_the_open_link);
    CPPUNIT_TEST(changed_e_mail_of_an_invited_patient_is_marked);
    CPPUNIT_TEST(changed_e_mail_of_one_never_invited_is_no_mark);
    CPPUNIT_TEST(changed_e_mail_of_an_account_is_told_at_both_addresses);
    CPPUNIT_TEST(who_has_signed_in_is_told_too_without_a_password_left);
    CPPUNIT_TEST(nobody_is_told_of_an_e_mail_without_an_account);
    CPPUNIT_TEST(nobody_is_told_of_letter_case_or_other_news);
    CPPUNIT_TEST(nobody_is_told_against_their_wish_or_of_a_closed_chart);
    CPPUNIT_TEST(address_that_cannot_be_mailed_is_left_out);
    CPPUNIT_TEST(directory_read_tells_accounts_alone_and_lets_others_pass);
    CPPUNIT_TEST(account_taken_over_with_another_e_mail_is_told_at_both);
    CPPUNIT_TEST(password_taken_over_stays_disabled);
    CPPUNIT_TEST(closed_chart_kills_the_open_link);
    CPPUNIT_TEST(other_news_leave_the_link_alone);
    CPPUNIT_TEST(active_again_comes_back_in_its_colour_with_the_link_dead);
    CPPUNIT_TEST(many_are_taken_in_one_transaction_with_one_entry);
    CPPUNIT_TEST(many_unchanged_are_not_recorded);
    CPPUNIT_TEST(removed_patient_leaves_the_report_and_its_link_dies);
    CPPUNIT_TEST(removed_patient_comes_back_with_history);
    CPPUNIT_TEST(coming_back_is_recorded);
    CPPUNIT_TEST(link_of_a_removed_patient_stays_dead_after_the_return);
    CPPUNIT_TEST(removing_an_unknown_patient_is_refused);
    CPPUNIT_TEST(everyone_whom_the_host_no_longer_has_is_removed);
    CPPUNIT_TEST(chart_added_with_access_was_enabled_then);
    CPPUNIT_TEST(surviving_chart_takes_over_the_account);
    CPPUNIT_TEST(password_taken_over_opens_for_the_surviving_chart_only);
    CPPUNIT_TEST(surviving_chart_takes_over_the_last_invitation);
    CPPUNIT_TEST(surviving_chart_with_an_account_keeps_its_own);
    CPPUNIT_TEST(open_link_of_the_surviving_chart_dies_when_it_takes_an_account_over);
    CPPUNIT_TEST(open_link_of_the_surviving_chart_stays_when_nothing_is_taken_over);
    CPPUNIT_TEST(losing_chart_is_gone_without_access_and_its_link_dead);
    CPPUNIT_TEST(merging_with_an_unknown_chart_is_refused_and_changes_nothing);
    CPPUNIT_TEST(merge_is_recorded_for_both);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    static std::string link_id(const std::string& patient_id) {
        return patient_id + std::string(32 - patient_id.size(), 'a');
    }
    void add_link(const std::string& patient_id) {
        Invitation made;
        made.id = link_id(patient_id);
        made.patient_id = patient_id;
        made.key_id = "k1";
        made.link_digest = patient_id + std::string(64 - patient_id.size(), 'd');
        made.created_at = noon;
        made.expires_at = noon + std::chrono::hours{24};
        store_.change(patient_id, [&](Transaction& t) { add_invitation(t, made); });
    }
    LinkEnd end_of_link(const std::string& patient_id) {
        return store_.ask(
            [&](Connection& c) { return find_invitation(c, link_id(patient_id))->end; });
    }
    PatientTaken take(const std::function<void(Patient&)>& change) {
        auto patient = anna();
        change(patient);
        return take_patient(store_, patient, noon);
    }
    bool is_on_report(const std::string& id) {
        return store_.ask(
            [&](Connection& connection) { return find_account(connection, id).has_value(); });
    }
    std::int64_t entries() { return store_.number("SELECT COUNT(*) FROM audit"); }
    /// The addresses that were told of a change, in alphabetical order.
    std::string told() {
        return store_.ask([](Connection& connection) {
            std::string all;
            auto rows = connection.query(
                "SELECT recipient FROM outbox WHERE kind = 5 ORDER BY recipient");
            while (rows.next()) all += (all.empty() ? "" : " ") + rows.text(0);
            return all;
        });
    }
    void merge() { CPPUNIT_ASSERT(merge_patients(store_, "P001", "P002", noon)); }

    static void close(Patient& patient) { patient.chart_status = ChartStatus::Inactive; }
    static void move(Patient& patient) { patient.email = "new@example.org"; }

public:
    void setUp() override {
        store_.add(anna("P001"));
        store_.add(bruno("P002"));
    }

    void unchanged_patient_changes_and_records_nothing() {
        const auto before = store_.bytes();
        CPPUNIT_ASSERT(!take([](Patient&) {}).changed);
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void changed_patient_is_taken_over_and_recorded() {
        CPPUNIT_ASSERT(take([](Patient& patient) { patient.last_name = "Summer"; }).changed);
        CPPUNIT_ASSERT_EQUAL(std::string{"Summer"}, store_.account("P001").patient.last_name);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, entries());
    }

    void changed_e_mail_kills_the_open_link() {
        add_link("P001");
        take(move);
        CPPUNIT_ASSERT_EQUAL(LinkEnd::EmailChanged, end_of_link("P001"));
    }

    void changed_e_mail_of_an_invited_patient_is_marked() {
        store_.change("P001", [](Transaction& t) { put_invited(t, "P001", noon); });
        take(move);
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::AddressChanged));
    }

    void changed_e_mail_of_one_never_invited_is_no_mark() {
        take(move);
        CPPUNIT_ASSERT(!store_.account("P001").marks.has(Mark::AddressChanged));
    }

    void changed_e_mail_of_an_account_is_told_at_both_addresses() {
        store_.set_up("P001", "anna.w");
        take(move);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org new@example.org"}, told());
    }

    void who_has_signed_in_is_told_too_without_a_password_left() {
        store_.change("P001", [](Transaction& t) { put_signed_in(t, "P001", noon); });
        take(move);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org new@example.org"}, told());
    }

    void nobody_is_told_of_an_e_mail_without_an_account() {
        store_.change("P001", [](Transaction& t) { put_invited(t, "P001", noon); });
        take(move);
        CPPUNIT_ASSERT_EQUAL(std::string{}, told());
    }

    void nobody_is_told_of_letter_case_or_other_news() {
        store_.set_up("P001", "anna.w");
        take([](Patient& patient) { patient.email = "ANNA@example.org"; });
        take([](Patient& patient) { patient.last_name = "Summer"; });
        CPPUNIT_ASSERT_EQUAL(std::string{}, told());
    }

    void nobody_is_told_against_their_wish_or_of_a_closed_chart() {
        store_.set_up("P001", "anna.w");
        take([](Patient& patient) {
            move(patient);
            patient.opted_out = true;
        });
        take([](Patient& patient) { close(patient); });
        CPPUNIT_ASSERT_EQUAL(std::string{}, told());
    }

    void address_that_cannot_be_mailed_is_left_out() {
        store_.set_up("P001", "anna.w");
        take([](Patient& patient) { patient.email = "gone"; });
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, told());
        take(move);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org new@example.org"}, told());
    }

    void directory_read_tells_accounts_alone_and_lets_others_pass() {
        store_.set_up("P001", "anna.w");
        auto moved = anna("P001");
        auto without_account = bruno("P002");
        move(moved);
        move(without_account);
        static_cast<void>(take_patients(store_, {moved, without_account}, noon));
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org new@example.org"}, told());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2},
                             store_.number("SELECT COUNT(*) FROM outbox WHERE urgency = 2"));
    }

    void account_taken_over_with_another_e_mail_is_told_at_both() {
        store_.set_up("P001", "anna.w");
        merge();
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org bruno@example.net"}, told());
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{2},
            store_.number("SELECT COUNT(*) FROM outbox_person WHERE patient_id = 'P002'"));
    }

    void password_taken_over_stays_disabled() {
        store_.set_up("P001", "anna.w");
        store_.change("P001", [](Transaction& t) {
            put_failures(t, "P001", 100, std::nullopt);
            disable_password(t, "P001");
        });
        merge();
        CPPUNIT_ASSERT(store_.account("P002").marks.has(Mark::Locked));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{100},
            store_.ask([](Connection& c) { return *find_credential(c, "P002"); }).failures);
    }

    void closed_chart_kills_the_open_link() {
        add_link("P001");
        take(close);
        CPPUNIT_ASSERT_EQUAL(LinkEnd::AccessDisabled, end_of_link("P001"));
    }

    void other_news_leave_the_link_alone() {
        add_link("P001");
        take([](Patient& patient) {
            patient.last_name = "Summer";
            patient.postal_code.clear();
            patient.chart_status = ChartStatus::Prospective;
        });
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Open, end_of_link("P001"));
    }

    void active_again_comes_back_in_its_colour_with_the_link_dead() {
        add_link("P001");
        store_.change("P001", [](Transaction& t) { put_invited(t, "P001", noon); });
        take(close);
        take([](Patient&) {});
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, store_.account("P001").status);
        CPPUNIT_ASSERT_EQUAL(LinkEnd::AccessDisabled, end_of_link("P001"));
    }

    void many_are_taken_in_one_transaction_with_one_entry() {
        CPPUNIT_ASSERT(
            take_patients(store_, {anna("P010"), anna("P011"), bruno("P012")}, noon).empty());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, store_.number("SELECT COUNT(*) FROM patient"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, entries());
    }

    void many_unchanged_are_not_recorded() {
        CPPUNIT_ASSERT(take_patients(store_, {anna("P001"), bruno("P002")}, noon).empty());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, entries());
    }

    void removed_patient_leaves_the_report_and_its_link_dies() {
        add_link("P001");
        CPPUNIT_ASSERT(remove_patient(store_, "P001", noon));
        CPPUNIT_ASSERT(!is_on_report("P001"));
        CPPUNIT_ASSERT(end_of_link("P001") != LinkEnd::Open);
    }

    void coming_back_is_recorded() {
        CPPUNIT_ASSERT(remove_patient(store_, "P001", noon));
        static_cast<void>(take_patients(store_, {anna(), bruno()}, noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             store_.number("SELECT COUNT(*) FROM audit WHERE action = "
                                           "'patient_returned' AND patient_id = 'P001'"));
    }

    void removed_patient_comes_back_with_history() {
        store_.set_up("P001", "anna.w");
        store_.change("P001", [](Transaction& t) { put_signed_in(t, "P001", noon); });
        CPPUNIT_ASSERT(remove_patient(store_, "P001", noon));
        take([](Patient&) {});
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT(is_on_report("P001"));
        CPPUNIT_ASSERT_EQUAL(PortalStatus::SignedIn, account.status);
        CPPUNIT_ASSERT(account.username == "anna.w" && account.has_password);
    }

    void link_of_a_removed_patient_stays_dead_after_the_return() {
        add_link("P001");
        CPPUNIT_ASSERT(remove_patient(store_, "P001", noon));
        take([](Patient&) {});
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!use_link(transaction, "P001" + std::string(60, 'd'), noon));
    }

    void removing_an_unknown_patient_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(remove_patient(store_, "P404", noon)));
        CPPUNIT_ASSERT(remove_patient(store_, "P001", noon));
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(remove_patient(store_, "P001", noon)));
    }

    static PatientsSeen seen(std::initializer_list<const char*> ids) {
        PatientsSeen all;
        for (const auto* id : ids) all.add(id);
        all.sort();
        return all;
    }

    void everyone_whom_the_host_no_longer_has_is_removed() {
        store_.add(anna("P003"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2},
                             remove_all_but(store_, seen({"P002", "P404"}), noon).size());
        CPPUNIT_ASSERT(!is_on_report("P001") && is_on_report("P002") && !is_on_report("P003"));
    }

    void chart_added_with_access_was_enabled_then() {
        auto patient = anna("P009");
        patient.access_granted = true;
        static_cast<void>(take_patient(store_, patient, noon));
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon),
                             store_.number("SELECT enabled_at FROM patient WHERE patient_id = "
                                           "'P009'"));
    }

    void surviving_chart_takes_over_the_account() {
        store_.set_up("P001", "anna.w");
        store_.change("P001", [](Transaction& t) { put_signed_in(t, "P001", noon); });
        store_.add(bruno("P003"), false);
        CPPUNIT_ASSERT(merge_patients(store_, "P001", "P003", noon + std::chrono::hours{1}));
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon) * 2,
                             store_.number("SELECT enabled_at + set_up_at FROM patient WHERE "
                                           "patient_id = 'P003'"));
        const auto account = store_.account("P003");
        CPPUNIT_ASSERT_EQUAL(PortalStatus::SignedIn, account.status);
        CPPUNIT_ASSERT(account.username == "anna.w" && account.has_password);
        CPPUNIT_ASSERT(account.facts.first_signed_in_at == noon &&
                       account.last_signed_in_at == noon);
    }

    void password_taken_over_opens_for_the_surviving_chart_only() {
        store_.set_up("P001", "anna.w");
        merge();
        const auto sealed = store_.ask(
            [](Connection& c) { return find_credential(c, "P002").value(); });
        const auto opened_for = [&](const char* id) {
            return store_.database().keyring().open(Keyring::Use::Password, sealed.sealed_password,
                                                    id);
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"not a hash"}, opened_for("P002").value());
        CPPUNIT_ASSERT(!opened_for("P001"));
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return find_credential(c, "P001"); }));
    }

    void surviving_chart_takes_over_the_last_invitation() {
        const auto earlier = noon - std::chrono::hours{5};
        store_.change("P001", [&](Transaction& t) { put_invited(t, "P001", earlier); });
        merge();
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, store_.account("P002").status);
        CPPUNIT_ASSERT(store_.account("P002").last_invited_at == earlier);
    }

    void surviving_chart_with_an_account_keeps_its_own() {
        store_.set_up("P001", "anna.w");
        store_.set_up("P002", "bruno.n");
        merge();
        CPPUNIT_ASSERT_EQUAL(std::string{"bruno.n"}, store_.account("P002").username);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, store_.account("P001").username);
    }

    void open_link_of_the_surviving_chart_dies_when_it_takes_an_account_over() {
        store_.set_up("P001", "anna.w");
        add_link("P002");
        merge();
        CPPUNIT_ASSERT_EQUAL(LinkEnd::CredentialsChanged, end_of_link("P002"));
    }

    void open_link_of_the_surviving_chart_stays_when_nothing_is_taken_over() {
        add_link("P002");
        merge();
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Open, end_of_link("P002"));
    }

    void losing_chart_is_gone_without_access_and_its_link_dead() {
        add_link("P001");
        merge();
        CPPUNIT_ASSERT(!is_on_report("P001"));
        CPPUNIT_ASSERT(!store_.account("P001").facts.access_enabled);
        CPPUNIT_ASSERT_EQUAL(LinkEnd::AccessDisabled, end_of_link("P001"));
    }

    void merging_with_an_unknown_chart_is_refused_and_changes_nothing() {
        const auto before = store_.bytes();
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(merge_patients(store_, "P404", "P002", noon)));
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(merge_patients(store_, "P001", "P404", noon)));
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void merge_is_recorded_for_both() {
        merge();
        const auto all = store_.ask([](Connection& c) { return read_audit(c, 0, "", 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_merged_away P001"},
                             all.front().action + " " + all.front().patient_id);
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_merged_in P002"},
                             all.back().action + " " + all.back().patient_id);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PatientsTest);
