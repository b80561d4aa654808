// SPDX-License-Identifier: Apache-2.0
#include "boundary/mail_calls.hpp"

#include "boundary/convert.hpp"
#include "boundary/guard.hpp"
#include "boundary/tables.hpp"

namespace ppo {
Outcome tell_steps(Instance& instance, const OutgoingMail* mail, const ppo_mail_step_sink& sink) {
    bool goes_on_telling = true;
    instance.transport().walk(mail, [&](const MailStep& step) {
        if (!goes_on_telling) return;
        const ppo_mail_step out{sizeof out, step.passed ? 1U : 0U, to_text(step.step),
                                to_text(step.sentence)};
        goes_on_telling = goes_on(sink.put(sink.context, &out));
    });
    return goes_on_telling ? PPO_OK : PPO_STOPPED;
}

namespace calls {
Outcome get_delivery(Instance&, const ppo_caller*, const ppo_delivery_sink*) {
    throw Misuse{PPO_MISUSE_STATE, "mail", "Not there yet."};
}

Outcome test_connection(Instance& self, const ppo_caller* caller, const ppo_mail_step_sink* sink) {
    check_sink(sink);
    if (!to_caller(caller).may(PPO_MAY_CHANGE_SETTINGS)) return Refusal::NotPermitted;
    return tell_steps(self, nullptr, *sink);
}
}  // namespace calls

const ppo_mail_1 mail_table{sizeof mail_table,
                            0,
                            guard<calls::get_delivery>,
                            guard<calls::test_connection>,
                            guard<calls::get_template>,
                            guard<calls::check_template>,
                            guard<calls::set_template>,
                            guard<calls::reset_template>,
                            guard<calls::preview_template>,
                            guard<calls::send_test_mail>};
}  // namespace ppo
