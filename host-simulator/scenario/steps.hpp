// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/words.hpp"
#include "scenario/world.hpp"

#include <functional>
#include <vector>

namespace ppo_sim {
/// One word of the language: the words that a line begins with, and what it does with the rest.
struct Step {
    std::vector<std::string> words{};
    std::function<void(World&, const Arguments&, Outcome&)> run{};
};

/// Charts, staff, time, mail server: what happens around the plugin.
[[nodiscard]] std::vector<Step> practice_steps();
/// What staff see and click.
[[nodiscard]] std::vector<Step> staff_steps();
/// Batches of invitations: on the report's screen, as typed calls, and what came back of them.
[[nodiscard]] std::vector<Step> batch_steps();
/// Mails, link pages, the portal.
[[nodiscard]] std::vector<Step> patient_steps();
/// Messages and resources from elsewhere that change charts.
[[nodiscard]] std::vector<Step> record_steps();
/// What patients want: noted by staff, said on the portal, and expected.
[[nodiscard]] std::vector<Step> consent_steps();
/// Everything that begins with `expect`, but `expect refused`, which the runner knows.
[[nodiscard]] std::vector<Step> expectations();
/// Those of them about batches and the way to the mail server.
[[nodiscard]] std::vector<Step> batch_expectations();
/// Those of them about what stands on a screen.
[[nodiscard]] std::vector<Step> screen_expectations();

/// The step that the line begins with: the one with the most words; nothing if no step does.
[[nodiscard]] const Step* find_step(const Line& line);

/// Opens the report unless it is open; the answer stands in the outcome.
void open_report(World& world, Outcome& outcome);

/// The report's page with this patient's row, paged to if need be; throws StepFailed without one.
[[nodiscard]] Screen page_with_row(World& world, const std::string& id, Outcome& outcome);

/// The account of a patient; throws StepFailed if the plugin does not answer it.
[[nodiscard]] AccountView account_of(World& world, const std::string& patient_id);

/// Staff who may do everything, for looking behind the scene.
[[nodiscard]] Staff auditor();

/// The stable word of a result that stands inside a page: "refused_link_used".
[[nodiscard]] std::string code_of(ppo_result result);
}  // namespace ppo_sim
