// SPDX-License-Identifier: Apache-2.0
#include "scenario/store_check.hpp"

#include <exception>

namespace ppo_sim {
StoreCheck::StoreCheck(const std::string& program)
    : process_{Poco::Process::launch(program, {"-"}, &question_, &answer_, nullptr)} {}

StoreCheck::~StoreCheck() {
    try {
        questions_.close();  // With its last question the program ends.
    } catch (const std::exception&) {
        // It has ended before: `look_at` said so.
    }
    process_.wait();
}

std::string StoreCheck::look_at(const std::string& store) {
    questions_ << store << std::endl;
    std::string answer;
    if (!std::getline(answers_, answer)) return "the program that checks it has ended";
    return answer == "ok" ? std::string{} : answer;
}
}  // namespace ppo_sim
