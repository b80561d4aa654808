// SPDX-License-Identifier: Apache-2.0
#include "mail/group_sender.hpp"

#include "store/fault.hpp"

#include <algorithm>
#include <system_error>
#include <thread>

namespace ppo {
namespace {
using std::chrono::steady_clock;

/// Threads that live for one group and are always waited for.
class Helpers {
public:
    Helpers() = default;
    Helpers(const Helpers&) = delete;
    Helpers& operator=(const Helpers&) = delete;
    ~Helpers() {
        for (auto& thread : threads_) thread.join();
    }

    template <class Work>
    void add(int count, const Work& work) {
        try {
            for (int i = 0; i < count; ++i) threads_.emplace_back(work);
        } catch (const std::system_error&) {  // No thread to be had: those we have do it.
        }
    }

private:
    std::vector<std::thread> threads_{};
};
/// Who was left out of the mail, because the link had died, was not mailed by it.
void keep_those_in(const OutgoingMail& written, MailInHand& item) {
    const auto& in = written.patient_ids;
    std::erase_if(item.mail.people, [&in](const MailPerson& person) {
        return std::find(in.begin(), in.end(), person.patient_id) == in.end();
    });
}
}  // namespace

GroupSender::GroupSender(Transport& transport, const OutboxWorker::Compose& compose,
                         SendingJournal& journal, const std::atomic<bool>& stopped,
                         std::vector<MailInHand>& mails, UnixTime now)
    : transport_{transport},
      compose_{compose},
      journal_{journal},
      stopped_{stopped},
      mails_{mails},
      now_{now} {}

void GroupSender::send(std::size_t ready, steady_clock::time_point until) {
    const auto first = next_;
    const auto rest = static_cast<int>(ready - first);
    const auto work = [this, first, ready, until] { send_some(first, ready, until); };
    Helpers helpers;
    helpers.add(std::min(transport_.connections(), rest) - 1, work);
    work();
}

/// The next mail that is to be tried; NULL if none is ready, the time is over, or the rest must
/// stay.
MailInHand* GroupSender::next(std::size_t first, std::size_t ready,
                              steady_clock::time_point until) {
    const std::lock_guard lock{mutex_};
    while (next_ < ready && mails_[next_].is_chart_unreadable) ++next_;
    const bool is_time_over = next_ > first && steady_clock::now() >= until;
    if (next_ >= ready || must_end() || is_time_over) return nullptr;
    return &mails_[next_++];
}

void GroupSender::send_some(std::size_t first, std::size_t ready, steady_clock::time_point until) {
    while (auto* item = next(first, ready, until)) {
        try {
            send_one(*item);
        } catch (const StoreFault&) {  // Concerns all mails: this one goes back as it was.
            keep_failure();
        } catch (...) {  // Concerns this one: it must not be in the way of the others for ever.
            keep_failure();
            if (!item->may_have_left)
                item->delivery = {DeliveryState::Deferred, "The mail could not be written.", false};
        }
    }
}

void GroupSender::send_one(MailInHand& item) {
    const auto written = compose_(item.mail, now_);
    if (!written) {
        item.finds_nobody = true;
        return;
    }
    keep_those_in(*written, item);
    item.delivery = transport_.send(*written, [&] {
        journal_.leaving(item.mail.id);
        item.may_have_left = true;
    });
    journal_.ended(item.mail.id, *item.delivery);
    if (item.delivery->relay_broken) has_trouble_ = true;
}

void GroupSender::keep_failure() {
    const std::lock_guard lock{mutex_};
    failure_ = std::current_exception();
    has_trouble_ = true;
}
}  // namespace ppo
