// SPDX-License-Identifier: Apache-2.0
// The report and the look-ups on PostgreSQL, beside the same statements straight on libpq, in one
// run.
//
//   ppo-postgres-bench PLUGIN.so SERVER PATIENTS     prints a table in Markdown
//
// SERVER is the address of a server's administrator; two databases are made there and removed.
#include "benches.hpp"
#include "raw_postgres.hpp"
#include "stage.hpp"
#include "support/postgres_admin.hpp"
#include "support/store_check.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace ppo_bench {
namespace {
constexpr std::uint64_t page = 100;
constexpr Asked page_bar{1.3, {}};
constexpr Asked look_up_bar{1.2, {}};

/// A database that goes with this.
class BenchDatabase {
public:
    BenchDatabase(const std::string& server, std::string name,
                  const std::string& like = "template1")
        : server_{ppo::with_database(server, "postgres")},
          name_{std::move(name)},
          address_{ppo::with_database(server, name_)} {
        RawPostgres admin{server_};
        admin.execute("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
        admin.execute("CREATE DATABASE " + name_ + " TEMPLATE " + like);
    }
    ~BenchDatabase() {
        try {
            RawPostgres{server_}.execute("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
        } catch (const std::exception&) {  // The server goes with the bench as well.
        }
    }
    BenchDatabase(const BenchDatabase&) = delete;
    BenchDatabase& operator=(const BenchDatabase&) = delete;
    [[nodiscard]] const std::string& address() const { return address_; }

private:
    std::string server_;
    std::string name_;
    std::string address_;
};

struct Bench {
    const BenchHost& host;
    RawPostgres& raw;
    RawPostgres& copy;
    const Table& table;
    std::uint64_t patients = 0;
    /// How long one comparison takes.
    [[nodiscard]] double turn_ms() const { return patients < 5000 ? 20 : 600; }
};

struct Latencies {
    std::vector<double> plugin{};
    std::vector<double> raw{};
    [[nodiscard]] double ratio() { return part_of(plugin, 0.5) / part_of(raw, 0.5); }
};

/// Microseconds of each call of both, in turns of a few, one first and then the other.
Latencies measure(double milliseconds, const Work& plugin, const Work& raw) {
    constexpr int calls_a_turn = 10;
    constexpr int warm_calls = 8;  // By then the server has settled on a plan.
    Latencies took;
    const auto turn = [](std::vector<double>& values, const Work& work) {
        for (int i = 0; i < calls_a_turn; ++i) {
            const double start = milliseconds_now();
            work();
            values.push_back((milliseconds_now() - start) * 1000);
        }
    };
    for (int i = 0; i < warm_calls; ++i) {
        plugin();
        raw();
    }
    const double until = milliseconds_now() + milliseconds;
    for (int i = 0; i < 2 || milliseconds_now() < until; ++i) {
        if (i % 2 == 0) turn(took.plugin, plugin);
        turn(took.raw, raw);
        if (i % 2 != 0) turn(took.plugin, plugin);
    }
    return took;
}

void print(const Table& table, const std::string& work, Latencies& took, const Asked& asked) {
    table.ratio(work + ", p50", part_of(took.plugin, 0.5), part_of(took.raw, 0.5), asked);
    table.ratio(work + ", p99", part_of(took.plugin, 0.99), part_of(took.raw, 0.99), {});
}

Latencies measure_page(const Bench& bench, const Filter& filter, std::uint32_t sort,
                       double milliseconds) {
    const auto query = filter.query(sort, false, page);
    CountedRows counted;
    const auto sink = counted.sink();
    const auto sql = raw_postgres_page(filter, sort, page);
    const Work read = [&] {
        must(bench.host.report().read(bench.host.instance(), &bench.host.caller(), &query, &sink,
                                      nullptr),
             "read");
    };
    read();
    const auto raw_rows = std::min<std::size_t>(bench.raw.take_rows(sql), page);
    if (counted.rows != raw_rows)
        throw std::runtime_error{"the plugin and raw have other rows: " + filter.name};
    return measure(milliseconds, read, [&] { bench.raw.take_rows(sql); });
}

std::vector<Filter> all_filters(RawPostgres& raw) {
    const std::string providers =
        "SELECT provider FROM patient WHERE provider <> '' GROUP BY provider ORDER BY COUNT(*)";
    auto filters = report_filters(raw.text(providers + " DESC, provider LIMIT 1"),
                                  raw.text(providers + ", provider LIMIT 1"));
    for (const auto* term : {"smi", "garcia", "riguez", "ydia", "mail.test", "zzzz", "an"}) {
        filters.push_back(search_for(term));
        filters.back().name += std::string{" \""} + term + "\"";
    }
    return filters;
}

void measure_pages(const Bench& bench) {
    struct Measured {
        std::string name{};
        double plugin = 0;
        double raw = 0;
    };
    std::vector<Measured> all;
    const bool verbose = std::getenv("PPO_BENCH_EACH_PAGE") != nullptr;
    const std::array<const char*, 5> orders{"name", "status", "last invited", "last sign-in",
                                            "next appointment"};
    for (const auto& filter : all_filters(bench.raw))
        for (std::uint32_t sort = 0; sort < orders.size(); ++sort) {
            const bool is_shown = sort == PPO_SORT_NAME &&
                                  (filter.sql.empty() || filter.name == "green" ||
                                   filter.name == "search \"garcia\"");
            const double for_ms = bench.turn_ms() * (is_shown ? 3 : 0.3);
            auto took = measure_page(bench, filter, sort, for_ms);
            const auto name = filter.name + ", by " + orders.at(sort);
            if (is_shown) print(bench.table, "page of 100: " + name, took, page_bar);
            all.push_back({name, part_of(took.plugin, 0.5), part_of(took.raw, 0.5)});
            if (verbose) bench.table.ratio(name, all.back().plugin, all.back().raw, page_bar);
        }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.plugin / a.raw < b.plugin / b.raw; });
    const auto show = [&](const std::string& what, const Measured& one) {
        bench.table.ratio("page of 100, " + what + one.name, one.plugin, one.raw, page_bar);
    };
    show("median of " + std::to_string(all.size()) + ": ", all[all.size() / 2]);
    show("at the 90th percentile: ", all[all.size() * 9 / 10]);
    show("worst: ", all.back());
    show("slowest: ", *std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
             return a.plugin < b.plugin;
         }));
}

