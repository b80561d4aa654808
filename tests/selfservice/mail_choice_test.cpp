// SPDX-License-Identifier: Apache-2.0
#include "selfservice/mail_choice.hpp"

#include "domain/consent.hpp"
#include "selfservice/link_fixture.hpp"
#include "store/audit_table.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class MailChoiceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailChoiceTest);
    CPPUNIT_TEST(mails_come_unless_somebody_said_otherwise);
    CPPUNIT_TEST(patient_stops_every_mail_and_the_link_that_is_out);
    CPPUNIT_TEST(patient_takes_every_word_back);
    CPPUNIT_TEST(what_only_stops_invitations_leaves_the_mails_of_the_portal);
    CPPUNIT_TEST(chart_s_own_word_is_shown_and_stays);
    CPPUNIT_TEST(each_change_is_one_entry_of_the_patient);
    CPPUNIT_TEST(the_same_choice_changes_nothing);
    CPPUNIT_TEST(looking_changes_nothing);
    CPPUNIT_TEST(closed_account_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override { it_.reset(); }

    void mails_come_unless_somebody_said_otherwise() {
        CPPUNIT_ASSERT(choice().mail_me && !choice().chart_says_no);
    }

    void patient_stops_every_mail_and_the_link_that_is_out() {
        static_cast<void>(it_->invite());
        CPPUNIT_ASSERT(choose(false));
        CPPUNIT_ASSERT(!choice().mail_me);
        CPPUNIT_ASSERT_EQUAL(Consent::DoNotMail, consent());
        CPPUNIT_ASSERT(!it_->store.account("P001").facts.link_expires_at);
        CPPUNIT_ASSERT_EQUAL(Refusal::OptedOut,
                             refusal_of(send_invitation(it_->store, it_->practice, "P001", nurse,
                                                        noon + std::chrono::hours{1})));
    }

    void patient_takes_every_word_back() {
        for (const auto& said : {ConsentSaid{Consent::Declined, {}},
                                 ConsentSaid{Consent::Deferred, noon + std::chrono::hours{1}},
                                 ConsentSaid{Consent::DoNotMail, {}}}) {
            it_->store.say("P001", said);
            CPPUNIT_ASSERT(choose(true));
            CPPUNIT_ASSERT_EQUAL(Consent::NothingSaid, consent());
        }
    }

    void what_only_stops_invitations_leaves_the_mails_of_the_portal() {
        it_->store.say("P001", {Consent::Declined, {}});
        CPPUNIT_ASSERT(choice().mail_me);
    }

    void chart_s_own_word_is_shown_and_stays() {
        auto patient = anna();
        patient.opted_out = true;
        it_->store.add(patient);
        CPPUNIT_ASSERT(choose(true));
        CPPUNIT_ASSERT(choice().chart_says_no);
        CPPUNIT_ASSERT(it_->store.account("P001").patient.opted_out);
    }

    void each_change_is_one_entry_of_the_patient() {
        CPPUNIT_ASSERT(choose(false));
        CPPUNIT_ASSERT(choose(true));
        const auto all = entries();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT(all.front().actor.kind == Actor::Kind::Patient);
        CPPUNIT_ASSERT_EQUAL(std::string{"consent_changed P001 203.0.113.7 do_not_mail"},
                             all.front().action + " " + all.front().actor.id + " " +
                                 all.front().actor.from + " " + all.front().detail);
        CPPUNIT_ASSERT_EQUAL(std::string{"none"}, all.back().detail);
    }

    void the_same_choice_changes_nothing() {
        CPPUNIT_ASSERT(choose(true));
        CPPUNIT_ASSERT(entries().empty());
        CPPUNIT_ASSERT(choose(false));
        CPPUNIT_ASSERT(choose(false));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries().size());
    }

    void looking_changes_nothing() {
        const auto before = it_->store.bytes();
        static_cast<void>(choice());
        CPPUNIT_ASSERT(before == it_->store.bytes());
    }

    void closed_account_is_refused() {
        const auto is_refused = [this] {
            return refusal_of(get_mail_choice(it_->store, "P001")) == Refusal::SignIn &&
                   refusal_of(choose(false)) == Refusal::SignIn;
        };
        it_->store.tamper("UPDATE patient SET access_enabled = 0");
        CPPUNIT_ASSERT(is_refused());
        it_->store.tamper("UPDATE patient SET access_enabled = 1, chart_status = 3");
        CPPUNIT_ASSERT(is_refused());
        it_->store.tamper("UPDATE patient SET chart_status = 1, in_directory = 0");
        CPPUNIT_ASSERT(is_refused());
        CPPUNIT_ASSERT_EQUAL(Consent::NothingSaid, consent());
    }

private:
    MailChoice choice() { return get_mail_choice(it_->store, "P001").value(); }
    Result<Done> choose(bool mail_me) {
        return set_mail_choice(it_->store, "P001", mail_me, it_->visitor, noon);
    }
    Consent consent() { return it_->store.account("P001").facts.consent; }
    std::vector<AuditEntry> entries() {
        return it_->store.ask([](Connection& c) { return read_audit(c, 0, "P001", 10); });
    }

    std::optional<LinkFixture> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailChoiceTest);
