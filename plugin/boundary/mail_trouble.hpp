// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/instance.hpp"
#include "boundary/model_writer.hpp"

namespace ppo {
/// A section that says since when and why the mail server takes nothing, how many mails wait for
/// it and when it is tried again; no section while mails leave.
void write_mail_trouble(ModelWriter& model, Instance& instance, UnixTime now);
}  // namespace ppo
