// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/String.h>

#include <stdexcept>
#include <string>

namespace ppo_sim {
/// A step that could not be done, or an expectation that does not hold. The text is for the writer
/// of the scenario.
class StepFailed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws StepFailed with `otherwise` unless the condition holds.
inline void require(bool holds, const std::string& otherwise) {
    if (!holds) throw StepFailed{otherwise};
}

/// True if `part` stands in `text`, letter case ignored.
[[nodiscard]] inline bool says(const std::string& text, const std::string& part) {
    return Poco::toLower(text).find(Poco::toLower(part)) != std::string::npos;
}
}  // namespace ppo_sim
