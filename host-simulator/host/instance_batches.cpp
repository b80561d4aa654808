// SPDX-License-Identifier: Apache-2.0
// Batches of invitations, and what comes back of them.
#include "host/calls.hpp"
#include "host/instance.hpp"
#include "host/sinks.hpp"

namespace ppo_sim {
namespace {
/// Borrows a selection; lives as long as one call.
class LentSelection {
public:
    explicit LentSelection(const BatchSelection& selection) {
        for (const auto& id : selection.patient_ids) ids_.push_back(borrow(id));
        if (selection.filter) filter_ = to_abi(*selection.filter);
        lent_ = {sizeof lent_, selection.signed_in_too ? std::uint32_t{PPO_BATCH_SIGNED_IN_TOO} : 0,
                 selection.filter ? &filter_ : nullptr, ids_.empty() ? nullptr : ids_.data(),
                 ids_.size()};
    }
    LentSelection(const LentSelection&) = delete;
    LentSelection& operator=(const LentSelection&) = delete;

    [[nodiscard]] const ppo_batch_selection* get() const { return &lent_; }

private:
    std::vector<ppo_text> ids_{};
    ppo_report_query filter_{};
    ppo_batch_selection lent_{};
};
}  // namespace

Answer Instance::preview_batch(const Staff& staff, const BatchSelection& selection,
                               BatchPreview& out) const {
    const LentSelection lent{selection};
    const auto sink = sink_into<ppo_batch_preview_sink, ppo_batch_preview>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().preview_batch(handle_, caller, lent.get(), &sink, error);
    });
}

Answer Instance::start_batch(const Staff& staff, const BatchSelection& selection,
                             BatchStarted& out) {
    const LentSelection lent{selection};
    ppo_batch_started started{};
    started.struct_size = sizeof started;
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().start_batch(handle_, caller, lent.get(), &started, error);
    });
    if (answer.good())
        out = {started.batch_id, started.selected, started.to_mail, started.starts_at};
    return answer;
}

Answer Instance::undo_batch(const Staff& staff, const std::string& batch_id) {
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().undo_batch(handle_, caller, borrow(batch_id), error);
    });
}

Answer Instance::pause_batch(const Staff& staff, const std::string& batch_id) {
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().pause_batch(handle_, caller, borrow(batch_id), error);
    });
}

Answer Instance::resume_batch(const Staff& staff, const std::string& batch_id) {
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().resume_batch(handle_, caller, borrow(batch_id), error);
    });
}

Answer Instance::cancel_batch(const Staff& staff, const std::string& batch_id) {
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().cancel_batch(handle_, caller, borrow(batch_id), error);
    });
}

Answer Instance::each_batch(const Staff& staff, const std::string& batch_id,
                            std::vector<BatchProgress>& out) const {
    const auto sink = sink_behind<ppo_batch_sink, ppo_batch>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().each_batch(handle_, caller, borrow(batch_id), &sink, error);
    });
}

Answer Instance::each_batch_person(const Staff& staff, const std::string& batch_id,
                                   std::uint32_t outcomes, std::uint32_t after, std::uint64_t limit,
                                   std::vector<BatchPerson>& out) const {
    const auto sink = sink_behind<ppo_batch_person_sink, ppo_batch_person>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().each_batch_person(handle_, caller, borrow(batch_id), outcomes,
                                                      after, limit, &sink, error);
    });
}

Answer Instance::write_batch(const Staff& staff, const std::string& batch_id,
                             std::uint32_t outcomes, const std::string& format,
                             const std::function<void(std::string_view)>& put) const {
    const ppo_text_sink sink = sink_to(put);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.onboarding().write_batch(handle_, caller, borrow(batch_id), outcomes,
                                                borrow(format), &sink, error);
    });
}

Answer Instance::take_delivery_report(const std::string& report) {
    return ask([&](ppo_error* error) {
        return plugin_.onboarding().take_delivery_report(
            handle_, reinterpret_cast<const std::uint8_t*>(report.data()), report.size(), error);
    });
}
}  // namespace ppo_sim
