// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/delivery_report.hpp"

#include <optional>
#include <string_view>

namespace ppo {
/// Reads a multipart/report with a message/delivery-status (RFC 3464) out of the raw bytes of a
/// mail; nothing if it is none, is damaged, or is about no mail of ours.
[[nodiscard]] std::optional<DeliveryReport> read_delivery_report(std::string_view bytes);
}  // namespace ppo
