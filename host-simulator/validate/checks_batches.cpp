// SPDX-License-Identifier: Apache-2.0
#include "validate/practice.hpp"

#include <numeric>
#include <optional>

namespace ppo_validate {
namespace {
/// A batch, copied out of a sink.
struct Standing {
    std::uint32_t state = 0;
    std::uint64_t selected = 0;
    std::uint64_t sum = 0;
    ppo_time starts_at = PPO_TIME_NONE;
};

ppo_result PPO_CALL take_batch(void* context, const ppo_batch* batch) {
    auto& standing = *static_cast<std::optional<Standing>*>(context);
    standing = Standing{batch->state, batch->selected,
                        std::accumulate(std::begin(batch->by_outcome), std::end(batch->by_outcome),
                                        std::uint64_t{0}),
                        batch->starts_at};
    return PPO_OK;
}

ppo_result PPO_CALL take_preview(void* context, const ppo_batch_preview* preview) {
    *static_cast<std::uint64_t*>(context) = preview->to_mail;
    return PPO_OK;
}

/// A practice where everybody has access and nobody was invited; one batch after the other.
class Batches {
public:
    Batches(const Target& target, Findings& notes) : findings{notes}, practice{target, notes} {
        if (practice.onboarding == nullptr)
            throw NotOffered{"the plugin does not offer " PPO_ONBOARDING_1};
        for (const auto& person : practice.host.people)
            practice.onboarding->set_access(practice.self, &caller_, borrow(person.id), 1, nullptr,
                                            nullptr);
        for (const auto& person : practice.host.people) ids_.push_back(borrow(person.id));
    }

    std::string start() {
        practice.host.now += 86'400'000;  // Yesterday's mails count no more.
        auto selection = fresh<ppo_batch_selection>();
        selection.patient_ids = ids_.data();
        selection.patient_id_count = ids_.size();
        std::uint64_t to_mail = 0;
        const ppo_batch_preview_sink sink{&to_mail, take_preview};
        findings.at("preview_batch");
        practice.onboarding->preview_batch(practice.self, &caller_, &selection, &sink, nullptr);
        findings.expect(to_mail == ids_.size(),
                        "preview_batch would mail " + std::to_string(to_mail) + " of " +
                            std::to_string(ids_.size()) + " who can be invited.");
        auto started = fresh<ppo_batch_started>();
        auto error = fresh<ppo_error>();
        findings.at("start_batch");
        const auto result = practice.onboarding->start_batch(practice.self, &caller_, &selection,
                                                             &started, &error);
        if (result != PPO_OK) throw CannotGoOn{told("start_batch", result, error)};
        return {started.batch_id, strnlen(started.batch_id, sizeof started.batch_id)};
    }

    Standing standing(const std::string& id) {
        std::optional<Standing> found;
        const ppo_batch_sink sink{&found, take_batch};
        practice.onboarding->each_batch(practice.self, &caller_, borrow(id), &sink, nullptr);
        if (!found) throw CannotGoOn{"each_batch does not know a batch that was started."};
        findings.expect(found->sum == found->selected,
                        "The outcomes of a batch are not everybody who was selected.");
        return *found;
    }

    using Change = decltype(ppo_onboarding_1::pause_batch);
    void expect(const char* what, Change change, const std::string& id, ppo_result expected) {
        findings.at(what);
        auto error = fresh<ppo_error>();
        const auto result = change(practice.self, &caller_, borrow(id), &error);
        if (result != expected)
            findings.fail(told(what, result, error) + " Expected is " + name_of(expected) + ".");
    }
    void expect_state(const std::string& id, std::uint32_t state, const std::string& when) {
        const auto now = standing(id).state;
        if (now != state)
            findings.fail(when + " the state is " + std::to_string(now) + ", not " +
                          std::to_string(state) + ".");
    }
    /// Work of `steps` steps after the hold-back.
    void run(const std::string& id, int steps) {
        practice.host.now = std::max<ppo_time>(practice.host.now, standing(id).starts_at + 1000);
        for (int step = 0; step < steps; ++step) {
            findings.at("work(0), step " + std::to_string(step + 1));
            const auto result = practice.library.core().work(practice.self, 0, nullptr);
            if (result != PPO_OK && result != PPO_MORE)
                findings.fail("work answered " + name_of(result) + ".");
        }
    }
    /// After its end nothing of a batch leaves any more.
    void expect_quiet(const std::string& when) {
        const auto left = practice.host.mails().size();
        practice.host.now += 3'600'000;
        practice.work_until_done();
        const auto more = practice.host.mails().size() - left;
        if (more != 0)
            findings.fail(std::to_string(more) + " mails left after a batch had ended " + when +
                          ".");
    }

