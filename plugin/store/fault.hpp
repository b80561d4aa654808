// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace ppo {
/// The store broke. The message names the file and the mend, never a value from it.
class StoreFault : public std::runtime_error {
public:
    enum class Kind { Failed, Unreadable, Damaged, Newer, ReadOnly, Busy, Full, Keys };

    StoreFault(Kind kind, const std::string& message) : std::runtime_error{message}, kind_{kind} {}

    [[nodiscard]] Kind kind() const { return kind_; }

private:
    Kind kind_;
};
}  // namespace ppo
