// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hl7/apply.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

namespace ppo_sim {
/// What became of the files in a folder, and of the messages in them.
struct Hl7Pass {
    std::uint64_t done = 0;        // Files with nothing but accepted messages.
    std::uint64_t refused = 0;     // Files with a message that was not, or with none.
    std::uint64_t incomplete = 0;  // Files that somebody still writes: they wait.
    std::uint64_t accepted = 0;    // Messages.
    std::uint64_t repeated = 0;    // Of those: done before.
    std::uint64_t not_accepted = 0;
    bool busy = false;  // Another process takes the files of this folder just now.
    std::string
        left_because;  // Code of the plugin's fault that left a file for later; empty if none.

    /// True if there is something to tell that was not told after the pass before.
    [[nodiscard]] bool has_news(const Hl7Pass& before) const {
        return done + refused > 0 || !(*this == before);
    }
    Hl7Pass& operator+=(const Hl7Pass& other);
    bool operator==(const Hl7Pass&) const = default;
};

/// A folder into which another program puts messages: files NAME.hl7, written elsewhere and moved
/// in, or ended with the end of a segment. Answers go into `ack/NAME.hl7.ack`; then the file moves
/// to `done` or `refused`. Nothing is deleted. Throws std::filesystem::filesystem_error or
/// std::runtime_error, with no name of a file in it.
class Hl7Folder {
public:
    /// Makes the three folders where they are not there.
    explicit Hl7Folder(std::filesystem::path folder);

    /// Takes up to `most` files in the order of their names, and stops where the plugin has a
    /// fault: the order of messages matters.
    [[nodiscard]] Hl7Pass take(Hl7Receiver& receiver, const std::function<ppo_time()>& now,
                               std::size_t most) const;

private:
    struct Read;
    [[nodiscard]] std::vector<std::string> waiting() const;
    [[nodiscard]] Read read(const std::string& name) const;
    void answer(const std::string& name, const std::string& answers) const;
    void put_aside(const std::string& name, const char* where) const;

    std::filesystem::path folder_;
};

/// One line if there is something that somebody should look at; numbers only.
void tell(const Hl7Pass& pass, std::ostream& log);
}  // namespace ppo_sim
