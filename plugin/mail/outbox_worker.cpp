// SPDX-License-Identifier: Apache-2.0
#include "mail/outbox_worker.hpp"

#include "domain/actor.hpp"
#include "mail/charts_before_mails.hpp"
#include "mail/group_sender.hpp"
#include "mail/mail_outcome.hpp"
#include "mail/relay_care.hpp"
#include "mail/sending_journal.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/delivery_table.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <mutex>
#include <span>

namespace ppo {
namespace {
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::minutes lease_time{20};  // Longer than the longest talk to a mail server.
constexpr std::chrono::seconds look_for_dead_every{5};
constexpr std::chrono::seconds store_every{2};
constexpr std::chrono::minutes renew_every{1};
constexpr std::size_t first_group = 64;
constexpr std::size_t largest_group = 1024;
constexpr std::chrono::seconds short_group{1};
constexpr std::chrono::seconds long_group{4};

std::string absolute(const std::string& journal) {
    return journal.empty() ? journal : std::filesystem::absolute(journal).string();
}

/// What a worker that died has left: settles what ended, sets what was leaving to unknown, gives
/// the rest back. Returns how many mails these were.
std::size_t recover(Transaction& transaction, const LeftBehind& left, UnixTime now) {
    const Delivery interrupted{DeliveryState::Unknown,
                               "The program ended while the mail was leaving.", false};
    const auto mails = mails_in_hand(transaction, left.lease);
    std::int64_t not_left = 0;
    std::int64_t not_tried = 0;
    for (const auto& mail : mails) {
        const auto known = left.mails.find(mail.id);
        if (known == left.mails.end()) {
            give_mail_back(transaction, mail.id, left.lease);
            ++not_left;
            ++not_tried;
            continue;
        }
        // Of several nobody remembers whom the mail was written for.
        settle(transaction, mail, left.lease,
               outcome_of(mail, known->second.value_or(interrupted), now),
               mail.people.size() == 1 ? Links::AnyEnd : Links::NotDead);
    }
    give_shares_back(transaction, left.begun_at, not_left, not_tried);
    return mails.size();
}

bool is_trouble(const MailInHand& item) { return item.delivery && item.delivery->relay_broken; }

/// The first trouble that was not a mail's fault; nothing if there was none.
const Delivery* trouble_in(std::span<const MailInHand> news) {
    const auto found = std::find_if(news.begin(), news.end(), is_trouble);
    return found == news.end() ? nullptr : &*found->delivery;
}

bool has_left(const MailInHand& item) {
    if (!item.delivery) return item.may_have_left;
    return item.delivery->state == DeliveryState::Sent ||
           item.delivery->state == DeliveryState::Unknown;
}

/// Whether the mail server was asked about this mail.
bool was_tried(const MailInHand& item) {
    return has_left(item) || (item.delivery && !item.delivery->relay_broken);
}

/// What becomes of a mail that was begun; nothing if it goes back as it was.
std::optional<MailOutcome> verdict_on(const MailInHand& item, bool stopped, UnixTime now) {
    if (item.finds_nobody) return outcome_for_nobody(item.mail, now);
    if (item.is_chart_unreadable)
        return outcome_of(item.mail,
                          {DeliveryState::Deferred, "The chart could not be read.", false}, now);
    if (item.delivery) {
        const bool gave_up = stopped && item.delivery->relay_broken && !has_left(item);
        if (gave_up) return std::nullopt;
        return outcome_of(item.mail, *item.delivery, now);
    }
    if (!item.may_have_left) return std::nullopt;
    return outcome_of(item.mail, {DeliveryState::Unknown, "Sending broke off.", false}, now);
}

Relay relay_after(const Relay& before, std::span<const MailInHand> news, const Delivery* trouble,
                  bool asked, UnixTime now) {
    if (trouble != nullptr) return after_trouble(before, trouble->reason, asked, now);
    if (!asked) return before;
    const bool has_answered = std::any_of(news.begin(), news.end(), [](const MailInHand& item) {
        return item.delivery && !item.delivery->relay_broken;
    });
    return has_answered ? Relay{} : after_no_answer(before, now);
}
}  // namespace

struct OutboxWorker::Parts {
    /// Mails leased together.
    struct Group {
        std::vector<MailInHand> mails{};
        std::size_t stored = 0;  // So many of them are settled.
        UnixTime taken_at{};
        bool asks_relay = false;
        steady_clock::time_point began = steady_clock::now();
        steady_clock::time_point renewed = began;
        std::exception_ptr failure{};
    };

