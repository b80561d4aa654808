// SPDX-License-Identifier: Apache-2.0
// Whether time tells who is a patient: the classes of a request and of a refused sign-in,
// interleaved at random, and Welch's t of each pair, raw and without the slowest part.
#include "credentials/set_credentials.hpp"
#include "onboarding/access.hpp"
#include "selfservice/link_fixture.hpp"
#include "selfservice/request.hpp"
#include "selfservice/sign_in.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <vector>

namespace ppo {
namespace {
constexpr double bar = 4.5;
constexpr std::array<double, 6> kept{1.0, 0.99, 0.95, 0.9, 0.75, 0.5};

struct Class {
    const char* name = "";
    std::function<void()> once{};
    std::vector<double> microseconds{};
};

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2),
                     values.end());
    return values[values.size() / 2];
}

void measure(std::vector<Class>& classes, int samples) {
    std::mt19937 dice{20'261'125};
    std::vector<Class*> order;
    for (auto& one : classes) order.push_back(&one);
    for (auto* one : order) one->once();  // Warm: statements are prepared once.
    for (int i = 0; i < samples; ++i) {
        std::shuffle(order.begin(), order.end(), dice);
        for (auto* one : order) {
            const auto begin = std::chrono::steady_clock::now();
            one->once();
            one->microseconds.push_back(
                std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
                    .count());
        }
    }
}

/// Of what is not above `limit` in either.
double welch(const Class& one, const Class& other, double limit) {
    const auto moments = [limit](const std::vector<double>& values) {
        double count = 0;
        double mean = 0;
        double squares = 0;
        for (const double value : values) {
            if (value > limit) continue;
            const double off = value - mean;
            mean += off / ++count;
            squares += off * (value - mean);
        }
        return std::array<double, 3>{count, mean, count > 1 ? squares / (count - 1) : 0};
    };
    const auto [n, mean, variance] = moments(one.microseconds);
    const auto [m, other_mean, other_variance] = moments(other.microseconds);
    const double error = std::sqrt(variance / n + other_variance / m);
    return error > 0 ? (mean - other_mean) / error : 0;
}

/// Prints all pairs; true if the medians are grossly apart, which no busy machine explains.
bool print(const char* title, const std::vector<Class>& classes) {
    std::printf("%s, %zu samples a class\n", title, classes.front().microseconds.size());
    double least = 1e18;
    double most = 0;
    for (const auto& one : classes) {
        const double middle = median(one.microseconds);
        least = std::min(least, middle);
        most = std::max(most, middle);
        std::printf("  %-22s median %10.1f us\n", one.name, middle);
    }
    std::printf("  Welch's t, |t| < %.1f wanted; raw, then the fastest 99, 95, 90, 75, 50 %%\n",
                bar);
    int above = 0;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        for (std::size_t j = i + 1; j < classes.size(); ++j) {
            auto both = classes[i].microseconds;
            both.insert(both.end(), classes[j].microseconds.begin(), classes[j].microseconds.end());
            std::sort(both.begin(), both.end());
            std::printf("  %-22s %-22s", classes[i].name, classes[j].name);
            double worst = 0;
            for (const double part : kept) {
                const auto last = static_cast<std::size_t>(part * static_cast<double>(both.size()));
                const double t = welch(classes[i], classes[j],
                                       both[std::max(last, std::size_t{1}) - 1]);
                worst = std::max(worst, std::abs(t));
                std::printf(" %6.2f", t);
            }
            if (worst >= bar) ++above;
            std::printf("%s\n", worst >= bar ? "  above the bar" : "");
        }
    }
    std::printf("  pairs above the bar: %d\n\n", above);
    return most > 3 * least;
}

