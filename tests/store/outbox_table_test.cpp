// SPDX-License-Identifier: Apache-2.0
#include "store/outbox_table.hpp"

#include "store/invitation_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
constexpr auto minute = std::chrono::minutes{1};

Invitation invitation(const std::string& patient_id, char letter) {
    Invitation made;
    made.id = std::string(32, letter);
    made.patient_id = patient_id;
    made.key_id = "k1";
    made.link_digest = std::string(64, letter);
    made.created_at = noon;
    made.expires_at = noon + std::chrono::hours{24};
    return made;
}
}  // namespace

class OutboxTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutboxTableTest);
    CPPUNIT_TEST(queued_mail_comes_back_with_its_people_in_order);
    CPPUNIT_TEST(queued_invitation_marks_everyone_it_invites);
    CPPUNIT_TEST(other_mails_mark_nobody);
    CPPUNIT_TEST(leased_mail_is_nobody_elses_until_the_lease_ends);
    CPPUNIT_TEST(the_longest_due_mail_comes_first);
    CPPUNIT_TEST(mail_is_not_leased_before_it_is_due);
    CPPUNIT_TEST(worker_that_lost_its_lease_settles_nothing);
    CPPUNIT_TEST(each_outcome_shows_on_the_patients_row);
    CPPUNIT_TEST(deferred_mail_comes_again_when_due);
    CPPUNIT_TEST(settled_mail_is_not_tried_again);
    CPPUNIT_TEST(reason_of_the_server_is_kept);
    CPPUNIT_TEST(outcome_of_an_older_mail_does_not_touch_the_row);
    CPPUNIT_TEST(outcome_does_not_touch_who_was_withdrawn_meanwhile);
    CPPUNIT_TEST(cancelling_one_of_two_leaves_the_mail_to_the_other);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    QueuedMail queue(const std::string& id, std::vector<MailPerson> people, UnixTime at = noon,
                     MailKind kind = MailKind::Invitation) {
        QueuedMail mail;
        mail.id = id;
        mail.kind = kind;
        mail.recipient = "anna@example.org";
        mail.language = "en";
        mail.created_at = at;
        mail.people = std::move(people);
        store_.change("P001", [&](Transaction& t) { queue_mail(t, mail); });
        return mail;
    }
    QueuedMail queue_to_anna(const std::string& id = "m1", UnixTime at = noon) {
        return queue(id, {{"P001", std::string(32, 'a')}}, at);
    }
    std::optional<QueuedMail> lease(UnixTime at, const std::string& name = "w1") {
        Transaction transaction{store_};
        auto mail = lease_due_mail(transaction, at, at + minute, name);
        transaction.commit();
        return mail;
    }
    bool settle(const QueuedMail& mail, const MailOutcome& outcome,
                const std::string& name = "w1") {
        Transaction transaction{store_};
        const bool settled = settle_mail(transaction, mail, name, outcome);
        transaction.commit();
        return settled;
    }
    Marks marks(const std::string& id = "P001") { return store_.account(id).marks; }

