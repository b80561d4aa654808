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

void GroupSender::send(steady_clock::time_point until) {
    const auto first = next_;
    const auto rest = static_cast<int>(mails_.size() - first);
    const auto work = [this, first, until] { send_some(first, until); };
    Helpers helpers;
    helpers.add(std::min(transport_.connections(), rest) - 1, work);
    work();
}

void GroupSender::send_some(std::size_t first, steady_clock::time_point until) {
    while (true) {
        MailInHand* item = nullptr;
        {
            const std::lock_guard lock{mutex_};
            const bool is_time_over = next_ > first && steady_clock::now() >= until;
            if (next_ == mails_.size() || must_end() || is_time_over) return;
            item = &mails_[next_++];
        }
        if (item->is_chart_unreadable) continue;
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
