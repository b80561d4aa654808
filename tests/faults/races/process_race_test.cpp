// SPDX-License-Identifier: Apache-2.0
#include "credentials/set_credentials.hpp"
#include "together.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <optional>

using namespace ppo;

namespace {
constexpr int processes = 8;
constexpr int threads = 4;
constexpr int everybody = processes * threads;
constexpr int most_rounds = 100;

/// What the processes have in common beside the store.
struct Shared {
    pthread_barrier_t start{};
    std::array<std::atomic<int>, most_rounds> winners{};
    std::array<std::atomic<int>, most_rounds> told{};
};

class SharedMemory {
public:
    SharedMemory()
        : place_{::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                        -1, 0)} {
        if (place_ == MAP_FAILED) throw std::runtime_error{"no memory for processes to share"};
        shared_ = new (place_) Shared{};
        pthread_barrierattr_t attributes{};
        pthread_barrierattr_init(&attributes);
        pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
        pthread_barrier_init(&shared_->start, &attributes, everybody);
    }
    ~SharedMemory() { ::munmap(place_, sizeof(Shared)); }
    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;

    Shared* operator->() const { return shared_; }

private:
    void* place_;
    Shared* shared_ = nullptr;
};

std::size_t place(int round) { return static_cast<std::size_t>(round); }
}  // namespace

/// Eight processes with four threads each over one store, all from the same moment on, round after
/// round.
class ProcessRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProcessRaceTest);
    CPPUNIT_TEST(one_patient_of_32_gets_the_username);
    CPPUNIT_TEST(one_of_32_redeems_the_link);
    CPPUNIT_TEST(failures_are_counted_to_the_last);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        it_.emplace();
        shared_.emplace();
        for (int i = 0; i < everybody; ++i) {
            auto patient = anna(id(i));
            patient.email = id(i) + "@example.org";
            it_->store.add(patient);
        }
    }

    void tearDown() override {
        const auto untrue = untrue_words(find_untrue(it_->store.path()));
        const bool is_intact = verify_audit(it_->store.database()).first_bad == 0;
        it_.reset();
        shared_.reset();
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue);
        CPPUNIT_ASSERT(is_intact);
    }

    void one_patient_of_32_gets_the_username() {
        const Tally tally{"8 processes, 4 threads, one username"};
        const int rounds = most_rounds / fewer();
        race(rounds, [this](Database& mine, PasswordHasher& quick, int i, int round) {
            const auto name = "taken.by.one." + std::to_string(round);
            count(set_credentials(mine, quick, it_->practice, id(i), {name, {}}, nurse, noon),
                  Refusal::UsernameTaken, round);
        });
        assert_one_winner_each(rounds);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{rounds}, entries("username_set"));
        tally.say(rounds, "one winner in each");
    }

    void one_of_32_redeems_the_link() {
        const Tally tally{"8 processes, 4 threads, one link"};
        const int rounds = everybody / std::min(fewer(), everybody);
        std::vector<std::string> links;
        for (int round = 0; round < rounds; ++round) links.push_back(it_->invite(id(round)));
        race(rounds, [&](Database& mine, PasswordHasher& quick, int i, int round) {
            const auto name = "owner.of." + std::to_string(round);
            count(complete_setup(mine, quick, it_->practice,
                                 {links.at(place(round)), "1980-02-29", {}},
                                 {name, it_->good + " " + std::to_string(i)}, it_->visitor, noon),
                  Refusal::LinkUsed, round);
        });
        assert_one_winner_each(rounds);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{rounds}, entries("setup_completed"));
        tally.say(rounds, "one winner in each");
    }

    void failures_are_counted_to_the_last() {
        const Tally tally{"8 processes, 4 threads, failures of one account"};
        it_->store.set_up(id(0), "anna.w");
        const int rounds = most_rounds / fewer();
        race(rounds, [](Database& mine, PasswordHasher&, int, int) {
            Transaction transaction{mine};
            static_cast<void>(count_failure(transaction, id(0)));
            transaction.commit();
        });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{everybody} * rounds,
                             it_->store.number("SELECT failures FROM credential"));
        tally.say(rounds, "32 counted in each");
    }

private:
    static std::string id(int i) { return "R" + std::to_string(100 + i); }

    template <class Done>
    void count(const Result<Done>& done, Refusal late, int round) {
        if (done)
            ++(*shared_)->winners.at(place(round));
        else if (done.refusal().reason == late)
            ++(*shared_)->told.at(place(round));
    }

    void assert_one_winner_each(int rounds) {
        for (int round = 0; round < rounds; ++round) {
            CPPUNIT_ASSERT_EQUAL(1, (*shared_)->winners.at(place(round)).load());
            CPPUNIT_ASSERT_EQUAL(everybody - 1, (*shared_)->told.at(place(round)).load());
        }
    }

    std::int64_t entries(const std::string& action) {
        return it_->store.number("SELECT COUNT(*) FROM audit WHERE action = '" + action + "'");
    }

    /// Nobody's connection outlives a fork: the store is closed before, and open again after.
    template <class Act>
    void race(int rounds, Act act) {
        const auto path = it_->store.path();
        it_->store.close();
        std::vector<pid_t> children;
        for (int process = 0; process < processes; ++process) {
            const auto child = ::fork();
            if (child == 0) ::_exit(run(path, process, rounds, act));
            children.push_back(child);
        }
        int ended_well = 0;
        for (const auto child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            if (WIFEXITED(status) && WEXITSTATUS(status) == 0) ++ended_well;
        }
        it_->store.reopen();
        CPPUNIT_ASSERT_EQUAL(processes, ended_well);
    }

    template <class Act>
    int run(const std::string& path, int process, int rounds, Act& act) {
        ::alarm(120);  // One that failed keeps the others waiting at the barrier.
        try {
            Database mine{path, test_keyring()};
            PasswordHasher quick{{8, 1}, everybody};
            together(threads, [&](int thread) {
                for (int round = 0; round < rounds; ++round) {
                    pthread_barrier_wait(&(*shared_)->start);
                    act(mine, quick, process * threads + thread, round);
                }
            });
            return 0;
        } catch (const std::exception& failure) {
            std::fprintf(stderr, "a process of the race: %s\n", failure.what());
            return 1;
        }
    }

    std::optional<LinkFixture> it_{};
    std::optional<SharedMemory> shared_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ProcessRaceTest);
