// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>

#include <string>

namespace ppo_sim {
/// A program beside the scenario that looks at the plugin's store after each step. It is started
/// once with "-"; for each path on its standard input, one a line, it answers one line: "ok", or
/// what is wrong.
class StoreCheck {
public:
    explicit StoreCheck(const std::string& program);
    ~StoreCheck();
    StoreCheck(const StoreCheck&) = delete;
    StoreCheck& operator=(const StoreCheck&) = delete;

    /// What is wrong with the store; empty if nothing is.
    [[nodiscard]] std::string look_at(const std::string& store);

private:
    Poco::Pipe question_{};
    Poco::Pipe answer_{};
    Poco::ProcessHandle process_;
    Poco::PipeOutputStream questions_{question_};
    Poco::PipeInputStream answers_{answer_};
};
}  // namespace ppo_sim
