// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class MailCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailCallsTest);
    CPPUNIT_TEST(an_empty_queue_is_told_as_such);
    CPPUNIT_TEST(counts_what_waits_and_what_was_put_off);
    CPPUNIT_TEST(counts_what_left);
    CPPUNIT_TEST(tells_an_outage);
    CPPUNIT_TEST(needs_permission_and_a_sink);
    CPPUNIT_TEST_SUITE_END();

    using DeliverySink = SinkTo<ppo_delivery_sink, ppo_delivery>;

    struct Told {
        ppo_delivery facts{};
        std::string because{};
    };
    Told delivery() {
        Told told;
        const DeliverySink sink{[&](const ppo_delivery& facts) {
            told = {facts, copy_of(facts.broken_because)};
            return ppo_result{PPO_OK};
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             mail_table.get_delivery(live_->self, &live_->caller, sink, nullptr));
        return told;
    }
    void invite(std::string_view patient_id) {
        live_->enable(patient_id);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().send_invitation(
                                                     live_->self, &live_->caller,
                                                     to_text(patient_id), nullptr, nullptr));
    }
    std::optional<LivePlugin> live_{};

public:
    void setUp() override { live_.emplace(); }
    void tearDown() override { live_.reset(); }

    void an_empty_queue_is_told_as_such() {
        const auto told = delivery().facts;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, told.waiting + told.deferred + told.left_last_day);
        CPPUNIT_ASSERT(told.oldest_at == PPO_TIME_NONE && told.broken_since == PPO_TIME_NONE);
        CPPUNIT_ASSERT(told.next_try_at == PPO_TIME_NONE);
    }

    void counts_what_waits_and_what_was_put_off() {
        invite("P001");
        live_->advance(std::chrono::minutes{1});
        invite("P002");
        const auto told = delivery().facts;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, told.waiting);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, told.deferred);
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon), told.oldest_at);
    }

    void counts_what_left() {
        invite("P001");
        invite("P002");
        live_->work();
        live_->advance(std::chrono::minutes{1});
        const auto told = delivery().facts;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, told.waiting);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, told.left_last_minute);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, told.left_last_day);
        live_->advance(std::chrono::minutes{1});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, delivery().facts.left_last_minute);
    }

    void tells_an_outage() {
        const auto connection = live_->settings.connect();
        connection->run(
            "UPDATE relay SET failures = 1, broken_since = $1, rests_until = $2, reason = $3", noon,
            noon + std::chrono::minutes{1}, "It refused the connection.");
        const auto told = delivery();
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon), told.facts.broken_since);
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon) + 60'000, told.facts.next_try_at);
        CPPUNIT_ASSERT_EQUAL(std::string{"It refused the connection."}, told.because);
    }

    void needs_permission_and_a_sink() {
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_NULL},
            mail_table.get_delivery(live_->self, &live_->caller, nullptr, nullptr));
        live_->caller.permissions = PPO_MAY_CHANGE_SETTINGS;
        const DeliverySink sink{[](const ppo_delivery&) { return ppo_result{PPO_OK}; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED},
                             mail_table.get_delivery(live_->self, &live_->caller, sink, nullptr));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailCallsTest);
