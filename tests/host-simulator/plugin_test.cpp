// SPDX-License-Identifier: Apache-2.0
#include "host/plugin.hpp"
#include "host/answer.hpp"
#include "scenario/runner.hpp"
#include "scenario/screen.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sstream>

namespace {
std::string why_not(const std::string& path) {
    try {
        const ppo_sim::Plugin plugin{path};
    } catch (const ppo_sim::PluginError& error) {
        return error.what();
    }
    return "";
}
}  // namespace

class PluginTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginTest);
    CPPUNIT_TEST(names_the_file_that_cannot_be_loaded);
    CPPUNIT_TEST(names_the_interface_that_is_missing);
    CPPUNIT_TEST(zero_is_never_a_good_answer);
    CPPUNIT_TEST(a_bad_answer_always_has_words);
    CPPUNIT_TEST(a_scenario_without_its_plugin_ends_with_status_2);
    CPPUNIT_TEST_SUITE_END();

    void names_the_file_that_cannot_be_loaded() {
        CPPUNIT_ASSERT(why_not("/nowhere/plugin.so").find("/nowhere/plugin.so") !=
                       std::string::npos);
    }

    void names_the_interface_that_is_missing() {
        CPPUNIT_ASSERT(why_not(PPO_INCOMPLETE_PLUGIN).find("ppo.ui/1") != std::string::npos);
    }

    void zero_is_never_a_good_answer() {
        CPPUNIT_ASSERT(!ppo_sim::to_answer(0, ppo_sim::empty_error()).good());
    }

    void a_bad_answer_always_has_words() {
        const auto answer = ppo_sim::to_answer(PPO_FAULT_INTERNAL, ppo_sim::empty_error());
        CPPUNIT_ASSERT(!answer.code.empty() && !answer.message.empty());
    }

    void a_scenario_without_its_plugin_ends_with_status_2() {
        std::istringstream in{"menu\n"};
        std::ostringstream out;
        std::ostringstream trouble;
        const ppo_sim::RunOptions options{{.plugin = "/nowhere/plugin.so"}, "-"};
        CPPUNIT_ASSERT_EQUAL(2, ppo_sim::run_scenario(options, in, out, trouble));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PluginTest);

class ScreenTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ScreenTest);
    CPPUNIT_TEST(an_action_is_found_by_the_beginning_of_its_label);
    CPPUNIT_TEST(a_field_is_found_by_a_word_of_its_label);
    CPPUNIT_TEST(a_click_into_a_row_finds_the_action_of_that_row);
    CPPUNIT_TEST(the_verdict_beside_a_field_is_read);
    CPPUNIT_TEST_SUITE_END();

    const ppo_sim::Screen screen_{
        R"({"schema":"ppo.view/1","actions":[{"id":"save","label":"Edit Patient"}],
        "sections":[{"id":"s","label":"S","elements":[
        {"kind":"text","id":"u","label":"Patient's Username","value":"","verdict":{"tone":"danger","text":"Taken"}},
        {"kind":"table","id":"t","label":"T","rows":[
            {"id":"P1","label":"A","cells":[{"column":"email","text":"x","action":{"id":"invite","label":"Invite","argument":"P1"}}]},
            {"id":"P2","label":"B","cells":[{"column":"email","text":"y","action":{"id":"invite","label":"Invite","argument":"P2"}}]}]}]}]})"};

    void an_action_is_found_by_the_beginning_of_its_label() {
        CPPUNIT_ASSERT_EQUAL(std::string{"save"}, screen_.action("edit pat")->id);
        CPPUNIT_ASSERT(!screen_.action("patient"));
    }

    void a_field_is_found_by_a_word_of_its_label() {
        CPPUNIT_ASSERT_EQUAL(std::string{"u"}, screen_.field("username")->id);
    }

    void a_click_into_a_row_finds_the_action_of_that_row() {
        bool found = false;
        CPPUNIT_ASSERT_EQUAL(std::string{"P2"},
                             screen_.cell_action("P2", "email", found)->argument);
        CPPUNIT_ASSERT(!screen_.cell_action("P3", "email", found));
        CPPUNIT_ASSERT(!found);
    }

    void the_verdict_beside_a_field_is_read() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Taken"}, screen_.field("username")->verdict_text);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ScreenTest);
