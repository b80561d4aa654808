// SPDX-License-Identifier: Apache-2.0
#include "store/try_table.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace ppo;
using std::chrono::hours;
using std::chrono::seconds;

class TryTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TryTableTest);
    CPPUNIT_TEST(tries_of_one_stretch_are_one_row);
    CPPUNIT_TEST(buckets_come_oldest_first_and_not_before_the_first);
    CPPUNIT_TEST(kinds_and_sources_are_counted_apart);
    CPPUNIT_TEST(forgets_what_is_old_of_one_only);
    CPPUNIT_TEST(forgets_the_oldest_of_everybody_a_few_at_a_time);
    CPPUNIT_TEST(knows_the_oldest);
    CPPUNIT_TEST(sixty_four_threads_count_sixty_four);
    CPPUNIT_TEST(processes_count_together);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    const std::string one_ = std::string(32, 'a');
    const std::string other_ = std::string(32, 'b');

    void add(Database& database, UnixTime since, TryKind kind = TryKind::SignIn,
             const std::string& who = std::string(32, 'a')) {
        Transaction transaction{database};
        add_try(transaction, kind, who, since);
        transaction.commit();
    }
    std::vector<TryBucket> buckets(TryKind kind = TryKind::SignIn,
                                   const std::string& who = std::string(32, 'a'),
                                   UnixTime first = noon - hours{99}) {
        return store_.ask(
            [&](Connection& connection) { return tries_of(connection, kind, who, first); });
    }
    std::int64_t rows() { return store_.number("SELECT COUNT(*) FROM try_count"); }

public:
    void tries_of_one_stretch_are_one_row() {
        for (int i = 0; i < 3; ++i) add(store_, noon);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, buckets().at(0).tries);
        CPPUNIT_ASSERT(buckets().at(0).since == noon);
    }

    void buckets_come_oldest_first_and_not_before_the_first() {
        for (const int second : {2, 0, 1}) add(store_, noon + seconds{second});
        const auto found = buckets(TryKind::SignIn, one_, noon + seconds{1});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found.size());
        CPPUNIT_ASSERT(found[0].since == noon + seconds{1});
        CPPUNIT_ASSERT(found[1].since == noon + seconds{2});
    }

    void kinds_and_sources_are_counted_apart() {
        add(store_, noon);
        add(store_, noon, TryKind::Request);
        add(store_, noon, TryKind::SignIn, other_);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, buckets().at(0).tries);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, buckets(TryKind::Link).size());
    }

    void forgets_what_is_old_of_one_only() {
        add(store_, noon);
        add(store_, noon + seconds{1});
        add(store_, noon, TryKind::SignIn, other_);
        Transaction transaction{store_};
        forget_tries_of(transaction, TryKind::SignIn, one_, noon + seconds{1});
        transaction.commit();
        CPPUNIT_ASSERT(buckets().at(0).since == noon + seconds{1});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, buckets(TryKind::SignIn, other_).size());
    }

    void forgets_the_oldest_of_everybody_a_few_at_a_time() {
        for (const int second : {0, 1, 2, 3}) add(store_, noon + seconds{second});
        Transaction transaction{store_};
        CPPUNIT_ASSERT_EQUAL(2, forget_tries(transaction, noon + seconds{3}, 2));
        CPPUNIT_ASSERT_EQUAL(1, forget_tries(transaction, noon + seconds{3}, 2));
        CPPUNIT_ASSERT_EQUAL(0, forget_tries(transaction, noon + seconds{3}, 2));
        transaction.commit();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows());
    }

    void knows_the_oldest() {
        const auto oldest = [&] { return store_.ask(oldest_try); };
        CPPUNIT_ASSERT(!oldest());
        add(store_, noon + seconds{1}, TryKind::Link, other_);
        add(store_, noon);
        CPPUNIT_ASSERT(oldest() == noon);
    }

    void sixty_four_threads_count_sixty_four() {
        static_cast<void>(store_.path());
        std::vector<std::thread> threads;
        for (int i = 0; i < 64; ++i) threads.emplace_back([this] { add(store_, noon); });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{64}, buckets().at(0).tries);
    }

    void processes_count_together() {
        const auto path = store_.path();
        store_.close();
        std::vector<pid_t> children;
        for (int i = 0; i < 4; ++i) {
            const auto child = ::fork();
            if (child == 0) {
                try {
                    Database mine{path, test_keyring()};
                    for (int n = 0; n < 16; ++n) add(mine, noon);
                    ::_exit(0);
                } catch (const std::exception&) {
                    ::_exit(1);
                }
            }
            children.push_back(child);
        }
        for (const auto child : children) {
            int status = -1;
            CPPUNIT_ASSERT_EQUAL(child, ::waitpid(child, &status, 0));
            CPPUNIT_ASSERT_EQUAL(0, status);
        }
        store_.reopen();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{64}, buckets().at(0).tries);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TryTableTest);
