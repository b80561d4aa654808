// SPDX-License-Identifier: Apache-2.0
#include "mail/delivery_report_reader.hpp"

namespace ppo {
std::optional<DeliveryReport> read_delivery_report(std::string_view) { return std::nullopt; }
}  // namespace ppo
