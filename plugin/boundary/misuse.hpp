// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/results.h"

#include <stdexcept>
#include <string>

namespace ppo {
/// The caller erred: a bug on the host's side. Thrown before anything has changed.
class Misuse : public std::runtime_error {
public:
    Misuse(ppo_result result, std::string field, const std::string& message)
        : std::runtime_error{message}, result_{result}, field_{std::move(field)} {}

    [[nodiscard]] ppo_result result() const { return result_; }
    [[nodiscard]] const std::string& field() const { return field_; }

private:
    ppo_result result_;
    std::string field_;
};

/// A host function failed, answered 0, or told an impossible time.
class HostFault : public std::runtime_error {
public:
    HostFault(ppo_result result, const std::string& message)
        : std::runtime_error{message}, result_{result} {}

    [[nodiscard]] ppo_result result() const { return result_; }

private:
    ppo_result result_;
};

/// The host gave a chart that cannot be: a text too long, an impossible date.
class UnusableChart : public HostFault {
public:
    explicit UnusableChart(const std::string& message) : HostFault{PPO_FAULT_HOST, message} {}
};
}  // namespace ppo
