// SPDX-License-Identifier: Apache-2.0
// Mails a second with 1, 2, 4 and 8 processes that work on one store, into Postfix's smtp-sink; and
// how long pages of the report take while one process sends a batch.
//
//   ppo-workers-bench PLUGIN.so STORE MAILS MAILS_BESIDE_PAGES
//   ppo-workers-bench --work PLUGIN.so STORE FOLDER TRANSPORT SINCE     one of the processes
#include "figures.hpp"
#include "host.hpp"
#include "mail_tools.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>

namespace ppo_bench {
namespace {
constexpr std::array most_rounds{1, 2, 4, 8};
constexpr std::uint64_t everybody = 100;  // Percent with access.

ppo_sim::People people(std::uint64_t patients) {
    return ppo_sim::People{{patients, 1, bench_day, everybody}};
}

/// One of the processes: it works until its standard input ends, and rests 5 ms when nothing is
/// due.
int work(char** given) {
    constexpr int rest_ms = 5;
    const BenchHost host{given[0],
                         given[2],
                         people(UINT32_MAX),
                         {given[1], given[3], std::strtoll(given[4], nullptr, 10)}};
    pollfd end{STDIN_FILENO, POLLIN, 0};
    while (poll(&end, 1, 0) == 0)
        if (!host.work_a_second() && poll(&end, 1, rest_ms) != 0) break;
    return 0;
}

/// Processes that work for as long as this lives.
class Workers {
public:
    Workers(int count, const std::vector<std::string>& arguments) {
        std::array<int, 2> wire{};
        if (::pipe(wire.data()) != 0) throw std::runtime_error{"no pipe for the workers"};
        for (int i = 0; i < count; ++i) {
            const pid_t process = ::fork();
            if (process < 0) throw std::runtime_error{"no process for a worker"};
            if (process == 0) {
                ::dup2(wire[0], STDIN_FILENO);
                ::close(wire[0]);
                ::close(wire[1]);
                std::vector<char*> words;
                for (const auto& one : arguments) words.push_back(const_cast<char*>(one.c_str()));
                words.push_back(nullptr);
                ::execv(words.front(), words.data());
                ::_exit(127);
            }
            processes_.push_back(process);
        }
        ::close(wire[0]);
        end_ = wire[1];
    }
    ~Workers() {
        ::close(end_);
        for (const auto process : processes_) ::waitpid(process, nullptr, 0);
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void must_live() const {
        for (const auto process : processes_)
            if (::waitpid(process, nullptr, WNOHANG) != 0)
                throw std::runtime_error{"a worker ended by itself"};
    }

private:
    std::vector<pid_t> processes_{};
    int end_ = -1;
};

struct Progress {
    std::uint64_t left = 0;
    std::uint64_t sent = 0;
};

ppo_result take_progress(void* context, const ppo_batch* batch) {
    auto& progress = *static_cast<Progress*>(context);
    progress.sent = batch->by_outcome[PPO_MAIL_SENT];
    progress.left = batch->by_outcome[PPO_OUTCOME_WAITING] + batch->by_outcome[PPO_MAIL_QUEUED] +
                    batch->by_outcome[PPO_MAIL_SENDING] + batch->by_outcome[PPO_MAIL_DEFERRED];
    return PPO_OK;
}

class Bench {
public:
    Bench(std::vector<std::string> command, std::uint64_t patients, const std::string& folder,
          const std::string& store, const std::string& transport, ppo_time since)
        : command_{std::move(command)},
          host_{command_[2], folder, people(patients), {store, transport, since}} {
        std::uint64_t read = 0;
        must(host_.onboarding().sync_directory(host_.instance(), &read, nullptr), "sync_directory");
        host_.work();
    }

