// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/instance.hpp"
#include "host/patient_directory.hpp"
#include "host/settings_file.hpp"

#include <functional>
#include <iosfwd>
#include <string>

namespace ppo_sim {
/// What has to be in the folder: audit entries are in the store alone, charts may wait for their
/// first report, mails need both; what brings charts begins with nothing. The charts are read over
/// where they may have waited.
enum class Needs { Store, Charts, Both, Nothing };

/// How a command without pages opens a data folder.
struct ConsoleOptions {
    StoreOptions told{};
    Needs needs = Needs::Store;
    Choices choices{};  // Stand above those that the folder keeps.
};

/// Who acts at the console.
[[nodiscard]] Staff operator_at_console();

/// Opens what is in the folder, without inventing any, and calls `use` with it and the choices that
/// hold. Returns what that returns, or 2 after a line in `trouble`.
[[nodiscard]] int with_instance(const ConsoleOptions& options, std::ostream& trouble,
                                const std::function<int(Instance&, const Choices&)>& use);

/// The same for a command that changes charts.
[[nodiscard]] int with_charts(const ConsoleOptions& options, std::ostream& trouble,
                              const std::function<int(Instance&, PatientDirectory&)>& use);

/// Throws std::runtime_error with the plugin's sentence unless the answer is good.
void need(const Answer& answer);
}  // namespace ppo_sim
