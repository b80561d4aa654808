// SPDX-License-Identifier: Apache-2.0
#include "mail/delivery_fixture.hpp"
#include "mail/mail_outcome.hpp"
#include "onboarding/patients.hpp"

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
    CPPUNIT_TEST(directory_that_fails_holds_back_whoever_waited);
    CPPUNIT_TEST(directory_that_fails_is_told_after_the_rest_has_left);
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

    void directory_that_fails_holds_back_whoever_waited() {
        invite();
        CPPUNIT_ASSERT_THROW(send_after(minutes{2}, failing_), std::domain_error);
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Deferred);
    }

    void directory_that_fails_is_told_after_the_rest_has_left() {
        invite("P001", noon - minutes{5});
        invite_crowd(1, 1);
        CPPUNIT_ASSERT_THROW(send_after(minutes{0}, failing_), std::domain_error);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ChartsBeforeMailsTest);
