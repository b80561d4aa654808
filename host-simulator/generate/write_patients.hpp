// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/patient_directory.hpp"

#include <string>
#include <string_view>

namespace ppo_sim {
/// The first line of a CSV file that `ppo-sim import` reads, and a patient's row of it.
[[nodiscard]] std::string_view csv_header();
void append_csv(std::string& text, const Patient& patient);

/// A patient's line of the file in which a data folder keeps its patients (JSON lines).
void append_line(std::string& text, const Patient& patient);
}  // namespace ppo_sim
