// SPDX-License-Identifier: Apache-2.0
#include "hl7/apply.hpp"

#include "hl7/moment.hpp"
#include "hl7/patient_facts.hpp"
#include "import/import.hpp"

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace ppo_sim {
namespace {
using Problem = std::optional<Hl7Problem>;

constexpr ppo_time longest_ahead = 24LL * 3600 * 1000;  // Clocks differ, and zones are left out.
constexpr std::size_t longest_name = 250;               // Of a sender, or a control id.

enum class Event { Put, Remove, Merge, None };

Event event_of(const std::string& code) {
    static const std::set<std::string> put{"A04", "A08", "A28", "A31"};
    static const std::set<std::string> remove{"A23", "A29"};
    if (put.contains(code)) return Event::Put;
    if (remove.contains(code)) return Event::Remove;
    return code == "A40" ? Event::Merge : Event::None;
}

bool is_event_code(const std::string& code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

/// When what the message tells of happened; MSH-7, when it was written, stands in for EVN-2.
std::optional<Hl7Moment> moment_of(const Hl7Message& message) {
    const std::string recorded = message.text(message.first("EVN"), 2);
    return read_hl7_moment(recorded.empty() ? message.header(7) : recorded);
}

/// Whether this program is the one to do something about it.
Problem why_not_ours(const Hl7Message& message, ppo_time now) {
    const std::string event = message.header(9, 2);
    const std::string processing = message.header(11);
    if (message.header(9) != "ADT")
        return Hl7Problem{Hl7Code::MessageType, "only ADT messages are handled", "MSH^1^9"};
    if (event_of(event) == Event::None)
        return Hl7Problem{Hl7Code::EventCode,
                          (is_event_code(event) ? "the event " + event : "the event in MSH-9") +
                              " is not handled",
                          "MSH^1^9"};
    if (!message.header(12).starts_with("2."))
        return Hl7Problem{Hl7Code::VersionId, "only versions 2.x are read", "MSH^1^12"};
    if (!processing.empty() && processing != "P")
        return Hl7Problem{Hl7Code::ProcessingId, "only messages for production (P) change charts",
                          "MSH^1^11"};
    if (message.header(10).empty())
        return Hl7Problem{Hl7Code::RequiredField, "MSH-10 has no control id", "MSH^1^10"};
    for (const std::size_t field : {std::size_t{3}, std::size_t{4}, std::size_t{10}})
        if (!is_utf8(message.header(field)) || message.header(field).size() > longest_name)
            return Hl7Problem{Hl7Code::DataType, "the sender or the control id cannot be kept",
                              "MSH^1^" + std::to_string(field)};
    const std::string recorded = message.text(message.first("EVN"), 2);
    const auto moment = moment_of(message);
    if (!moment && !(recorded.empty() && message.header(7).empty()))
        return Hl7Problem{Hl7Code::DataType, "the time of the event is none that exists",
                          recorded.empty() ? "MSH^1^7" : "EVN^1^2"};
    // A clock that is wrong would make everything that follows look old.
    if (moment && moment->earliest > now + longest_ahead)
        return Hl7Problem{Hl7Code::DataType, "the time of the event is still to come",
                          recorded.empty() ? "MSH^1^7" : "EVN^1^2"};
    return std::nullopt;
}

/// What the message says, without what a repetition may change: when and how it was sent.
std::string digest_of(const Hl7Message& message) {
    Poco::SHA2Engine engine{Poco::SHA2Engine::SHA_256};
    engine.update(message.header(9, 2));
    for (const auto& segment : message.segments()) {
        if (segment.name == "MSH") continue;
        for (const auto& field : segment.fields) engine.update(field + "|");
        engine.update(std::string{"\r"});
    }
    return Poco::DigestEngine::digestToHex(engine.digest());
}

/// Losing and surviving ids of an A40: each MRG belongs to the PID before it.
std::vector<std::pair<std::string, std::string>> merges_in(const Hl7Message& message) {
    std::vector<std::pair<std::string, std::string>> merges;
    std::string surviving;
    for (const auto& segment : message.segments()) {
        if (segment.name == "PID") surviving = hl7_patient_id(message, &segment, 3);
        if (segment.name == "MRG")
            merges.emplace_back(hl7_patient_id(message, &segment, 1), surviving);
    }
    return merges;
}
}  // namespace

Hl7Answer Hl7Receiver::receive(const Hl7Message& message, ppo_time now) {
    if (message.problem()) return {message.problem(), false};
    if (const auto problem = why_not_ours(message, now)) return {problem, false};
    const std::string sender = message.header(3) + "\n" + message.header(4);
    const std::string control_id = message.header(10);
    const std::string digest = digest_of(message);
    if (const auto done = journal_.digest_of(sender, control_id)) {
        if (*done == digest) return {std::nullopt, true};
        return {Hl7Problem{Hl7Code::DuplicateKey,
                           "the control id was used for another message before", "MSH^1^10"},
                false};
    }
    if (const auto problem = change(message)) return {problem, false};
    const bool of_one = event_of(message.header(9, 2)) != Event::Merge;
    const auto moment = moment_of(message);
    journal_.note({sender, control_id, digest,
                   of_one ? hl7_patient_id(message, message.first("PID"), 3) : "",
                   moment ? std::optional{moment->earliest} : std::nullopt});
    return {};
}

Problem Hl7Receiver::change(const Hl7Message& message) {
    switch (event_of(message.header(9, 2))) {
    case Event::Put: return put(message);
    case Event::Remove: return remove(message);
    case Event::Merge: return merge(message);
    case Event::None: break;
    }
    return Hl7Problem{Hl7Code::EventCode, "the event is not handled", "MSH^1^9"};
}

/// What is older than what is known would bring an address back that nobody reads any more.
Problem Hl7Receiver::why_not_about(const Hl7Message& message, const std::string& id) {
    if (id.empty())
        return Hl7Problem{Hl7Code::RequiredField, "PID-3 has no patient identifier", "PID^1^3"};
    if (directory_.merged_into(id))
        return Hl7Problem{Hl7Code::UnknownKey, "the chart was merged into another one", "PID^1^3"};
    const auto moment = moment_of(message);
    const auto known = journal_.known_until(id);
    if (moment && known && moment->latest < *known)
        return Hl7Problem{Hl7Code::Internal, "is older than what is known of the patient",
                          "EVN^1^2"};
    return std::nullopt;
}

Problem Hl7Receiver::put(const Hl7Message& message) {
    const Hl7Facts facts = read_hl7_facts(message);
    if (facts.problem) return facts.problem;
    if (const auto problem = why_not_about(message, facts.id)) return problem;
    Problem problem;
    directory_.update(facts.id, [&](Patient& patient) {
        problem = put_on_chart(facts, patient);
        return !problem;
    });
    if (problem) return problem;
    return tell({DirectoryEvent::Kind::Changed, facts.id, {}});
}

Problem Hl7Receiver::remove(const Hl7Message& message) {
    const std::string id = hl7_patient_id(message, message.first("PID"), 3);
    if (const auto problem = why_not_about(message, id)) return problem;
    // Gone already: perhaps by this message, before a crash.
    if (!directory_.remove(id, Telling::Nobody) && !directory_.was_removed(id))
        return Hl7Problem{Hl7Code::UnknownKey, "there is no chart with this identifier", "PID^1^3"};
    return tell({DirectoryEvent::Kind::Removed, id, {}});
}

Problem Hl7Receiver::merge(const Hl7Message& message) {
    const auto merges = merges_in(message);
    if (merges.empty())
        return Hl7Problem{Hl7Code::SegmentSequence, "has no MRG segment behind a PID", "MRG"};
    // Everything is looked at before anything is done: half a message is none.
    std::set<std::string> going;
    for (const auto& [losing, surviving] : merges) {
        if (losing.empty() || surviving.empty())
            return Hl7Problem{Hl7Code::RequiredField, "PID-3 or MRG-1 has no patient identifier",
                              losing.empty() ? "MRG^1^1" : "PID^1^3"};
        if (losing == surviving)
            return Hl7Problem{Hl7Code::DataType, "a chart cannot be merged into itself", "MRG^1^1"};
        if (directory_.merged_into(losing) == surviving) continue;
        if (directory_.merged_into(losing) || going.contains(losing))
            return Hl7Problem{Hl7Code::UnknownKey,
                              "the chart in MRG-1 was merged into another one before", "MRG^1^1"};
        if (!directory_.find(losing))
            return Hl7Problem{Hl7Code::UnknownKey, "there is no chart for MRG-1", "MRG^1^1"};
        if (!directory_.find(surviving) || going.contains(surviving))
            return Hl7Problem{Hl7Code::UnknownKey, "there is no chart for PID-3", "PID^1^3"};
        going.insert(losing);
    }
    for (const auto& [losing, surviving] : merges) {
        static_cast<void>(directory_.merge(losing, surviving, Telling::Nobody));
        if (auto problem = tell({DirectoryEvent::Kind::Merged, losing, surviving})) return problem;
    }
    return std::nullopt;
}

Problem Hl7Receiver::tell(const DirectoryEvent& event) const {
    const Answer answer = tell_(event);
    // A plugin that does not know the chart refuses, and nothing is left to tell it.
    if (answer.good() || answer.refused()) return std::nullopt;
    const bool never = answer.result == PPO_MISUSE_VALUE ||
                       (answer.result <= PPO_MISUSE_TEXT_TOO_LONG &&
                        answer.result >= PPO_MISUSE_TEXT_EMPTY);
    if (never)
        return Hl7Problem{Hl7Code::Internal, "the plugin cannot take this chart over", "PID"};
    throw Hl7NotTold{answer};
}
}  // namespace ppo_sim
