// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/instance.hpp"
#include "boundary/outcome.hpp"
#include "mail/transport.hpp"
#include "ppo/mail.h"

// The slots of ppo.mail/1: the first two in mail_calls.cpp, the others in template_calls.cpp.
namespace ppo {
/// Gives the steps of a walk to the host's sink, from this thread.
[[nodiscard]] Outcome tell_steps(Instance& instance, const OutgoingMail* mail,
                                 const ppo_mail_step_sink& sink);

namespace calls {
Outcome get_delivery(Instance& self, const ppo_caller* caller, const ppo_delivery_sink* sink);
Outcome test_connection(Instance& self, const ppo_caller* caller, const ppo_mail_step_sink* sink);
Outcome get_template(Instance& self, const ppo_caller* caller, std::uint32_t kind,
                     ppo_text language, const ppo_mail_template_sink* sink);
Outcome check_template(Instance& self, const ppo_caller* caller,
                       const ppo_mail_template* mail_template,
                       const ppo_template_finding_sink* sink);
Outcome set_template(Instance& self, const ppo_caller* caller,
                     const ppo_mail_template* mail_template);
Outcome reset_template(Instance& self, const ppo_caller* caller, std::uint32_t kind,
                       ppo_text language);
Outcome preview_template(Instance& self, const ppo_caller* caller,
                         const ppo_mail_template* mail_template, ppo_text patient_id,
                         const ppo_mail_template_sink* sink);
Outcome send_test_mail(Instance& self, const ppo_caller* caller,
                       const ppo_mail_template* mail_template, ppo_text recipient,
                       const ppo_mail_step_sink* sink);
}  // namespace calls
}  // namespace ppo
