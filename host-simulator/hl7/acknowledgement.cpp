// SPDX-License-Identifier: Apache-2.0
#include "hl7/acknowledgement.hpp"

#include "hl7/moment.hpp"
#include "import/import.hpp"

#include <atomic>

namespace ppo_sim {
namespace {
std::string said_about(Hl7Code code) {
    switch (code) {
    case Hl7Code::SegmentSequence: return "Segment sequence error";
    case Hl7Code::RequiredField: return "Required field missing";
    case Hl7Code::DataType: return "Data type error";
    case Hl7Code::TableValue: return "Table value not found";
    case Hl7Code::MessageType: return "Unsupported message type";
    case Hl7Code::EventCode: return "Unsupported event code";
    case Hl7Code::ProcessingId: return "Unsupported processing id";
    case Hl7Code::VersionId: return "Unsupported version id";
    case Hl7Code::UnknownKey: return "Unknown key identifier";
    case Hl7Code::DuplicateKey: return "Duplicate key identifier";
    case Hl7Code::Internal: return "Application internal error";
    }
    return {};
}

/// A value of the header as it goes back: what is not UTF-8 does not.
std::string echo(const std::string& text) { return is_utf8(text) ? hl7_escaped(text) : ""; }

/// An application or facility with its components, as it goes back to whom it came from.
std::string party(const Hl7Message& message, std::size_t field) {
    std::string text = echo(message.header(field));
    for (std::size_t component = 2; component <= 3; ++component)
        if (const auto part = message.header(field, component); !part.empty())
            text += "^" + echo(part);
    return text;
}

/// Unlike any other answer's within 20 characters, which is what older versions allow.
std::string fresh_control_id(ppo_time now) {
    static std::atomic<unsigned> count{0};
    return "A" + std::to_string(now) + "-" + std::to_string(++count % 10'000);
}
}  // namespace

std::string acknowledge(const Hl7Message& message, const Hl7Answer& answer, ppo_time now) {
    const std::string event = message.header(9, 2);
    const std::string version = message.header(12);
    std::string ack = "MSH|^~\\&|" + party(message, 5) + "|" + party(message, 6) + "|" +
                      party(message, 3) + "|" + party(message, 4) + "|" + write_hl7_moment(now) +
                      "||ACK" + (event.empty() ? "" : "^" + echo(event) + "^ACK") + "|" +
                      fresh_control_id(now) + "|" + echo(message.header(11)) + "|" +
                      (version.empty() ? "2.5.1" : echo(version)) + "||||||UNICODE UTF-8\r";
    const std::string control_id = echo(message.header(10));
    if (!answer.problem) return ack + "MSA|AA|" + control_id + "\r";
    const auto& problem = *answer.problem;
    const std::string sentence = hl7_escaped(problem.sentence);
    return ack + "MSA|" + problem.acknowledgement() + "|" + control_id + "|" + sentence +
           "\rERR||" + problem.location + "|" + std::to_string(static_cast<int>(problem.code)) +
           "^" + said_about(problem.code) + "^HL70357|E||||" + sentence + "\r";
}
}  // namespace ppo_sim
