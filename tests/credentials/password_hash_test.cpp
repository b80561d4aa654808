// SPDX-License-Identifier: Apache-2.0
#include "credentials/password_hash.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <barrier>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace ppo;

namespace {
// As cheap as libsodium goes: these tests are about what is hashed, not about its price.
constexpr HashCost cheap{.memory_kib = 8, .passes = 1};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_can_be_limited = false;  // A sanitizer's own memory would not fit.
#else
constexpr bool memory_can_be_limited = true;
#endif

// Runs in a child process, which has no memory left to give: true if the hasher says so.
bool throws_without_memory(PasswordHasher& hasher, const std::string& phc) {
    const auto child = fork();
    if (child == 0) {
        const rlimit nothing_more{1, 1};
        setrlimit(RLIMIT_AS, &nothing_more);
        try {
            (void)hasher.matches(phc, "tovuki malero");
        } catch (const std::bad_alloc&) {
            _exit(0);
        }
        _exit(1);
    }
    int status = 0;
    CPPUNIT_ASSERT(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
}  // namespace

class PasswordHashTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordHashTest);
    CPPUNIT_TEST(matches_the_password_that_was_hashed);
    CPPUNIT_TEST(matches_no_other_password);
    CPPUNIT_TEST(writes_a_phc_string_with_its_cost);
    CPPUNIT_TEST(salts_every_hash_afresh);
    CPPUNIT_TEST(matches_however_the_keyboard_composes);
    CPPUNIT_TEST(hashes_every_byte_of_the_longest_password);
    CPPUNIT_TEST(matches_nothing_against_a_text_that_is_no_hash);
    CPPUNIT_TEST(wants_a_new_hash_when_the_cost_has_risen);
    CPPUNIT_TEST(keeps_a_hash_that_cost_more);
    CPPUNIT_TEST(matches_a_hash_of_another_cost);
    CPPUNIT_TEST(wants_a_new_hash_in_place_of_what_is_none);
    CPPUNIT_TEST(spends_time_on_a_name_that_nobody_has);
    CPPUNIT_TEST(refuses_a_cost_that_cannot_be_done);
    CPPUNIT_TEST(says_so_when_memory_runs_out);
    CPPUNIT_TEST(answers_64_threads_rightly_or_with_busy);
    CPPUNIT_TEST(turns_away_nobody_whom_the_queue_can_hold);
    CPPUNIT_TEST_SUITE_END();

    void matches_the_password_that_was_hashed() {
        PasswordHasher hasher{cheap};
        const auto phc = hasher.hash("tovuki malero");
        CPPUNIT_ASSERT(*hasher.matches(*phc, "tovuki malero"));
    }

    void matches_no_other_password() {
        PasswordHasher hasher{cheap};
        const auto phc = hasher.hash("tovuki malero");
        for (const char* other : {"", "tovuki", "tovuki malero ", "Tovuki malero"})
            CPPUNIT_ASSERT(!*hasher.matches(*phc, other));
    }

    void writes_a_phc_string_with_its_cost() {
        PasswordHasher hasher{HashCost{.memory_kib = 64, .passes = 2}};
        const auto phc = hasher.hash("tovuki malero");
        CPPUNIT_ASSERT_EQUAL(std::string{"$argon2id$v=19$m=64,t=2,p=1$"}, phc->substr(0, 28));
    }

    void salts_every_hash_afresh() {
        PasswordHasher hasher{cheap};
        CPPUNIT_ASSERT(*hasher.hash("tovuki malero") != *hasher.hash("tovuki malero"));
    }

    void matches_however_the_keyboard_composes() {
        PasswordHasher hasher{cheap};
        const auto phc = hasher.hash("caf\u00E9 au lait");
        CPPUNIT_ASSERT(*hasher.matches(*phc, "cafe\u0301\u00A0au lait"));
    }

    void hashes_every_byte_of_the_longest_password() {
        PasswordHasher hasher{cheap};
        const std::string longest(1024, 'x');
        const auto phc = hasher.hash(longest);
        CPPUNIT_ASSERT(*hasher.matches(*phc, longest));
        CPPUNIT_ASSERT(!*hasher.matches(*phc, longest.substr(1)));
    }

