// SPDX-License-Identifier: Apache-2.0
#include "onboarding/consent.hpp"

#include "invitations/send_invitation.hpp"
#include "onboarding/patients.hpp"
#include "store/audit_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class SetConsentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SetConsentTest);
    CPPUNIT_TEST(staff_note_what_the_patient_said);
    CPPUNIT_TEST(every_change_is_one_entry_with_who_and_what);
    CPPUNIT_TEST(the_same_word_again_changes_and_records_nothing);
    CPPUNIT_TEST(deferral_needs_a_moment_that_lies_ahead);
    CPPUNIT_TEST(access_and_credentials_stay_as_they_are);
    CPPUNIT_TEST(it_needs_no_access);
    CPPUNIT_TEST(unknown_patient_is_refused);
    CPPUNIT_TEST(surviving_chart_takes_over_what_the_patient_said);
    CPPUNIT_TEST(surviving_chart_keeps_what_it_said_itself);
    CPPUNIT_TEST(do_not_mail_of_the_losing_chart_is_never_lost);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    auto set(Consent consent, std::optional<UnixTime> until = {}) {
        return set_consent(store_, "P001", {consent, until}, nurse, noon);
    }
    std::vector<AuditEntry> entries() {
        return store_.ask([](Connection& c) { return read_audit(c, 0, "P001", 10); });
    }

    void merge_into_brunos() { CPPUNIT_ASSERT(merge_patients(store_, "P001", "P002", noon)); }

public:
    void setUp() override {
        store_.add(anna());
        store_.add(bruno());
    }

    void staff_note_what_the_patient_said() {
        const auto done = set(Consent::Declined);
        CPPUNIT_ASSERT(done->changed && done->account.marks.has(Mark::OptedOut));
        CPPUNIT_ASSERT_EQUAL(Consent::Declined, store_.account("P001").facts.consent);
    }

    void every_change_is_one_entry_with_who_and_what() {
        CPPUNIT_ASSERT(set(Consent::Deferred, noon + std::chrono::hours{24}));
        CPPUNIT_ASSERT(set(Consent::NothingSaid));
        const auto all = entries();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"consent_changed nurse-1 deferred until=2026-11-21T12:00:00Z"},
            all.front().action + " " + all.front().actor.id + " " + all.front().detail);
        CPPUNIT_ASSERT_EQUAL(std::string{"none"}, all.back().detail);
    }

    void the_same_word_again_changes_and_records_nothing() {
        CPPUNIT_ASSERT(set(Consent::Declined));
        CPPUNIT_ASSERT(!set(Consent::Declined)->changed);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries().size());
    }

    void deferral_needs_a_moment_that_lies_ahead() {
        for (const auto& until : {std::optional<UnixTime>{}, std::optional{noon},
                                  std::optional{noon - std::chrono::hours{1}}}) {
            const auto refused = set(Consent::Deferred, until);
            CPPUNIT_ASSERT_EQUAL(Refusal::DateNotAhead, refusal_of(refused));
            CPPUNIT_ASSERT_EQUAL(std::string{"until"}, refused.refusal().field);
        }
        CPPUNIT_ASSERT(set(Consent::Deferred, noon + std::chrono::milliseconds{1}));
    }

    void access_and_credentials_stay_as_they_are() {
        store_.set_up("P001", "anna.w");
        CPPUNIT_ASSERT(set(Consent::DoNotMail));
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT(account.facts.access_enabled && account.has_password);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, account.username);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, account.status);
    }

    void it_needs_no_access() {
        store_.change("P001", [](Transaction&) {});
        store_.tamper("UPDATE patient SET access_enabled = 0");
        CPPUNIT_ASSERT(set(Consent::Declined)->changed);
    }

    void unknown_patient_is_refused() {
        CPPUNIT_ASSERT_EQUAL(
            Refusal::UnknownPatient,
            refusal_of(set_consent(store_, "P404", {Consent::Declined, {}}, nurse, noon)));
    }

    void surviving_chart_takes_over_what_the_patient_said() {
        CPPUNIT_ASSERT(send_invitation(store_, elm_practice(), "P002", nurse, noon));
        store_.say("P001", {Consent::Declined, {}});
        merge_into_brunos();
        const auto account = store_.account("P002");
        CPPUNIT_ASSERT_EQUAL(Consent::Declined, account.facts.consent);
        CPPUNIT_ASSERT(account.marks.has(Mark::OptedOut));
        CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(LinkEnd::Withdrawn),
                             store_.number("SELECT closed_by FROM invitation"));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            store_.number("SELECT COUNT(*) FROM audit WHERE action = 'consent_changed' AND "
                          "detail = 'declined' AND actor = 4 AND patient_id = 'P002'"));
    }

    void surviving_chart_keeps_what_it_said_itself() {
        const auto until = noon + std::chrono::hours{24};
        store_.say("P001", {Consent::Declined, {}});
        store_.say("P002", {Consent::Deferred, until});
        merge_into_brunos();
        CPPUNIT_ASSERT(consent_of(store_.account("P002").facts) ==
                       (ConsentSaid{Consent::Deferred, until}));
    }

    void do_not_mail_of_the_losing_chart_is_never_lost() {
        store_.set_up("P002", "bruno.n");  // Also where the survivor keeps its own account.
        store_.say("P001", {Consent::DoNotMail, {}});
        store_.say("P002", {Consent::Declined, {}});
        merge_into_brunos();
        CPPUNIT_ASSERT_EQUAL(Consent::DoNotMail, store_.account("P002").facts.consent);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SetConsentTest);
