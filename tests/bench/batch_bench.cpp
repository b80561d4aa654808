// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"
#include "store/sqlite_connection.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

// What one large batch of invitations costs: looked at, stored, and turned into mails group by
// group. The mails' leaving is not measured: the outbox is emptied by hand between the groups.
namespace {
using namespace ppo;

constexpr UnixTime start_time = from_milliseconds(1'795'176'000'000);

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double resident_mib() {
    std::ifstream file{"/proc/self/statm"};
    long size = 0;
    long resident = 0;
    file >> size >> resident;
    return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

std::string patient_id(int number) { return "P" + std::to_string(10'000'000 + number); }

void add_patients(Database& database, int count) {
    constexpr int at_once = 5000;
    for (int from = 0; from < count; from += at_once) {
        Transaction transaction{database};
        for (int i = from; i < std::min(count, from + at_once); ++i) {
            Patient patient;
            patient.id = patient_id(i);
            patient.first_name = "Anna";
            patient.last_name = "Weber" + std::to_string(i % 997);
            patient.birth_date = "1980-02-28";
            patient.email = "person" + std::to_string(i) + "@example.test";
            patient.postal_code = "02139";
            patient.access_granted = true;
            put_patient(transaction, patient);
        }
        transaction.commit();
    }
}

/// As if every queued mail had been taken by the mail server.
void empty_outbox(Connection& connection) {
    connection.execute(
        "BEGIN IMMEDIATE; "
        "UPDATE batch_person SET outcome = 2 WHERE outcome = 1; "
        "UPDATE outbox SET state = 2, next_try_at = NULL WHERE next_try_at IS NOT NULL; "
        "COMMIT");
}

/// The least that storing a batch can cost: its rows alone, in one transaction.
double store_raw(Connection& connection, int people) {
    return seconds_of([&] {
        connection.execute(
            "BEGIN IMMEDIATE; CREATE TABLE raw_person (batch_id BIGINT, place BIGINT, patient_id "
            "TEXT, outcome SMALLINT, reason TEXT, mail_id TEXT, PRIMARY KEY (batch_id, place)); "
            "CREATE INDEX raw_by_outcome ON raw_person (batch_id, outcome, place)");
        for (int i = 0; i < people; ++i)
            connection.run("INSERT INTO raw_person VALUES (1, $1, $2, 16, '', NULL)", i,
                           patient_id(i));
        connection.execute("COMMIT");
    });
}

void run(int people, const std::string& folder) {
    const std::string path = folder + "/batch.sqlite";
    Database database{path, Keyring{std::vector{RootKey{"bench", {7}}}}};
    SqliteConnection by_hand{path, Connection::Role::Writer};
    Practice practice;
    practice.name = "Bench";
    practice.portal_url = "https://portal.example/r";
    const BatchSelection everybody{.filter = ReportQuery{}};
    const Actor nurse{Actor::Kind::Staff, "bench", {}};
    add_patients(database, people);
    const double before = resident_mib();

    BatchPreview preview;
    const double previewing = seconds_of(
        [&] { preview = preview_batch(database, practice, everybody, start_time); });
    if (preview.to_mail != people) throw std::runtime_error{"the preview leaves somebody out"};
    std::int64_t id = 0;
    const double starting = seconds_of(
        [&] { id = start_batch(database, practice, everybody, nurse, start_time).value().id; });
    const double after_start = resident_mib();

    const auto turn = start_time + practice.hold_back;
    double queueing = 0;
    double longest = 0;
    double highest = after_start;
    for (;;) {
        bool more = false;
        const double step = seconds_of([&] {
            more = advance_batches(
                database, practice,
                [](const std::vector<std::string>&) { return std::set<std::string>{}; }, turn);
        });
        queueing += step;
        longest = std::max(longest, step);
        highest = std::max(highest, resident_mib());
        const auto progress = read_batches(database, practice, id, turn).front();
        if (progress.state == BatchState::Done) break;
        if (!more) empty_outbox(by_hand);
    }
    BatchProgress progress;
    const double reading = seconds_of(
        [&] { progress = read_batches(database, practice, id, turn).front(); });
    if (progress.by_outcome[static_cast<std::size_t>(BatchOutcome::Sent)] != people)
        throw std::runtime_error{"the batch leaves somebody out"};
    const double raw = store_raw(by_hand, people);

    std::printf("%d invitations as one batch\n", people);
    std::printf("  preview                       %8.3f s\n", previewing);
    std::printf("  start (stored, one deed)      %8.3f s   rows alone %8.3f s   ratio %5.2f\n",
                starting, raw, starting / raw);
    std::printf("  queue all, group by group     %8.3f s   %8.0f mails/s, longest step %.3f s\n",
                queueing, people / queueing, longest);
    std::printf("  progress of it                %8.3f s\n", reading);
    std::printf("  memory: %.1f MiB more after the start, %.1f MiB more at the most\n",
                after_start - before, highest - before);
}
}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: ppo-batch-bench PATIENTS\n");
        return 2;
    }
    std::string folder = (std::filesystem::temp_directory_path() / "ppo-bench-XXXXXX").string();
    int result = 1;
    if (::mkdtemp(folder.data()) != nullptr) {
        try {
            run(std::atoi(argv[1]), folder);
            result = 0;
        } catch (const std::exception& failure) {
            std::fprintf(stderr, "ppo-batch-bench: %s\n", failure.what());
        }
        std::filesystem::remove_all(folder);
    }
    return result;
}
