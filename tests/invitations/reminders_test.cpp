// SPDX-License-Identifier: Apache-2.0
#include "invitations/reminders.hpp"

#include "invitations/compose_mail.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "onboarding/access.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/consent_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

namespace {
using std::chrono::hours;
constexpr auto day = hours{24};
constexpr auto tick = std::chrono::milliseconds{1};
}  // namespace

class RemindersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RemindersTest);
    CPPUNIT_TEST(first_and_last_meet_in_one_by_default);
    CPPUNIT_TEST(long_links_are_reminded_of_twice);
    CPPUNIT_TEST(moments_less_than_a_day_apart_become_the_last);
    CPPUNIT_TEST(short_links_are_not_reminded_of);
    CPPUNIT_TEST(moment_after_the_end_does_not_count);
    CPPUNIT_TEST(order_of_the_moments_does_not_matter);
    CPPUNIT_TEST(only_first_invitations_wait_for_a_reminder);
    CPPUNIT_TEST(nothing_is_due_a_moment_too_early);
    CPPUNIT_TEST(chart_that_cannot_be_read_waits_a_day);
    CPPUNIT_TEST(reminder_carries_the_same_link);
    CPPUNIT_TEST(reminder_can_wait_and_is_recorded_as_the_plugins);
    CPPUNIT_TEST(reminder_leaves_the_colour_and_the_link_as_they_were);
    CPPUNIT_TEST(second_reminder_follows_and_no_third);
    CPPUNIT_TEST(reminder_long_overdue_is_sent_once);
    CPPUNIT_TEST(second_one_within_a_day_is_left_out);
    CPPUNIT_TEST(expired_link_is_not_reminded_of);
    CPPUNIT_TEST(whoever_need_not_or_must_not_be_mailed_is_not);
    CPPUNIT_TEST(mail_that_did_not_arrive_is_not_followed_by_a_reminder);
    CPPUNIT_TEST(mail_still_on_its_way_puts_the_reminder_off_by_a_day);
    CPPUNIT_TEST(full_address_puts_the_reminder_off_by_a_day);
    CPPUNIT_TEST(whoever_was_mailed_often_is_left_alone);
    CPPUNIT_TEST(practice_can_do_without);
    CPPUNIT_TEST(groups_follow_one_another_until_all_are_queued);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::optional<UnixTime> next(hours lifetime, UnixTime after = noon) {
        return next_reminder(practice_, noon, noon + lifetime, after);
    }
    static void assert_at(hours expected, const std::optional<UnixTime>& moment) {
        CPPUNIT_ASSERT(moment.has_value());
        CPPUNIT_ASSERT_EQUAL(expected.count(),
                             std::chrono::duration_cast<hours>(*moment - noon).count());
    }

    void send(MailState state = MailState::Sent, UnixTime at = noon) {
        Transaction transaction{store_};
        while (const auto mail = lease_due_mail(transaction, at, at + day, "w")) {
            const auto next_try = state == MailState::Deferred ? std::optional{at + day * 9}
                                                               : std::nullopt;
            CPPUNIT_ASSERT(settle_mail(transaction, *mail, "w", {state, 1, next_try, "", at}));
        }
        transaction.commit();
    }
    void invite(MailState state = MailState::Sent) {
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P001", nurse, noon));
        send(state);
    }
    bool queue(UnixTime at, const std::set<std::string>& unreadable = {}) {
        const auto refresh = [&](const std::vector<std::string>&) { return unreadable; };
        return queue_reminders(store_, practice_, refresh, at);
    }
    std::int64_t reminders() {
        return store_.number("SELECT COUNT(*) FROM outbox WHERE is_reminder = 1");
    }
    std::optional<UnixTime> remind_at() {
        return store_.ask([](Connection& c) { return open_invitation(c, "P001")->remind_at; });
    }
    void commit(const std::function<void(Transaction&)>& change) {
        Transaction transaction{store_};
        change(transaction);
        transaction.commit();
    }
    std::optional<QueuedMail> leased(UnixTime at) {
        Transaction transaction{store_};
        return lease_due_mail(transaction, at, at + day, "w");
    }

