// SPDX-License-Identifier: Apache-2.0
#include "mail/mail_outcome.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <set>

using namespace ppo;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {
const Delivery later{DeliveryState::Deferred, "450 try later", false};
const Delivery relay_down{DeliveryState::Deferred, "connection refused", true};
const Delivery lost{DeliveryState::Unknown, "connection lost", true};

QueuedMail queued(const std::string& id = "m1", MailState state = MailState::Queued) {
    return {.id = id, .state = state, .created_at = noon, .tries = 2};
}
}  // namespace

class MailOutcomeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailOutcomeTest);
    CPPUNIT_TEST(waits_longer_each_time_give_or_take_a_fifth);
    CPPUNIT_TEST(scatters_what_was_put_off_together);
    CPPUNIT_TEST(waits_equally_long_for_the_same_mail);
    CPPUNIT_TEST(gives_up_after_a_day_of_tries);
    CPPUNIT_TEST(trouble_with_the_mail_server_burns_no_try);
    CPPUNIT_TEST(trouble_with_the_mail_server_gives_nothing_up);
    CPPUNIT_TEST(an_unknown_outcome_is_tried_once_more);
    CPPUNIT_TEST(a_second_unknown_outcome_is_the_last);
    CPPUNIT_TEST(a_mail_once_unknown_stays_so_while_it_is_put_off);
    CPPUNIT_TEST(a_mail_once_unknown_says_that_it_may_have_been_sent_twice);
    CPPUNIT_TEST_SUITE_END();

public:
    void waits_longer_each_time_give_or_take_a_fifth() {
        const std::array<minutes, 9> waits{minutes{1},   minutes{5},   minutes{15},
                                           minutes{30},  minutes{60},  minutes{120},
                                           minutes{240}, minutes{240}, minutes{240}};
        for (int mail = 0; mail < 200; ++mail)
            for (std::size_t i = 0; i < waits.size(); ++i) {
                const auto wait = next_try(queued(std::to_string(mail)),
                                           static_cast<std::int64_t>(i + 1), noon)
                                      .value() -
                                  noon;
                CPPUNIT_ASSERT(wait >= milliseconds{waits.at(i)} * 8 / 10);
                CPPUNIT_ASSERT(wait <= milliseconds{waits.at(i)} * 12 / 10);
            }
    }

    void scatters_what_was_put_off_together() {
        std::set<UnixTime> times;
        for (int mail = 0; mail < 200; ++mail)
            times.insert(next_try(queued(std::to_string(mail)), 1, noon).value());
        CPPUNIT_ASSERT(times.size() > 100);
        CPPUNIT_ASSERT(*times.begin() < noon + milliseconds{50'000});
        CPPUNIT_ASSERT(*times.rbegin() > noon + milliseconds{70'000});
    }

    void waits_equally_long_for_the_same_mail() {
        CPPUNIT_ASSERT(next_try(queued(), 1, noon) == next_try(queued(), 1, noon));
    }

    void gives_up_after_a_day_of_tries() {
        CPPUNIT_ASSERT(next_try(queued(), 12, noon + hours{24} - milliseconds{1}));
        CPPUNIT_ASSERT(!next_try(queued(), 12, noon + hours{24}));
        CPPUNIT_ASSERT(next_try(queued(), 11, noon + hours{72}));  // The mail server was down.
        auto mail = queued();
        mail.tries = 11;
        const auto outcome = outcome_of(mail, later, noon + hours{24});
        CPPUNIT_ASSERT_EQUAL(MailState::Failed, outcome.state);
        CPPUNIT_ASSERT_EQUAL(std::string{"Given up after a day. 450 try later"}, outcome.reason);
    }

    void trouble_with_the_mail_server_burns_no_try() {
        const auto outcome = outcome_of(queued(), relay_down, noon);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, outcome.tries);
        CPPUNIT_ASSERT(outcome.next_try_at == noon);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, outcome_of(queued(), later, noon).tries);
    }

    void trouble_with_the_mail_server_gives_nothing_up() {
        const auto outcome = outcome_of(queued(), relay_down, noon + hours{72});
        CPPUNIT_ASSERT(outcome.state == MailState::Deferred && outcome.next_try_at);
    }

    void an_unknown_outcome_is_tried_once_more() {
        const auto outcome = outcome_of(queued(), lost, noon);
        CPPUNIT_ASSERT_EQUAL(MailState::Unknown, outcome.state);
        CPPUNIT_ASSERT(outcome.next_try_at == noon + minutes{30});
    }

    void a_second_unknown_outcome_is_the_last() {
        const auto outcome = outcome_of(queued("m1", MailState::Unknown), lost, noon);
        CPPUNIT_ASSERT(outcome.state == MailState::Unknown && !outcome.next_try_at);
    }

    void a_mail_once_unknown_stays_so_while_it_is_put_off() {
        for (const auto& delivery : {later, relay_down}) {
            const auto outcome = outcome_of(queued("m1", MailState::Unknown), delivery, noon);
            CPPUNIT_ASSERT(outcome.state == MailState::Unknown && outcome.next_try_at);
        }
    }

    void a_mail_once_unknown_says_that_it_may_have_been_sent_twice() {
        const Delivery sent{DeliveryState::Sent, "", false};
        CPPUNIT_ASSERT_EQUAL(std::string{"It may have been sent twice."},
                             outcome_of(queued("m1", MailState::Unknown), sent, noon).reason);
        CPPUNIT_ASSERT_EQUAL(std::string{}, outcome_of(queued(), sent, noon).reason);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailOutcomeTest);
