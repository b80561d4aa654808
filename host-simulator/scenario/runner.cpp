// SPDX-License-Identifier: Apache-2.0
#include "scenario/runner.hpp"

#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <exception>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>
#include <sstream>

namespace ppo_sim {
namespace {
bool expects_refusal(const Line& line) { return line.starts_with({"expect", "refused"}); }
}  // namespace

bool Runner::run(const std::vector<Line>& lines, bool keep_going) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line* next = i + 1 < lines.size() ? &lines[i + 1] : nullptr;
        ++steps_;
        if (play(lines[i], next)) continue;
        ++failures_;
        if (!keep_going) break;
    }
    return failures_ == 0 && steps_ > 0;
}

bool Runner::play(Line line, const Line* next) {
    Outcome outcome{};
    std::string problem;
    world_.host_misuse.clear();
    for (const auto& secret : secrets_of(line)) world_.keep_secret(secret);
    for (auto& word : line.words)
        if (word == "$copied") word = world_.copied;
    try {
        require(line.problem.empty(), line.problem);
        if (expects_refusal(line))
            expect_refused(line);
        else
            take_step(line, outcome);
        for (const auto& complaint : world_.host_misuse)
            throw StepFailed{"the plugin says that the host broke the contract: " + complaint};
    } catch (const std::exception& failure) {
        problem = failure.what();
    }
    if (problem.empty()) problem = problem_of_store();
    const bool refusal_expected = next != nullptr && expects_refusal(*next);
    if (problem.empty() && !outcome.answer.good() && !refusal_expected)
        problem = outcome.answer.code + ": " + outcome.answer.message;
    print(line, outcome, problem);
    return problem.empty();
}

std::string Runner::problem_of_store() const {
    if (check_ == nullptr || !world_.is_running()) return {};
    const std::string wrong = check_->look_at(world_.settings.store);
    return wrong.empty() ? wrong : "the store: " + wrong;
}

void Runner::take_step(const Line& line, Outcome& outcome) {
    const Step* step = find_step(line);
    require(step != nullptr, "there is no such step");
    const bool expectation = line.words.front() == "expect";
    step->run(world_, Arguments{line, step->words.size()}, outcome);
    if (expectation) return;
    last_ = outcome.answer;
    if (!world_.works_by_itself || !world_.is_running()) return;
    const Answer worked = world_.work();
    require(worked.good(), "work: " + worked.message);
}

/// expect refused [CODE] [wait=yes]: about the step before.
void Runner::expect_refused(const Line& line) const {
    const Arguments said{line, 2};
    said.allow({"field", "wait"}, 1);
    require(!last_.good(), "the step before was not refused");
    if (!said.plain().empty()) {
        const std::string& code = said.plain().front();
        require(last_.code == code || last_.code == "refused_" + code, "it was " + last_.code);
    }
    if (said.has("field")) require(last_.field == said.get("field"), "the field is " + last_.field);
    if (said.get("wait") == "yes") require(last_.retry_after_ms > 0, "no time to wait was told");
}

void Runner::print(const Line& line, const Outcome& outcome, const std::string& problem) {
    Poco::JSON::Object object{Poco::JSON_PRESERVE_KEY_ORDER};
    object.set("line", line.number);
    // A line that is no step may hold anything, a password too.
    const bool known = line.problem.empty() &&
                       (find_step(line) != nullptr || expects_refusal(line));
    object.set("step", known ? without_secrets(line) : "(not understood)");
    object.set("ok", problem.empty());
    if (!problem.empty()) object.set("problem", problem);
    for (const auto& name : outcome.details.getNames()) object.set(name, outcome.details.get(name));
    if (!outcome.answer.good()) {
        object.set("refused", outcome.answer.code);
        object.set("message", outcome.answer.message);
        if (outcome.answer.retry_after_ms > 0)
            object.set("retry_after_ms", outcome.answer.retry_after_ms);
    }
    std::ostringstream text;
    object.stringify(text);
    out_ << world_.mask(text.str()) << '\n';
}

int run_scenario(const RunOptions& options, std::istream& in, std::ostream& out,
                 std::ostream& trouble) {
    std::string scenario;
    if (options.file == "-") {
        scenario.assign(std::istreambuf_iterator<char>{in}, {});
    } else {
        std::ifstream file{options.file, std::ios::binary};
        if (!file) {
            trouble << "cannot read " << options.file << '\n';
            return 2;
        }
        scenario.assign(std::istreambuf_iterator<char>{file}, {});
    }
    try {
        const Plugin plugin{find_plugin(options.plugin)};
        World world{plugin, options};
        std::unique_ptr<StoreCheck> check;
        if (!options.check.empty()) check = std::make_unique<StoreCheck>(options.check);
        Runner runner{world, out, check.get()};
        const bool good = runner.run(read_lines(scenario), options.keep_going);
        trouble << runner.steps() << " steps, " << runner.failures() << " failed\n";
        if (runner.steps() == 0) trouble << "the scenario has no steps\n";
        return good ? 0 : 1;
    } catch (const std::exception& failure) {
        trouble << failure.what() << '\n';
        return 2;
    }
}
}  // namespace ppo_sim
