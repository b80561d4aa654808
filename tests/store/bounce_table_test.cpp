// SPDX-License-Identifier: Apache-2.0
#include "store/bounce_table.hpp"

#include "store/invitation_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
constexpr std::string_view why = "550 5.1.1 User unknown";
}  // namespace

class BounceTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BounceTableTest);
    CPPUNIT_TEST(a_mail_comes_back_with_its_people_and_its_batch);
    CPPUNIT_TEST(an_unknown_mail_is_none);
    CPPUNIT_TEST(a_sent_mail_bounces_once);
    CPPUNIT_TEST(a_mail_of_unknown_outcome_bounces_and_is_not_tried_again);
    CPPUNIT_TEST(a_worker_that_has_the_retry_in_hand_settles_nothing);
    CPPUNIT_TEST(a_mail_that_never_left_does_not_bounce);
    CPPUNIT_TEST(the_batch_learns_of_it);
    CPPUNIT_TEST(the_row_shows_it_beside_its_colour);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void put_state(MailState state) {
        store_.tamper("UPDATE outbox SET state = " + std::to_string(static_cast<int>(state)));
    }
    std::optional<QueuedMail> mail(std::string_view id = "m1") {
        return store_.ask(
            [id](Connection& connection) { return find_queued_mail(connection, id); });
    }
    bool bounce() {
        Transaction transaction{store_};
        const bool bounced = put_mail_bounced(transaction, mail().value(), why);
        transaction.commit();
        return bounced;
    }

public:
    void setUp() override {
        store_.add(anna());
        Invitation invitation;
        invitation.id = std::string(32, 'a');
        invitation.patient_id = "P001";
        invitation.key_id = "k1";
        invitation.link_digest = std::string(64, 'a');
        invitation.created_at = noon;
        invitation.expires_at = noon + std::chrono::hours{24};
        QueuedMail queued;
        queued.id = "m1";
        queued.recipient = "anna@example.org";
        queued.created_at = noon;
        queued.people = {{"P001", invitation.id}};
        queued.batch = BatchPlace{1, 2};
        store_.change("P001", [&](Transaction& t) {
            t.connection().run(
                "INSERT INTO batch (practice, batch_id, state, started_by, came_from, started_at, "
                "starts_at, "
                "signed_in_too, selected) VALUES (1, 1, 2, 'nurse-1', '', 0, 0, 0, 2)");
            for (const int place : {1, 2})
                t.connection().run(
                    "INSERT INTO batch_person (practice, batch_id, place, patient_id, outcome) "
                    "VALUES (1, 1, "
                    "$1, 'P001', 2)",
                    place);
            add_invitation(t, invitation);
            queue_mail(t, queued);
        });
    }

    void a_mail_comes_back_with_its_people_and_its_batch() {
        const auto found = mail();
        CPPUNIT_ASSERT(found->kind == MailKind::Invitation && found->state == MailState::Queued);
        CPPUNIT_ASSERT(found->batch->batch_id == 1 && found->batch->place == 2);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, found->people.at(0).patient_id);
        CPPUNIT_ASSERT_EQUAL(std::string(32, 'a'), found->people.at(0).invitation_id);
    }

    void an_unknown_mail_is_none() { CPPUNIT_ASSERT(!mail("m2")); }

    void a_sent_mail_bounces_once() {
        put_state(MailState::Sent);
        CPPUNIT_ASSERT(bounce());
        CPPUNIT_ASSERT(!bounce());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             store_.number("SELECT COUNT(*) FROM outbox WHERE state = 7 AND reason "
                                           "= '550 5.1.1 User unknown'"));
    }

    void a_mail_of_unknown_outcome_bounces_and_is_not_tried_again() {
        put_state(MailState::Unknown);
        CPPUNIT_ASSERT(bounce());
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{0},
            store_.number("SELECT COUNT(*) FROM outbox WHERE next_try_at IS NOT NULL"));
    }

    void a_worker_that_has_the_retry_in_hand_settles_nothing() {
        put_state(MailState::Unknown);
        store_.tamper("UPDATE outbox SET lease = 'w1', leased_until = 9000000000000");
        CPPUNIT_ASSERT(bounce());
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!settle_mail(transaction, mail().value(), "w1", MailOutcome{}));
    }

    void a_mail_that_never_left_does_not_bounce() {
        for (const auto state :
             {MailState::Queued, MailState::Deferred, MailState::Failed, MailState::Cancelled}) {
            put_state(state);
            CPPUNIT_ASSERT(!bounce());
        }
        CPPUNIT_ASSERT(!store_.account("P001").marks.has(Mark::Bounced));
    }

    void the_batch_learns_of_it() {
        put_state(MailState::Sent);
        CPPUNIT_ASSERT(bounce());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7},
                             store_.number("SELECT outcome FROM batch_person WHERE place = 2"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2},
                             store_.number("SELECT outcome FROM batch_person WHERE place = 1"));
    }

    void the_row_shows_it_beside_its_colour() {
        store_.tamper("UPDATE patient SET credentials_issued_at = 1");
        put_state(MailState::Sent);
        CPPUNIT_ASSERT(bounce());
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, store_.account("P001").status);
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::Bounced));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BounceTableTest);
