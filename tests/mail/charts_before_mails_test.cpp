// SPDX-License-Identifier: Apache-2.0
#include "mail/delivery_fixture.hpp"
#include "mail/mail_outcome.hpp"
#include "onboarding/patients.hpp"

#include <algorithm>
#include <stdexcept>

using namespace ppo;
using namespace ppo_test;
using std::chrono::minutes;

/// The chart of whoever waited for a mail is read again before it leaves.
class ChartsBeforeMailsTest : public DeliveryFixture {
    CPPUNIT_TEST_SUITE(ChartsBeforeMailsTest);
    CPPUNIT_TEST(chart_that_was_just_read_is_not_read_again);
    CPPUNIT_TEST(chart_is_read_again_after_a_minute);
    CPPUNIT_TEST(chart_is_read_again_before_each_try);
    CPPUNIT_TEST(chart_that_closed_meanwhile_is_not_mailed);
    CPPUNIT_TEST(address_that_changed_meanwhile_is_not_mailed);
    CPPUNIT_TEST(chart_that_cannot_be_read_waits_with_the_reason);
    CPPUNIT_TEST(chart_that_cannot_be_read_holds_nobody_else_up);
    CPPUNIT_TEST(chart_that_cannot_be_read_says_nothing_of_the_mail_server);
    CPPUNIT_TEST(chart_alone_that_fails_is_no_failure_of_the_directory);
    CPPUNIT_TEST(directory_that_fails_holds_back_whoever_waited);
    CPPUNIT_TEST(directory_that_fails_is_told_after_the_rest_has_left);
    CPPUNIT_TEST(directory_that_fails_is_asked_once);
    CPPUNIT_TEST(charts_of_many_are_read_a_few_at_a_time);
    CPPUNIT_TEST(who_was_left_out_of_a_shared_mail_is_not_invited_by_it);
    CPPUNIT_TEST(who_is_in_a_shared_mail_is_invited_by_it);
    CPPUNIT_TEST_SUITE_END();

    using Ids = std::vector<std::string>;

    Ids asked_{};
    RefreshPatients remembering_{[this](const Ids& ids) {
        asked_.insert(asked_.end(), ids.begin(), ids.end());
        return std::set<std::string>{};
    }};
    RefreshPatients unreadable_{[](const Ids&) { return std::set<std::string>{"P001"}; }};
    RefreshPatients failing_{
        [](const Ids&) -> std::set<std::string> { throw std::domain_error{"directory"}; }};

    /// Reads charts as the host has them now.
    RefreshPatients reading(Patient now_on_file) {
        return [this, chart = std::move(now_on_file)](const Ids&) {
            static_cast<void>(take_patient(*store_, chart, noon));
            return std::set<std::string>{};
        };
    }
    bool send_after(minutes waited, const RefreshPatients& refresh) {
        return worker_->send_group(noon + waited, soon(), refresh);
    }

public:
    void chart_that_was_just_read_is_not_read_again() {
        invite();
        CPPUNIT_ASSERT(send_after(minutes{1}, remembering_));
        CPPUNIT_ASSERT(asked_.empty());
    }

    void chart_is_read_again_after_a_minute() {
        invite();
        CPPUNIT_ASSERT(send_after(minutes{2}, remembering_));
        CPPUNIT_ASSERT(asked_ == Ids{"P001"});
    }

    void chart_is_read_again_before_each_try() {
        invite();
        transport_.answers = {later, later};
        CPPUNIT_ASSERT(send_after(minutes{2}, remembering_));
        CPPUNIT_ASSERT(send_after(minutes{10}, remembering_));
        CPPUNIT_ASSERT(asked_ == (Ids{"P001", "P001"}));
    }

