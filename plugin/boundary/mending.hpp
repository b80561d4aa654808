// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/model_writer.hpp"
#include "boundary/view.hpp"
#include "domain/account.hpp"

#include <string>
#include <string_view>

// What stands between a patient and green, with the buttons that mend it, and what these and the
// rectangle do: the tab and the report say and do the same.
namespace ppo {
/// "Anna Weber"; one of the two if the other is missing.
[[nodiscard]] std::string called(const Patient& patient);

/// The reasons as an element of a model; nothing if there are none. `patient_id` goes along with
/// the buttons of a view that is about many; empty = the view is about this patient alone.
void write_reasons(ModelWriter& model, const Account& account, std::string_view patient_id,
                   UnixTime now);

/// Whether mend knows this action: a button of write_reasons, or the way back in a toast.
[[nodiscard]] bool is_mending_action(std::string_view action);

/// Does what the button says for this patient, says so, and refreshes the row. Refused: as
/// boundary/account_actions.
Outcome mend(View& view, std::string_view action, std::string_view patient_id, Effects& effects);

/// Enables or disables; the toast has the way back. Refused: as change_access.
Outcome toggle_access(View& view, std::string_view patient_id, bool enabled, Effects& effects);

/// Refused: as invite.
Outcome invite_patient(View& view, std::string_view patient_id, Effects& effects);
}  // namespace ppo
