// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

namespace ppo_bench {
namespace {
constexpr double shortest_turn_us = 2'000;
constexpr double longest_all_us = 1'000'000;
constexpr int fewest_rounds = 3;

double microseconds_of(const Work& work, int times) {
    const double start = milliseconds_now();
    for (int i = 0; i < times; ++i) work();
    return (milliseconds_now() - start) * 1000 / times;
}

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    return text;
}

std::string verdict(const std::optional<double>& limit, double held, bool at_least) {
    if (!limit) return "";
    const bool good = at_least ? held >= *limit : held <= *limit;
    return number_text(*limit) + (good ? " ok" : " **short**");
}

std::string size_text(std::uint64_t patients) {
    if (patients % 1'000'000 == 0) return std::to_string(patients / 1'000'000) + " M";
    if (patients % 1000 == 0) return std::to_string(patients / 1000) + " k";
    return std::to_string(patients);
}

long status_kib(const std::string& name) {
    std::ifstream file{"/proc/self/status"};
    for (std::string line; std::getline(file, line);)
        if (line.rfind(name, 0) == 0) return std::stol(line.substr(name.size()));
    return 0;
}
}  // namespace

double milliseconds_now() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

double part_of(std::vector<double>& values, double part) {
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(last * part + 0.5)];
}

std::vector<double> compare(const std::vector<Work>& rivals, int most_rounds) {
    std::vector<int> times;
    double all_us = 0;
    for (const auto& rival : rivals) {
        rival();  // Warm: statements are prepared, pages read.
        const double once = microseconds_of(rival, 1);
        times.push_back(static_cast<int>(std::max(1.0, shortest_turn_us / std::max(once, 0.01))));
        all_us += once * times.back();
    }
    const int rounds = std::clamp(static_cast<int>(longest_all_us / all_us), fewest_rounds,
                                  std::max(most_rounds, fewest_rounds));
    std::vector<std::vector<double>> figures(rivals.size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < rivals.size(); ++i) {
            const auto turn = (i + static_cast<std::size_t>(round)) % rivals.size();
            figures[turn].push_back(microseconds_of(rivals[turn], times[turn]));
        }
    std::vector<double> medians;
    for (auto& values : figures) medians.push_back(part_of(values, 0.5));
    return medians;
}

long resident_kib() { return status_kib("VmRSS:"); }
long peak_kib() { return status_kib("VmHWM:"); }

bool forget_peak() {
    std::ofstream file{"/proc/self/clear_refs"};
    file << "5" << std::flush;
    return file.good();
}

std::string time_text(double microseconds) {
    if (microseconds < 1) return number_text(microseconds * 1000) + " ns";
    if (microseconds < 1000) return number_text(microseconds) + " us";
    if (microseconds < 1'000'000) return number_text(microseconds / 1000) + " ms";
    return number_text(microseconds / 1'000'000) + " s";
}

Table::Table(std::uint64_t patients) : patients_{size_text(patients)} {}

void Table::print_head() {
    std::printf(
        "| patients | work | plugin | raw | ratio | bar | goal |\n"
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: |\n");
}

void Table::row(const std::string& work, const std::string& plugin, const std::string& raw,
                const std::string& ratio, double held, const Asked& asked) const {
    std::printf("| %s | %s | %s | %s | %s | %s | %s |\n", patients_.c_str(), work.c_str(),
                plugin.c_str(), raw.c_str(), ratio.c_str(),
                verdict(asked.bar, held, asked.at_least).c_str(),
                verdict(asked.goal, held, asked.at_least).c_str());
    std::fflush(stdout);
}

void Table::ratio(const std::string& work, double plugin_us, double raw_us,
                  const Asked& asked) const {
    const double ratio = plugin_us / raw_us;
    row(work, time_text(plugin_us), time_text(raw_us), number_text(ratio), ratio, asked);
}

void Table::bare_ratio(const std::string& work, double ratio, const Asked& asked) const {
    row(work, "", "", number_text(ratio), ratio, asked);
}

void Table::figure(const std::string& work, double value, const std::string& unit,
                   const Asked& asked, std::optional<double> raw) const {
    row(work, number_text(value) + " " + unit, raw ? number_text(*raw) + " " + unit : "",
        raw ? number_text(value / *raw) : "", value, asked);
}

void Table::left_out(const std::string& work, const std::string& why) const {
    row(work, "not measured: " + why, "", "", 0, {});
}
}  // namespace ppo_bench
