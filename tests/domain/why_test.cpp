// SPDX-License-Identifier: Apache-2.0
#include "domain/why.hpp"

#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>

using namespace ppo;

namespace {
constexpr UnixTime at = from_milliseconds(1'795'176'000'000);
constexpr auto tick = std::chrono::milliseconds{1};

/// Enabled, with everything on file, never invited.
AccountFacts ready() {
    AccountFacts facts;
    facts.access_enabled = facts.has_email = facts.email_is_valid = facts.has_postal_code = true;
    return facts;
}

AccountFacts invited(MailState state = MailState::Sent) {
    AccountFacts facts = ready();
    facts.credentials_issued_at = at - tick;
    facts.mail_state = state;
    facts.link_expires_at = at + tick;
    return facts;
}

/// The codes in their order, each with its action: "failed>send_invitation no_zip".
std::string codes(const AccountFacts& facts, bool has_password = false) {
    std::string text;
    for (const auto& reason : why_not_green(facts, has_password, at)) {
        text += text.empty() ? "" : " ";
        text += reason.code;
        if (!reason.action.empty()) text += ">" + std::string{reason.action};
    }
    return text;
}

/// Facts number i of all combinations; false behind the last.
bool combination(unsigned number, AccountFacts& facts, bool& has_password) {
    unsigned rest = number;
    const auto take = [&rest](unsigned choices) {
        const auto chosen = rest % choices;
        rest /= choices;
        return chosen;
    };
    facts = {};
    facts.access_enabled = take(2) != 0;
    facts.chart_status = static_cast<ChartStatus>(1 + take(4));
    if (take(2) != 0) facts.credentials_issued_at = at;
    if (take(2) != 0) facts.first_signed_in_at = at;
    facts.has_email = take(2) != 0;
    facts.email_is_valid = facts.has_email && take(2) != 0;
    facts.has_postal_code = take(2) != 0;
    facts.opted_out = take(2) != 0;
    facts.mail_state = static_cast<MailState>(take(8));
    facts.address_changed = take(2) != 0;
    has_password = take(2) != 0;
    const auto link = take(3);
    if (link != 0) facts.link_expires_at = link == 1 ? at : at + tick;
    if (take(2) != 0) facts.locked_until = at + tick;
    const auto bars = take(3);
    facts.password_disabled = bars == 1;
    if (bars == 2) facts.password_lapses_at = at;
    const auto consent = take(5);
    facts.consent = static_cast<Consent>(std::min(consent, 3U));
    if (consent == 4) facts.consent = Consent::Deferred;
    if (facts.consent == Consent::Deferred) facts.consent_until = consent == 4 ? at : at + tick;
    return rest == 0;
}

template <class Look>
void for_each_combination(Look look) {
    AccountFacts facts;
    bool has_password = false;
    for (unsigned number = 0; combination(number, facts, has_password); ++number)
        look(facts, has_password);
}
}  // namespace

class WhyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WhyTest);
    CPPUNIT_TEST(nobody_is_short_of_green_without_a_reason);
    CPPUNIT_TEST(green_needs_nothing_but_a_lifted_lock);
    CPPUNIT_TEST(a_closed_chart_is_the_only_reason);
    CPPUNIT_TEST(access_is_the_first_thing_to_mend);
    CPPUNIT_TEST(who_was_never_invited_can_be_invited);
    CPPUNIT_TEST(a_missing_zip_does_not_hide_that_no_invitation_was_sent);
    CPPUNIT_TEST(a_lock_does_not_hide_that_no_invitation_was_sent);
    CPPUNIT_TEST(each_missing_fact_has_its_reason);
    CPPUNIT_TEST(each_word_of_the_patient_has_its_reason_and_can_be_taken_back);
    CPPUNIT_TEST(a_day_that_has_come_stands_against_nothing);
    CPPUNIT_TEST(each_way_of_the_mail_has_its_reason_and_action);
    CPPUNIT_TEST(an_expired_link_asks_for_a_fresh_one);
    CPPUNIT_TEST(a_live_link_waits_for_the_patient);
    CPPUNIT_TEST(a_password_waits_for_the_first_sign_in);
    CPPUNIT_TEST(a_lapsed_password_asks_for_another_one);
    CPPUNIT_TEST(a_disabled_password_asks_for_a_link_or_for_lifting);
    CPPUNIT_TEST(a_killed_link_asks_for_a_fresh_invitation);
    CPPUNIT_TEST(invitation_is_never_offered_where_it_would_be_refused);
    CPPUNIT_TEST(no_reason_is_said_twice);
    CPPUNIT_TEST_SUITE_END();

    void nobody_is_short_of_green_without_a_reason() {
        int silent = 0;
        for_each_combination([&](const AccountFacts& facts, bool has_password) {
            if (portal_status(facts) != PortalStatus::SignedIn &&
                why_not_green(facts, has_password, at).empty())
                ++silent;
        });
        CPPUNIT_ASSERT_EQUAL(0, silent);
    }

    void green_needs_nothing_but_a_lifted_lock() {
        int wrong = 0;
        for_each_combination([&](const AccountFacts& facts, bool has_password) {
            if (portal_status(facts) != PortalStatus::SignedIn) return;
            const bool mailed = facts.email_is_valid && !wants_no_mail(facts) &&
                                !why_not_wanted(facts, at);
            const std::string by_mail = mailed ? ">send_invitation" : "";
            std::string expected;
            if (facts.password_disabled) expected = "password_disabled" + by_mail + " ";
            if (facts.password_disabled || facts.locked_until) expected += "locked>lift_delays ";
            if (has_password && facts.password_lapses_at)
                expected += "password_lapsed" + by_mail + " ";
            if (!expected.empty()) expected.pop_back();
            if (codes(facts, has_password) != expected) ++wrong;
        });
        CPPUNIT_ASSERT_EQUAL(0, wrong);
    }

    void a_closed_chart_is_the_only_reason() {
        int wrong = 0;
        for_each_combination([&](const AccountFacts& facts, bool has_password) {
            if (may_use_portal(facts.chart_status)) return;
            const bool dead = facts.chart_status == ChartStatus::Deceased;
            if (codes(facts, has_password) != (dead ? "deceased" : "inactive")) ++wrong;
        });
        CPPUNIT_ASSERT_EQUAL(0, wrong);
    }

    void access_is_the_first_thing_to_mend() {
        AccountFacts facts = ready();
        facts.access_enabled = false;
        CPPUNIT_ASSERT_EQUAL(std::string{"access_not_enabled>set_access"}, codes(facts));
    }

    void who_was_never_invited_can_be_invited() {
        CPPUNIT_ASSERT_EQUAL(std::string{"not_invited>send_invitation"}, codes(ready()));
    }

    void a_missing_zip_does_not_hide_that_no_invitation_was_sent() {
        AccountFacts facts = ready();
        facts.has_postal_code = false;
        CPPUNIT_ASSERT_EQUAL(std::string{"no_zip not_invited>send_invitation"}, codes(facts));
    }

    void a_lock_does_not_hide_that_no_invitation_was_sent() {
        AccountFacts facts = ready();
        facts.locked_until = at + tick;
        CPPUNIT_ASSERT_EQUAL(std::string{"locked>lift_delays not_invited>send_invitation"},
                             codes(facts));
    }

    void each_missing_fact_has_its_reason() {
        AccountFacts facts = ready();
        facts.has_email = facts.email_is_valid = false;
        CPPUNIT_ASSERT_EQUAL(std::string{"no_email"}, codes(facts));
        facts.has_email = true;
        CPPUNIT_ASSERT_EQUAL(std::string{"invalid_email"}, codes(facts));
        facts = ready();
        facts.opted_out = true;
        CPPUNIT_ASSERT_EQUAL(std::string{"opted_out"}, codes(facts));
    }

    void each_word_of_the_patient_has_its_reason_and_can_be_taken_back() {
        AccountFacts facts = ready();
        facts.consent = Consent::Declined;
        CPPUNIT_ASSERT_EQUAL(std::string{"declined>set_consent"}, codes(facts));
        facts.consent = Consent::DoNotMail;
        CPPUNIT_ASSERT_EQUAL(std::string{"do_not_mail>set_consent"}, codes(facts));
        facts.consent = Consent::Deferred;
        facts.consent_until = at + tick;
        CPPUNIT_ASSERT_EQUAL(std::string{"asked_to_wait>set_consent"}, codes(facts));
    }

    void a_day_that_has_come_stands_against_nothing() {
        AccountFacts facts = ready();
        facts.consent = Consent::Deferred;
        facts.consent_until = at;
        CPPUNIT_ASSERT_EQUAL(std::string{"not_invited>send_invitation"}, codes(facts));
    }

    void each_way_of_the_mail_has_its_reason_and_action() {
        AccountFacts facts = ready();
        const auto with = [&facts](MailState state) {
            facts.mail_state = state;
            return codes(facts);
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"queued"}, with(MailState::Queued));
        CPPUNIT_ASSERT_EQUAL(std::string{"deferred"}, with(MailState::Deferred));
        CPPUNIT_ASSERT_EQUAL(std::string{"failed>send_invitation"}, with(MailState::Failed));
        CPPUNIT_ASSERT_EQUAL(std::string{"outcome_unknown>send_invitation"},
                             with(MailState::Unknown));
        CPPUNIT_ASSERT_EQUAL(std::string{"not_invited>send_invitation"},
                             with(MailState::Cancelled));
        facts = invited();
        facts.link_expires_at.reset();
        facts.address_changed = true;
        CPPUNIT_ASSERT(codes(facts).find("address_changed>send_invitation") == 0);
        facts.address_changed = false;
        facts.mail_state = MailState::Bounced;
        CPPUNIT_ASSERT(codes(facts).find("bounced>send_invitation") == 0);
    }

    void an_expired_link_asks_for_a_fresh_one() {
        AccountFacts facts = invited();
        facts.link_expires_at = at;
        CPPUNIT_ASSERT_EQUAL(std::string{"link_expired>send_invitation"}, codes(facts));
    }

    void a_live_link_waits_for_the_patient() {
        CPPUNIT_ASSERT_EQUAL(std::string{"not_set_up"}, codes(invited()));
    }

    void a_password_waits_for_the_first_sign_in() {
        AccountFacts facts = invited();
        facts.link_expires_at.reset();
        CPPUNIT_ASSERT_EQUAL(std::string{"not_signed_in"}, codes(facts, true));
    }

    void a_lapsed_password_asks_for_another_one() {
        AccountFacts facts = invited();
        facts.link_expires_at.reset();
        facts.password_lapses_at = at;
        CPPUNIT_ASSERT_EQUAL(std::string{"password_lapsed>send_invitation"}, codes(facts, true));
        facts.password_lapses_at = at + tick;
        CPPUNIT_ASSERT_EQUAL(std::string{"not_signed_in"}, codes(facts, true));
    }

    void a_disabled_password_asks_for_a_link_or_for_lifting() {
        AccountFacts facts = invited();
        facts.first_signed_in_at = at;
        facts.password_disabled = true;
        CPPUNIT_ASSERT_EQUAL(std::string{"password_disabled>send_invitation locked>lift_delays"},
                             codes(facts, true));
        facts.email_is_valid = false;
        CPPUNIT_ASSERT_EQUAL(std::string{"password_disabled locked>lift_delays"},
                             codes(facts, true));
    }

    void a_killed_link_asks_for_a_fresh_invitation() {
        AccountFacts facts = invited();
        facts.link_expires_at.reset();
        CPPUNIT_ASSERT_EQUAL(std::string{"no_link>send_invitation"}, codes(facts));
    }

    void invitation_is_never_offered_where_it_would_be_refused() {
        int wrong = 0;
        for_each_combination([&](const AccountFacts& facts, bool has_password) {
            const bool invitable = facts.access_enabled && may_use_portal(facts.chart_status) &&
                                   facts.email_is_valid && !facts.opted_out &&
                                   (facts.consent == Consent::NothingSaid ||
                                    facts.consent_until == at);
            if (!invitable &&
                codes(facts, has_password).find(">send_invitation") != std::string::npos)
                ++wrong;
        });
        CPPUNIT_ASSERT_EQUAL(0, wrong);
    }

    void no_reason_is_said_twice() {
        for_each_combination([](const AccountFacts& facts, bool has_password) {
            std::set<std::string_view> seen;
            for (const auto& reason : why_not_green(facts, has_password, at))
                if (reason.sentence.empty() || !seen.insert(reason.code).second)
                    CPPUNIT_FAIL(codes(facts, has_password));
        });
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WhyTest);
