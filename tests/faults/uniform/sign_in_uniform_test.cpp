// SPDX-License-Identifier: Apache-2.0
#include "selfservice/sign_in.hpp"

#include "credentials/set_credentials.hpp"
#include "faults/uniform/counted_work.hpp"
#include "onboarding/access.hpp"
#include "selfservice/link_fixture.hpp"
#include "store/credential_table.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstring>
#include <random>
#include <vector>

using namespace ppo;

/// Everybody who is refused at sign-in, whatever for.
class SignInUniformTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SignInUniformTest);
    CPPUNIT_TEST(every_refusal_says_the_same_after_one_hash);
    CPPUNIT_TEST(every_refusal_is_byte_equal_through_the_table);
    CPPUNIT_TEST(a_closed_door_hashes_nothing);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::string_view right = "maple kettle orbit";
    static constexpr std::string_view wrong = "violet hammer cloud";

    /// Patients in every state in which nobody gets in, by username; nobody.here is no patient.
    const std::vector<std::string> names_{"nobody.here", "",          "wrong.pw", "waits.now",
                                          "disabled.1",  "hundred.1", "lapsed.1", "never.set"};

    static void fill(TempStore& store, PasswordHasher& hasher, const Practice& practice) {
        const auto add = [&](const std::string& id, const char* username) {
            store.add(anna(id));
            if (!set_credentials(store, hasher, practice, id, {username, right}, nurse, noon))
                throw std::logic_error{"the test's credentials are refused"};
        };
        add("P1", "wrong.pw");
        add("P2", "waits.now");
        add("P3", "disabled.1");
        add("P4", "hundred.1");
        add("P5", "lapsed.1");
        store.add(anna("P6"));
        if (!set_credentials(store, hasher, practice, "P6", {"never.set", {}}, nurse, noon) ||
            !set_access(store, "P3", false, nurse, noon))
            throw std::logic_error{"the test's patients are refused"};
        const auto hour = std::to_string(to_milliseconds(noon + std::chrono::hours{1}));
        store.tamper("UPDATE credential SET lapses_at = NULL");
        store.tamper("UPDATE credential SET wait_until = " + hour +
                     ", failures = 6 WHERE patient_id = 'P2'");
        store.tamper("UPDATE credential SET failures = 100 WHERE patient_id = 'P4'");
        store.tamper("UPDATE credential SET lapses_at = 1 WHERE patient_id = 'P5'");
    }

    static std::string source(int number) {
        return "10." + std::to_string(100 + number / 10'000) + "." +
               std::to_string(100 + number / 100 % 100) + "." + std::to_string(100 + number % 100);
    }

    void every_refusal_says_the_same_after_one_hash() {
        TempStore store;
        PasswordHasher hasher{{8, 1}, 1};  // Quick: what is counted does not depend on its cost.
        const auto practice = elm_practice();
        fill(store, hasher, practice);
        std::mt19937 dice{20'261'125};
        for (int i = 0; i < 10'000; ++i) {
            const auto& name = names_[dice() % names_.size()];
            const bool knows = name != "wrong.pw" && dice() % 2 == 0;
            const auto before = work_so_far();
            const auto answer = sign_in(store, hasher, practice, name, knows ? right : wrong,
                                        {source(i), {}}, noon);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::int64_t{1}, (work_so_far() - before).hashes);
            CPPUNIT_ASSERT_MESSAGE(name, !answer && answer.refusal().reason == Refusal::SignIn);
            CPPUNIT_ASSERT_MESSAGE(name, answer.refusal().retry_after.count() == 0 &&
                                             answer.refusal().field.empty() &&
                                             answer.refusal().advice.empty());
            if (name == "wrong.pw")  // Else he waits from the fifth on.
                store.change("P1",
                             [](Transaction& transaction) { forget_failures(transaction, "P1"); });
        }
    }

    void every_refusal_is_byte_equal_through_the_table() {
        LivePlugin live;
        live.set_up("P001", "anna.w", right);
        live.enable("P002");
        std::vector<ppo_error> errors;
        int number = 0;
        const auto refused = [&](const std::string& username, std::string_view password) {
            const auto from = source(number++);
            live.visitor.from = to_text(from);
            const SignedInSink sink{[](const ppo_signed_in&) { return PPO_OK; }};
            errors.push_back(fresh_error());
            const auto before = work_so_far();
            CPPUNIT_ASSERT_EQUAL(
                ppo_result{PPO_REFUSED_SIGN_IN},
                LivePlugin::selfservice().sign_in(live.self, &live.visitor, to_text(username),
                                                  to_text(password), sink, &errors.back()));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, (work_so_far() - before).hashes);
        };
        for (int i = 0; i < 20; ++i) {
            refused("nobody.here", wrong);
            refused("anna.w", i < 10 ? wrong : right);  // Waits from the fifth on.
        }
        for (const auto& error : errors)
            CPPUNIT_ASSERT_EQUAL(0, std::memcmp(&error, &errors.front(), sizeof error));
    }

    void a_closed_door_hashes_nothing() {
        TempStore store;
        PasswordHasher hasher{{8, 1}, 1};
        auto practice = elm_practice();
        practice.source_failures_per_hour = 10;
        fill(store, hasher, practice);
        for (int i = 0; i < 10; ++i)
            CPPUNIT_ASSERT(
                !sign_in(store, hasher, practice, "nobody.here", wrong, {source(1), {}}, noon));
        std::optional<Work> first;
        for (const auto& name : names_) {
            const auto before = work_so_far();
            const auto answer = sign_in(store, hasher, practice, name, right, {source(1), {}},
                                        noon);
            const auto work = work_so_far() - before;
            CPPUNIT_ASSERT(!answer && answer.refusal().reason == Refusal::TooManyTries);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, work.hashes);
            if (!first) first = work;
            CPPUNIT_ASSERT_EQUAL(*first, work);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SignInUniformTest);