    void matches_nothing_against_a_text_that_is_no_hash() {
        PasswordHasher hasher{cheap};
        for (const auto& text :
             {std::string{}, std::string{"tovuki"}, std::string{"$argon2id$v=19$m=8,t=1,p=1$"},
              std::string{"$2b$10$abcdefghijklmnopqrstuv"}, std::string(4096, '$')})
            CPPUNIT_ASSERT(!*hasher.matches(text, "tovuki"));
    }

    void wants_a_new_hash_when_the_cost_has_risen() {
        PasswordHasher before{cheap};
        const auto phc = before.hash("tovuki malero");
        CPPUNIT_ASSERT(!before.needs_rehash(*phc));
        CPPUNIT_ASSERT(PasswordHasher(HashCost{.memory_kib = 16, .passes = 1}).needs_rehash(*phc));
        CPPUNIT_ASSERT(PasswordHasher(HashCost{.memory_kib = 8, .passes = 2}).needs_rehash(*phc));
    }

    void keeps_a_hash_that_cost_more() {
        PasswordHasher dear{HashCost{.memory_kib = 16, .passes = 2}};
        const auto phc = dear.hash("tovuki malero");
        CPPUNIT_ASSERT(!PasswordHasher{cheap}.needs_rehash(*phc));
    }

    void matches_a_hash_of_another_cost() {
        PasswordHasher dear{HashCost{.memory_kib = 16, .passes = 2}};
        const auto phc = dear.hash("tovuki malero");
        CPPUNIT_ASSERT(*PasswordHasher{cheap}.matches(*phc, "tovuki malero"));
    }

    void wants_a_new_hash_in_place_of_what_is_none() {
        const PasswordHasher hasher{cheap};
        CPPUNIT_ASSERT(hasher.needs_rehash(""));
        CPPUNIT_ASSERT(hasher.needs_rehash("$2b$10$abcdefghijklmnopqrstuv"));
    }

    void spends_time_on_a_name_that_nobody_has() {
        PasswordHasher hasher{cheap};
        CPPUNIT_ASSERT(bool{hasher.spend_time("tovuki malero")});
    }

    void refuses_a_cost_that_cannot_be_done() {
        CPPUNIT_ASSERT_THROW(PasswordHasher(HashCost{.memory_kib = 7, .passes = 1}),
                             std::invalid_argument);
        CPPUNIT_ASSERT_THROW(PasswordHasher(HashCost{.memory_kib = 8, .passes = 0}),
                             std::invalid_argument);
    }

    void says_so_when_memory_runs_out() {
        if (!memory_can_be_limited) return;
        PasswordHasher hasher{HashCost{.memory_kib = 65536, .passes = 1}};
        const auto phc = hasher.hash("tovuki malero");
        CPPUNIT_ASSERT(throws_without_memory(hasher, *phc));
    }

    void answers_64_threads_rightly_or_with_busy() {
        PasswordHasher hasher{HashCost{.memory_kib = 256, .passes = 1}, 2};
        const auto phc = hasher.hash("tovuki malero");
        std::barrier together{64};
        std::atomic<int> wrong{0};
        std::atomic<int> served{0};
        const auto ask = [&](bool right) {
            together.arrive_and_wait();
            for (int round = 0; round < 20; ++round) {
                const auto found = hasher.matches(*phc, right ? "tovuki malero" : "tovuki");
                if (found ? *found != right : found.refusal().reason != Refusal::Busy) ++wrong;
                if (!found && found.refusal().retry_after != std::chrono::seconds{1}) ++wrong;
                if (found) ++served;
            }
        };
        std::vector<std::thread> threads;
        for (int i = 0; i < 64; ++i) threads.emplace_back(ask, i % 2 == 0);
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
        CPPUNIT_ASSERT(served.load() >= 34);
    }

    void turns_away_nobody_whom_the_queue_can_hold() {
        PasswordHasher hasher{HashCost{.memory_kib = 256, .passes = 1}, 2};
        std::atomic<int> refused{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 34; ++i)
            threads.emplace_back([&] {
                for (int round = 0; round < 10; ++round)
                    if (!hasher.hash("tovuki malero")) ++refused;
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, refused.load());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PasswordHashTest);
