// SPDX-License-Identifier: Apache-2.0
#include "torture/call.hpp"

#include "torture/callbacks.hpp"
#include "torture/errors.hpp"

#include <chrono>
#include <thread>

namespace ppo_torture {
namespace {
Taste taste_of(const Modes& modes, std::uint64_t turn) {
    return {modes.has(Mode::Long, turn), modes.has(Mode::Empty, turn),
            modes.has(Mode::Unicode, turn), modes.has(Mode::Markup, turn)};
}

template <std::size_t Size>
void fill(char (&to)[Size], std::string_view text) {
    const auto fitting = cut(text, Size - 1);
    std::memcpy(to, fitting.data(), fitting.size());
    to[fitting.size()] = '\0';
}

/// Without a struct_size nothing may be written: nobody knows how much there is.
bool is_sized(const ppo_error& error) { return error.struct_size >= sizeof(ppo_error); }

void write(ppo_error* error, ppo_result result, std::string_view code, std::string_view field,
           std::string_view message, std::int64_t retry_after_ms) {
    if (error == nullptr || !is_sized(*error)) return;
    error->result = result;
    error->retry_after_ms = retry_after_ms;
    fill(error->code, code);
    fill(error->field, field);
    fill(error->message, message);
}

/// Slots that a host can do nothing without; `errors` leaves every other call of the rest alone, so
/// that a host gets on.
bool is_every_second(Slot slot, std::uint64_t nth) {
    return slot == Slot::ppo_plugin_shutdown ? nth == 0 : nth % 2 == 1;
}
}  // namespace

std::uint32_t& depth_of_this_thread() {
    thread_local std::uint32_t depth = 0;
    return depth;
}

Call::Call(Slot slot, std::shared_ptr<Instance> instance, ppo_error* error,
           std::optional<std::uint64_t> turn)
    : slot_{slot},
      instance_{std::move(instance)},
      error_{error},
      turn_{turn ? *turn : instance_->turn.fetch_add(1)},
      nth_{instance_->calls.at(static_cast<std::size_t>(slot)).fetch_add(1)},
      words_{taste_of(instance_->modes, turn_), instance_->modes.seed + nth_} {
    ++calls_of_slots().at(static_cast<std::size_t>(slot));
    ++instance_->inside;
    ++depth_of_this_thread();
    if (error_ != nullptr && !is_sized(*error_))
        complain("struct_size", "a ppo_error has no struct_size, or one too small for 1.0");
}

Call::~Call() {
    --depth_of_this_thread();
    --instance_->inside;
}

std::optional<ppo_result> Call::stopped_at_the_door() {
    if (error_ != nullptr && !is_sized(*error_)) return PPO_MISUSE_STRUCT_SIZE;
    const bool ends = slot_ == Slot::ppo_plugin_shutdown || slot_ == Slot::ppo_ui_1_close;
    if (instance_->shut_down && !ends) {
        if (!instance_->may_be_on_its_way())
            complain("call_after_shutdown", "a call came after shutdown");
        return say(PPO_MISUSE_STATE, "misuse_state", "", "The instance was shut down.");
    }
    const Modes& modes = instance_->modes;
    const bool meant = modes.at.empty() || modes.at == name_of(slot_);
    if (modes.answer != 0 && meant && !ends)
        return say(modes.answer, "", "", "So says the torture.");
    if (!meant || !has(Mode::Errors) || !is_every_second(slot_, nth_)) return {};
    const Refusal no = refusal(nth_ / 2);
    return say(no.result, no.code, no.field, no.message, no.retry_after_ms);
}

void Call::dawdle() {
    if (has(Mode::Callbacks)) call_back(*this);
    const auto slow = instance_->modes.slow_ms;
    if (slow != 0) std::this_thread::sleep_for(std::chrono::milliseconds{slow});
}

ppo_result Call::say(ppo_result result, std::string_view code, std::string_view field,
                     std::string_view message, std::int64_t retry_after_ms) {
    write(error_, result, code, field, message, retry_after_ms);
    return result;
}

ppo_result Call::say(ppo_result result, std::string_view code) {
    return say(result, code, "",
               words_.text("The torture says no.", sizeof(ppo_error::message) - 1));
}

bool Call::refuse(ppo_result result, const char* code, const char* sentence) {
    complain(code, sentence);
    refused_ = say(result, std::string{"misuse_"} + code, "", "A caller's mistake.");
    return false;
}

std::optional<ppo_result> Call::after_sink(ppo_result answer) {
    if (answer == 0) complain("sink_answered_zero", "a sink answered 0, which is never success");
    if (answer == PPO_STOPPED) return PPO_STOPPED;
    if (answer > 0) return {};
    return say(PPO_FAULT_HOST, "fault_host", "", "The host could not take it.");
}

std::shared_ptr<Instance> instance_of(Slot slot, ppo_instance* self) {
    auto instance = self == nullptr ? nullptr : Handles::all().find(self);
    if (!instance) {
        found(nullptr, "handle", slot, "a call with a pointer that is no handle of this library");
    } else if (instance->ended) {
        found(nullptr, "call_after_destroy", slot, "a call with an instance that has ended");
        return nullptr;
    }
    return instance;
}

ppo_result bad_handle(Slot slot, ppo_error* error) {
    ++calls_of_slots().at(static_cast<std::size_t>(slot));
    write(error, PPO_MISUSE_HANDLE, "misuse_handle", "", "This is no handle.", 0);
    return PPO_MISUSE_HANDLE;
}

ppo_result deliver(Call& call, const ppo_text_sink& sink, const std::string& text) {
    if (!call.present(sink.put != nullptr)) return call.refused();
    // In turn: a piece a character, a thousand pieces, all at once.
    const std::uint64_t way = call.has(Mode::Pieces) ? call.nth() % 3 : 2;
    const std::size_t size = way == 0 ? 4 : way == 1 ? text.size() / 1000 + 4 : text.size() + 4;
    std::string_view rest = text;
    std::uint64_t pieces = 0;
    while (!rest.empty()) {
        if (way != 2 && ++pieces % 7 == 0)
            if (const auto end = call.after_sink(sink.put(sink.context, rest.data(), 0)))
                return *end;
        const auto piece = cut(rest, way == 0 ? 1 : size);
        const auto taken = piece.empty() ? cut(rest, size) : piece;
        if (const auto end = call.after_sink(sink.put(sink.context, taken.data(), taken.size())))
            return *end;
        rest.remove_prefix(taken.size());
    }
    return call.has(Mode::Stopped) ? PPO_STOPPED : PPO_OK;
}
}  // namespace ppo_torture
