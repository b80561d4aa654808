// SPDX-License-Identifier: Apache-2.0
#include "generate/generate.hpp"

#include "generate/people.hpp"
#include "generate/write_patients.hpp"
#include "host/dates.hpp"

#include <fstream>
#include <optional>
#include <ostream>

namespace ppo_sim {
namespace {
constexpr std::size_t piece = 1 << 16;

std::optional<std::chrono::sys_days> day_of(const std::string& text) {
    using namespace std::chrono;
    if (text.empty()) return floor<days>(system_clock::now());
    const auto moment = read_date(text) ? read_moment(text) : std::nullopt;
    if (!moment) return std::nullopt;
    return floor<days>(sys_time<milliseconds>{milliseconds{*moment}});
}

void write_people(const People& people, bool lines, std::ostream& out) {
    std::string text;
    if (!lines) text += csv_header();
    for (std::uint64_t place = 0; place < people.count() && out; ++place) {
        const Patient patient = people.at(place);
        if (lines)
            append_line(text, patient);
        else
            append_csv(text, patient);
        if (text.size() < piece) continue;
        out << text;
        text.clear();
    }
    out << text << std::flush;
}
}  // namespace

int generate(const GenerateOptions& options, std::ostream& out, std::ostream& trouble) {
    const auto today = day_of(options.today);
    if (!today) {
        trouble << "--today is a day, YYYY-MM-DD\n";
        return 2;
    }
    const People people{{options.count, options.seed, *today, options.access_granted}};
    std::ofstream file;
    if (!options.output.empty()) file.open(options.output, std::ios::binary | std::ios::trunc);
    std::ostream& taken = options.output.empty() ? out : file;
    write_people(people, options.lines, taken);
    if (taken) return 0;
    trouble << "cannot write "
            << (options.output.empty() ? "to standard output" : options.output.string()) << '\n';
    return 2;
}
}  // namespace ppo_sim
