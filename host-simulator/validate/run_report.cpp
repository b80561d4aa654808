// SPDX-License-Identifier: Apache-2.0
#include "validate/run_report.hpp"

#include "validate/library.hpp"

#include <rapidjson/ostreamwrapper.h>
#include <rapidjson/prettywriter.h>

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <iostream>

namespace ppo_validate {
namespace {
const char* word_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass: return "pass";
    case Verdict::Fail: return "FAIL";
    case Verdict::Skipped: return "skipped";
    }
    return "";
}

/// "The library has no entry." as "the library has no entry".
std::string as_reason(std::string sentence) {
    if (sentence.rfind("The ", 0) == 0) sentence.front() = 't';
    if (!sentence.empty() && sentence.back() == '.') sentence.pop_back();
    return sentence;
}

using Writer = rapidjson::PrettyWriter<rapidjson::OStreamWrapper>;

void put(Writer& writer, const char* name, const std::string& text) {
    writer.Key(name);
    writer.String(text.c_str(), static_cast<rapidjson::SizeType>(text.size()));
}

void put(Writer& writer, const char* name, std::uint64_t number) {
    writer.Key(name);
    writer.Uint64(number);
}

void put_seconds(Writer& writer, double seconds) {
    writer.Key("seconds");
    writer.Double(static_cast<double>(static_cast<std::int64_t>(seconds * 1000)) / 1000);
}

void put_figures(Writer& writer, const char* name, const std::vector<Figure>& figures) {
    writer.Key(name);
    writer.StartObject();
    for (const auto& figure : figures) put(writer, figure.name.c_str(), figure.value);
    writer.EndObject();
}

void put_check(Writer& writer, const Check& check, const Outcome& outcome) {
    writer.StartObject();
    put(writer, "name", check.name);
    put(writer, "group", check.name.substr(0, check.name.find('.')));
    put(writer, "claim", check.claim);
    put(writer, "verdict", outcome.verdict == Verdict::Fail ? "fail" : word_of(outcome.verdict));
    put_seconds(writer, outcome.seconds);
    writer.Key("problems");
    writer.StartArray();
    for (const auto& problem : outcome.problems) writer.String(problem.c_str());
    writer.EndArray();
    if (outcome.verdict == Verdict::Fail) put(writer, "mend", check.mend);
    if (outcome.verdict == Verdict::Skipped) put(writer, "reason", outcome.skipped_because);
    put_figures(writer, "figures", outcome.figures);
    writer.EndObject();
}
}  // namespace

Check about_the_plugin() {
    return {"about", "", "", [](const Target& target, Findings& findings) {
                try {
                    findings.at("loading it, ppo_plugin_entry(1)");
                    const Library library{target.plugin};
                    const auto& core = library.core();
                    findings.figure("name", clean(core.name));
                    findings.figure("vendor", clean(core.vendor));
                    findings.figure("version", clean(core.version));
                    findings.figure("contract", std::to_string(core.abi_major) + "." +
                                                    std::to_string(core.abi_minor));
                    findings.at("dlclose");
                } catch (const NothingToAsk& why) {
                    findings.skip(as_reason(why.what()));
                }
            }};
}

void RunReport::begin(const Outcome& about) {
    asked_ = about.verdict;
    why_not_asked_ = about.skipped_because;
    if (asked_ == Verdict::Fail)
        why_not_asked_ = "the plugin cannot be used: " + as_reason(about.problems.front());
    about_ = about.figures;
    out_ << target_.plugin.string() << "\n";
    for (const auto& figure : about_) out_ << "  " << figure.name << ": " << figure.value << "\n";
}

bool RunReport::has_something_for(const Check& check) const {
    return asked_ == Verdict::Pass || check.name == "loading.exports" ||
           check.name == "loading.needed" ||
           (asked_ == Verdict::Fail && check.name == "loading.entry");
}

Outcome RunReport::skipped() const {
    Outcome outcome;
    outcome.verdict = Verdict::Skipped;
    outcome.skipped_because = why_not_asked_;
    return outcome;
}

int RunReport::exit_status() const {
    if (count(Verdict::Fail) > 0) return 1;
    return asked_ != Verdict::Pass && count(Verdict::Skipped) > 0 ? 2 : 0;
}

void RunReport::add(const Check& check, const Outcome& outcome) {
    lines_.push_back({check, outcome});
    if (asked_ != Verdict::Pass && outcome.verdict == Verdict::Skipped) return;  // See end.
    out_ << std::left << std::setw(9) << word_of(outcome.verdict) << check.name;
    if (outcome.verdict == Verdict::Skipped) out_ << ": " << outcome.skipped_because;
    out_ << "\n";
    for (const auto& problem : outcome.problems) out_ << "           " << problem << "\n";
    if (outcome.verdict == Verdict::Fail) out_ << "         To do: " << check.mend << "\n";
    out_ << std::flush;
}

void RunReport::end() {
    if (asked_ != Verdict::Pass && count(Verdict::Skipped) > 0)
        out_ << std::left << std::setw(9) << word_of(Verdict::Skipped) << count(Verdict::Skipped)
             << " checks: " << why_not_asked_ << "\n";
    out_ << lines_.size() << " checks: " << count(Verdict::Pass) << " pass, "
         << count(Verdict::Fail) << " fail, " << count(Verdict::Skipped) << " skipped, in "
         << std::fixed << std::setprecision(1) << seconds() << " s (seed " << target_.seed << ", "
         << target_.cycles << " cycles)\n";
}

std::size_t RunReport::count(Verdict verdict) const {
    return static_cast<std::size_t>(
        std::count_if(lines_.begin(), lines_.end(),
                      [verdict](const Line& line) { return line.outcome.verdict == verdict; }));
}

double RunReport::seconds() const {
    double sum = 0;
    for (const auto& line : lines_) sum += line.outcome.seconds;
    return sum;
}

void RunReport::write_json(const std::string& file) const {
    std::ofstream into;
    if (file != "-") into.open(file);
    std::ostream& stream = file == "-" ? std::cout : into;
    rapidjson::OStreamWrapper wrapper{stream};
    Writer writer{wrapper};
    writer.SetIndent(' ', 2);
    writer.StartObject();
    put(writer, "schema", "ppo.validate-report/1");
    put(writer, "plugin", target_.plugin.string());
    put_figures(writer, "about", about_);
    put(writer, "seed", target_.seed);
    put(writer, "cycles", std::uint64_t{target_.cycles});
    put_seconds(writer, seconds());
    put(writer, "pass", std::uint64_t{count(Verdict::Pass)});
    put(writer, "fail", std::uint64_t{count(Verdict::Fail)});
    put(writer, "skipped", std::uint64_t{count(Verdict::Skipped)});
    writer.Key("checks");
    writer.StartArray();
    for (const auto& line : lines_) put_check(writer, line.check, line.outcome);
    writer.EndArray();
    writer.EndObject();
    stream << "\n" << std::flush;
    if (!stream) throw std::runtime_error{"the report cannot be written to " + file};
}
}  // namespace ppo_validate
