// SPDX-License-Identifier: Apache-2.0
#include "scenario/words.hpp"
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <cppunit/extensions/HelperMacros.h>

namespace {
using Words = std::vector<std::string>;
using ppo_sim::read_line;
}  // namespace

class WordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WordsTest);
    CPPUNIT_TEST(quotation_marks_hold_words_together);
    CPPUNIT_TEST(a_hash_begins_a_comment_only_at_a_word);
    CPPUNIT_TEST(an_empty_word_can_be_written);
    CPPUNIT_TEST(a_quotation_mark_that_is_not_closed_is_a_problem);
    CPPUNIT_TEST(lines_keep_their_numbers);
    CPPUNIT_TEST(the_step_with_the_most_words_is_chosen);
    CPPUNIT_TEST(a_misspelt_step_is_none);
    CPPUNIT_TEST(passwords_are_not_shown);
    CPPUNIT_TEST(a_quoted_word_is_never_a_name_with_value);
    CPPUNIT_TEST(a_name_that_the_step_does_not_know_fails);
    CPPUNIT_TEST_SUITE_END();

    void quotation_marks_hold_words_together() {
        CPPUNIT_ASSERT((Words{"say", "two words", "name=a b"}) ==
                       read_line(R"(say "two words" name="a b")", 1).words);
    }

    void a_hash_begins_a_comment_only_at_a_word() {
        CPPUNIT_ASSERT((Words{"a#b"}) == read_line("a#b # c", 1).words);
        CPPUNIT_ASSERT(read_line("   # nothing", 1).blank());
    }

    void an_empty_word_can_be_written() {
        CPPUNIT_ASSERT((Words{"set", ""}) == read_line("set \"\"", 1).words);
    }

    void a_quotation_mark_that_is_not_closed_is_a_problem() {
        CPPUNIT_ASSERT(!read_line("say \"half", 1).problem.empty());
    }

    void lines_keep_their_numbers() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, ppo_sim::read_lines("# one\n\ntab\n").at(0).number);
    }

    void the_step_with_the_most_words_is_chosen() {
        const auto* step = ppo_sim::find_step(read_line("click rectangle P001", 1));
        CPPUNIT_ASSERT((Words{"click", "rectangle"}) == step->words);
    }

    void a_misspelt_step_is_none() {
        CPPUNIT_ASSERT(ppo_sim::find_step(read_line("clik enable", 1)) == nullptr);
    }

    void passwords_are_not_shown() {
        const std::vector<std::string> lines{
            "sign in anna.w river-stone", "set password river-stone",
            "set \"Portal Password\" river-stone", "change password old-one river-stone",
            "complete username=anna password=river-stone"};
        for (const auto& line : lines) {
            const auto read = read_line(line, 1);
            CPPUNIT_ASSERT(ppo_sim::without_secrets(read).find("river") == std::string::npos);
            CPPUNIT_ASSERT_EQUAL(std::string{"river-stone"}, ppo_sim::secrets_of(read).back());
        }
    }

    void a_quoted_word_is_never_a_name_with_value() {
        const ppo_sim::Arguments said{read_line(R"(sign in "a=b")", 1), 2};
        CPPUNIT_ASSERT((Words{"a=b"}) == said.plain());
    }

    void a_name_that_the_step_does_not_know_fails() {
        const ppo_sim::Arguments said{read_line("confirm bron=1980-01-01", 1), 1};
        CPPUNIT_ASSERT_THROW(said.allow({"born"}, 0), ppo_sim::StepFailed);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WordsTest);
