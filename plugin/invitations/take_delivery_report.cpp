// SPDX-License-Identifier: Apache-2.0
#include "invitations/take_delivery_report.hpp"

namespace ppo {
Result<Done> take_delivery_report(Database&, const DeliveryReport&, UnixTime) {
    return Refusal::UnknownMail;
}
}  // namespace ppo
