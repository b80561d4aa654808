// SPDX-License-Identifier: Apache-2.0
#include "boundary/mail_trouble.hpp"

#include "boundary/open_view.hpp"
#include "store/relay_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class MailTroubleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailTroubleTest);
    CPPUNIT_TEST(says_nothing_while_mails_leave);
    CPPUNIT_TEST(says_since_when_why_and_until_when);
    CPPUNIT_TEST(says_one_mail_in_the_singular);
    CPPUNIT_TEST(says_now_once_the_rest_is_over);
    CPPUNIT_TEST(report_and_batches_say_it_once_on_top);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }

    void tearDown() override { live_.reset(); }

    void says_nothing_while_mails_leave() { CPPUNIT_ASSERT_EQUAL(std::string{}, said()); }

    void says_since_when_why_and_until_when() {
        breaks("The mail server refused the connection.");
        CPPUNIT_ASSERT_EQUAL(
            std::string{"The mail server takes no mail since 11:48: The mail server refused the "
                        "connection. 0 mails wait; it is tried again at 12:15."},
            said());
    }

    void says_one_mail_in_the_singular() {
        breaks("Nobody answers");
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().send_invitation(
                                 live_->self, &live_->caller, to_text("P001"), nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"The mail server takes no mail since 11:48: Nobody "
                                         "answers. 1 mail waits; it is tried again at 12:15."},
                             said());
    }

    void says_now_once_the_rest_is_over() {
        breaks("");
        live_->advance(std::chrono::minutes{15});
        CPPUNIT_ASSERT_EQUAL(
            std::string{
                "The mail server takes no mail since 11:48. 0 mails wait; it is tried again now."},
            said());
    }

    void report_and_batches_say_it_once_on_top() {
        breaks("Nobody answers");
        for (const char* view_id : {"onboarding.report", "onboarding.batches"}) {
            const OpenView view{*live_, view_id, ""};
            const auto model = view.look();
            int dangers = 0;
            for (const auto& section : model.document()["sections"].GetArray())
                for (const auto& one : section["elements"].GetArray())
                    if (one["kind"] == "note" && one["tone"] == "danger") ++dangers;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(view_id, 1, dangers);
            CPPUNIT_ASSERT_EQUAL(std::string{"mail"},
                                 std::string{model.document()["sections"][0]["id"].GetString()});
        }
    }

private:
    void breaks(const std::string& reason) {
        const auto now = from_milliseconds(live_->host.time);
        Transaction transaction{instances().find(live_->self)->database()};
        put_relay(transaction, {.failures = 3,
                                .broken_since = now - std::chrono::minutes{12},
                                .rests_until = now + std::chrono::minutes{15},
                                .reason = reason});
        transaction.commit();
    }
    [[nodiscard]] std::string said() const {
        const auto instance = instances().find(live_->self);
        ModelWriter model{"a.view", 1, "A view"};
        model.begin_sections();
        write_mail_trouble(model, *instance, instance->now());
        const ViewReader view{model.finish({})};
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        return view.has_element("note") ? view.element("note")["text"].GetString() : "";
    }

    std::optional<LivePlugin> live_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailTroubleTest);