ppo_result take_account(void*, const ppo_account*) { return PPO_OK; }
ppo_result take_verdict(void*, const ppo_username_verdict*) { return PPO_OK; }

constexpr auto raw_account =
    "SELECT patient_id, first_name, last_name, birth_date, email, postal_code, language, provider, "
    "tags, chart_status, opted_out, next_appointment_at, last_appointment_at, access_enabled, "
    "username, has_password, password_set_by_staff, must_change_password, credentials_issued_at, "
    "first_signed_in_at, last_signed_in_at, last_invited_at, mail_state, address_changed, "
    "link_expires_at, locked_until, security_epoch, status, marks, in_directory, "
    "password_disabled, password_lapses_at, consent, consent_until, search_text FROM patient "
    "WHERE practice = 1 AND patient_id = $1 AND in_directory = 1";
constexpr auto raw_last_mail =
    "SELECT outbox.* FROM outbox JOIN outbox_person ON outbox_person.practice = 1 AND "
    "outbox_person.mail_id = outbox.mail_id WHERE outbox.practice = 1 AND patient_id = $1 AND "
    "kind = 1 ORDER BY created_at DESC, outbox.mail_id DESC LIMIT 1";
constexpr auto raw_is_taken =
    "SELECT 1 FROM patient WHERE practice = 1 AND username_key = $1 AND patient_id <> $2 UNION "
    "ALL SELECT 1 FROM patient WHERE practice = 1 AND username_skeleton = $1 AND patient_id <> $2 "
    "UNION ALL SELECT 1 FROM patient WHERE practice = 1 AND username_shown_skeleton = $1 AND "
    "patient_id <> $2";

