// SPDX-License-Identifier: Apache-2.0
#include "validate/stage.hpp"

#include <algorithm>
#include <cstring>

namespace ppo_validate {
namespace {
constexpr unsigned char canary = 0xA5;

struct FirstView {
    bool of_patient = false;
    std::string id{};
};

ppo_result PPO_CALL take_contribution(void* context, const ppo_contribution* given) {
    auto& first = *static_cast<FirstView*>(context);
    const bool needs_patient = (given->flags & PPO_CONTRIBUTION_NEEDS_PATIENT) != 0;
    if (first.id.empty() && needs_patient == first.of_patient) first.id = copy(given->view_id);
    return PPO_OK;
}
}  // namespace

ppo_view* open_first_view(Practice& practice, bool of_patient) {
    if (practice.ui == nullptr) throw NotOffered{"the plugin does not offer " PPO_UI_1};
    FirstView first{of_patient};
    const ppo_contribution_sink sink{&first, take_contribution};
    practice.ui->contributions(practice.self, {}, &sink, nullptr);
    if (first.id.empty()) throw NotOffered{"the plugin contributes no such view"};
    const auto caller = staff();
    auto request = fresh<ppo_view_request>();
    request.view_id = borrow(first.id);
    if (of_patient) request.patient_id = borrow("P001");
    ppo_view* opened = nullptr;
    auto error = fresh<ppo_error>();
    const auto result = practice.ui->open(practice.self, &caller, &request, &opened, &error);
    if (result != PPO_OK || opened == nullptr)
        throw CannotGoOn{told("open of the view " + first.id, result, error)};
    return opened;
}

Stage::Stage(Practice& at) : practice{at} {}

Stage::~Stage() {
    if (view_ != nullptr) practice.ui->close(view_);
}

ppo_view* Stage::view() {
    if (view_ == nullptr) view_ = open_first_view(practice, true);
    return view_;
}

ppo_view* Stage::ended_view() {
    ppo_view* closed = open_first_view(practice, false);
    practice.ui->close(closed);
    return closed;
}

ppo_instance* Stage::ended_instance() {
    if (ended_ != nullptr) return ended_;
    const auto result = practice.library.core().create(&practice.host.table,
                                                       &practice.settings.values, &ended_, nullptr);
    if (result != PPO_OK) throw CannotGoOn{"a second create answered " + name_of(result)};
    practice.library.core().destroy(ended_);
    return ended_;
}

ppo_text Stage::lend(std::string_view text) { return {memory.take_text(text), text.size()}; }

void Stage::watch(const void* begin, std::size_t size, const char* what, bool only_if_refused) {
    const auto* bytes = static_cast<const char*>(begin);
    watched_.push_back({bytes, {bytes, bytes + size}, what, only_if_refused});
}

void Stage::expect_zero(const void* begin, std::size_t size) {
    for (auto& one : watched_)
        if (one.begin == begin) one.zeroed = size;
}

std::string Stage::touched(ppo_result result) const {
    for (const auto& one : watched_) {
        const std::size_t zeroed = result == PPO_OK ? one.zeroed : 0;
        if (std::any_of(one.begin, one.begin + zeroed, [](char byte) { return byte != 0; }))
            return "what the plugin cannot know of the result was not set to zero";
        if ((result < 0 || !one.only_if_refused) &&
            std::memcmp(one.begin + zeroed, one.bytes.data() + zeroed, one.bytes.size() - zeroed) !=
                0)
            return one.what;
    }
    return {};
}

void Stage::clear(bool poison) {
    watched_.clear();
    probe = {};
    error = nullptr;
    if (poison)
        memory.poison();
    else
        memory.reuse();
}

std::vector<Value> Stage::good_call(const Slot& slot) {
    std::vector<Value> values;
    for (const auto& argument : slot.arguments) values.push_back(good_argument(argument));
    return values;
}

Value Stage::good_argument(const Argument& argument) {
    Value value;
    switch (argument.kind) {
    case Kind::Instance: value.pointer = practice.self; break;
    case Kind::View: value.pointer = view(); break;
    case Kind::Struct:
    case Kind::Sink:
        value.pointer = memory.take(argument.size);
        argument.fill(value.pointer, *this);
        break;
    case Kind::Text:
    case Kind::Bytes: {
        const auto text = argument.text(*this);
        value.pointer = memory.take_text(text);
        value.size = text.size();
        break;
    }
    case Kind::Result: {
        auto* place = static_cast<char*>(memory.take(argument.size + behind));
        std::memset(place, canary, argument.size + behind);
        const auto size = static_cast<std::uint32_t>(argument.size);
        std::memcpy(place, &size, sizeof size);
        watch(place + sizeof size, argument.size - sizeof size,
              "the result was written although the call failed", true);
        watch(place + argument.size, behind, "bytes behind the result were written", false);
        value.pointer = place;
        break;
    }
    case Kind::Counter:
    case Kind::Handle:
        value.pointer = memory.take(8);
        std::memset(value.pointer, canary, 8);
        watch(value.pointer, 8, "the result was written although the call failed", true);
        break;
    case Kind::Error:
        error = static_cast<ppo_error*>(memory.take(sizeof(ppo_error) + behind));
        error->struct_size = sizeof(ppo_error);
        watch(error + 1, behind, "bytes behind the error were written", false);
        value.pointer = error;
        break;
    case Kind::List: break;
    case Kind::Number: value.number = argument.number; break;
    }
    return value;
}
}  // namespace ppo_validate
