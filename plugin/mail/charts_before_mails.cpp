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
constexpr std::size_t at_once = 8;  // A host that lets each time out is waited for so often.
}  // namespace

bool ChartsBeforeMails::has_waited(const MailInHand& item) const {
    return now_ - item.mail.created_at > chart_is_fresh_for;
}

std::size_t ChartsBeforeMails::read_on() {
    const auto first = ready_;
    std::size_t to_read = 0;
    while (ready_ < mails_.size() && to_read < at_once) {
        if (refresh_ && !failure_ && has_waited(mails_[ready_])) ++to_read;
        ++ready_;
    }
    if (refresh_) read(first, ready_);
    return ready_;
}

void ChartsBeforeMails::read(std::size_t first, std::size_t last) {
    std::set<std::string> ids;
    for (auto i = first; i < last; ++i)
        if (has_waited(mails_[i]))
            for (const auto& person : mails_[i].mail.people) ids.insert(person.patient_id);
    if (ids.empty()) return;
    auto unreadable = ids;
    try {
        if (!failure_) unreadable = refresh_({ids.begin(), ids.end()});
    } catch (const StoreFault&) {
        throw;
    } catch (...) {  // Of one chart alone nobody knows whether it is the chart or the directory.
        if (ids.size() > 1) failure_ = std::current_exception();
    }
    for (auto i = first; i < last; ++i) {
        const auto& people = mails_[i].mail.people;
        mails_[i].is_chart_unreadable = has_waited(mails_[i]) &&
                                        std::any_of(
                                            people.begin(), people.end(),
                                            [&](const MailPerson& person) {
                                                return unreadable.count(person.patient_id) != 0;
                                            });
    }
}
}  // namespace ppo
