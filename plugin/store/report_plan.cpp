// SPDX-License-Identifier: Apache-2.0
#include "store/report_plan.hpp"

#include "domain/text_fold.hpp"
#include "store/kept_counts.hpp"
#include "store/search_index.hpp"

#include <algorithm>
#include <any>
#include <chrono>
#include <cmath>
#include <limits>

namespace ppo {
namespace {
constexpr double whole_list = std::numeric_limits<double>::infinity();
constexpr double often = 0.1;  // The share of rows that a filter leaves if all is known is "many".

struct Filter {
    ReportLead lead = ReportLead::Order;
    double rows = 0;        // That it leaves by itself.
    bool in_order = false;  // And its index has them in the order of the report.
};

bool has_status(const ReportQuery& query, PortalStatus status) {
    return query.statuses.empty() ||
           std::find(query.statuses.begin(), query.statuses.end(), status) != query.statuses.end();
}

/// The kept counts as they were a moment ago: good enough to estimate by, and read once for many
/// pages.
struct Remembered {
    UnixTime read_at{};
    int uses = 0;
    std::vector<KeptCount> counts{};
};

const std::vector<KeptCount>& remembered_counts(Connection& connection, UnixTime now) {
    constexpr std::chrono::seconds fresh{2};
    constexpr int most_uses = 50;
    auto* known = std::any_cast<Remembered>(&connection.planners_memory());
    const bool is_fresh = known != nullptr && known->read_at <= now &&
                          now < known->read_at + fresh && ++known->uses < most_uses;
    if (!is_fresh) {
        connection.planners_memory() = Remembered{now, 0, kept_counts(connection)};
        known = std::any_cast<Remembered>(&connection.planners_memory());
    }
    return known->counts;
}

/// Estimates what each filter of the query leaves, and keeps what the condition will need.
class Estimates {
public:
    Estimates(Connection& connection, const ReportQuery& query, UnixTime now)
        : connection_{connection},
          query_{query},
          now_{now},
          kept_{remembered_counts(connection, now)} {
        for (const auto& alike : kept_) total_ += static_cast<double>(alike.patients);
    }

    [[nodiscard]] double total() const { return total_; }
    [[nodiscard]] const std::vector<Filter>& filters() const { return filters_; }

    void estimate(double most) {
        const bool by_name = query_.sort == ReportSort::Name;
        if (!query_.statuses.empty())
            add(ReportLead::Status,
                kept([this](const KeptCount& alike) { return has_status(query_, alike.status); }),
                query_.statuses.size() == 1 && (by_name || query_.sort == ReportSort::Status));
        if (query_.access_enabled)
            add(ReportLead::Access, kept([this](const KeptCount& alike) {
                    return alike.access_enabled == *query_.access_enabled;
                }),
                by_name);
        if (query_.has_username) {
            const double rows = kept([this](const KeptCount& alike) {
                return alike.has_username == *query_.has_username;
            });
            if (*query_.has_username)
                add(ReportLead::Username, rows, false);
            else
                narrows(rows);  // No index has those who lack something.
        }
        if (query_.marks != Marks{}) estimate_marks(most);
        if (!query_.provider.empty())
            add(ReportLead::Provider,
                static_cast<double>(
                    count_choice(connection_, ChoiceKind::Provider, query_.provider)),
                by_name);
        estimate_texts(most);
        estimate_appointments(most);
    }

    /// What the condition needs for a lead.
    void complete(ReportPlan& plan) {
        if (plan.lead == ReportLead::Marks) plan.marked_as = stored_marks();
        const auto& found = plan.lead == ReportLead::Tag ? tagged_ : searched_;
        if ((plan.lead == ReportLead::Tag || plan.lead == ReportLead::Search) && found) {
            plan.found_by = found->condition;
            plan.found = found->values;
        }
    }

    /// The share of all rows that every filter together leaves.
    [[nodiscard]] double share() const { return share_; }

private:
    template <class Wanted>
    [[nodiscard]] double kept(const Wanted& wanted) const {
        double rows = 0;
        for (const auto& alike : kept_)
            if (wanted(alike)) rows += static_cast<double>(alike.patients);
        return rows;
    }

    void narrows(double rows) {
        if (total_ > 0) share_ *= std::min(1.0, std::max(rows, 1.0) / total_);
    }

    void add(ReportLead lead, double rows, bool in_order) {
        filters_.push_back({lead, rows, in_order});
        narrows(rows);
    }

    double counted(std::string_view sql, std::int64_t value, double most) {
        auto rows = connection_.query(sql, value, static_cast<std::int64_t>(most));
        return rows.next() ? static_cast<double>(rows.integer(0)) : 0;
    }

    /// Every stored value of marks with one of the wanted: of this very moment, for who is left out
    /// here is not found.
    std::vector<std::int64_t> stored_marks() {
        std::vector<std::int64_t> marks;
        auto rows = connection_.query(
            "SELECT DISTINCT marks FROM patient_count WHERE practice = :practice AND patients > 0 "
            "AND (marks & $1) <> 0",
            static_cast<std::int64_t>(query_.marks.bits()));
        while (rows.next()) marks.push_back(rows.integer(0));
        return marks;
    }

