// SPDX-License-Identifier: Apache-2.0
#include "store/consent_table.hpp"

#include "invitations/send_invitation.hpp"
#include "store/account_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
constexpr auto day = std::chrono::hours{24};
const ConsentSaid declined{Consent::Declined, {}};
const ConsentSaid waits{Consent::Deferred, noon + day};
const ConsentSaid no_mail{Consent::DoNotMail, {}};
}  // namespace

class ConsentTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConsentTableTest);
    CPPUNIT_TEST(what_was_said_is_read_back);
    CPPUNIT_TEST(the_same_word_is_no_change);
    CPPUNIT_TEST(another_day_is_a_change);
    CPPUNIT_TEST(row_has_the_mark_at_once);
    CPPUNIT_TEST(every_no_kills_the_link_and_takes_its_mail_out);
    CPPUNIT_TEST(taking_it_back_leaves_the_link_alone);
    CPPUNIT_TEST(a_day_that_has_come_leaves_the_link_alone);
    CPPUNIT_TEST(chart_that_is_read_again_keeps_what_was_said);
    CPPUNIT_TEST(store_takes_no_day_without_deferral_and_no_deferral_without_day);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    bool put(const ConsentSaid& said) {
        Transaction transaction{store_};
        const bool changed = put_consent(transaction, find_account(transaction, "P001").value(),
                                         said, noon);
        transaction.commit();
        return changed;
    }
    std::string invite(UnixTime at) {
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P001", nurse, at));
        return store_.ask([](Connection& c) { return open_invitation(c, "P001")->id; });
    }
    LinkEnd end_of(const std::string& id) {
        return store_.ask([&](Connection& c) { return find_invitation(c, id)->end; });
    }
    bool breaks(const std::string& sql) {
        try {
            store_.tamper(sql);
        } catch (const StoreFault&) {
            return true;
        }
        return false;
    }

public:
    void setUp() override { store_.add(anna()); }

    void what_was_said_is_read_back() {
        for (const auto& said : {declined, waits, no_mail, ConsentSaid{}}) {
            CPPUNIT_ASSERT(put(said));
            CPPUNIT_ASSERT(consent_of(store_.account("P001").facts) == said);
        }
    }

    void the_same_word_is_no_change() {
        CPPUNIT_ASSERT(!put({}));
        CPPUNIT_ASSERT(put(waits));
        const auto before = store_.bytes();
        CPPUNIT_ASSERT(!put(waits));
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void another_day_is_a_change() {
        CPPUNIT_ASSERT(put(waits));
        CPPUNIT_ASSERT(put({Consent::Deferred, noon + 2 * day}));
    }

    void row_has_the_mark_at_once() {
        CPPUNIT_ASSERT(put(declined));
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::OptedOut));
        CPPUNIT_ASSERT(put(waits));  // Comes and goes with time: never in the row.
        CPPUNIT_ASSERT(!store_.account("P001").marks.has(Mark::OptedOut));
        CPPUNIT_ASSERT(put(no_mail));
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::OptedOut));
        CPPUNIT_ASSERT(put({}));
        CPPUNIT_ASSERT(!store_.account("P001").marks.has(Mark::OptedOut));
    }

    void every_no_kills_the_link_and_takes_its_mail_out() {
        auto at = noon;
        for (const auto& said : {declined, waits, no_mail}) {
            const auto id = invite(at);
            CPPUNIT_ASSERT(put(said));
            CPPUNIT_ASSERT_EQUAL(LinkEnd::Withdrawn, end_of(id));
            CPPUNIT_ASSERT_EQUAL(MailState::Cancelled, store_.account("P001").facts.mail_state);
            CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return is_mail_due(c, noon + day); }));
            CPPUNIT_ASSERT(put({}));
            at += std::chrono::hours{1};
        }
    }

    void taking_it_back_leaves_the_link_alone() {
        CPPUNIT_ASSERT(put(declined));
        store_.change("P001", [](Transaction& t) {
            CPPUNIT_ASSERT(put_consent(t, find_account(t, "P001").value(), {}, noon));
        });
        const auto id = invite(noon);
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Open, end_of(id));
        CPPUNIT_ASSERT(!put({}));
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Open, end_of(id));
    }

    void a_day_that_has_come_leaves_the_link_alone() {
        const auto id = invite(noon);
        CPPUNIT_ASSERT(put({Consent::Deferred, noon}));
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Open, end_of(id));
    }

    void chart_that_is_read_again_keeps_what_was_said() {
        CPPUNIT_ASSERT(put(waits));
        auto patient = anna();
        patient.first_name = "Anne";
        store_.add(patient);
        CPPUNIT_ASSERT(consent_of(store_.account("P001").facts) == waits);
    }

    void store_takes_no_day_without_deferral_and_no_deferral_without_day() {
        CPPUNIT_ASSERT(breaks("UPDATE patient SET consent = 2"));
        CPPUNIT_ASSERT(breaks("UPDATE patient SET consent = 1, consent_until = 5"));
        CPPUNIT_ASSERT(breaks("UPDATE patient SET consent = 4"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConsentTableTest);
