// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/stage.hpp"

namespace ppo_validate {
/// Which rule a case tries.
enum class Aspect {
    Errors,  // Handles that are none, and what the error says.
    Growth,  // struct_size of whatever has one.
    Text,    // Text that is none, or too much.
    Values,  // NULL, numbers and lists that cannot be.
    Sinks    // Sinks that are NULL or answer anything.
};

struct Expected {
    enum class Of {
        Exactly,
        Misuse,       // Any PPO_MISUSE_*.
        NotGood,      // Refused or misuse.
        Defined,      // Any documented band; never 0.
        NotTooShort,  // Defined, but not PPO_MISUSE_STRUCT_SIZE.
        HostFault,    // PPO_FAULT_HOST if the sink was called; else defined.
        Stopped       // PPO_STOPPED if the sink was called; else defined.
    };
    Of of = Of::Defined;
    ppo_result exactly = PPO_OK;
};

/// One way to misuse a slot: a good call in which `spoil` makes one thing wrong.
struct Case {
    Aspect aspect = Aspect::Errors;
    std::string what{};
    std::function<void(Stage&, std::vector<Value>&)> spoil{};
    Expected expected{};
    // What the call may do although the arguments around are good: end its instance, for one.
    bool reaches_the_slot = false;
};

/// Twenty and more for each slot.
[[nodiscard]] std::vector<Case> cases_of(const Slot& slot);

// The kinds of arguments; each puts its cases behind those that are there.
void put_handle_cases(const Slot& slot, std::size_t place, std::vector<Case>& all);
void put_error_cases(const Slot& slot, std::size_t place, std::vector<Case>& all);
void put_struct_cases(const Argument& argument, std::size_t place, std::vector<Case>& all);
void put_result_cases(const Argument& argument, std::size_t place, std::vector<Case>& all);
void put_text_cases(const Argument& argument, std::size_t place, std::vector<Case>& all);
void put_value_cases(const Argument& argument, std::size_t place, std::vector<Case>& all);
void put_sink_cases(const Argument& argument, std::size_t place, std::vector<Case>& all);

/// Makes the call of a case and reports whatever is wrong with its answer.
void run_case(const Slot& slot, const Case& one, Stage& stage, Findings& findings);

/// What is wrong with an answer and its error, or empty.
[[nodiscard]] std::string flaw_in_error(ppo_result result, const ppo_error& error);
}  // namespace ppo_validate