public:
    void setUp() override {
        store_.add(anna("P001"));
        store_.add(bruno("P002"));
        store_.change("P001", [](Transaction& t) {
            add_invitation(t, invitation("P001", 'a'));
            add_invitation(t, invitation("P002", 'b'));
        });
    }

    void queued_mail_comes_back_with_its_people_in_order() {
        queue("m1", {{"P002", std::string(32, 'b')}, {"P001", std::string(32, 'a')}});
        const auto mail = lease(noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"m1 anna@example.org en"},
                             mail->id + " " + mail->recipient + " " + mail->language);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mail->people.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"P002"}, mail->people.front().patient_id);
        CPPUNIT_ASSERT_EQUAL(std::string(32, 'a'), mail->people.back().invitation_id);
    }

    void queued_invitation_marks_everyone_it_invites() {
        queue("m1", {{"P001", std::string(32, 'a')}, {"P002", std::string(32, 'b')}});
        CPPUNIT_ASSERT(marks("P001").has(Mark::Queued) && marks("P002").has(Mark::Queued));
    }

    void other_mails_mark_nobody() {
        queue("m1", {{"P001", ""}}, noon, MailKind::UsernameReminder);
        CPPUNIT_ASSERT(!marks().has(Mark::Queued));
    }

    void leased_mail_is_nobody_elses_until_the_lease_ends() {
        queue_to_anna();
        CPPUNIT_ASSERT(lease(noon, "w1"));
        CPPUNIT_ASSERT(!lease(noon, "w2"));
        CPPUNIT_ASSERT(lease(noon + minute, "w2"));
    }

    void the_longest_due_mail_comes_first() {
        queue_to_anna("m2", noon);
        queue_to_anna("m1", noon - minute);
        CPPUNIT_ASSERT_EQUAL(std::string{"m1"}, lease(noon)->id);
    }

    void mail_is_not_leased_before_it_is_due() {
        queue_to_anna("m1", noon + minute);
        CPPUNIT_ASSERT(!lease(noon));
        CPPUNIT_ASSERT(store_.ask([](Connection& c) { return next_mail_due_at(c); }) ==
                       noon + minute);
    }

    void worker_that_lost_its_lease_settles_nothing() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon, "w1") && lease(noon + minute, "w2"));
        CPPUNIT_ASSERT(!settle(mail, {MailState::Failed, 1, {}, "late"}, "w1"));
        CPPUNIT_ASSERT(marks().has(Mark::Queued));
    }

    void each_outcome_shows_on_the_patients_row() {
        const std::pair<MailState, std::uint64_t> outcomes[] = {
            {MailState::Sent, 0},
            {MailState::Deferred, static_cast<std::uint64_t>(Mark::Deferred)},
            {MailState::Failed, static_cast<std::uint64_t>(Mark::Failed)},
            {MailState::Unknown, static_cast<std::uint64_t>(Mark::OutcomeUnknown)}};
        int number = 0;
        for (const auto& [state, expected] : outcomes) {
            const auto mail = queue_to_anna("m" + std::to_string(++number), noon + number * minute);
            CPPUNIT_ASSERT(lease(mail.created_at));
            CPPUNIT_ASSERT(settle(mail, {state, 1, {}, ""}));
            CPPUNIT_ASSERT_EQUAL(expected, marks().bits());
        }
    }

    void deferred_mail_comes_again_when_due() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon));
        CPPUNIT_ASSERT(settle(mail, {MailState::Deferred, 1, noon + minute * 5, "busy"}));
        CPPUNIT_ASSERT(!lease(noon + minute * 4));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, lease(noon + minute * 5)->tries);
    }

    void settled_mail_is_not_tried_again() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon));
        CPPUNIT_ASSERT(settle(mail, {MailState::Sent, 1, {}, ""}));
        CPPUNIT_ASSERT(!lease(noon + std::chrono::hours{1000}));
    }

    void reason_of_the_server_is_kept() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon));
        CPPUNIT_ASSERT(settle(mail, {MailState::Failed, 1, {}, "550 no such user"}));
        const auto last = store_.ask([](Connection& c) { return last_mail_to(c, "P001"); });
        CPPUNIT_ASSERT_EQUAL(std::string{"550 no such user"}, last->reason);
        CPPUNIT_ASSERT_EQUAL(MailState::Failed, last->state);
    }

    void outcome_of_an_older_mail_does_not_touch_the_row() {
        const auto older = queue_to_anna("m1", noon);
        CPPUNIT_ASSERT(lease(noon));
        queue_to_anna("m2", noon + minute);
        CPPUNIT_ASSERT(settle(older, {MailState::Failed, 1, {}, ""}));
        CPPUNIT_ASSERT(marks().has(Mark::Queued) && !marks().has(Mark::Failed));
    }

    void outcome_does_not_touch_who_was_withdrawn_meanwhile() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon));
        store_.change("P001", [](Transaction& t) {
            CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::Withdrawn, noon));
        });
        CPPUNIT_ASSERT(settle(mail, {MailState::Failed, 1, {}, ""}));
        CPPUNIT_ASSERT(!marks().has(Mark::Failed));
    }

    void cancelling_one_of_two_leaves_the_mail_to_the_other() {
        queue("m1", {{"P001", std::string(32, 'a')}, {"P002", std::string(32, 'b')}});
        store_.change("P001", [](Transaction& t) { cancel_mail_of(t, std::string(32, 'a')); });
        CPPUNIT_ASSERT(!marks("P001").has(Mark::Queued));
        CPPUNIT_ASSERT(marks("P002").has(Mark::Queued));
        CPPUNIT_ASSERT(lease(noon));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutboxTableTest);
