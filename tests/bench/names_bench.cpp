// SPDX-License-Identifier: Apache-2.0
// The live verdict on a username, while nobody writes and while another process does.
#include "benches.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace ppo_bench {
namespace {
constexpr int checks_a_turn = 500;
constexpr double most_commits_a_second = 3000;

ppo_result take_verdict(void* context, const ppo_username_verdict* verdict) {
    *static_cast<ppo_result*>(context) = verdict->verdict;
    return PPO_OK;
}

/// Another process that writes to the store for as long as this object lives.
class Writer {
public:
    Writer(const std::string& program, const std::string& store) {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0)
            throw std::runtime_error{"no pipe for the writer"};
        process_ = ::fork();
        if (process_ < 0) throw std::runtime_error{"no process for the writer"};
        if (process_ == 0) {
            ::dup2(in[0], 0);
            ::dup2(out[1], 1);
            for (const int end : {in[0], in[1], out[0], out[1]}) ::close(end);
            ::execl(program.c_str(), program.c_str(), "--write", store.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        say_ = in[1];
        hear_ = out[0];
        start_ = milliseconds_now();
    }
    ~Writer() {
        if (process_ > 0) static_cast<void>(end());
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Commits a second.
    double end() {
        ::close(say_);
        std::array<char, 32> text{};
        const auto size = ::read(hear_, text.data(), text.size() - 1);
        const double seconds = (milliseconds_now() - start_) / 1000;
        ::close(hear_);
        ::waitpid(process_, nullptr, 0);
        process_ = -1;
        return size > 0 ? std::strtod(text.data(), nullptr) / seconds : 0;
    }

private:
    pid_t process_ = -1;
    int say_ = -1;
    int hear_ = -1;
    double start_ = 0;
};

struct Latencies {
    std::vector<double> plugin{};
    std::vector<double> raw{};
};

/// Turns of both, one first and then the other, for this long.
Latencies check_names(const Stage& stage, double milliseconds) {
    const auto& host = stage.host;
    const auto& onboarding = host.onboarding();
    const std::string anna = ppo_sim::People::id_at(1);
    ppo_result verdict = 0;
    const ppo_username_verdict_sink sink{&verdict, take_verdict};
    Latencies latencies;
    int number = 0;
    const auto timed = [](std::vector<double>& values, const Work& work) {
        const double start = milliseconds_now();
        work();
        values.push_back((milliseconds_now() - start) * 1000);
    };
    const auto by_plugin = [&] {
        const std::string typed = "anna.weber" + std::to_string(number++);
        timed(latencies.plugin, [&] {
            must(onboarding.check_username(host.instance(), &host.caller(), text(anna), text(typed),
                                           &sink, nullptr),
                 "check_username");
        });
    };
    const auto by_raw = [&] {
        const std::string key = "anna.weber" + std::to_string(number++);
        timed(latencies.raw, [&] { static_cast<void>(stage.raw.is_taken(key)); });
    };
    const double until = milliseconds_now() + milliseconds;
    for (int turn = 0; milliseconds_now() < until; ++turn) {
        for (int i = 0; i < checks_a_turn; ++i) turn % 2 == 0 ? by_plugin() : by_raw();
        for (int i = 0; i < checks_a_turn; ++i) turn % 2 == 0 ? by_raw() : by_plugin();
    }
    return latencies;
}

void print(const Table& table, const std::string& work, Latencies& latencies) {
    table.ratio(work + ", p50", part_of(latencies.plugin, 0.5), part_of(latencies.raw, 0.5),
                {3.0, 1.5});
    table.ratio(work + ", p99", part_of(latencies.plugin, 0.99), part_of(latencies.raw, 0.99),
                {3.0, 1.5});
    table.figure(work + ", p50 by itself", part_of(latencies.plugin, 0.5), "us", {{}, 10});
    table.figure(work + ", p99 by itself", part_of(latencies.plugin, 0.99), "us", {{}, 100});
}
}  // namespace

void measure_names(const Stage& stage, const std::string& own_program) {
    const double turn_ms = stage.patients < 5000 ? 200 : 2000;
    static_cast<void>(check_names(stage, turn_ms / 10));  // Warm.
    auto quiet = check_names(stage, turn_ms);
    print(stage.table, "username check, quiet", quiet);
    Writer writer{own_program, stage.host.store()};
    auto busy = check_names(stage, turn_ms * 2);
    const double rate = writer.end();
    print(stage.table,
          "username check, " + std::to_string(static_cast<int>(rate)) + " commits/s beside", busy);
}

int write_beside(const std::string& store) {
    RawStore raw{store};
    // When somebody came last is nothing that anything else follows from.
    auto* statement = raw.prepared(
        "UPDATE patient SET last_signed_in_at = last_signed_in_at + 1 WHERE patient_id = $1 AND "
        "last_signed_in_at IS NOT NULL");
    const auto patients = static_cast<std::uint64_t>(raw.number("SELECT COUNT(*) FROM patient"));
    const double start = milliseconds_now();
    std::uint64_t commits = 0;
    pollfd parent{0, POLLIN, 0};
    for (;; ++commits) {
        const double due = start + static_cast<double>(commits) * 1000 / most_commits_a_second;
        const double wait = std::max(0.0, due - milliseconds_now());
        const timespec pause{0, static_cast<long>(wait * 1'000'000)};
        if (::ppoll(&parent, 1, &pause, nullptr) != 0) break;
        const auto id = ppo_sim::People::id_at(commits * 7919 % patients);
        sqlite3_bind_text(statement, 1, id.data(), static_cast<int>(id.size()), SQLITE_TRANSIENT);
        raw.take_rows(statement);
    }
    std::printf("%llu\n", static_cast<unsigned long long>(commits));
    return 0;
}
}  // namespace ppo_bench
