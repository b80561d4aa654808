// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_words.hpp"

#include "domain/local_time.hpp"

#include <algorithm>

namespace ppo {
namespace {
std::int64_t count_of(const BatchProgress& batch, BatchOutcome outcome) {
    return batch.by_outcome.at(static_cast<std::size_t>(outcome));
}

std::int64_t on_their_way(const BatchProgress& batch) {
    std::int64_t number = 0;
    for (const auto outcome : {BatchOutcome::Waiting, BatchOutcome::Queued, BatchOutcome::Sending,
                               BatchOutcome::Deferred})
        number += count_of(batch, outcome);
    return number;
}

std::string running_sentence(const BatchProgress& batch, const std::string& done_at) {
    std::string sentence = batch_counts(batch);
    if (batch.mails_per_minute > 0)
        sentence += ", about " + grouped(batch.mails_per_minute) + " a minute";
    if (!done_at.empty()) sentence += ", done about " + done_at;
    return sentence;
}
}  // namespace

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string counted(std::int64_t number, std::string_view noun) {
    return grouped(number) + " " + std::string{noun} + (number == 1 ? "" : "s");
}

std::string_view batch_state_word(BatchState state) {
    switch (state) {
    case BatchState::HeldBack: return "held back";
    case BatchState::Running: return "running";
    case BatchState::Paused: return "paused";
    case BatchState::Done: return "done";
    case BatchState::Cancelled: return "cancelled";
    case BatchState::Undone: return "undone";
    }
    return {};
}

const std::vector<OutcomeWords>& all_batch_outcomes() {
    static const std::vector<OutcomeWords> all{
        {BatchOutcome::Sent, "sent", "mailed"},
        {BatchOutcome::Waiting, "waiting", "waiting"},
        {BatchOutcome::Queued, "queued", "queued"},
        {BatchOutcome::Sending, "sending", "sending"},
        {BatchOutcome::Deferred, "deferred", "deferred"},
        {BatchOutcome::Failed, "failed", "failed"},
        {BatchOutcome::Bounced, "bounced", "bounced"},
        {BatchOutcome::Unknown, "unknown", "outcome unknown"},
        {BatchOutcome::Skipped, "skipped", "skipped"},
        {BatchOutcome::Cancelled, "cancelled", "cancelled before it left"},
        {BatchOutcome::TakenBack, "taken_back", "taken back"},
    };
    return all;
}

std::string_view batch_outcome_word(BatchOutcome outcome) {
    const auto& all = all_batch_outcomes();
    const auto found = std::find_if(all.begin(), all.end(), [&](const OutcomeWords& words) {
        return words.outcome == outcome;
    });
    return found == all.end() ? std::string_view{} : found->word;
}

bool is_open(const BatchProgress& batch) {
    return moves(batch) || batch.state == BatchState::Paused;
}

bool moves(const BatchProgress& batch) {
    return batch.state == BatchState::HeldBack || batch.state == BatchState::Running;
}

std::int64_t settled(const BatchProgress& batch) { return batch.selected - on_their_way(batch); }

std::string batch_counts(const BatchProgress& batch) {
    std::string counts = grouped(count_of(batch, BatchOutcome::Sent)) + " of " +
                         grouped(batch.selected) + " mailed";
    for (const auto& words : all_batch_outcomes()) {
        const bool is_said = words.outcome == BatchOutcome::Sent ||
                             words.outcome == BatchOutcome::Waiting ||
                             words.outcome == BatchOutcome::Queued ||
                             words.outcome == BatchOutcome::Sending;
        const auto number = count_of(batch, words.outcome);
        if (!is_said && number > 0)
            counts += ", " + grouped(number) + " " + std::string{words.word};
    }
    return counts;
}

std::string batch_sentence(const BatchProgress& batch, const Practice& practice, UnixTime now) {
    const auto shown = [&](std::optional<UnixTime> time) {
        return time ? write_short_time(*time, now, practice.time_zone) : std::string{};
    };
    switch (batch.state) {
    case BatchState::HeldBack:
        if (batch.starts_at <= now)
            return "Begins now: " + grouped(on_their_way(batch)) + " will be mailed";
        return "Held back until " + shown(batch.starts_at) + ": can be undone; " +
               grouped(on_their_way(batch)) + " will be mailed";
    case BatchState::Running: return running_sentence(batch, shown(batch.done_at));
    case BatchState::Paused: return "Paused: " + batch_counts(batch);
    case BatchState::Done: return "Done at " + shown(batch.ended_at) + ": " + batch_counts(batch);
    case BatchState::Cancelled:
        return "Cancelled at " + shown(batch.ended_at) + ": " + batch_counts(batch);
    case BatchState::Undone: return "Undone at " + shown(batch.ended_at) + ": nobody was mailed";
    }
    return {};
}
}  // namespace ppo