    void chart_that_closed_meanwhile_is_not_mailed() {
        invite();
        auto dead = anna();
        dead.chart_status = ChartStatus::Deceased;
        CPPUNIT_ASSERT(send_after(minutes{2}, reading(dead)));
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Cancelled);
    }

    void address_that_changed_meanwhile_is_not_mailed() {
        invite();
        auto moved = anna();
        moved.email = "new@example.org";
        CPPUNIT_ASSERT(send_after(minutes{2}, reading(moved)));
        CPPUNIT_ASSERT(transport_.mails.empty());
    }

    void chart_that_cannot_be_read_waits_with_the_reason() {
        invite();
        CPPUNIT_ASSERT(send_after(minutes{2}, unreadable_));
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Deferred);
        CPPUNIT_ASSERT_EQUAL(std::string{"The chart could not be read."}, mail().reason);
        CPPUNIT_ASSERT(mail().next_try_at == next_try(mail(), 1, noon + minutes{2}));
    }

    void chart_that_cannot_be_read_holds_nobody_else_up() {
        invite();
        invite_crowd(1, 2);
        CPPUNIT_ASSERT(send_after(minutes{2}, unreadable_));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, transport_.mails.size());
    }

    void chart_that_cannot_be_read_says_nothing_of_the_mail_server() {
        invite();
        transport_.answers = {relay_down};
        CPPUNIT_ASSERT(send_after(minutes{0}, {}));
        while (send_after(minutes{30}, unreadable_)) continue;
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_->number("SELECT COUNT(*) FROM audit WHERE "
                                                             "action = 'mail_server_back'"));
    }

    void chart_alone_that_fails_is_no_failure_of_the_directory() {
        invite();
        CPPUNIT_ASSERT(send_after(minutes{2}, failing_));
        CPPUNIT_ASSERT(mail().state == MailState::Deferred);
    }

    void directory_that_fails_holds_back_whoever_waited() {
        invite();
        invite_crowd(1, 1);
        CPPUNIT_ASSERT_THROW(send_after(minutes{2}, failing_), std::domain_error);
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Deferred);
    }

    void directory_that_fails_is_told_after_the_rest_has_left() {
        invite("P001", noon - minutes{5});
        store_->add(bruno());
        invite("P002", noon - minutes{5});
        invite_crowd(1, 1);
        CPPUNIT_ASSERT_THROW(send_after(minutes{0}, failing_), std::domain_error);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
    }

    void directory_that_fails_is_asked_once() {
        invite_crowd(1, 30);
        int asked = 0;
        const RefreshPatients failing = [&asked](const Ids&) -> std::set<std::string> {
            ++asked;
            throw std::domain_error{"directory"};
        };
        CPPUNIT_ASSERT_THROW(send_after(minutes{2}, failing), std::domain_error);
        CPPUNIT_ASSERT_EQUAL(1, asked);
        CPPUNIT_ASSERT(!send_after(minutes{2}, failing));  // All of them were put off.
    }

    void charts_of_many_are_read_a_few_at_a_time() {
        invite_crowd(1, 30);
        std::size_t most = 0;
        std::size_t sent_before_the_last = 0;
        CPPUNIT_ASSERT(send_after(minutes{2}, [&](const Ids& ids) {
            most = std::max(most, ids.size());
            sent_before_the_last = transport_.mails.size();
            return std::set<std::string>{};
        }));
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, most);
        CPPUNIT_ASSERT_EQUAL(std::size_t{24}, sent_before_the_last);
        CPPUNIT_ASSERT_EQUAL(std::size_t{30}, transport_.mails.size());
    }

    void who_was_left_out_of_a_shared_mail_is_not_invited_by_it() {
        invite_together();
        auto moved = anna();
        moved.email = "new@example.org";
        CPPUNIT_ASSERT(send_after(minutes{2}, reading(moved)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(account("P001").status == PortalStatus::NotInvited);
        CPPUNIT_ASSERT(account("P002").status == PortalStatus::Invited);
    }

    void who_is_in_a_shared_mail_is_invited_by_it() {
        invite_together();
        CPPUNIT_ASSERT(send_after(minutes{2}, remembering_));
        CPPUNIT_ASSERT(account("P001").status == PortalStatus::Invited);
        CPPUNIT_ASSERT(account("P002").status == PortalStatus::Invited);
    }

private:
    /// Anna and Bruno behind one address, with one mail.
    void invite_together() {
        auto twin = bruno();
        twin.email = anna().email;
        store_->add(twin);
        Transaction transaction{*store_};
        queue_links(transaction, practice_, {account("P001"), account("P002")},
                    LinkOrigin::AskedByPatient, nurse, noon);
        transaction.commit();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ChartsBeforeMailsTest);
