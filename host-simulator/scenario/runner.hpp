// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/store_check.hpp"
#include "scenario/words.hpp"
#include "scenario/world.hpp"

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace ppo_sim {
/// Plays a scenario: one JSON object a step on `out`.
class Runner {
public:
    /// `check`, if there is one, looks at the store after each step.
    Runner(World& world, std::ostream& out, StoreCheck* check = nullptr)
        : world_{world}, out_{out}, check_{check} {}

    /// True if every step ran and every expectation held. Stops at the first failure unless
    /// `keep_going`.
    [[nodiscard]] bool run(const std::vector<Line>& lines, bool keep_going);

    [[nodiscard]] std::size_t steps() const { return steps_; }
    [[nodiscard]] std::size_t failures() const { return failures_; }

private:
    /// True if the step did what it says. `next` is the line after it, or null.
    bool play(Line line, const Line* next);
    void take_step(const Line& line, Outcome& outcome);
    /// What is wrong with the store after the step; empty if nothing is.
    [[nodiscard]] std::string problem_of_store() const;
    void expect_refused(const Line& line) const;
    void print(const Line& line, const Outcome& outcome, const std::string& problem);

    World& world_;
    std::ostream& out_;
    StoreCheck* check_;
    Answer last_{PPO_OK, "", "", "", 0};
    std::size_t steps_ = 0;
    std::size_t failures_ = 0;
};

struct RunOptions : StoreOptions {  // A folder of its own, and an empty store, if one is named.
    std::string file{};             // "-" = standard input.
    bool keep_going = false;
    std::string check{};  // A program as StoreCheck wants it; empty = none.
};

/// `ppo-sim run`. Exit status: 0 if all is well, 1 if a step failed, 2 if the scenario could not
/// begin.
[[nodiscard]] int run_scenario(const RunOptions& options, std::istream& in, std::ostream& out,
                               std::ostream& trouble);
}  // namespace ppo_sim
