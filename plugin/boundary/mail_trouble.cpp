// SPDX-License-Identifier: Apache-2.0
#include "boundary/mail_trouble.hpp"

#include "boundary/batch_words.hpp"
#include "domain/local_time.hpp"
#include "store/outbox_table.hpp"
#include "store/relay_table.hpp"

namespace ppo {
void write_mail_trouble(ModelWriter& model, Instance& instance, UnixTime now) {
    Relay relay;
    std::int64_t waiting = 0;
    {
        Reading reading{instance.database()};
        relay = read_relay(reading);
        if (!relay.broken_since) return;
        waiting = read_outbox_state(reading).waiting;
    }
    const auto& zone = instance.practice().time_zone;
    std::string sentence = "The mail server takes no mail since " +
                           write_short_time(*relay.broken_since, now, zone);
    if (!relay.reason.empty()) sentence += ": " + relay.reason;
    if (sentence.back() != '.') sentence += ".";
    sentence += " " + counted(waiting, "mail") + (waiting == 1 ? " waits" : " wait") +
                "; it is tried again " +
                (relay.rests(now) ? "at " + write_short_time(*relay.rests_until, now, zone)
                                  : "now") +
                ".";
    model.begin_section("mail", "Mail server");
    model.note("danger", sentence);
    model.end_section();
}
}  // namespace ppo
