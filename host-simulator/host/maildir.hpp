// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ppo_sim {
/// A Maildir: one file a mail, in `tmp` while it is written, in `new` until somebody looks, then in
/// `cur`. Nothing is ever deleted or written over. Throws std::filesystem::filesystem_error.
class Maildir {
public:
    /// Makes the three folders where they are not there.
    explicit Maildir(std::filesystem::path folder);

    /// Puts a mail into `new`, whole or not at all.
    void deliver(const std::string& message) const;
    /// Names of the mails in `new`, in their order.
    [[nodiscard]] std::vector<std::string> waiting() const;
    /// A mail of `new`; nothing if it is longer than `longest` bytes, or gone.
    [[nodiscard]] std::optional<std::string> read(const std::string& name,
                                                  std::size_t longest) const;
    /// Moves a mail from `new` to `cur` and marks it as seen; one that is gone meanwhile stays so.
    void mark_seen(const std::string& name) const;

private:
    std::filesystem::path folder_;
};
}  // namespace ppo_sim