    Findings& findings;
    Practice practice;
    [[nodiscard]] const ppo_onboarding_1& table() const { return *practice.onboarding; }

private:
    ppo_caller caller_ = staff();
    std::vector<ppo_text> ids_{};
};

void check_undo(const Target& target, Findings& findings) {
    Batches batches{target, findings};
    const auto& table = batches.table();
    const auto id = batches.start();
    batches.expect_state(id, PPO_BATCH_HELD_BACK, "After start_batch");
    batches.expect("undo_batch, held back", table.undo_batch, id, PPO_OK);
    batches.expect_state(id, PPO_BATCH_UNDONE, "After undo_batch");
    batches.expect("undo_batch, twice", table.undo_batch, id, PPO_REFUSED_BATCH_STATE);
    batches.expect("cancel_batch, undone", table.cancel_batch, id, PPO_REFUSED_BATCH_STATE);
    batches.expect("undo_batch, unknown", table.undo_batch, "none", PPO_REFUSED_UNKNOWN_BATCH);
    batches.expect_quiet("by undo_batch");
    const auto second = batches.start();
    batches.run(second, 1);
    batches.expect("undo_batch, after the hold-back", table.undo_batch, second,
                   PPO_REFUSED_BATCH_STATE);
}

void check_cancel_while_held_back(const Target& target, Findings& findings) {
    Batches batches{target, findings};
    const auto& table = batches.table();
    const auto id = batches.start();
    batches.expect("cancel_batch, held back", table.cancel_batch, id, PPO_OK);
    batches.expect_state(id, PPO_BATCH_CANCELLED, "After cancel_batch");
    batches.expect("cancel_batch, twice", table.cancel_batch, id, PPO_REFUSED_BATCH_STATE);
    batches.expect("resume_batch, cancelled", table.resume_batch, id, PPO_REFUSED_BATCH_STATE);
    batches.expect_quiet("by cancel_batch while held back");
}

void check_cancel_at_each_step(const Target& target, Findings& findings) {
    constexpr int most_steps = 12;
    Batches batches{target, findings};
    const auto& table = batches.table();
    std::size_t mailed = 0;
    for (int steps = 0; steps < most_steps; ++steps) {
        const auto id = batches.start();
        batches.run(id, steps);
        if (batches.standing(id).state == PPO_BATCH_DONE) break;
        batches.expect("cancel_batch, running", table.cancel_batch, id, PPO_OK);
        const std::string when = "by cancel_batch after " + std::to_string(steps) + " steps";
        batches.expect_quiet(when);
        batches.expect_state(id, PPO_BATCH_CANCELLED, "After cancel_batch and work");
        mailed = batches.practice.host.mails().size();
    }
    findings.figure("mails", std::to_string(mailed));
}

void check_pause(const Target& target, Findings& findings) {
    Batches batches{target, findings};
    const auto& table = batches.table();
    for (const int steps : {0, 1, 3}) {
        const auto id = batches.start();
        if (steps > 0) batches.run(id, steps);
        if (batches.standing(id).state == PPO_BATCH_DONE) continue;
        batches.expect("pause_batch", table.pause_batch, id, PPO_OK);
        batches.expect_state(id, PPO_BATCH_PAUSED, "After pause_batch");
        batches.practice.work_until_done();  // What is in hand leaves.
        batches.expect_quiet("its running by pause_batch");
        batches.expect("pause_batch, twice", table.pause_batch, id, PPO_REFUSED_BATCH_STATE);
        if (steps == 1) {
            batches.expect("resume_batch", table.resume_batch, id, PPO_OK);
            batches.run(id, 1);
            batches.practice.work_until_done();
            batches.expect_state(id, PPO_BATCH_DONE, "After resume_batch and work");
            batches.expect("cancel_batch, done", table.cancel_batch, id, PPO_REFUSED_BATCH_STATE);
        } else {
            batches.expect("cancel_batch, paused", table.cancel_batch, id, PPO_OK);
            batches.expect_quiet("by cancel_batch while paused");
        }
    }
}
}  // namespace

void put_batch_checks(std::vector<Check>& all) {
    const char* mend = "See the slots of batches in ppo/onboarding.h.";
    all.push_back({"batches.undo", "A batch is undone within its hold-back only, and mails nobody.",
                   mend, check_undo});
    all.push_back({"batches.cancel_held_back", "A batch that is held back is cancelled for good.",
                   mend, check_cancel_while_held_back});
    all.push_back({"batches.cancel_at_each_step",
                   "Cancelled after any number of steps of work, nothing of a batch leaves later.",
                   mend, check_cancel_at_each_step});
    all.push_back({"batches.pause",
                   "A paused batch sends nothing, goes on where it was, and can be cancelled.",
                   mend, check_pause});
}
}  // namespace ppo_validate
