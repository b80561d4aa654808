// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"

namespace ppo_test {
inline ppo::OutgoingMail sample_mail() {
    return {.message_id = "0123456789abcdef@elm.example",
            .date = ppo::from_milliseconds(1'795'375'800'000),  // 2026-11-22T19:30:00Z
            .sender_name = "Elm Street Practice",
            .sender_address = "portal@elm.example",
            .reply_to = "desk@elm.example",
            .recipient = "anna@home.example",
            .words = {.subject = "Set up your portal account",
                      .text = "Hello Anna,\n.\nthe end\n",
                      .html = "<p>Hello Anna</p>\n",
                      .language = "en"}};
}
}  // namespace ppo_test
