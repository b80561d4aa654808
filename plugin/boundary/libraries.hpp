// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// A library that comes from the process: a host with its own gives us that one.
struct Library {
    struct Version {
        int major = 0;
        int minor = 0;
    };
    std::string_view name{};
    Version built{};  // What this program was compiled for.
    Version found{};  // What answers.
    bool takes_later_minors = true;
    const void* function = nullptr;     // The one that tells the version.
    std::vector<const void*> others{};  // What else this program calls of it, from the same file.
};

/// What is wrong with it, in a sentence that names the file it comes from; nothing if it will do.
/// A host that shows a part of a library of its own would have that part mixed with the rest.
[[nodiscard]] std::optional<std::string> complaint_about(const Library& library);

/// Throws HostFault (PPO_FAULT_LIBRARY) if the process has a library in another version than this
/// program can work with: better told at `create` than found out later.
void check_libraries();

/// Libraries that keep tables for the life of a process stay in it when this one leaves; loaded
/// anew each time, they would make the tables anew and lose the old ones.
void keep_libraries();
}  // namespace ppo
