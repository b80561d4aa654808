// SPDX-License-Identifier: Apache-2.0
#include "store/outbox_table.hpp"

#include "domain/batch.hpp"
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
    CPPUNIT_TEST(mail_that_left_invites_also_who_was_withdrawn_meanwhile);
    CPPUNIT_TEST(a_cancelled_mail_keeps_no_reason);
    CPPUNIT_TEST(cancelling_one_of_two_leaves_the_mail_to_the_other);
    CPPUNIT_TEST(keeps_urgency_batch_place_and_whether_it_reminds);
    CPPUNIT_TEST(mails_that_can_wait_come_after_the_others);
    CPPUNIT_TEST(a_group_is_leased_at_once_and_no_larger_than_asked);
    CPPUNIT_TEST(mails_of_a_paused_batch_are_not_due);
    CPPUNIT_TEST(knows_what_is_in_whose_hand);
    CPPUNIT_TEST(a_lease_can_be_renewed);
    CPPUNIT_TEST(a_mail_given_back_is_as_it_was);
    CPPUNIT_TEST(a_worker_gives_all_that_it_holds_back);
    CPPUNIT_TEST(a_mail_that_was_sent_invites_since_then);
    CPPUNIT_TEST(the_outcome_shows_at_the_place_in_the_batch);
    CPPUNIT_TEST(a_cancelled_mail_shows_at_the_place_in_the_batch);
    CPPUNIT_TEST(says_what_waits);
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
    /// As place 4 of batch 7.
    QueuedMail queue_in_batch(BatchState state) {
        store_.tamper("INSERT INTO batch VALUES (1, 7, " + std::to_string(static_cast<int>(state)) +
                      ", 'nurse-1', '', 0, 0, NULL, 0, 1)");
        store_.tamper(
            "INSERT INTO batch_person (practice, batch_id, place, patient_id, outcome) VALUES (1, "
            "7, 4, 'P001', "
            "1)");
        QueuedMail mail;
        mail.id = "b1";
        mail.recipient = "anna@example.org";
        mail.created_at = noon;
        mail.people = {{"P001", std::string(32, 'a')}};
        mail.can_wait = true;
        mail.batch = BatchPlace{7, 4};
        store_.change("P001", [&](Transaction& t) { queue_mail(t, mail); });
        return mail;
    }
    std::int64_t batch_outcome() {
        return store_.number("SELECT outcome FROM batch_person WHERE batch_id = 7 AND place = 4");
    }
    bool is_due(UnixTime at) {
        return store_.ask([&](Connection& c) { return is_mail_due(c, at); });
    }

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

    void mail_that_left_invites_also_who_was_withdrawn_meanwhile() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon));
        store_.change("P001", [](Transaction& t) {
            CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::Withdrawn, noon));
            cancel_mail_of(t, std::string(32, 'a'));
        });
        store_.change("P001", [&](Transaction& t) {
            const MailOutcome sent{MailState::Sent, 1, {}, "", noon + minute};
            CPPUNIT_ASSERT(settle_mail(t, mail, "w1", sent, Links::AnyEnd));
        });
        CPPUNIT_ASSERT(store_.account("P001").last_invited_at == noon + minute);
    }

    void a_cancelled_mail_keeps_no_reason() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon));
        CPPUNIT_ASSERT(settle(mail, {MailState::Deferred, 1, noon + minute, "451 busy"}));
        store_.change("P001", [](Transaction& t) { cancel_mail_of(t, std::string(32, 'a')); });
        const auto last = store_.ask([](Connection& c) { return last_mail_to(c, "P001"); });
        CPPUNIT_ASSERT_EQUAL(std::string{}, last->reason);
    }

    void cancelling_one_of_two_leaves_the_mail_to_the_other() {
        queue("m1", {{"P001", std::string(32, 'a')}, {"P002", std::string(32, 'b')}});
        store_.change("P001", [](Transaction& t) { cancel_mail_of(t, std::string(32, 'a')); });
        CPPUNIT_ASSERT(!marks("P001").has(Mark::Queued));
        CPPUNIT_ASSERT(marks("P002").has(Mark::Queued));
        CPPUNIT_ASSERT(lease(noon));
    }

    void keeps_urgency_batch_place_and_whether_it_reminds() {
        queue_in_batch(BatchState::Running);
        const auto mail = lease(noon);
        CPPUNIT_ASSERT(mail->can_wait && !mail->is_reminder);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, mail->batch->batch_id);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, mail->batch->place);
        QueuedMail reminder = *mail;
        reminder.id = "r1";
        reminder.is_reminder = true;
        reminder.can_wait = false;
        reminder.batch.reset();
        store_.change("P001", [&](Transaction& t) { queue_mail(t, reminder); });
        const auto next = lease(noon);
        CPPUNIT_ASSERT(next->is_reminder && !next->can_wait && !next->batch);
    }

    void mails_that_can_wait_come_after_the_others() {
        queue_in_batch(BatchState::Running);
        queue_to_anna("m1", noon + minute);
        CPPUNIT_ASSERT_EQUAL(std::string{"m1"}, lease(noon + minute)->id);
        CPPUNIT_ASSERT_EQUAL(std::string{"b1"}, lease(noon + minute)->id);
    }

    void a_group_is_leased_at_once_and_no_larger_than_asked() {
        for (int i = 0; i < 5; ++i) queue_to_anna("m" + std::to_string(i), noon + i * minute);
        Transaction transaction{store_};
        const auto group = lease_due_mails(transaction, noon + 3 * minute, noon + 9 * minute, "w1",
                                           3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, group.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, group.back().people.front().patient_id);
        const auto rest = lease_due_mails(transaction, noon + 3 * minute, noon + 9 * minute, "w1",
                                          3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rest.size());  // The last is not due yet.
    }

    void mails_of_a_paused_batch_are_not_due() {
        queue_in_batch(BatchState::Paused);
        CPPUNIT_ASSERT(!is_due(noon) && !lease(noon));
        store_.tamper("UPDATE batch SET state = 2");
        CPPUNIT_ASSERT(is_due(noon) && lease(noon));
    }

    void knows_what_is_in_whose_hand() {
        const auto in_hand = [this] {
            return store_.ask([](Connection& c) { return is_mail_in_hand(c); });
        };
        const auto of = [this](const std::string& name) {
            return store_.ask([&](Connection& c) { return mails_in_hand(c, name).size(); });
        };
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(!in_hand());
        CPPUNIT_ASSERT(lease(noon, "w1"));
        CPPUNIT_ASSERT(in_hand() && !is_due(noon));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, of("w1"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, of("w2") + of(""));
        const auto last = store_.ask([](Connection& c) { return last_mail_to(c, "P001"); });
        CPPUNIT_ASSERT(last->in_hand(noon) && !last->in_hand(noon + minute));
        CPPUNIT_ASSERT(settle(mail, {MailState::Sent, 1, {}, "", noon}));
        CPPUNIT_ASSERT(!in_hand());
    }

    void a_lease_can_be_renewed() {
        queue_to_anna();
        CPPUNIT_ASSERT(lease(noon, "w1"));
        store_.change("P001", [](Transaction& t) { renew_lease(t, "w1", noon + minute * 5); });
        CPPUNIT_ASSERT(!lease(noon + minute * 4, "w2"));
        CPPUNIT_ASSERT(lease(noon + minute * 5, "w2"));
    }

    void a_mail_given_back_is_as_it_was() {
        queue_to_anna();
        CPPUNIT_ASSERT(lease(noon, "w1"));
        store_.change("P001", [](Transaction& t) { give_mail_back(t, "m1", "w2"); });
        CPPUNIT_ASSERT(!is_due(noon));  // It was not that worker's.
        store_.change("P001", [](Transaction& t) { give_mail_back(t, "m1", "w1"); });
        const auto mail = lease(noon, "w2");
        CPPUNIT_ASSERT(mail->state == MailState::Queued && mail->tries == 0);
        CPPUNIT_ASSERT(marks().has(Mark::Queued));
    }

    void a_worker_gives_all_that_it_holds_back() {
        queue_to_anna();
        CPPUNIT_ASSERT(lease(noon, "w1"));
        store_.change("P001", [](Transaction& t) { give_mails_back(t, "w2"); });
        CPPUNIT_ASSERT(!is_due(noon));
        store_.change("P001", [](Transaction& t) { give_mails_back(t, "w1"); });
        CPPUNIT_ASSERT(is_due(noon));
    }

    void a_mail_that_was_sent_invites_since_then() {
        const auto mail = queue_to_anna();
        CPPUNIT_ASSERT(lease(noon));
        CPPUNIT_ASSERT(settle(mail, {MailState::Sent, 1, {}, "", noon + minute}));
        CPPUNIT_ASSERT(store_.account("P001").status == PortalStatus::Invited);
        CPPUNIT_ASSERT(store_.account("P001").last_invited_at == noon + minute);
    }

    void the_outcome_shows_at_the_place_in_the_batch() {
        const auto mail = queue_in_batch(BatchState::Running);
        CPPUNIT_ASSERT(lease(noon));
        CPPUNIT_ASSERT(settle(mail, {MailState::Deferred, 1, noon + minute, "busy"}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{static_cast<int>(MailState::Deferred)}, batch_outcome());
    }

    void a_cancelled_mail_shows_at_the_place_in_the_batch() {
        queue_in_batch(BatchState::Running);
        store_.change("P001", [](Transaction& t) { cancel_mail_of(t, std::string(32, 'a')); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{static_cast<int>(MailState::Cancelled)}, batch_outcome());
    }

    void says_what_waits() {
        const auto state = [this] {
            return store_.ask([](Connection& c) { return read_outbox_state(c); });
        };
        CPPUNIT_ASSERT(state().waiting == 0 && !state().oldest);
        const auto mail = queue_to_anna("m1", noon);
        queue_to_anna("m2", noon + minute);
        CPPUNIT_ASSERT(state().waiting == 2 && state().deferred == 0);
        CPPUNIT_ASSERT(lease(noon));
        CPPUNIT_ASSERT(settle(mail, {MailState::Deferred, 1, noon + minute, "busy"}));
        CPPUNIT_ASSERT(state().waiting == 2 && state().deferred == 1);
        CPPUNIT_ASSERT(state().oldest == noon);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutboxTableTest);