public:
    void setUp() override { store_.add(anna()); }

    void first_and_last_meet_in_one_by_default() {
        assert_at(5 * day, next(7 * day));
        CPPUNIT_ASSERT(!next(7 * day, noon + 5 * day));
    }

    void long_links_are_reminded_of_twice() {
        assert_at(5 * day, next(14 * day));
        assert_at(12 * day, next(14 * day, noon + 5 * day));
        CPPUNIT_ASSERT(!next(14 * day, noon + 12 * day));
    }

    void moments_less_than_a_day_apart_become_the_last() {
        assert_at(5 * day + hours{23}, next(7 * day + hours{23}));
        assert_at(4 * day + hours{1}, next(6 * day + hours{1}));
        assert_at(5 * day, next(8 * day));
        assert_at(6 * day, next(8 * day, noon + 5 * day));
    }

    void short_links_are_not_reminded_of() {
        CPPUNIT_ASSERT(!next(hours{1}));
        CPPUNIT_ASSERT(!next(day));
        CPPUNIT_ASSERT(!next(3 * day - hours{1}));
        assert_at(day, next(3 * day));
    }

    void moment_after_the_end_does_not_count() {
        practice_.first_reminder = 10 * day;
        assert_at(5 * day, next(7 * day));
        CPPUNIT_ASSERT(!next(7 * day, noon + 5 * day));
    }

    void order_of_the_moments_does_not_matter() {
        practice_.last_reminder = 5 * day;
        assert_at(2 * day, next(7 * day));
        assert_at(5 * day, next(7 * day, noon + 2 * day));
    }

    void only_first_invitations_wait_for_a_reminder() {
        const auto account = store_.account("P001");
        const auto& keys = store_.database().keyring();
        practice_.reset_link = practice_.requested_link = std::chrono::minutes{14 * day};
        const auto of = [&](LinkOrigin origin) {
            return make_invitation(keys, account, origin, practice_, noon).remind_at;
        };
        assert_at(5 * day, of(LinkOrigin::FirstSetUp));
        CPPUNIT_ASSERT(!of(LinkOrigin::ResetByStaff) && !of(LinkOrigin::AskedByPatient));
    }

    void nothing_is_due_a_moment_too_early() {
        invite();
        CPPUNIT_ASSERT(!queue(noon + 5 * day - tick));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, reminders());
    }

    void chart_that_cannot_be_read_waits_a_day() {
        invite();
        CPPUNIT_ASSERT(queue(noon + 5 * day, {"P001"}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
        CPPUNIT_ASSERT(!queue(noon + 6 * day - tick));
        CPPUNIT_ASSERT(queue(noon + 6 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, reminders());
    }

    void reminder_carries_the_same_link() {
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P001", nurse, noon));
        const auto first = compose_mail(store_, practice_, leased(noon).value(), noon);
        send();
        const auto at = noon + 5 * day;
        CPPUNIT_ASSERT(queue(at));
        const auto second = compose_mail(store_, practice_, leased(at).value(), at);
        const auto link_in = [](const OutgoingMail& mail) {
            return mail.words.text.substr(mail.words.text.find("https://"), 80);
        };
        CPPUNIT_ASSERT_EQUAL(link_in(*first).substr(0, 75), link_in(*second).substr(0, 75));
        CPPUNIT_ASSERT_EQUAL(std::string{"Reminder: set up your portal account"},
                             second->words.subject);
        CPPUNIT_ASSERT(first->message_id != second->message_id);
    }

    void reminder_can_wait_and_is_recorded_as_the_plugins() {
        invite();
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        const auto mail = leased(noon + 5 * day).value();
        CPPUNIT_ASSERT(mail.can_wait && mail.is_reminder && mail.kind == MailKind::Invitation);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, mail.recipient);
        const auto entry = store_.ask([](Connection& c) { return latest_audit(c, "P001", 1); });
        CPPUNIT_ASSERT_EQUAL(std::string{"reminder_queued"}, entry.at(0).action);
        CPPUNIT_ASSERT(entry.at(0).actor.kind == Actor::Kind::Plugin);
    }

    void reminder_leaves_the_colour_and_the_link_as_they_were() {
        invite();
        const auto before = store_.account("P001");
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, store_.account("P001").status);
        CPPUNIT_ASSERT(store_.account("P001").facts.link_expires_at ==
                       before.facts.link_expires_at);
    }

    void second_reminder_follows_and_no_third() {
        practice_.first_link = std::chrono::minutes{14 * day};
        invite();
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        send(MailState::Sent, noon + 5 * day);
        CPPUNIT_ASSERT(!queue(noon + 12 * day - tick));
        CPPUNIT_ASSERT(queue(noon + 12 * day));
        send(MailState::Sent, noon + 12 * day);
        CPPUNIT_ASSERT(!queue(noon + 14 * day - tick));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, reminders());
    }

    void reminder_long_overdue_is_sent_once() {
        practice_.first_link = std::chrono::minutes{14 * day};
        invite();
        const auto at = noon + 13 * day;  // Both moments have passed.
        CPPUNIT_ASSERT(queue(at));
        send(MailState::Sent, at);
        CPPUNIT_ASSERT(!queue(at + day - tick));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, reminders());
    }

    void second_one_within_a_day_is_left_out() {
        practice_.first_link = std::chrono::minutes{14 * day};
        invite();
        const auto at = noon + 11 * day + hours{23};  // An hour before the second moment.
        CPPUNIT_ASSERT(queue(at));
        CPPUNIT_ASSERT(!remind_at());
    }

    void expired_link_is_not_reminded_of() {
        invite();
        CPPUNIT_ASSERT(queue(noon + 7 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
        CPPUNIT_ASSERT(!remind_at());
    }

    void whoever_need_not_or_must_not_be_mailed_is_not() {
        const std::function<void(Transaction&)> changes[] = {
            [](Transaction& t) { put_signed_in(t, "P001", noon); },
            [](Transaction& t) { CPPUNIT_ASSERT(put_access(t, "P001", false, noon)); },
            [](Transaction& t) { hide_patient(t, "P001"); },
            [](Transaction& t) { raise_security_epoch(t, "P001"); },
            [](Transaction& t) {
                CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::Used, noon));
            },
            [](Transaction& t) {
                auto patient = anna();
                patient.opted_out = true;
                put_patient(t, patient);
            },
            [](Transaction& t) {
                CPPUNIT_ASSERT(
                    put_consent(t, find_account(t, "P001").value(), {Consent::Declined, {}}, noon));
            },
            [](Transaction& t) {
                auto patient = anna();
                patient.chart_status = ChartStatus::Deceased;
                put_patient(t, patient);
            },
        };
        invite();
        for (const auto& change : changes) {
            commit(change);
            static_cast<void>(queue(noon + 5 * day));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
            CPPUNIT_ASSERT(!queue(noon + 5 * day));  // Nobody is looked at over and over.
            store_.tamper("DELETE FROM invitation; DELETE FROM outbox; DELETE FROM patient");
            store_.add(anna());
            invite();
        }
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, reminders());
    }

    void mail_that_did_not_arrive_is_not_followed_by_a_reminder() {
        for (const auto state : {MailState::Failed, MailState::Unknown, MailState::Bounced}) {
            invite(state);
            CPPUNIT_ASSERT(queue(noon + 5 * day));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
            CPPUNIT_ASSERT(!remind_at());
            store_.tamper("DELETE FROM invitation; DELETE FROM outbox");
        }
    }

    void mail_still_on_its_way_puts_the_reminder_off_by_a_day() {
        invite(MailState::Deferred);
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        assert_at(6 * day, remind_at());
        CPPUNIT_ASSERT(queue(noon + 6 * day));
        CPPUNIT_ASSERT(!remind_at());  // Tomorrow the link will have ended.
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
    }

    void full_address_puts_the_reminder_off_by_a_day() {
        invite();
        practice_.address_mails_per_day = 1;
        store_.change("P001", [](Transaction& t) {
            QueuedMail notice;
            notice.id = "n1";
            notice.kind = MailKind::PasswordChanged;
            notice.recipient = "anna@example.org";
            notice.created_at = noon + 5 * day - tick;
            queue_mail(t, notice);
        });
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
        CPPUNIT_ASSERT(queue(noon + 6 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, reminders());
    }

    void whoever_was_mailed_often_is_left_alone() {
        invite();
        practice_.reminder_most_mails = 1;
        CPPUNIT_ASSERT(queue(noon + 5 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
        CPPUNIT_ASSERT(!remind_at());
    }

    void practice_can_do_without() {
        invite();
        practice_.reminders = false;
        CPPUNIT_ASSERT(!queue(noon + 5 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, reminders());
        practice_.reminders = true;  // And change its mind.
        CPPUNIT_ASSERT(queue(noon + 6 * day));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, reminders());
    }

    void groups_follow_one_another_until_all_are_queued() {
        for (int i = 100; i < 220; ++i) {
            auto patient = anna("P" + std::to_string(i));
            patient.email = patient.id + "@example.org";
            store_.add(patient);
            CPPUNIT_ASSERT(send_invitation(store_, practice_, patient.id, nurse, noon));
        }
        send();
        for (const int queued : {50, 100, 120}) {
            CPPUNIT_ASSERT(queue(noon + 5 * day));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{queued}, reminders());
        }
        CPPUNIT_ASSERT(!queue(noon + 5 * day));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RemindersTest);