    void estimate_marks(double most) {
        double rows = kept([this](const KeptCount& alike) {
            return (alike.marks.bits() & query_.marks.bits()) != 0;
        });
        const auto at = to_milliseconds(now_);
        if (query_.marks.has(Mark::LinkExpired))
            rows += static_cast<double>(count_expired_links(connection_, now_));
        if (query_.marks.has(Mark::Locked))
            rows += counted(
                "SELECT COUNT(*) FROM (SELECT 1 FROM patient WHERE practice = :practice AND "
                "locked_until > $1 LIMIT $2) AS few",
                at, most);
        if (query_.marks.has(Mark::OptedOut))
            rows += counted(
                "SELECT COUNT(*) FROM (SELECT 1 FROM patient WHERE practice = :practice AND "
                "consent_until > $1 LIMIT $2) AS few",
                at, most);
        add(ReportLead::Marks, rows, false);
    }

    void estimate_texts(double most) {
        const auto limit = static_cast<std::int64_t>(std::min(most, total_));
        if (!query_.tag.empty()) {
            const auto rows = static_cast<double>(
                count_choice(connection_, ChoiceKind::Tag, query_.tag));
            if (rows < most)
                tagged_ = find_candidates(connection_, ";" + query_.tag + ";", limit + 1);
            if (tagged_)
                add(ReportLead::Tag, static_cast<double>(tagged_->rows), false);
            else
                narrows(rows);
        }
        if (query_.search.empty()) return;
        searched_ = find_candidates(connection_, fold_for_search(query_.search), limit + 1);
        if (!searched_)
            narrows(often * total_);
        else if (searched_->rows > limit)
            narrows(std::max(static_cast<double>(searched_->rows), often * total_));
        else
            add(ReportLead::Search, static_cast<double>(searched_->rows), false);
    }

    void estimate_appointments(double most) {
        if (!query_.appointment_after && !query_.appointment_before) return;
        // PostgreSQL's planner knows how many there are, and counting takes longer than the page.
        if (connection_.engine() == Engine::PostgreSql) return;
        const auto in_order = query_.sort == ReportSort::NextAppointment;
        const auto from = query_.appointment_after ? to_milliseconds(*query_.appointment_after) : 1;
        const auto until = query_.appointment_before ? to_milliseconds(*query_.appointment_before)
                                                     : std::numeric_limits<std::int64_t>::max();
        auto rows = connection_.query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM patient WHERE practice = :practice AND "
            "in_directory = 1 AND "
            "COALESCE(next_appointment_at, 0) >= $1 AND COALESCE(next_appointment_at, 0) < $2 "
            "LIMIT $3) AS few",
            from, until, static_cast<std::int64_t>(std::min(most, total_)) + 1);
        const double count = rows.next() ? static_cast<double>(rows.integer(0)) : 0;
        if (count <= most || in_order)
            add(ReportLead::Appointment, count > most ? std::max(count, often * total_) : count,
                in_order);
        else
            narrows(std::max(count, often * total_));
    }

    Connection& connection_;
    const ReportQuery& query_;
    UnixTime now_;
    const std::vector<KeptCount>& kept_;
    double total_ = 0;
    double share_ = 1;
    std::vector<Filter> filters_{};
    std::optional<SearchCandidates> tagged_{};
    std::optional<SearchCandidates> searched_{};
};

bool is_unfiltered(const ReportQuery& query) {
    return query.statuses.empty() && query.marks == Marks{} && !query.access_enabled &&
           !query.has_username && query.search.empty() && query.tag.empty() &&
           query.provider.empty() && !query.appointment_after && !query.appointment_before;
}

/// The lead with which the fewest rows are looked at until `rows` have been found.
ReportPlan least_looking(Connection& connection, const ReportQuery& query, double rows,
                         UnixTime now) {
    if (is_unfiltered(query)) return {.engine = connection.engine()};
    Estimates estimates{connection, query, now};
    const double total = estimates.total();
    // A list that is sorted after it was found costs as much as it has rows; one that is read in
    // order as much as is passed over. They meet at the root of both.
    estimates.estimate(rows == whole_list ? total : std::sqrt(total * rows));
    const double found = std::max(estimates.share() * total, 1.0);
    const double passed = std::min(1.0, rows / found);  // The part of a list that is read.
    ReportPlan plan{.engine = connection.engine()};
    double least = total * passed;
    for (const auto& filter : estimates.filters()) {
        const double looked_at = filter.in_order ? filter.rows * passed : filter.rows;
        if (looked_at > least) continue;
        least = looked_at;
        plan.lead = filter.lead;
        plan.in_order = filter.in_order;
    }
    estimates.complete(plan);
    return plan;
}
}  // namespace

ReportPlan plan_page(Connection& connection, const ReportQuery& query, int rows, UnixTime now) {
    return least_looking(connection, query, rows, now);
}

ReportPlan plan_all(Connection& connection, const ReportQuery& query, UnixTime now) {
    return least_looking(connection, query, whole_list, now);
}

bool matches(const ReportQuery& query, const KeptCount& alike) {
    return has_status(query, alike.status) &&
           (query.marks == Marks{} || (alike.marks.bits() & query.marks.bits()) != 0) &&
           (!query.access_enabled || *query.access_enabled == alike.access_enabled) &&
           (!query.has_username || *query.has_username == alike.has_username);
}
}  // namespace ppo
