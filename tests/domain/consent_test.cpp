// SPDX-License-Identifier: Apache-2.0
#include "domain/consent.hpp"

#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
constexpr UnixTime at = from_milliseconds(1'795'176'000'000);
constexpr auto tick = std::chrono::milliseconds{1};

AccountFacts who_said(Consent consent, std::optional<UnixTime> until = {}) {
    AccountFacts facts;
    facts.consent = consent;
    facts.consent_until = until;
    return facts;
}
}  // namespace

class ConsentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConsentTest);
    CPPUNIT_TEST(no_mail_is_wanted_if_chart_or_patient_says_so);
    CPPUNIT_TEST(declined_is_no_invitation);
    CPPUNIT_TEST(deferred_is_none_until_the_very_millisecond);
    CPPUNIT_TEST(other_words_are_nothing_against_an_invitation_as_such);
    CPPUNIT_TEST(surviving_chart_keeps_its_own_word);
    CPPUNIT_TEST(surviving_chart_without_a_word_takes_the_other_one_s);
    CPPUNIT_TEST(do_not_mail_outlives_every_merge);
    CPPUNIT_TEST(a_day_that_has_come_is_no_word_any_more);
    CPPUNIT_TEST(record_says_what_and_until_when);
    CPPUNIT_TEST_SUITE_END();

    void no_mail_is_wanted_if_chart_or_patient_says_so() {
        CPPUNIT_ASSERT(!wants_no_mail(AccountFacts{}));
        CPPUNIT_ASSERT(wants_no_mail(who_said(Consent::DoNotMail)));
        CPPUNIT_ASSERT(!wants_no_mail(who_said(Consent::Declined)));
        AccountFacts facts;
        facts.opted_out = true;
        CPPUNIT_ASSERT(wants_no_mail(facts));
    }

    void declined_is_no_invitation() {
        const auto refused = why_not_wanted(who_said(Consent::Declined), at);
        CPPUNIT_ASSERT_EQUAL(Refusal::Declined, refused.value().reason);
        CPPUNIT_ASSERT(refused->retry_after.count() == 0);
    }

    void deferred_is_none_until_the_very_millisecond() {
        const auto facts = who_said(Consent::Deferred, at);
        const auto refused = why_not_wanted(facts, at - 3 * tick);
        CPPUNIT_ASSERT_EQUAL(Refusal::Deferred, refused.value().reason);
        CPPUNIT_ASSERT(refused->retry_after == 3 * tick);
        CPPUNIT_ASSERT(!why_not_wanted(facts, at));
    }

    void other_words_are_nothing_against_an_invitation_as_such() {
        CPPUNIT_ASSERT(!why_not_wanted(who_said(Consent::NothingSaid), at));
        CPPUNIT_ASSERT(!why_not_wanted(who_said(Consent::DoNotMail), at));
    }

    void surviving_chart_keeps_its_own_word() {
        const auto own = who_said(Consent::Declined);
        for (const auto& losing :
             {who_said(Consent::NothingSaid), who_said(Consent::Deferred, at + tick)})
            CPPUNIT_ASSERT(merged_consent(own, losing, at) == consent_of(own));
        const auto waits = who_said(Consent::Deferred, at + tick);
        CPPUNIT_ASSERT(merged_consent(waits, own, at) == consent_of(waits));
    }

    void surviving_chart_without_a_word_takes_the_other_one_s() {
        for (const auto& losing :
             {who_said(Consent::Declined), who_said(Consent::Deferred, at + tick)})
            CPPUNIT_ASSERT(merged_consent(AccountFacts{}, losing, at) == consent_of(losing));
        AccountFacts by_chart;
        by_chart.opted_out = true;  // The host's word, not the portal's.
        const auto losing = who_said(Consent::Declined);
        CPPUNIT_ASSERT(merged_consent(by_chart, losing, at) == consent_of(losing));
    }

    void do_not_mail_outlives_every_merge() {
        const auto strict = who_said(Consent::DoNotMail);
        for (const auto& other : {who_said(Consent::NothingSaid), who_said(Consent::Declined),
                                  who_said(Consent::Deferred, at + tick), strict}) {
            CPPUNIT_ASSERT(merged_consent(strict, other, at) == consent_of(strict));
            CPPUNIT_ASSERT(merged_consent(other, strict, at) == consent_of(strict));
        }
    }

    void a_day_that_has_come_is_no_word_any_more() {
        const auto come = who_said(Consent::Deferred, at);
        const auto declined = who_said(Consent::Declined);
        CPPUNIT_ASSERT(merged_consent(come, declined, at) == consent_of(declined));
        CPPUNIT_ASSERT(merged_consent(AccountFacts{}, come, at) == ConsentSaid{});
        CPPUNIT_ASSERT(merged_consent(come, AccountFacts{}, at) == consent_of(come));
    }

    void record_says_what_and_until_when() {
        CPPUNIT_ASSERT_EQUAL(std::string{"none"}, consent_detail({}));
        CPPUNIT_ASSERT_EQUAL(std::string{"declined"}, consent_detail({Consent::Declined, {}}));
        CPPUNIT_ASSERT_EQUAL(std::string{"deferred until=2026-11-20T12:00:00Z"},
                             consent_detail({Consent::Deferred, at}));
        CPPUNIT_ASSERT_EQUAL(std::string{"do_not_mail"}, consent_detail({Consent::DoNotMail, {}}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConsentTest);
