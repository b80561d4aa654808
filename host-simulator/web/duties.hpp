// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ppo_sim {
/// Which part of the practice's work one process does; all of them share one store.
enum class Role {
    Everything,  // `serve`
    Emr,
    Portal,
    Worker,
};

/// What follows from the role: the one place that says who does what.
struct Duties {
    bool staff_pages = false;         // The EMR and the mailbox.
    bool patient_pages = false;       // The portal, and where mailed links lead.
    bool keeps_charts = false;        // Has the plugin read the charts, tells it of changes, takes
                                      // bounces.
    bool looks_into_charts = false;   // Where the plugin asks for a patient again before it mails.
    bool works_beside_pages = false;  // Background work on the plugin's own thread.
    bool works = false;               // Background work alone.

    [[nodiscard]] bool has_pages() const { return staff_pages || patient_pages; }
};

[[nodiscard]] constexpr Duties duties_of(Role role) {
    switch (role) {
    case Role::Everything: return {true, true, true, true, true, false};
    case Role::Emr: return {.staff_pages = true, .keeps_charts = true, .looks_into_charts = true};
    case Role::Portal: return {.patient_pages = true};
    case Role::Worker: return {.looks_into_charts = true, .works = true};
    }
    return {};
}
}  // namespace ppo_sim
