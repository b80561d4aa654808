// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/patient.hpp"
#include "domain/result.hpp"
#include "onboarding/patients_seen.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Database;

/// Takes over what the host says of a patient. A changed e-mail kills the open link, a chart that
/// became Inactive or Deceased too. Who has an account is told of a changed e-mail, at the old
/// address and at the new one. Says whether what went before is over for the patient's sessions:
/// the chart closed, or the e-mail is another.
struct PatientTaken {
    bool changed = false;
    bool sessions_end = false;
};
PatientTaken take_patient(Database& database, const Patient& patient, UnixTime now);

/// The same for many in one transaction, as the directory is read; without one if all are as they
/// were, so that nobody who writes waits. Returns those whose sessions must end.
[[nodiscard]] std::vector<std::string> take_patients(Database& database,
                                                     const std::vector<Patient>& patients,
                                                     UnixTime now);

/// The chart is gone: the patient leaves the report, links die; history and audit stay. Refused:
/// UnknownPatient.
Result<Done> remove_patient(Database& database, std::string_view patient_id, UnixTime now);

/// Removes everyone whom the host's directory no longer has; returns whom.
[[nodiscard]] std::vector<std::string> remove_all_but(Database& database, const PatientsSeen& seen,
                                                      UnixTime now);

/// Two charts became one: the losing one leaves the report, its access goes off and its links die;
/// the surviving one takes username, password and history over if it has no account of its own, and
/// what the patient said about the portal if it has no word of its own. If the account gets another
/// e-mail by it, both addresses are told.
/// Refused: UnknownPatient.
Result<Done> merge_patients(Database& database, std::string_view losing_id,
                            std::string_view surviving_id, UnixTime now);
}  // namespace ppo
