// SPDX-License-Identifier: Apache-2.0
#include "store/patient_table.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

class PatientTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PatientTableTest);
    CPPUNIT_TEST(every_fact_comes_back_as_the_host_said_it);
    CPPUNIT_TEST(unknown_patient_is_nothing);
    CPPUNIT_TEST(new_row_starts_without_access);
    CPPUNIT_TEST(new_row_takes_the_access_the_chart_was_added_with);
    CPPUNIT_TEST(later_news_of_the_chart_does_not_touch_access);
    CPPUNIT_TEST(status_and_marks_follow_the_chart_at_once);
    CPPUNIT_TEST(invalid_address_is_marked);
    CPPUNIT_TEST(hidden_patient_is_found_only_when_asked_for);
    CPPUNIT_TEST(hidden_patient_comes_back_with_the_history);
    CPPUNIT_TEST(same_facts_notices_every_fact);
    CPPUNIT_TEST(access_granted_is_no_fact_of_the_chart);
    CPPUNIT_TEST(address_is_found_without_letter_case_and_blanks);
    CPPUNIT_TEST(hidden_patients_are_not_found_by_address);
    CPPUNIT_TEST(ids_come_page_by_page_without_the_hidden);
    CPPUNIT_TEST(what_is_stored_is_as_stored);
    CPPUNIT_TEST(every_other_fact_is_not_as_stored);
    CPPUNIT_TEST(nobody_and_the_hidden_are_not_as_stored);
    CPPUNIT_TEST(has_no_patients_until_the_first);
    CPPUNIT_TEST(tags_are_stored_as_they_are_taken_apart);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    std::optional<Account> find(const std::string& id) {
        return store_.ask([&](Connection& connection) { return find_account(connection, id); });
    }
    void hide(const std::string& id) {
        Transaction transaction{store_};
        hide_patient(transaction, id);
        transaction.commit();
    }

    void every_fact_comes_back_as_the_host_said_it() {
        for (auto patient : {anna(), bruno()}) {
            patient.opted_out = true;
            store_.add(patient);
            CPPUNIT_ASSERT(same_facts(patient, store_.account(patient.id).patient));
        }
    }

    void unknown_patient_is_nothing() { CPPUNIT_ASSERT(!find("P404")); }

    void new_row_starts_without_access() {
        store_.add(anna(), false);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, find("P001")->status);
    }

    void new_row_takes_the_access_the_chart_was_added_with() {
        store_.add(anna(), true);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, find("P001")->status);
    }

    void later_news_of_the_chart_does_not_touch_access() {
        store_.add(anna(), false);
        store_.add(anna(), true);
        CPPUNIT_ASSERT(!find("P001")->facts.access_enabled);
    }

    void status_and_marks_follow_the_chart_at_once() {
        store_.add(anna());
        auto patient = anna();
        patient.chart_status = ChartStatus::Deceased;
        patient.email.clear();
        store_.add(patient);
        const auto account = find("P001");
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, account->status);
        CPPUNIT_ASSERT(account->marks.has(Mark::Deceased) && account->marks.has(Mark::NoEmail));
        CPPUNIT_ASSERT(account->facts.access_enabled);
    }

    void invalid_address_is_marked() {
        auto patient = anna();
        patient.email = "not an address";
        store_.add(patient);
        CPPUNIT_ASSERT(find("P001")->marks ==
                       Marks{static_cast<std::uint64_t>(Mark::InvalidEmail)});
    }

    void hidden_patient_is_found_only_when_asked_for() {
        store_.add(anna());
        hide("P001");
        CPPUNIT_ASSERT(!find("P001"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter"}, store_.account("P001").patient.last_name);
    }

    void hidden_patient_comes_back_with_the_history() {
        store_.add(anna());
        store_.set_up("P001", "anna.w");
        hide("P001");
        store_.add(anna(), false);
        const auto account = find("P001");
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, account->status);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, account->username);
    }

    static std::vector<std::function<void(Patient&)>> changes() {
        return {
            [](Patient& p) { p.first_name += "x"; },
            [](Patient& p) { p.last_name += "x"; },
            [](Patient& p) { p.birth_date = "1980-03-01"; },
            [](Patient& p) { p.email += "x"; },
            [](Patient& p) { p.postal_code += "1"; },
            [](Patient& p) { p.language = "es"; },
            [](Patient& p) { p.provider += "x"; },
            [](Patient& p) { p.tags.pop_back(); },
            [](Patient& p) { p.chart_status = ChartStatus::Inactive; },
            [](Patient& p) { p.opted_out = true; },
            [](Patient& p) { p.next_appointment.reset(); },
            [](Patient& p) { p.last_appointment = noon; },
        };
    }

    void same_facts_notices_every_fact() {
        CPPUNIT_ASSERT(same_facts(anna(), anna()));
        for (const auto& change : changes()) {
            auto other = anna();
            change(other);
            CPPUNIT_ASSERT(!same_facts(anna(), other));
        }
    }

    void access_granted_is_no_fact_of_the_chart() {
        auto other = anna();
        other.access_granted = true;
        CPPUNIT_ASSERT(same_facts(anna(), other));
    }

    void address_is_found_without_letter_case_and_blanks() {
        store_.add(anna("P001"));
        auto twin = anna("P000");
        twin.email = "ANNA@Example.org";
        store_.add(twin);
        store_.add(bruno());
        const auto found = store_.ask([](Connection& connection) {
            return accounts_with_email(connection, " Anna@example.ORG ");
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"P000"}, found.front().patient.id);
    }

    void hidden_patients_are_not_found_by_address() {
        store_.add(anna());
        hide("P001");
        CPPUNIT_ASSERT(store_
                           .ask([](Connection& connection) {
                               return accounts_with_email(connection, "anna@example.org");
                           })
                           .empty());
    }

    void ids_come_page_by_page_without_the_hidden() {
        for (const auto* id : {"P003", "P001", "P002", "P004"}) store_.add(anna(id));
        hide("P002");
        const auto ids = store_.ask(
            [](Connection& connection) { return patient_ids_after(connection, "P001", 1); });
        CPPUNIT_ASSERT(ids == std::vector<std::string>{"P003"});
    }

    void what_is_stored_is_as_stored() {
        store_.add(anna(), false);
        CPPUNIT_ASSERT(store_.ask([](Connection& c) { return is_as_stored(c, anna()); }));
    }

    void every_other_fact_is_not_as_stored() {
        store_.add(anna(), false);
        for (const auto& change : changes()) {
            auto other = anna();
            change(other);
            CPPUNIT_ASSERT(!store_.ask([&](Connection& c) { return is_as_stored(c, other); }));
        }
    }

    void nobody_and_the_hidden_are_not_as_stored() {
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return is_as_stored(c, anna()); }));
        store_.add(anna(), false);
        hide("P001");
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return is_as_stored(c, anna()); }));
    }

    void has_no_patients_until_the_first() {
        CPPUNIT_ASSERT(store_.ask([](Connection& c) { return has_no_patients(c); }));
        store_.add(anna(), false);
        hide("P001");
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return has_no_patients(c); }));
    }

    void tags_are_stored_as_they_are_taken_apart() {
        const std::vector<std::string> tags{"diabetes", "recall 2026"};
        CPPUNIT_ASSERT(split_tags(join_tags(tags)) == tags);
        CPPUNIT_ASSERT(split_tags(join_tags({})).empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PatientTableTest);