void measure_look_ups(const Bench& bench) {
    const auto& host = bench.host;
    const auto& onboarding = host.onboarding();
    const ppo_account_sink account_sink{nullptr, take_account};
    const ppo_username_verdict_sink verdict_sink{nullptr, take_verdict};
    std::uint64_t place = 0;
    const auto next = [&] { return ppo_sim::People::id_at(++place * 7919 % bench.patients); };
    auto account = measure(
        bench.turn_ms() * 5,
        [&] {
            const auto id = next();
            must(onboarding.get_account(host.instance(), &host.caller(), text(id), &account_sink,
                                        nullptr),
                 "get_account");
        },
        [&] {
            const auto id = next();
            bench.raw.take_rows(raw_account, {id});
            bench.raw.take_rows(raw_last_mail, {id});
        });
    print(bench.table, "look-up of an account by id", account, look_up_bar);
    const auto anna = ppo_sim::People::id_at(1);
    auto name = measure(
        bench.turn_ms() * 5,
        [&] {
            const std::string typed = "anna.weber" + std::to_string(++place);
            must(onboarding.check_username(host.instance(), &host.caller(), text(anna), text(typed),
                                           &verdict_sink, nullptr),
                 "check_username");
        },
        [&] {
            bench.raw.take_rows(raw_account, {anna});
            bench.raw.take_rows(raw_is_taken, {"anna.weber" + std::to_string(++place), anna});
        });
    print(bench.table, "username check", name, look_up_bar);
}

void measure_toggle(const Bench& bench) {
    std::vector<std::string> ids;
    for (std::uint64_t i = 0; i < bench.patients && ids.size() < 50; i += 5) {
        const auto id = ppo_sim::People::id_at(i);
        const auto* red =
            "SELECT patient_id FROM patient WHERE patient_id = $1 AND "
            "access_enabled = 0 AND in_directory = 1";
        if (!bench.raw.text(red, {id}).empty()) ids.push_back(id);
    }
    std::size_t ours = 0;
    std::size_t theirs = 0;
    const auto is_on = [&](std::size_t turn) { return turn / ids.size() % 2 == 0; };
    auto took = measure(
        bench.turn_ms() * 5,
        [&] {
            must(bench.host.onboarding().set_access(bench.host.instance(), &bench.host.caller(),
                                                    text(ids[ours % ids.size()]),
                                                    is_on(ours) ? 1 : 0, nullptr, nullptr),
                 "set_access");
            ++ours;
        },
        [&] {
            bench.copy.toggle(ids[theirs % ids.size()], is_on(theirs));
            ++theirs;
        });
    print(bench.table, "toggle one patient, committed", took, {});
}

void measure_lists(const Bench& bench) {
    const auto& host = bench.host;
    ppo_report_query query{};
    query.struct_size = sizeof query;
    CountedRows rows;
    CountedText bytes;
    const auto row_sink = rows.sink();
    const auto text_sink = bytes.sink();
    const auto everybody = raw_postgres_page({}, PPO_SORT_NAME, 0);
    const auto streams = compare(
        {[&] {
             must(host.report().read(host.instance(), &host.caller(), &query, &row_sink, nullptr),
                  "read");
         },
         [&] { bench.raw.stream(everybody); }},
        3);
    bench.table.ratio("stream of everybody (raw: FETCH 1000)", streams[0], streams[1], {});
    query.limit = page;
    const auto first = raw_postgres_page({}, PPO_SORT_NAME, page);
    auto json = measure(
        bench.turn_ms() * 3,
        [&] {
            must(host.report().read_json(host.instance(), &host.caller(), &query, &text_sink,
                                         nullptr),
                 "read_json");
        },
        [&] { bench.raw.take_rows(first); });
    print(bench.table, "page of 100 as JSON (raw: the same rows, no JSON)", json, {});
}

