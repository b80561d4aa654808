// SPDX-License-Identifier: Apache-2.0
#include "domain/refusal_sentence.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>

using namespace ppo;

namespace {
constexpr int refusals = static_cast<int>(Refusal::ViewName) + 1;

Refusal refusal(int number) { return static_cast<Refusal>(number); }

std::string wait_in_english(std::chrono::milliseconds wait) { return in_words(wait, "en"); }
}  // namespace

class RefusalSentenceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RefusalSentenceTest);
    CPPUNIT_TEST(every_refusal_has_a_code_of_its_own);
    CPPUNIT_TEST(codes_are_words_for_programs);
    CPPUNIT_TEST(every_code_leads_back_to_its_refusal);
    CPPUNIT_TEST(every_refusal_has_a_sentence_in_both_languages);
    CPPUNIT_TEST(an_unknown_language_reads_english);
    CPPUNIT_TEST(a_wait_is_said_at_the_end);
    CPPUNIT_TEST(advice_stands_between_sentence_and_wait);
    CPPUNIT_TEST(waits_are_rounded_up_never_down);
    CPPUNIT_TEST(waits_read_in_spanish);
    CPPUNIT_TEST(neutral_sign_in_refusal_does_not_say_what_was_wrong);
    CPPUNIT_TEST_SUITE_END();

    void every_refusal_has_a_code_of_its_own() {
        std::set<std::string_view> codes;
        for (int i = 0; i < refusals; ++i)
            CPPUNIT_ASSERT(codes.insert(refusal_code(refusal(i))).second);
    }

    void codes_are_words_for_programs() {
        for (int i = 0; i < refusals; ++i) {
            const auto code = refusal_code(refusal(i));
            CPPUNIT_ASSERT(code.substr(0, 8) == "refused_" && code.size() > 8);
            CPPUNIT_ASSERT(std::all_of(code.begin(), code.end(),
                                       [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }));
        }
    }

    void every_code_leads_back_to_its_refusal() {
        for (int i = 0; i < refusals; ++i)
            CPPUNIT_ASSERT(refusal_with(refusal_code(refusal(i))) == refusal(i));
        CPPUNIT_ASSERT(!refusal_with("refused_nothing") && !refusal_with(""));
    }

    void every_refusal_has_a_sentence_in_both_languages() {
        std::set<std::string> sentences;
        for (int i = 0; i < refusals; ++i)
            for (const auto* language : {"en", "es"}) {
                const auto sentence = refusal_sentence(refusal(i), language);
                CPPUNIT_ASSERT_EQUAL('.', sentence.back());
                CPPUNIT_ASSERT(sentences.insert(sentence).second);
            }
    }

    void an_unknown_language_reads_english() {
        CPPUNIT_ASSERT_EQUAL(refusal_sentence(Refusal::NoEmail, "en"),
                             refusal_sentence(Refusal::NoEmail, "tlh"));
    }

    void a_wait_is_said_at_the_end() {
        const Refused refused{Refusal::CoolingDown, std::chrono::seconds{45}};
        CPPUNIT_ASSERT_EQUAL(
            std::string{"A mail was sent to this patient a moment ago. Try again in 45 seconds."},
            refusal_sentence(refused, "en"));
    }

    void advice_stands_between_sentence_and_wait() {
        Refused refused{Refusal::Busy, std::chrono::minutes{3}};
        refused.advice = "Have a coffee.";
        CPPUNIT_ASSERT_EQUAL(std::string{"The portal is very busy right now. Have a coffee. "
                                         "Try again in 3 minutes."},
                             refusal_sentence(refused, "en"));
    }

    void waits_are_rounded_up_never_down() {
        using std::chrono::milliseconds;
        CPPUNIT_ASSERT_EQUAL(std::string{"1 second"}, wait_in_english(milliseconds{1}));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 seconds"}, wait_in_english(milliseconds{1'001}));
        CPPUNIT_ASSERT_EQUAL(std::string{"119 seconds"}, wait_in_english(milliseconds{119'000}));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 minutes"}, wait_in_english(milliseconds{119'001}));
        CPPUNIT_ASSERT_EQUAL(std::string{"3 minutes"}, wait_in_english(milliseconds{120'001}));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 hours"}, wait_in_english(std::chrono::minutes{120}));
        CPPUNIT_ASSERT_EQUAL(std::string{"3 hours"}, wait_in_english(std::chrono::minutes{121}));
        CPPUNIT_ASSERT_EQUAL(std::string{"47 hours"}, wait_in_english(std::chrono::hours{47}));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 days"}, wait_in_english(std::chrono::hours{48}));
        CPPUNIT_ASSERT_EQUAL(std::string{"61 days"}, wait_in_english(std::chrono::hours{1441}));
    }

    void waits_read_in_spanish() {
        CPPUNIT_ASSERT_EQUAL(std::string{"15 minutos"}, in_words(std::chrono::minutes{15}, "es"));
    }

    void neutral_sign_in_refusal_does_not_say_what_was_wrong() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{
                "Username and password do not match, or the account cannot be used right now."},
            refusal_sentence(Refusal::SignIn, "en"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RefusalSentenceTest);
