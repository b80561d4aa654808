// SPDX-License-Identifier: Apache-2.0
#include "mail/charts_before_mails.hpp"

#include "store/fault.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

namespace ppo {
namespace {
constexpr std::chrono::minutes chart_is_fresh_for{1};

bool has_waited(const MailInHand& item, UnixTime now) {
    return now - item.mail.created_at > chart_is_fresh_for;
}

std::set<std::string> people_who_waited(const std::vector<MailInHand>& mails, UnixTime now) {
    std::set<std::string> ids;
    for (const auto& item : mails)
        if (has_waited(item, now))
            for (const auto& person : item.mail.people) ids.insert(person.patient_id);
    return ids;
}
}  // namespace

std::exception_ptr read_charts_again(std::vector<MailInHand>& mails, UnixTime now,
                                     const RefreshPatients& refresh) {
    const auto ids = people_who_waited(mails, now);
    if (!refresh || ids.empty()) return nullptr;
    std::exception_ptr failure;
    auto unreadable = ids;
    try {
        unreadable = refresh({ids.begin(), ids.end()});
    } catch (const StoreFault&) {
        throw;
    } catch (...) {
        failure = std::current_exception();
    }
    const auto is_unreadable = [&](const MailPerson& person) {
        return unreadable.count(person.patient_id) != 0;
    };
    for (auto& item : mails) {
        const auto& people = item.mail.people;
        item.is_chart_unreadable = has_waited(item, now) &&
                                   std::any_of(people.begin(), people.end(), is_unreadable);
    }
    return failure;
}
}  // namespace ppo
