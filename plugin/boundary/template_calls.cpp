// SPDX-License-Identifier: Apache-2.0
#include "boundary/convert.hpp"
#include "boundary/mail_calls.hpp"

namespace ppo::calls {
namespace {
[[noreturn]] void later() { throw Misuse{PPO_MISUSE_STATE, "template", "Not there yet."}; }
}  // namespace
Outcome get_template(Instance&, const ppo_caller*, std::uint32_t, ppo_text,
                     const ppo_mail_template_sink*) {
    later();
}
Outcome check_template(Instance&, const ppo_caller*, const ppo_mail_template*,
                       const ppo_template_finding_sink*) {
    later();
}
Outcome set_template(Instance&, const ppo_caller*, const ppo_mail_template*) { later(); }
Outcome reset_template(Instance&, const ppo_caller*, std::uint32_t, ppo_text) { later(); }
Outcome preview_template(Instance&, const ppo_caller*, const ppo_mail_template*, ppo_text,
                         const ppo_mail_template_sink*) {
    later();
}
Outcome send_test_mail(Instance&, const ppo_caller*, const ppo_mail_template*, ppo_text,
                       const ppo_mail_step_sink*) {
    later();
}
}  // namespace ppo::calls
