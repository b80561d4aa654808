// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "invitations/finding_list.hpp"

namespace ppo {
/// Finds what stands against mailing an HTML part: tags and attributes beyond those that lay a text
/// out, everything that loads or runs, links other than the one, tags that do not match, variables
/// where a value could become more than text. Expects valid UTF-8 without control characters.
void lint_html(FindingList& findings);

/// Whether readers' mail programs would make a link of something in this text.
[[nodiscard]] bool reads_as_address(std::string_view text);
}  // namespace ppo
