// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace ppo {
/// The store broke. The message names the file or server and the mend, never a value from it.
class StoreFault : public std::runtime_error {
public:
    enum class Kind {
        Failed,
        Unreadable,
        Damaged,
        Newer,
        ReadOnly,
        Busy,
        Full,
        Keys,
        /// The server cannot be reached, or went away; nothing of the transaction was kept.
        Lost,
        /// The server undid the transaction because of another one; nothing was kept.
        Conflict,
        /// The server went away as it committed, and could not be asked since: kept or not.
        Unknown
    };

    StoreFault(Kind kind, const std::string& message) : std::runtime_error{message}, kind_{kind} {}

    [[nodiscard]] Kind kind() const { return kind_; }

private:
    Kind kind_;
};
}  // namespace ppo
