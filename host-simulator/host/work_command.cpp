// SPDX-License-Identifier: Apache-2.0
#include "host/work_command.hpp"

#include "host/bounce_intake.hpp"
#include "host/console.hpp"
#include "host/signals.hpp"

#include <Poco/JSON/Object.h>

#include <algorithm>
#include <ostream>

namespace ppo_sim {
namespace {
constexpr std::uint32_t budget_ms = 500;
constexpr std::chrono::milliseconds look_again{250};

/// Mails of which the plugin says that they wait, and whether a batch still has people to mail.
struct Standing {
    Delivery delivery{};
    bool batches_run = false;

    [[nodiscard]] bool empty() const { return delivery.waiting == 0 && !batches_run; }
};

Standing look(const Instance& instance) {
    Standing standing{};
    need(instance.get_delivery(operator_at_console(), standing.delivery));
    std::vector<BatchProgress> batches;
    need(instance.each_batch(operator_at_console(), {}, batches));
    standing.batches_run = std::any_of(batches.begin(), batches.end(), [](const auto& batch) {
        return batch.state == PPO_BATCH_HELD_BACK || batch.state == PPO_BATCH_RUNNING;
    });
    return standing;
}

BounceIntake take_new_bounces(Instance& instance, const std::string& maildir,
                              std::ostream& trouble) {
    if (maildir.empty()) return {};
    const BounceIntake intake = take_bounces(Maildir{maildir}, [&](const std::string& report) {
        return instance.take_delivery_report(report);
    });
    tell(intake, trouble);
    return intake;
}

/// Works until nothing is due, with `until_empty` until nothing waits, or until a signal comes.
std::uint64_t work_and_take(Instance& instance, const std::string& maildir, bool until_empty,
                            const HeldSignals& signals, std::ostream& trouble) {
    std::uint64_t bounces = 0;
    for (;;) {
        const Answer answer = instance.work(budget_ms);
        need(answer);
        const bool more = answer.result == PPO_MORE;
        if (!more) bounces += take_new_bounces(instance, maildir, trouble).taken;
        const bool done = !more && (!until_empty || look(instance).empty());
        if (done || signals.came_within(more ? std::chrono::milliseconds{0} : look_again))
            return bounces;
    }
}

void print(const Standing& before, const Standing& after, std::uint64_t bounces,
           std::ostream& out) {
    const auto left = after.delivery.left_last_day;
    Poco::JSON::Object line{Poco::JSON_PRESERVE_KEY_ORDER};
    // Counted over the last 24 hours: what grew old meanwhile must not make it less than none.
    line.set("left", left - std::min(left, before.delivery.left_last_day));
    line.set("waiting", after.delivery.waiting);
    line.set("deferred", after.delivery.deferred);
    line.set("batches_run", after.batches_run);
    line.set("bounces", bounces);
    line.stringify(out);
    out << std::endl;
}

Choices told(const WorkOptions& options) {
    Choices choices;
    if (!options.mail.empty()) choices["mail_transport"] = options.mail;
    if (!options.portal_url.empty()) choices["portal_url"] = options.portal_url;
    if (!options.bounces.empty()) choices["bounces"] = options.bounces;
    return choices;
}
}  // namespace

int work(const WorkOptions& options, std::ostream& out, std::ostream& trouble) {
    const HeldSignals signals;
    const ConsoleOptions console{options, Needs::Both, told(options)};
    return with_instance(console, trouble, [&](Instance& instance, const Choices& choices) {
        const auto chosen = choices.find("bounces");
        const auto standard = DataFolder{options.data}.bounces();
        std::string maildir = chosen == choices.end() ? "" : chosen->second;
        if (maildir.empty() && std::filesystem::exists(standard)) maildir = standard.string();
        const Standing before = look(instance);
        const auto bounces = work_and_take(instance, maildir, options.until_empty, signals,
                                           trouble);
        print(before, look(instance), bounces, out);
        return 0;
    });
}
}  // namespace ppo_sim
