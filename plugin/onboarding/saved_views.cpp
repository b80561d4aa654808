// SPDX-License-Identifier: Apache-2.0
#include "onboarding/saved_views.hpp"

#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/saved_view_table.hpp"

namespace ppo {
Result<Done> save_view(Database& database, SavedView view, const Actor& actor, UnixTime now) {
    const auto name = view_name(view.name);
    if (!name) return name.refusal();
    view.name = *name;
    Transaction transaction{database};
    const bool replaces = has_saved_view(transaction, actor.id, view.name);
    if (!replaces && count_saved_views(transaction, actor.id) >= most_saved_views)
        return Refusal::TooManyViews;
    put_saved_view(transaction, actor.id, view, now);
    record(transaction, {.action = "report_view_saved", .detail = replaces ? "replaced" : "new"},
           actor, now);
    transaction.commit();
    return Done{};
}

Result<Done> drop_view(Database& database, std::string_view name, const Actor& actor,
                       UnixTime now) {
    const auto known = view_name(name);
    if (!known) return Refusal::UnknownSavedView;  // Nobody could have saved it.
    Transaction transaction{database};
    if (!erase_saved_view(transaction, actor.id, *known)) return Refusal::UnknownSavedView;
    record(transaction, {.action = "report_view_dropped"}, actor, now);
    transaction.commit();
    return Done{};
}

std::vector<SavedView> saved_views(Database& database, std::string_view staff_id) {
    Reading reading{database};
    return saved_views_of(reading, staff_id);
}
}  // namespace ppo
