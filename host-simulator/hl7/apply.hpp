// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hl7/acknowledgement.hpp"
#include "hl7/journal.hpp"
#include "host/answer.hpp"
#include "host/patient_directory.hpp"

#include <functional>
#include <string>

namespace ppo_sim {
/// Tells the plugin of a change, as tell_plugin does.
using TellOfChart = std::function<Answer(const DirectoryEvent&)>;

/// The plugin had a fault while it was told of a changed chart: the message is not answered, and
/// done again later.
struct Hl7NotTold {
    Answer answer{};
};

/// Where messages go: into the charts, to the plugin, into the journal, in this order, so that a
/// crash between any two leaves a message that is done again and changes nothing more.
class Hl7Receiver {
public:
    Hl7Receiver(PatientDirectory& directory, Hl7Journal& journal, TellOfChart tell)
        : directory_{directory}, journal_{journal}, tell_{std::move(tell)} {}

    /// Does what the message says, or nothing. Throws Hl7NotTold.
    [[nodiscard]] Hl7Answer receive(const Hl7Message& message, ppo_time now);

private:
    [[nodiscard]] std::optional<Hl7Problem> change(const Hl7Message& message);
    [[nodiscard]] std::optional<Hl7Problem> put(const Hl7Message& message);
    [[nodiscard]] std::optional<Hl7Problem> remove(const Hl7Message& message);
    [[nodiscard]] std::optional<Hl7Problem> merge(const Hl7Message& message);
    [[nodiscard]] std::optional<Hl7Problem> why_not_about(const Hl7Message& message,
                                                          const std::string& id);
    [[nodiscard]] std::optional<Hl7Problem> tell(const DirectoryEvent& event) const;

    PatientDirectory& directory_;
    Hl7Journal& journal_;
    TellOfChart tell_;
};
}  // namespace ppo_sim
