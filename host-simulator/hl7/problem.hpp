// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo_sim {
/// Codes of HL7 table 0357, as an ERR segment gives them.
enum class Hl7Code {
    SegmentSequence = 100,
    RequiredField = 101,
    DataType = 102,
    TableValue = 103,
    MessageType = 200,
    EventCode = 201,
    ProcessingId = 202,
    VersionId = 203,
    UnknownKey = 204,
    DuplicateKey = 205,
    Internal = 207,
};

/// Why a message is not done. The sentence holds no value of a patient.
struct Hl7Problem {
    Hl7Code code = Hl7Code::Internal;
    std::string sentence{};
    std::string location{};  // "PID^1^7": segment, which one of them, field. Empty = the message.

    /// AR: not a message for this program, whatever it says. AE: what it says cannot be done.
    [[nodiscard]] const char* acknowledgement() const {
        return code >= Hl7Code::MessageType && code <= Hl7Code::VersionId ? "AR" : "AE";
    }
};
}  // namespace ppo_sim
