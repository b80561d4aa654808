// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/line_file.hpp"

#include <ppo/ppo.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace ppo_sim {
/// Which messages were done, and up to when each patient is known: in memory, and in a file if one
/// is named (JSON lines, appended to). Several processes may share the file. Not thread-safe.
class Hl7Journal {
public:
    struct Entry {
        std::string sender{};      // MSH-3 and MSH-4: a control id is unique for one sender alone.
        std::string control_id{};  // MSH-10.
        std::string digest{};      // Of what the message says, to tell a repetition from another.
        std::string patient_id{};  // Whose facts it brought; empty = of a merge, which has no age.
        std::optional<ppo_time> at{};  // When that happened, as the sender says.
    };

    Hl7Journal() = default;
    /// Throws std::runtime_error naming the file and line if it cannot be read.
    explicit Hl7Journal(std::filesystem::path file);

    /// The digest under which the message was done; nothing if it was not.
    [[nodiscard]] std::optional<std::string> digest_of(const std::string& sender,
                                                       const std::string& control_id);
    /// When what is known last of the patient happened; nothing if no message brought it.
    [[nodiscard]] std::optional<ppo_time> known_until(const std::string& patient_id);
    /// On the disk when it returns.
    void note(const Entry& entry);

private:
    void catch_up();
    void take(const Entry& entry);

    std::optional<LineFile> file_{};
    std::uint64_t read_ = 0;
    std::uint64_t lines_ = 0;
    std::map<std::string, std::string> digests_{};
    std::map<std::string, ppo_time> known_until_{};
};
}  // namespace ppo_sim
