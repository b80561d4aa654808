// SPDX-License-Identifier: Apache-2.0
#include "boundary/mail_calls.hpp"

#include "boundary/convert.hpp"
#include "boundary/guard.hpp"
#include "boundary/tables.hpp"
#include "store/delivery_table.hpp"
#include "store/outbox_table.hpp"
#include "store/relay_table.hpp"

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
Outcome get_delivery(Instance& self, const ppo_caller* caller, const ppo_delivery_sink* sink) {
    check_sink(sink);
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto now = self.now();
    OutboxState outbox;
    Relay relay;
    MailsLeft left;
    {
        Reading reading{self.database()};  // Closed before the host takes what it found.
        outbox = read_outbox_state(reading);
        relay = read_relay(reading);
        left = read_mails_left(reading, now);
    }
    ppo_delivery out{};
    out.struct_size = sizeof out;
    out.waiting = static_cast<std::uint64_t>(outbox.waiting);
    out.deferred = static_cast<std::uint64_t>(outbox.deferred);
    out.oldest_at = to_time(outbox.oldest);
    out.broken_since = to_time(relay.broken_since);
    out.next_try_at = to_time(relay.rests_until);
    out.broken_because = to_text(relay.reason);
    out.left_last_minute = static_cast<std::uint64_t>(left.last_minute);
    out.left_last_day = static_cast<std::uint64_t>(left.last_day);
    if (!goes_on(sink->put(sink->context, &out))) return PPO_STOPPED;
    return PPO_OK;
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
