// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/saved_view.hpp"

#include <string_view>
#include <vector>

namespace ppo {
class Database;

// Views of the report that staff find again, each member their own: those of others are not there.
// The record says that a view was saved or dropped, and by whom; neither name nor filters, because
// either may be a patient's name.

/// Keeps the view for who acts; one of the same name is replaced. Refused: ViewName, TooManyViews.
Result<Done> save_view(Database& database, SavedView view, const Actor& actor, UnixTime now);

/// Refused: UnknownSavedView.
Result<Done> drop_view(Database& database, std::string_view name, const Actor& actor, UnixTime now);

/// The views of a member of staff, by name.
[[nodiscard]] std::vector<SavedView> saved_views(Database& database, std::string_view staff_id);
}  // namespace ppo