std::string next_source() {
    static int number = 0;
    ++number;
    return "10." + std::to_string(100 + number / 10'000 % 100) + "." +
           std::to_string(100 + number / 100 % 100) + "." + std::to_string(100 + number % 100);
}

void must(bool held, const char* what) {
    if (!held) throw std::runtime_error{what};
}

bool requests(int samples) {
    LinkFixture it;
    it.store.add(bruno("P002"), false);
    auto deceased = anna("P003");
    deceased.email = "dora@example.org";
    deceased.chart_status = ChartStatus::Deceased;
    it.store.add(deceased);
    auto without_zip = anna("P004");
    without_zip.email = "zora@example.org";
    without_zip.postal_code = "00000";
    it.store.add(without_zip);
    auto often = anna("P005");
    often.email = "olga@example.org";
    it.store.add(often);
    const auto ask = [&](const Identity& typed) {
        must(static_cast<bool>(submit_request(it.store, it.practice, Asked::Password, typed,
                                              {next_source(), {}}, noon)),
             "a request was refused");
    };
    const Identity limited{"olga@example.org", "1980-02-29", "Winter", "02139"};
    for (int i = 0; i < 4; ++i) ask(limited);
    while (answer_request(
        it.store, it.practice, [](const std::string&) { return true; }, noon))
        continue;
    const auto asks = [&](const char* name, const Identity& typed) {
        return Class{name, [&ask, typed] { ask(typed); }, {}};
    };
    std::vector<Class> classes{
        asks("match", {"anna@example.org", "1980-02-29", "Winter", "02139"}),
        asks("e-mail unknown", {"nora@example.org", "1980-02-29", "Winter", "02139"}),
        asks("birth date wrong", {"anna@example.org", "1980-02-28", "Winter", "02139"}),
        asks("disabled", {"bruno@example.net", "1951-07-04", "Nunezgomez", "90210"}),
        asks("deceased", {"dora@example.org", "1980-02-29", "Winter", "02139"}),
        asks("ZIP 00000", {"zora@example.org", "1980-02-29", "Winter", "02139"}),
        asks("limited by facts", limited)};
    measure(classes, samples);
    return print("Requests", classes);
}

bool sign_ins(int samples) {
    constexpr std::string_view password = "maple kettle orbit";
    LinkFixture it;
    const std::array<const char*, 6> names{"wrong.pw", "waits.nw", "disabl.1",
                                           "hundre.1", "lapsed.1", "never.st"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto id = "S" + std::to_string(i);
        it.store.add(anna(id));
        const auto given = names[i] == std::string_view{"never.st"} ? std::nullopt
                                                                    : std::optional{password};
        must(static_cast<bool>(set_credentials(it.store, LinkFixture::hasher(), it.practice, id,
                                               {names[i], given}, nurse, noon)),
             "credentials were refused");
    }
    must(static_cast<bool>(set_access(it.store, "S2", false, nurse, noon)), "access stayed");
    it.store.tamper("UPDATE credential SET lapses_at = NULL");
    it.store.tamper(
        "UPDATE credential SET failures = 6, wait_until = 4000000000000 "
        "WHERE patient_id = 'S1'");
    it.store.tamper("UPDATE credential SET failures = 100 WHERE patient_id = 'S3'");
    it.store.tamper("UPDATE credential SET lapses_at = 1 WHERE patient_id = 'S4'");
    // A failure counts against the account; a trigger forgets it, or he would wait from the fifth.
    it.store.tamper(
        "CREATE TRIGGER forget AFTER UPDATE OF failures ON credential WHEN "
        "NEW.patient_id = 'S0' AND NEW.failures > 1 BEGIN UPDATE credential SET "
        "failures = 1 WHERE patient_id = 'S0'; END");
    const auto tries = [&](const char* name, const char* username) {
        return Class{name,
                     [&it, username] {
                         must(!sign_in(it.store, LinkFixture::hasher(), it.practice, username,
                                       "violet hammer cloud", {next_source(), {}}, noon),
                              "somebody got in");
                     },
                     {}};
    };
    std::vector<Class> classes{
        tries("unknown", "nobody.x"),         tries("wrong", "wrong.pw"),
        tries("locked (wait)", "waits.nw"),   tries("disabled access", "disabl.1"),
        tries("disabled at 100", "hundre.1"), tries("lapsed", "lapsed.1"),
        tries("never set", "never.st")};
    measure(classes, samples);
    return print("Refused sign-ins, Argon2id at its floor", classes);
}
}  // namespace
}  // namespace ppo

int main(int argc, char** argv) {
    const int request_samples = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const int sign_in_samples = argc > 2 ? std::atoi(argv[2]) : 1'000;
    try {
        for (int attempt = 0; attempt < 3; ++attempt) {
            const bool apart = ppo::requests(request_samples);
            if (!ppo::sign_ins(sign_in_samples) && !apart) return 0;
        }
        std::fprintf(stderr, "timing: medians are far apart in each of three runs\n");
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "timing: %s\n", failure.what());
    }
    return 1;
}
