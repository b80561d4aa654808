// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/convert.hpp"
#include "boundary/instance.hpp"
#include "credentials/set_credentials.hpp"
#include "invitations/send_invitation.hpp"
#include "onboarding/access.hpp"
#include "onboarding/access_of_many.hpp"
#include "onboarding/consent.hpp"
#include "ppo/onboarding.h"

#include <string_view>

// What typed slots and views do alike: ask the host where it must be asked, call one action, tell
// the host what follows.
namespace ppo {
/// Status and marks, as the contract carries them.
[[nodiscard]] ppo_account_state state_of(const Account& account, UnixTime now);

/// Refused: NotPermitted, and onboarding/access.
Result<AccessSet> change_access(Instance& instance, const Caller& caller,
                                std::string_view patient_id, bool enabled);

/// Takes an enabling back unless an invitation followed. Refused: NotPermitted, and
/// onboarding/access.
Result<AccessSet> take_back_access(Instance& instance, const Caller& caller,
                                   std::string_view patient_id);
/// Changes up to `most` patients, 0 = access_in_one_call. Refused: NotPermitted.
Result<AccessOfMany> change_access_of_many(Instance& instance, const Caller& caller,
                                           const BatchSelection& selection, bool enabled,
                                           std::uint64_t most);

/// Reads the patient again from the host first. Refused: NotPermitted, and
/// invitations/send_invitation.
Result<QueuedInvitation> invite(Instance& instance, const Caller& caller,
                                std::string_view patient_id);

/// Refused: NotPermitted (a password needs its own permission), and credentials/set_credentials.
Result<CredentialsSet> save_credentials(Instance& instance, const Caller& caller,
                                        std::string_view patient_id,
                                        const StaffCredentials& chosen);

/// Refused: NotPermitted, and invitations/send_invitation.
Result<Done> withdraw_invitation(Instance& instance, const Caller& caller,
                                 std::string_view patient_id);

/// Refused: NotPermitted, and onboarding/access.
Result<Done> lift_waits(Instance& instance, const Caller& caller, std::string_view patient_id);

/// Refused: NotPermitted, and onboarding/consent.
Result<ConsentSet> change_consent(Instance& instance, const Caller& caller,
                                  std::string_view patient_id, const ConsentSaid& said);
}  // namespace ppo
