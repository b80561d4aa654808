// SPDX-License-Identifier: Apache-2.0
#include "validate/child.hpp"
#include "validate/plugin_file.hpp"
#include "validate/run_report.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <regex>

namespace {
using namespace ppo_validate;

struct Options {
    std::string plugin{};
    std::string only{};
    std::string json{};
    bool in_process = false;
    unsigned timeout = 45;
    Target target{};
};

void add_options(CLI::App& app, Options& options) {
    app.add_option("plugin", options.plugin,
                   "The plugin to check, or the word list: tell what would be checked")
        ->required();
    app.add_option("--only", options.only, "Checks whose name matches this regular expression");
    app.add_option("--json", options.json, "Write the report as JSON to this file; - = to stdout");
    app.add_flag("--in-process", options.in_process,
                 "Run the checks in this process, for a debugger: a crash ends the run");
    app.add_option("--seed", options.target.seed, "What random values are made of")
        ->capture_default_str();
    app.add_option("--timeout", options.timeout, "Seconds that a check may take")
        ->capture_default_str()
        ->check(CLI::Range(1, 86'400));
    app.add_option("--cycles", options.target.cycles, "How often the plugin is loaded and unloaded")
        ->capture_default_str()
        ->check(CLI::Range(100, 1'000'000));
}

std::vector<Check> chosen_checks(const std::string& only) {
    const std::regex wanted{only};
    std::vector<Check> chosen;
    for (auto& check : all_checks())
        if (only.empty() || std::regex_search(check.name, wanted)) chosen.push_back(check);
    if (chosen.empty()) throw std::runtime_error{"no check has a name that matches " + only};
    return chosen;
}

void list(const std::vector<Check>& checks) {
    for (const auto& check : checks) std::cout << check.name << "\n    " << check.claim << "\n";
}

Outcome run_one(const Check& check, const Options& options) {
    return options.in_process
               ? run_here(check, options.target)
               : run_in_child(check, options.target, std::chrono::seconds{options.timeout});
}

int validate(const Options& options) {
    RunReport report{options.target, options.json == "-" ? std::cerr : std::cout};
    report.begin(run_one(about_the_plugin(), options));
    for (const auto& check : chosen_checks(options.only))
        report.add(check,
                   report.has_something_for(check) ? run_one(check, options) : report.skipped());
    report.end();
    if (!options.json.empty()) report.write_json(options.json);
    return report.exit_status();
}
}  // namespace

int main(int count, char** arguments) {
    CLI::App app{
        "Checks a plugin of the patient portal onboarding contract, major 1. "
        "Exit status: 0 all checks pass, 1 one failed, 2 nothing could be checked."};
    Options options;
    add_options(app, options);
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        if (options.plugin == "list") {
            list(chosen_checks(options.only));
            return 0;
        }
        const std::string why_not = why_no_library(options.plugin);
        if (!why_not.empty()) throw std::runtime_error{why_not};
        options.target.plugin = std::filesystem::absolute(options.plugin);
        return validate(options);
    } catch (const std::exception& failure) {
        std::cerr << "ppo-validate: " << failure.what() << "\n";
        return 2;
    }
}
