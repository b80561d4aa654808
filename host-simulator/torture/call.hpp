// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torture/findings.hpp"
#include "torture/instance.hpp"
#include "torture/words.hpp"

#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace ppo_torture {
/// True while this thread is inside a call of this library.
[[nodiscard]] std::uint32_t& depth_of_this_thread();

/// A struct of the contract as a later minor would hand it out: larger, with something in what 1.0
/// does not know.
template <typename Struct>
struct Longer {
    Struct known{};
    std::uint64_t later[4] = {0xa5a5a5a5a5a5a5a5U, 1, 0xffffffffffffffffU, 7};
};

/// One call of one slot: what it may do, its texts, its error struct.
class Call {
public:
    Call(Slot slot, std::shared_ptr<Instance> instance, ppo_error* error,
         std::optional<std::uint64_t> turn = {});
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    [[nodiscard]] Slot slot() const { return slot_; }
    [[nodiscard]] Instance& self() const { return *instance_; }
    [[nodiscard]] Practice& practice() const { return *instance_->practice; }
    [[nodiscard]] Words& words() { return words_; }
    [[nodiscard]] bool has(Mode mode) const { return instance_->modes.has(mode, turn_); }
    [[nodiscard]] std::uint64_t turn() const { return turn_; }
    /// How often this slot was called before.
    [[nodiscard]] std::uint64_t nth() const { return nth_; }
    [[nodiscard]] ppo_time now() const { return instance_->host.now(*instance_); }

    /// What stands in the way of the call: after shutdown, a mode that answers errors.
    [[nodiscard]] std::optional<ppo_result> stopped_at_the_door();
    /// Slow or talkative modes do what they do before the work of the call.
    void dawdle();

    /// Says why a call is not good; answers the result.
    ppo_result say(ppo_result result, std::string_view code, std::string_view field,
                   std::string_view message, std::int64_t retry_after_ms = 0);
    ppo_result say(ppo_result result, std::string_view code);
    void complain(const char* code, const std::string& sentence) const {
        found(instance_.get(), code, slot_, sentence);
    }

    /// False, and a finding, for a struct of the host that is missing or says no size. `last` is
    /// the end of what 1.0 has.
    template <typename Struct>
    [[nodiscard]] bool sized(const Struct* given, std::size_t least = sizeof(Struct)) {
        if (given == nullptr)
            return refuse(PPO_MISUSE_NULL, "null", "a pointer that must not be NULL is");
        if (given->struct_size < least)
            return refuse(PPO_MISUSE_STRUCT_SIZE, "struct_size",
                          "a struct has no struct_size, or one too small for 1.0");
        return true;
    }
    template <typename Struct>
    [[nodiscard]] bool sized_or_null(const Struct* given) {
        return given == nullptr || sized(given);
    }
    [[nodiscard]] bool present(bool is_there) {
        return is_there || refuse(PPO_MISUSE_NULL, "null", "a pointer that must not be NULL is");
    }
    /// What `sized` and the others refused with.
    [[nodiscard]] ppo_result refused() const { return refused_; }

    /// What to do after a sink's answer: nothing = go on.
    [[nodiscard]] std::optional<ppo_result> after_sink(ppo_result answer);

    /// Hands a struct to a sink, larger than 1.0 where the mode says so.
    template <typename Struct, typename Sink>
    [[nodiscard]] std::optional<ppo_result> hand(const Sink& sink, Struct given) {
        if (!has(Mode::Tails)) {
            given.struct_size = sizeof given;
            return after_sink(sink.put(sink.context, &given));
        }
        Longer<Struct> longer;
        longer.known = given;
        longer.known.struct_size = sizeof longer;
        return after_sink(sink.put(sink.context, &longer.known));
    }

    /// Writes into a struct that the host owns: no more than it has room for.
    template <typename Struct>
    void give(Struct* out, Struct given) {
        if (out == nullptr) return;
        const std::uint32_t size = out->struct_size;
        given.struct_size = size;
        std::memcpy(out, &given, std::min<std::size_t>(size, sizeof given));
        if (size > sizeof given)  // Whatever a newer host has beyond is zero.
            std::memset(reinterpret_cast<char*>(out) + sizeof given, 0, size - sizeof given);
    }

private:
    bool refuse(ppo_result result, const char* code, const char* sentence);

    Slot slot_;
    std::shared_ptr<Instance> instance_;
    ppo_error* error_;
    std::uint64_t turn_;
    std::uint64_t nth_;
    Words words_;
    ppo_result refused_ = PPO_MISUSE_NULL;
};

/// Finds the instance of a handle; a finding and null if it is none, or has ended.
[[nodiscard]] std::shared_ptr<Instance> instance_of(Slot slot, ppo_instance* self);

/// Tells of a bad handle in `error`, if the host gave one.
ppo_result bad_handle(Slot slot, ppo_error* error);

/// Every slot with an instance: handle, door, work. Nothing is thrown into the host.
template <typename Work>
ppo_result enter(Slot slot, ppo_instance* self, ppo_error* error, const Work& work) {
    try {
        auto instance = instance_of(slot, self);
        if (!instance) return bad_handle(slot, error);
        Call call{slot, std::move(instance), error};
        if (const auto stopped = call.stopped_at_the_door()) return *stopped;
        call.dawdle();
        return work(call);
    } catch (...) {
        return PPO_FAULT_INTERNAL;
    }
}

/// Copies what the host lent.
[[nodiscard]] inline std::string copy(ppo_text text) {
    return text.data == nullptr ? std::string{} : std::string{text.data, text.size};
}

/// Delivers a text as the call's mode wants it: whole, bit by bit, with empty pieces.
[[nodiscard]] ppo_result deliver(Call& call, const ppo_text_sink& sink, const std::string& text);
}  // namespace ppo_torture
