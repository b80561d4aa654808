// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "selfservice/open_link.hpp"
#include "selfservice/visitor.hpp"

#include <string_view>

namespace ppo {
/// What the visitor brings: the link, and the answers to what its page asks.
struct LinkAnswers {
    std::string_view link{};
    std::string_view birth_date{};
    std::string_view postal_code{};
};

/// Lets the holder of a usable link with right answers in; the link is not consumed. Each answer is
/// judged and counted in one transaction, so that guesses that come together are as many as
/// counted. The third wrong answer starts waits of 1, 5 and then 15 minutes, and every tenth one of
/// a day; while one runs the right answer waits too. Staff see and can lift it. Where the page asks
/// nothing this only reads. Refused: the link's own refusals, IdentityWait, FieldEmpty,
/// InvalidBirthDate, IdentityMismatch.
Result<Admitted> admit(Database& database, const Practice& practice, const LinkAnswers& answers,
                       const Visitor& visitor, UnixTime now);

/// The page of a link whose holder was let in. The first time it goes on record that the link was
/// opened, because now a person did. Refused: as admit.
Result<LinkPage> confirm_identity(Database& database, const Practice& practice,
                                  const LinkAnswers& answers, const Visitor& visitor, UnixTime now);
}  // namespace ppo
