// SPDX-License-Identifier: Apache-2.0
#include "boundary/refused_callers.hpp"

#include "domain/refusal_sentence.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
constexpr std::chrono::hours an_hour{1};
constexpr std::size_t most_attempts = 100;

/// Whom it was tried on; nobody if there is no such patient: an attempt can name what it likes.
std::string known_patient(Database& database, std::string_view whom) {
    constexpr std::size_t longest_id = 64;
    if (whom.empty() || whom.size() > longest_id) return {};
    Reading reading{database};
    return find_account(reading, whom) ? std::string{whom} : std::string{};
}
}  // namespace

void RefusedCallers::note(const Actor& actor, std::string_view verb, std::string_view whom,
                          UnixTime now) {
    const auto patient_id = known_patient(database_, whom);
    const auto news = is_news(actor.id, std::string{verb} + '\n' + patient_id, now);
    if (news == News::None) return;
    std::string detail{verb};
    if (news == News::Last) detail += " more_not_recorded";
    Transaction transaction{database_};
    record(transaction,
           {.action = "not_permitted",
            .patient_id = patient_id,
            .outcome = refusal_code(Refusal::NotPermitted),
            .detail = detail},
           actor, now);
    transaction.commit();
}

RefusedCallers::News RefusedCallers::is_news(const std::string& staff_id,
                                             const std::string& attempt, UnixTime now) {
    const std::lock_guard lock{mutex_};
    const auto has_passed = [now](const Hour& hour) {
        return now < hour.since || now - hour.since >= an_hour;
    };
    if (staff_.find(staff_id) == staff_.end())  // Those of yesterday are let go.
        for (auto at = staff_.begin(); at != staff_.end();)
            at = has_passed(at->second) ? staff_.erase(at) : std::next(at);
    Hour& hour = staff_[staff_id];
    if (has_passed(hour)) hour = {now, {}};
    if (hour.attempts.size() >= most_attempts || !hour.attempts.insert(attempt).second)
        return News::None;
    return hour.attempts.size() == most_attempts ? News::Last : News::One;
}
}  // namespace ppo