void measure_counts(const Bench& bench) {
    const auto& host = bench.host;
    for (const auto& filter : all_filters(bench.raw)) {
        if (filter.name != "everybody" && filter.name != "green" && filter.name != "access" &&
            filter.name != "provider of many")
            continue;
        const auto query = filter.query(PPO_SORT_NAME, false, 0);
        ppo_report_counts counts{};
        counts.struct_size = sizeof counts;
        const auto condition = postgres_condition(filter);
        const auto grouped =
            "SELECT status, marks, COUNT(*) FROM patient WHERE practice = 1 AND in_directory = 1" +
            (condition.empty() ? "" : " AND " + condition) + " GROUP BY status, marks";
        auto took = measure(
            bench.turn_ms(),
            [&] {
                must(host.report().count(host.instance(), &host.caller(), &query, &counts, nullptr),
                     "count");
            },
            [&] { bench.raw.take_rows(grouped); });
        bench.table.ratio("counts: " + filter.name + " (raw: GROUP BY)", part_of(took.plugin, 0.5),
                          part_of(took.raw, 0.5), {});
    }
}

void measure_first_reading(const BenchHost& host, const Table& table) {
    const double start = milliseconds_now();
    std::uint64_t read = 0;
    must(host.onboarding().sync_directory(host.instance(), &read, nullptr), "sync_directory");
    table.figure("first reading of the directory",
                 static_cast<double>(read) * 1000 / (milliseconds_now() - start), "patients/s", {});
}

void print_settings(const std::string& server) {
    RawPostgres admin{server};
    double load[3]{};
    static_cast<void>(::getloadavg(load, 3));
    const auto shown = [&](const std::string& name) { return admin.text("SHOW " + name); };
    std::printf(
        "PostgreSQL %s, fsync %s, synchronous_commit %s, full_page_writes %s, shared_buffers %s, "
        "data in %s. Load average before: %.2f %.2f %.2f\n\n",
        shown("server_version").c_str(), shown("fsync").c_str(),
        shown("synchronous_commit").c_str(), shown("full_page_writes").c_str(),
        shown("shared_buffers").c_str(), shown("data_directory").c_str(), load[0], load[1],
        load[2]);
}

void run(const std::string& plugin, const std::string& server, const std::string& folder,
         std::uint64_t patients) {
    const Table table{patients};
    constexpr std::uint64_t percent_with_access = 62;
    const BenchDatabase database{server, "ppo_bench"};
    print_settings(server);
    Table::print_head();
    BenchHost host{plugin,
                   folder,
                   ppo_sim::People{{patients, 1, bench_day, percent_with_access}},
                   {database.address(), {}, 0}};
    measure_first_reading(host, table);
    host.end_instance();
    set_the_stage(database.address(), patients);
    // Raw writes to a copy, so that the plugin's record stays true.
    const BenchDatabase copied{server, "ppo_bench_copy", "ppo_bench"};
    host.start_instance();
    host.work();
    RawPostgres raw{database.address()};
    RawPostgres copy{copied.address()};
    const Bench bench{host, raw, copy, table, patients};
    measure_pages(bench);
    measure_look_ups(bench);
    measure_toggle(bench);
    measure_lists(bench);
    measure_counts(bench);
    host.end_instance();
    const auto untrue = ppo::untrue_words(ppo::find_untrue(database.address()));
    if (!untrue.empty()) throw std::runtime_error{"the bench's store is not true: " + untrue};
}
}  // namespace
}  // namespace ppo_bench

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: ppo-postgres-bench PLUGIN.so SERVER PATIENTS\n");
        return 2;
    }
    std::string folder = (std::filesystem::temp_directory_path() / "ppo-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    int status = 0;
    try {
        ppo_bench::run(argv[1], argv[2], folder, std::strtoull(argv[3], nullptr, 10));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "ppo-postgres-bench: %s\n", failure.what());
        status = 1;
    }
    std::filesystem::remove_all(folder);
    return status;
}