    /// Mails a second of a batch to the next so many patients.
    double send(std::uint64_t mails, int processes, const Work& meanwhile) {
        const auto batch = start_batch(mails);
        static_cast<void>(poll(nullptr, 0, 1'100));  // Until the hold-back is over.
        const double start = milliseconds_now();
        Progress progress;
        double first = 0;  // When the first mails were seen to have left: all is loaded by then.
        double last = 0;
        std::uint64_t before = 0;
        {
            const Workers workers{processes, command_};
            do {
                meanwhile();
                workers.must_live();
                progress = progress_of(batch);
                last = milliseconds_now();
                if (first == 0 && progress.sent > 0) {
                    first = last;
                    before = progress.sent;
                }
                if (last > start + 1'200'000) throw std::runtime_error{"the batch does not end"};
            } while (progress.left > 0);
        }
        if (before == progress.sent) {  // So few that all were gone at first sight.
            before = 0;
            first = start;
        }
        if (progress.sent == 0) throw std::runtime_error{"no mail has left"};
        return static_cast<double>(progress.sent - before) * 1000 / (last - first);
    }

    [[nodiscard]] double read_page() const {
        ppo_report_query query{};
        query.struct_size = sizeof query;
        query.limit = 100;
        const ppo_rows_sink sink{nullptr,
                                 [](void*, const ppo_rows*) { return ppo_result{PPO_OK}; }};
        const double start = milliseconds_now();
        must(host_.report().read(host_.instance(), &host_.caller(), &query, &sink, nullptr),
             "read");
        return milliseconds_now() - start;
    }

private:
    std::string start_batch(std::uint64_t mails) {
        std::vector<std::string> ids;
        while (ids.size() < mails) ids.push_back(ppo_sim::People::id_at(next_++));
        std::vector<ppo_text> texts;
        for (const auto& id : ids) texts.push_back(text(id));
        ppo_batch_selection selection{};
        selection.struct_size = sizeof selection;
        selection.patient_ids = texts.data();
        selection.patient_id_count = texts.size();
        ppo_batch_started started{};
        started.struct_size = sizeof started;
        must(host_.onboarding().start_batch(host_.instance(), &host_.caller(), &selection, &started,
                                            nullptr),
             "start_batch");
        return static_cast<const char*>(started.batch_id);
    }

    [[nodiscard]] Progress progress_of(const std::string& batch) const {
        Progress progress;
        const ppo_batch_sink sink{&progress, take_progress};
        must(host_.onboarding().each_batch(host_.instance(), &host_.caller(), text(batch), &sink,
                                           nullptr),
             "each_batch");
        return progress;
    }

    std::vector<std::string> command_;
    BenchHost host_;
    std::uint64_t next_ = 0;
};

void print_latency(const std::string& when, std::vector<double>& pages) {
    std::sort(pages.begin(), pages.end());
    std::printf("  %s: %zu pages, p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, longest %.2f ms\n",
                when.c_str(), pages.size(), part_of(pages, 0.5), part_of(pages, 0.95),
                part_of(pages, 0.99), pages.back());
    std::fflush(stdout);
}

void run(const MailTools& tools, const std::string& folder, char** given) {
    const std::uint64_t mails = std::strtoull(given[2], nullptr, 10);
    const std::uint64_t beside = std::strtoull(given[3], nullptr, 10);
    const MailSink sink{tools};
    const std::string store = std::string{given[1]} == "sqlite" ? folder + "/bench.sqlite"
                                                                : given[1];
    const auto transport = "smtp://127.0.0.1:" + std::to_string(sink.port());
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count();
    Bench bench{{std::filesystem::canonical("/proc/self/exe"), "--work", given[0], store, folder,
                 transport, std::to_string(since)},
                most_rounds.size() * mails + beside,
                folder,
                store,
                transport,
                since};
    std::printf("Batches of invitations to %llu patients, mails a second\n",
                static_cast<unsigned long long>(mails));
    for (const int processes : most_rounds) {
        const double rate = bench.send(mails, processes, [] { poll(nullptr, 0, 20); });
        std::printf("  %d process%s %8.0f\n", processes, processes == 1 ? "  " : "es", rate);
        std::fflush(stdout);
    }
    if (beside == 0) return;
    std::vector<double> quiet;
    std::vector<double> busy;
    for (int i = 0; i < 500; ++i) quiet.push_back(bench.read_page());
    const double rate = bench.send(beside, 1, [&] {
        for (int i = 0; i < 50; ++i) busy.push_back(bench.read_page());
    });
    std::printf("Pages of 100 in one process\n");
    print_latency("while nothing else happens", quiet);
    print_latency("while another process sends a batch to " + std::to_string(beside) +
                      " patients (" + std::to_string(static_cast<int>(rate)) + " mails a second)",
                  busy);
}
}  // namespace
}  // namespace ppo_bench

int main(int argc, char** argv) {
    const char* where = std::getenv("PPO_POSTFIX_TOOLS");
    std::string folder = (std::filesystem::temp_directory_path() / "ppo-bench-XXXXXX").string();
    int status = 0;
    try {
        if (argc == 7 && std::string{argv[1]} == "--work") return ppo_bench::work(argv + 2);
        if (argc != 5) {
            std::fprintf(stderr,
                         "usage: ppo-workers-bench PLUGIN.so STORE|sqlite MAILS "
                         "MAILS_BESIDE_PAGES\n");
            return 2;
        }
        if (where == nullptr) {
            std::printf(
                "Workers are not measured: PPO_POSTFIX_TOOLS does not name a folder with "
                "Postfix's usr/sbin/smtp-sink.\n");
            return 0;
        }
        if (::mkdtemp(folder.data()) == nullptr) return 1;
        ppo_bench::run(ppo_bench::MailTools{where}, folder, argv + 1);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "ppo-workers-bench: %s\n", failure.what());
        status = 1;
    }
    std::filesystem::remove_all(folder);
    return status;
}
