// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// The mail that all of them are about.
inline constexpr std::string_view reported_mail = "0123456789abcdef0123456789abcdef";

/// A delivery report in the shape in which one kind of mail server writes it.
struct SampleReport {
    std::string_view server{};
    std::string_view bytes{};   // Lines end in LF.
    std::string_view reason{};  // What staff read of it.
};

/// Postfix, Exim, Exchange, Gmail and Sendmail; addresses and names are reserved ones.
[[nodiscard]] const std::vector<SampleReport>& sample_reports();

/// With lines that end in CR LF, as mails travel.
[[nodiscard]] std::string with_crlf(std::string_view text);
}  // namespace ppo
