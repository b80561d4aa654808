// SPDX-License-Identifier: Apache-2.0
#include "onboarding/access_of_many.hpp"

#include "onboarding/access.hpp"
#include "store/database.hpp"
#include "store/report_counts.hpp"
#include "store/report_table.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace ppo {
namespace {
using Ids = std::vector<std::string>;

constexpr std::int64_t people_a_page = 10'000;
constexpr std::size_t people_a_transaction = 5'000;  // Each commit waits for the disk.

/// A selection in the order of ids, each once.
class Turns {
public:
    Turns(const BatchSelection& selection, bool enabled, UnixTime now)
        : filter_{selection.filter},
          named_{selection.patient_ids.begin(), selection.patient_ids.end()},
          enabled_{enabled},
          now_{now} {}

    [[nodiscard]] AccessPreview count(Connection& connection) const {
        if (filter_) {
            const auto counts = count_access(connection, *filter_, now_);
            const auto so_already = enabled_ ? counts.enabled : counts.patients - counts.enabled;
            return {counts.patients, counts.patients - so_already, 0};
        }
        AccessPreview counted;
        for (const auto id : named_) {
            const auto invitee = find_invitee(connection, id);
            ++counted.selected;
            if (!invitee)
                ++counted.unknown;
            else if (invitee->facts.access_enabled != enabled_)
                ++counted.to_change;
        }
        return counted;
    }

    /// The next ones who are not so yet.
    [[nodiscard]] Ids after(Connection& connection, std::string_view last,
                            std::size_t limit) const {
        if (filter_)
            return ids_with_access(connection, *filter_, !enabled_, last, static_cast<int>(limit),
                                   now_);
        Ids ids;
        for (auto at = named_.upper_bound(last); at != named_.end() && ids.size() < limit; ++at) {
            const auto invitee = find_invitee(connection, *at);
            if (invitee && invitee->facts.access_enabled != enabled_) ids.emplace_back(*at);
        }
        return ids;
    }

private:
    const std::optional<ReportQuery>& filter_;
    std::set<std::string_view> named_;
    bool enabled_;
    UnixTime now_;
};

/// One transaction; returns who was changed. Somebody else may have been there first.
Ids change_together(Database& database, std::span<const std::string> ids, bool enabled,
                    const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    Ids changed;
    for (std::size_t from = 0; from < ids.size(); from += most_together) {
        const auto rows = access_rows(
            transaction, ids.subspan(from, std::min(most_together, ids.size() - from)), !enabled);
        turn_access(transaction, rows, enabled, now);
        for (const auto& row : rows) changed.push_back(row.patient_id);
    }
    if (changed.empty()) return changed;
    std::vector<Deed> deeds;
    deeds.reserve(changed.size());
    for (const auto& id : changed) deeds.push_back(access_deed(id, enabled));
    record_all(transaction, deeds, actor, now);
    transaction.commit();
    return changed;
}
}  // namespace

AccessPreview preview_access(Database& database, const BatchSelection& selection, bool enabled,
                             UnixTime now) {
    Reading reading{database};
    return Turns{selection, enabled, now}.count(reading);
}

AccessOfMany set_access_of_many(Database& database, const BatchSelection& selection, bool enabled,
                                std::int64_t most, const Actor& actor, UnixTime now,
                                const TakeChanged& take_changed) {
    const Turns turns{selection, enabled, now};
    const auto before = preview_access(database, selection, enabled, now);
    AccessOfMany done;
    std::int64_t came_up = 0;
    std::string last;
    bool more = before.to_change > 0;
    while (more && done.changed < most) {
        const auto limit = std::min(people_a_page, most - done.changed);
        Ids page;
        {
            Reading reading{database};
            page = turns.after(reading, last, static_cast<std::size_t>(limit));
        }
        more = std::ssize(page) == limit;
        for (std::size_t from = 0; from < page.size(); from += people_a_transaction) {
            const auto group = std::span<const std::string>{page}.subspan(
                from, std::min(people_a_transaction, page.size() - from));
            const auto changed = change_together(database, group, enabled, actor, now);
            done.changed += std::ssize(changed);
            if (!changed.empty()) take_changed(changed);
        }
        came_up += std::ssize(page);
        if (!page.empty()) last = page.back();
    }
    done.unknown = before.unknown;
    if (more) done.left = std::max<std::int64_t>(0, before.to_change - came_up);
    done.unchanged = std::max<std::int64_t>(
        0, before.selected - before.unknown - done.changed - done.left);
    return done;
}
}  // namespace ppo
