// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/layout.hpp"
#include "web/site.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ppo_sim {
inline constexpr std::string_view menu_location = "menu.my-links";
inline constexpr std::string_view tab_location = "patient.edit.tabs";

/// One request in the EMR, with who sent it.
struct Desk {
    Site& site;
    const Request& request;
    StaffSession& session;
    bool genuine = true;  // False for a post without the session's token: it must change nothing.

    [[nodiscard]] const Staff& staff() const { return staff_members()[session.staff].staff; }
    /// The places of the plugin at one location that this member of staff may see, in order.
    [[nodiscard]] std::vector<Contribution> contributions(std::string_view location,
                                                          Answer* told = nullptr) const;
    /// What the plugin said to that, once a request: a page must not say two things.
    mutable std::optional<std::pair<Answer, std::vector<Contribution>>> told_places{};
    /// Takes the toasts out of the session.
    [[nodiscard]] Frame frame() const;
    [[nodiscard]] Response page(const std::string& title, const std::string& main,
                                int status = 200) const;
    /// A page with one sentence, for what cannot be shown.
    [[nodiscard]] Response sorry(int status, const std::string& title,
                                 const std::string& sentence) const;
    /// The page for what this member of staff may not see or do: why, and who changes that.
    [[nodiscard]] Response not_for_you(const std::string& what) const;
};

[[nodiscard]] std::string patient_url(const std::string& patient_id);

[[nodiscard]] Response patient_list(const Desk& desk);
[[nodiscard]] Response chart(const Desk& desk, const std::string& patient_id);
/// The pop-out: the host's own tab and the plugin's. Our script shows it in a dialog, otherwise it
/// is a page.
[[nodiscard]] Response edit_patient(const Desk& desk, const std::string& patient_id);

/// Where a view of the plugin stands on the site.
struct ViewSpot {
    std::string view_id{};
    std::string patient_id{};
    std::string path{};
    std::string close_url{};
    std::function<std::string(const std::string& title, const std::string& view)> around{};
};

/// Shows a view or does what was clicked in it.
[[nodiscard]] Response view_request(const Desk& desk, const ViewSpot& spot);
[[nodiscard]] Response menu_view(const Desk& desk, const std::string& view_id);
/// The last document that the plugin made for this member of staff.
[[nodiscard]] Response document(const Desk& desk);
}  // namespace ppo_sim
