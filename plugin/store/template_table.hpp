// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Connection;
class Transaction;

/// Mails whose text the practice may replace. The numbers are stored and cross the ABI.
enum class TemplateKind { FirstSetUp = 1, NewPassword = 2, Reminder = 3 };

/// The text of one mail with its [[variables]].
struct TemplateTexts {
    std::string subject{};
    std::string text{};  // The plain part.
    std::string html{};
};

/// The text with which the practice replaced the plugin's own; nothing if it did not.
[[nodiscard]] std::optional<TemplateTexts> find_template(Connection& connection, TemplateKind kind,
                                                         std::string_view language);

/// Stores it in the place of an older one. Whoever stores has had it checked.
void put_template(Transaction& transaction, TemplateKind kind, std::string_view language,
                  const TemplateTexts& texts, UnixTime now);

/// Back to the plugin's own; false if it was not replaced.
[[nodiscard]] bool drop_template(Transaction& transaction, TemplateKind kind,
                                 std::string_view language);
}  // namespace ppo
