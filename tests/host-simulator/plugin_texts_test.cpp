// SPDX-License-Identifier: Apache-2.0
// What a plugin may say, and what must not come of it.
#include "host/answer.hpp"
#include "host/dates.hpp"
#include "web/html.hpp"
#include "web/http.hpp"
#include "web/view_html.hpp"
#include "web/view_session.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo_sim;

class PluginTextsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginTextsTest);
    CPPUNIT_TEST(no_control_character_reaches_a_page);
    CPPUNIT_TEST(a_line_of_a_log_stays_one_line);
    CPPUNIT_TEST(an_answer_is_told_by_its_band);
    CPPUNIT_TEST(an_id_with_blanks_comes_back_from_a_button);
    CPPUNIT_TEST(an_id_as_usual_stays_as_it_is);
    CPPUNIT_TEST(a_time_beyond_the_calendar_is_a_word);
    CPPUNIT_TEST(a_number_beyond_every_counter_is_the_largest);
    CPPUNIT_TEST_SUITE_END();

    void no_control_character_reaches_a_page() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a\ufffd[31m\tb\nc\ufffd"},
                             escape_html("a\x1b[31m\tb\nc\x7f"));
    }

    void a_line_of_a_log_stays_one_line() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a b [31m c \u00e4"},
                             one_line("a\nb\x1b[31m\u009bc\x7f\u00e4"));
    }

    void an_answer_is_told_by_its_band() {
        CPPUNIT_ASSERT(Answer{.result = 77}.good());
        CPPUNIT_ASSERT(Answer{.result = -1999}.refused() && !Answer{.result = -1999}.fault());
        CPPUNIT_ASSERT(Answer{.result = -2999}.misuse() && !Answer{.result = -2999}.fault());
        for (const ppo_result result : {-3999, 0, -1, -9999}) {
            const Answer answer{.result = result};
            CPPUNIT_ASSERT(answer.fault() && !answer.good() && !answer.misuse());
        }
    }

    static std::string value_of(const std::string& id, const std::string& argument) {
        JsonObject action = new Poco::JSON::Object;
        action->set("id", id);
        action->set("argument", argument);
        return action_value(action);
    }

    void an_id_with_blanks_comes_back_from_a_button() {
        for (const std::string id : {"save all", "a%20b", "+ \t\n%", "\u4e2d \u202e"}) {
            CPPUNIT_ASSERT(split_action(value_of(id, "x y")) == std::pair(id, std::string{"x y"}));
            CPPUNIT_ASSERT(split_action(value_of(id, "")) == std::pair(id, std::string{}));
        }
    }

    void an_id_as_usual_stays_as_it_is() {
        CPPUNIT_ASSERT_EQUAL(std::string{"set_access 1"}, value_of("set_access", "1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"pick:P001"}, without_blanks("pick:P001"));
    }

    void a_time_beyond_the_calendar_is_a_word() {
        CPPUNIT_ASSERT_EQUAL(std::string{"after the year 9999"}, write_moment(INT64_MAX));
        CPPUNIT_ASSERT_EQUAL(std::string{"before the year 1"}, write_moment(INT64_MIN + 1));
        CPPUNIT_ASSERT_EQUAL(std::string{"9999-12-31T23:59:59Z"}, write_moment(253402300799999));
        CPPUNIT_ASSERT_EQUAL(std::string{"0001-01-01T00:00:00Z"}, write_moment(-62135596800000));
        CPPUNIT_ASSERT_EQUAL(std::string{}, write_moment(PPO_TIME_NONE));
    }

    void a_number_beyond_every_counter_is_the_largest() {
        const auto model = ViewModel::parse(
            R"({"a":18446744073709551615,"b":9007199254740991,"c":"7","d":1e3})");
        CPPUNIT_ASSERT_EQUAL(INT64_MAX, number_of(model.root(), "a"));
        CPPUNIT_ASSERT_EQUAL(9007199254740991, number_of(model.root(), "b"));
        CPPUNIT_ASSERT_EQUAL(0L, number_of(model.root(), "c"));
        CPPUNIT_ASSERT_EQUAL(0L, number_of(model.root(), "d"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PluginTextsTest);
