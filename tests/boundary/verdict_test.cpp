// SPDX-License-Identifier: Apache-2.0
#include "boundary/verdict.hpp"

#include "boundary/misuse.hpp"
#include "domain/refusal_sentence.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class VerdictTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VerdictTest);
    CPPUNIT_TEST(says_available);
    CPPUNIT_TEST(says_available_in_spanish);
    CPPUNIT_TEST(says_why_not);
    CPPUNIT_TEST(gives_ok_for_a_free_username);
    CPPUNIT_TEST(gives_the_refusal_with_its_suggestions);
    CPPUNIT_TEST(takes_a_failing_sink_for_a_fault);
    CPPUNIT_TEST_SUITE_END();

public:
    void says_available() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Available"}, verdict_sentence({}, "en"));
    }

    void says_available_in_spanish() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Disponible"}, verdict_sentence({}, "es-MX"));
    }

    void says_why_not() {
        const UsernameVerdict taken{Refusal::UsernameTaken, {}};
        CPPUNIT_ASSERT_EQUAL(refusal_sentence(Refusal::UsernameTaken, "en"),
                             verdict_sentence(taken, "en"));
    }

    void gives_ok_for_a_free_username() {
        const VerdictSink sink{[](const ppo_username_verdict& verdict) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, verdict.verdict);
            CPPUNIT_ASSERT(verdict.suggestions == nullptr && verdict.suggestion_count == 0);
            return PPO_OK;
        }};
        put_verdict({}, "en", *static_cast<const ppo_username_verdict_sink*>(sink));
    }

    void gives_the_refusal_with_its_suggestions() {
        const VerdictSink sink{[](const ppo_username_verdict& verdict) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TAKEN}, verdict.verdict);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, verdict.suggestion_count);
            CPPUNIT_ASSERT_EQUAL(std::string{"anna2"}, copy_of(verdict.suggestions[1]));
            return PPO_OK;
        }};
        put_verdict({Refusal::UsernameTaken, {"anna1", "anna2"}}, "en",
                    *static_cast<const ppo_username_verdict_sink*>(sink));
    }

    void takes_a_failing_sink_for_a_fault() {
        const VerdictSink sink{[](const ppo_username_verdict&) { return 0; }};
        CPPUNIT_ASSERT_THROW(
            put_verdict({}, "en", *static_cast<const ppo_username_verdict_sink*>(sink)), HostFault);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(VerdictTest);
