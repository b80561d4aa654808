// SPDX-License-Identifier: Apache-2.0
#include "onboarding/consent.hpp"

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
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    auto set(Consent consent, std::optional<UnixTime> until = {}) {
        return set_consent(store_, "P001", {consent, until}, nurse, noon);
    }
    std::vector<AuditEntry> entries() {
        return store_.ask([](Connection& c) { return read_audit(c, 0, "P001", 10); });
    }

public:
    void setUp() override { store_.add(anna()); }

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
            CPPUNIT_ASSERT_EQUAL(std::string{"consent_until"}, refused.refusal().field);
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
};
CPPUNIT_TEST_SUITE_REGISTRATION(SetConsentTest);
