// SPDX-License-Identifier: Apache-2.0
#include "invitations/take_delivery_report.hpp"

#include "domain/why.hpp"
#include "invitations/send_invitation.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/outbox_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using Action = DeliveryReport::Action;

class TakeDeliveryReportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TakeDeliveryReportTest);
    CPPUNIT_TEST(a_failed_mail_is_marked_bounced_with_the_reason);
    CPPUNIT_TEST(the_colour_stays_orange);
    CPPUNIT_TEST(why_says_what_to_do);
    CPPUNIT_TEST(a_second_report_changes_nothing);
    CPPUNIT_TEST(other_actions_change_nothing);
    CPPUNIT_TEST(a_report_about_no_mail_of_ours_is_refused);
    CPPUNIT_TEST(it_is_recorded_with_the_patient);
    CPPUNIT_TEST(a_newer_mail_is_not_marked);
    CPPUNIT_TEST(a_new_invitation_starts_clean);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        store_.add(anna());
        first_ = invite(noon);
        settle(first_, noon);
    }

    void a_failed_mail_is_marked_bounced_with_the_reason() {
        take(first_.id);
        CPPUNIT_ASSERT(account().marks.has(Mark::Bounced));
        const auto mail = last_mail();
        CPPUNIT_ASSERT(mail.state == MailState::Bounced);
        CPPUNIT_ASSERT_EQUAL(std::string{"550 5.1.1 User unknown"}, mail.reason);
    }

    void the_colour_stays_orange() {
        take(first_.id);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, account().status);
    }

    void why_says_what_to_do() {
        take(first_.id);
        const auto why = why_not_green(account().facts, false, noon);
        CPPUNIT_ASSERT_EQUAL(std::string_view{"bounced"}, why.at(0).code);
        CPPUNIT_ASSERT_EQUAL(std::string_view{"send_invitation"}, why.at(0).action);
    }

    void a_second_report_changes_nothing() {
        take(first_.id);
        const auto entries = store_.number("SELECT COUNT(*) FROM audit");
        CPPUNIT_ASSERT(take(first_.id, Action::Failed, "another reason"));
        CPPUNIT_ASSERT_EQUAL(std::string{"550 5.1.1 User unknown"}, last_mail().reason);
        CPPUNIT_ASSERT_EQUAL(entries, store_.number("SELECT COUNT(*) FROM audit"));
    }

    void other_actions_change_nothing() {
        for (const auto action :
             {Action::Delayed, Action::Delivered, Action::Relayed, Action::Expanded})
            CPPUNIT_ASSERT(take(first_.id, action));
        CPPUNIT_ASSERT(last_mail().state == MailState::Sent);
        CPPUNIT_ASSERT(!account().marks.has(Mark::Bounced));
    }

    void a_report_about_no_mail_of_ours_is_refused() {
        const DeliveryReport report{std::string(32, '0'), Action::Failed, {}};
        CPPUNIT_ASSERT(take_delivery_report(store_, report, noon).refusal().reason ==
                       Refusal::UnknownMail);
    }

    void it_is_recorded_with_the_patient() {
        take(first_.id);
        const auto newest = store_.ask(
            [](Connection& connection) { return latest_audit(connection, "P001", 1); });
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_bounced"}, newest.at(0).action);
        CPPUNIT_ASSERT(newest.at(0).actor.kind == Actor::Kind::Plugin);
    }

    void a_newer_mail_is_not_marked() {
        settle(invite(noon + std::chrono::hours{1}), noon + std::chrono::hours{1});
        CPPUNIT_ASSERT(take(first_.id));
        CPPUNIT_ASSERT(!account().marks.has(Mark::Bounced));
        CPPUNIT_ASSERT(last_mail().state == MailState::Sent);
    }

    void a_new_invitation_starts_clean() {
        take(first_.id);
        settle(invite(noon + std::chrono::hours{1}), noon + std::chrono::hours{1});
        CPPUNIT_ASSERT(!account().marks.has(Mark::Bounced));
    }

private:
    QueuedMail invite(UnixTime at) {
        CPPUNIT_ASSERT(send_invitation(store_, elm_practice(), "P001", nurse, at));
        return last_mail();
    }

    /// The mail server takes the mail.
    void settle(const QueuedMail& mail, UnixTime at) {
        store_.tamper("UPDATE outbox SET lease = 'w1' WHERE mail_id = '" + mail.id + "'");
        store_.change("P001", [&](Transaction& transaction) {
            CPPUNIT_ASSERT(settle_mail(transaction, mail, "w1", MailOutcome{}));
            put_invited(transaction, "P001", at);
        });
    }

    bool take(const std::string& mail_id, Action action = Action::Failed,
              const std::string& reason = "550 5.1.1 User unknown") {
        const DeliveryReport report{mail_id, action, reason};
        return static_cast<bool>(
            take_delivery_report(store_, report, noon + std::chrono::hours{2}));
    }

    QueuedMail last_mail() {
        return store_.ask(
            [](Connection& connection) { return last_mail_to(connection, "P001").value(); });
    }
    Account account() { return store_.account("P001"); }

    TempStore store_{};
    QueuedMail first_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(TakeDeliveryReportTest);