    Database& database;
    Transport& transport;
    Compose compose;
    const Practice& practice;
    std::string journal_prefix;
    Tell tell;
    std::mutex sending{};
    std::atomic<bool> stopped{false};
    std::optional<SendingJournal> journal{};
    std::optional<UnixTime> looked_for_dead_at{};
    std::size_t group_size = first_group;

    bool recover_dead(UnixTime now);
    bool recover_dead_if_idle(UnixTime now);
    [[nodiscard]] bool has_something_to_send(UnixTime now);
    [[nodiscard]] std::optional<Group> take_group(UnixTime now, std::size_t most);
    void send(Group& group, UnixTime now, steady_clock::time_point until,
              const RefreshPatients& refresh);
    void store(Group& group, std::size_t begun, bool goes_on, UnixTime now);
    void settle_news(Transaction& transaction, const Group& group, std::span<const MailInHand> news,
                     const Relay& relay, UnixTime now);
    void give_rest_back(Transaction& transaction, const Group& group, std::size_t begun);
    void renew(Transaction& transaction, Group& group, UnixTime now);
    void adapt(const Group& group, std::size_t begun);
};

OutboxWorker::OutboxWorker(Database& database, Transport& transport, Compose compose,
                           const Practice& practice, std::string journal, Tell tell)
    : parts_{new Parts{database, transport, std::move(compose), practice, absolute(journal),
                       std::move(tell)}} {}
OutboxWorker::~OutboxWorker() = default;

void OutboxWorker::stop() { parts_->stopped = true; }

bool OutboxWorker::send_group(UnixTime now, steady_clock::time_point until,
                              const RefreshPatients& refresh) {
    auto& self = *parts_;
    const std::unique_lock one_at_a_time{self.sending, std::try_to_lock};
    if (!one_at_a_time || self.stopped) return false;
    const bool has_recovered = self.recover_dead_if_idle(now);
    if (!self.has_something_to_send(now)) return has_recovered;
    if (!self.journal) self.journal.emplace(self.journal_prefix);
    const auto asked = steady_clock::now();
    auto group = self.take_group(now, asked >= until ? 1 : self.group_size);
    if (!group) return has_recovered;
    // Behind many others the store may take longer than all of the budget: what was taken is sent.
    const auto waited = group->began - asked;
    try {
        self.send(*group, now, until + waited, refresh);
    } catch (...) {
        // What has ended may not be stored: the journal keeps it for the next call or worker.
        self.journal->leave_behind();
        self.journal.reset();
        self.looked_for_dead_at.reset();
        throw;
    }
    if (group->failure) std::rethrow_exception(group->failure);
    return !self.stopped;
}

/// At the first call, and whenever there is nothing else to do but something in somebody's hand.
bool OutboxWorker::Parts::recover_dead_if_idle(UnixTime now) {
    if (!looked_for_dead_at) return recover_dead(now);
    const auto since = now - *looked_for_dead_at;
    if (since >= milliseconds{0} && since < look_for_dead_every) return false;
    {
        Reading reading{database};
        if (!is_mail_in_hand(reading) || is_mail_due(reading, now)) return false;
    }
    return recover_dead(now);
}

bool OutboxWorker::Parts::recover_dead(UnixTime now) {
    std::size_t recovered = 0;
    take_journals_left_behind(journal_prefix, [&](const LeftBehind& left) {
        Transaction transaction{database};
        recovered += recover(transaction, left, now);
        transaction.commit();
    });
    looked_for_dead_at = now;
    return recovered > 0;
}

/// A look that costs no lock; what it finds is decided again when it is taken.
bool OutboxWorker::Parts::has_something_to_send(UnixTime now) {
    Reading reading{database};
    const auto due = next_mail_due_at(reading);
    return due && *due <= now && is_mail_due(reading, now) && !read_relay(reading).rests(now) &&
           room_in_caps(reading, now, practice.mails_per_minute, practice.mails_per_day) > 0;
}

std::optional<OutboxWorker::Parts::Group> OutboxWorker::Parts::take_group(UnixTime now,
                                                                          std::size_t most) {
    journal->begin(now);
    Transaction transaction{database};
    const auto relay = read_relay(transaction);
    if (relay.rests(now)) return std::nullopt;
    const bool asks_relay = relay.broken_since.has_value();
    const auto room = room_in_caps(transaction, now, practice.mails_per_minute,
                                   practice.mails_per_day);
    const auto wanted = asks_relay ? 1 : static_cast<std::int64_t>(most);
    auto leased = lease_due_mails(transaction, now, now + lease_time, journal->lease(),
                                  std::min(room, wanted));
    if (leased.empty()) return std::nullopt;
    take_shares(transaction, now, static_cast<std::int64_t>(leased.size()));
    if (asks_relay) put_relay(transaction, while_asked(relay, now));
    transaction.commit();
    Group group;
    for (auto& mail : leased) group.mails.push_back({.mail = std::move(mail)});
    group.taken_at = now;
    group.asks_relay = asks_relay;
    return group;
}

void OutboxWorker::Parts::send(Group& group, UnixTime now, steady_clock::time_point until,
                               const RefreshPatients& refresh) {
    ChartsBeforeMails charts{group.mails, now, refresh};
    GroupSender sender{transport, compose, *journal, stopped, group.mails, now};
    const auto is_over = [&] { return sender.begun() == group.mails.size() || sender.must_end(); };
    bool goes_on = true;
    while (goes_on) {
        const auto pause = std::min(until, steady_clock::now() + store_every);
        do {
            sender.send(charts.read_on(), pause);
        } while (!is_over() && steady_clock::now() < pause);
        goes_on = !is_over() && steady_clock::now() < until;
        store(group, sender.begun(), goes_on, now);
    }
    group.failure = sender.failure() ? sender.failure() : charts.failure();
    if (!sender.must_end()) adapt(group, sender.begun());
}

/// Settles what was begun since the last time; gives the others back if the group does not go on.
void OutboxWorker::Parts::store(Group& group, std::size_t begun, bool goes_on, UnixTime now) {
    const std::span news{group.mails.data() + group.stored, begun - group.stored};
    const auto* trouble = stopped ? nullptr : trouble_in(news);
    bool is_down = false;
    {
        Transaction transaction{database};
        const auto before = read_relay(transaction);
        const auto relay = relay_after(before, news, trouble, group.asks_relay, now);
        is_down = !before.broken_since && relay.broken_since;
        if (trouble != nullptr || group.asks_relay) put_relay(transaction, relay);
        if (is_down) record(transaction, {.action = "mail_server_down"}, Actor{}, now);
        if (before.broken_since && !relay.broken_since)
            record(transaction, {.action = "mail_server_back"}, Actor{}, now);
        settle_news(transaction, group, news, relay, now);
        if (goes_on)
            renew(transaction, group, now);
        else
            give_rest_back(transaction, group, begun);
        transaction.commit();
    }
    journal->forget();
    group.stored = begun;
    if (is_down) tell("The mail server takes no mails, so they wait: " + trouble->reason);
}

void OutboxWorker::Parts::settle_news(Transaction& transaction, const Group& group,
                                      std::span<const MailInHand> news, const Relay& relay,
                                      UnixTime now) {
    std::int64_t not_left = 0;
    std::int64_t not_tried = 0;
    for (const auto& item : news) {
        auto outcome = verdict_on(item, stopped, now);
        if (!outcome) {
            give_mail_back(transaction, item.mail.id, journal->lease());
        } else {
            if (is_trouble(item) && outcome->next_try_at)
                outcome->next_try_at = std::max(*outcome->next_try_at,
                                                relay.rests_until.value_or(now));
            settle(transaction, item.mail, journal->lease(), *outcome, Links::AnyEnd);
        }
        if (!has_left(item)) ++not_left;
        if (!was_tried(item)) ++not_tried;
    }
    give_shares_back(transaction, group.taken_at, not_left, not_tried);
}

void OutboxWorker::Parts::give_rest_back(Transaction& transaction, const Group& group,
                                         std::size_t begun) {
    if (begun == group.mails.size()) return;
    give_mails_back(transaction, journal->lease());
    const auto rest = static_cast<std::int64_t>(group.mails.size() - begun);
    give_shares_back(transaction, group.taken_at, rest, rest);
}

void OutboxWorker::Parts::renew(Transaction& transaction, Group& group, UnixTime now) {
    const auto at = steady_clock::now();
    if (at - group.renewed < renew_every) return;
    group.renewed = at;
    const auto since = std::chrono::duration_cast<milliseconds>(at - group.began);
    renew_lease(transaction, journal->lease(), now + since + lease_time);
}

/// No more is taken than the time was enough for: who gives most of it back holds up all others.
void OutboxWorker::Parts::adapt(const Group& group, std::size_t begun) {
    const auto took = steady_clock::now() - group.began;
    if (begun < group.mails.size())
        group_size = std::max<std::size_t>(begun, 1);
    else if (took > long_group)
        group_size = std::max<std::size_t>(group_size / 2, 1);
    else if (took < short_group && group.mails.size() == group_size)
        group_size = std::min(group_size * 4, largest_group);
}
}  // namespace ppo
