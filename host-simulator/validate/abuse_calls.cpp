// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"

#include <array>
#include <cstring>
#include <limits>

// Handles, errors, sinks and numbers that no good host would give.
namespace ppo_validate {
namespace {
using Of = Expected::Of;

void put(std::vector<Case>& all, Aspect aspect, std::string what, Expected expected,
         std::function<void(Stage&, std::vector<Value>&)> spoil, bool reaches = false) {
    all.push_back({aspect, std::move(what), std::move(spoil), expected, reaches});
}

void* stranger(Stage& stage) { return stage.memory.take(256); }

/// Addresses that are nobody's handle, whatever handles are.
struct Address {
    const char* what;
    std::uintptr_t address;
};
constexpr std::array nobodys{
    Address{"1", 1},
    Address{"2", 2},
    Address{"7", 7},
    Address{"8", 8},
    Address{"255", 255},
    Address{"4095", 4095},
    Address{"65535", 65535},
    Address{"2^31", std::uintptr_t{1} << 31U},
    Address{"2^32", std::uintptr_t{1} << 32U},
    Address{"2^47", std::uintptr_t{1} << 47U},
    Address{"a pattern", 0xDEADBEEFDEADBEEF},
    Address{"another pattern", 0xA5A5A5A5A5A5A5A5},
    Address{"the last address", std::numeric_limits<std::uintptr_t>::max()},
    Address{"the last but seven", std::numeric_limits<std::uintptr_t>::max() - 7},
};
}  // namespace

void put_handle_cases(const Slot& slot, std::size_t place, std::vector<Case>& all) {
    const bool is_view = slot.arguments[place].kind == Kind::View;
    const Expected wrong{Of::Exactly, PPO_MISUSE_HANDLE};
    const auto add = [&](const std::string& what, Expected expected, auto address_of) {
        put(all, Aspect::Errors, slot.arguments[place].name + " = " + what, expected,
            [place, address_of](Stage& stage, std::vector<Value>& values) {
                values[place].pointer = address_of(stage, values[place].pointer);
            });
    };
    add("NULL", {Of::Exactly, PPO_MISUSE_NULL}, [](Stage&, void*) -> void* { return nullptr; });
    for (const auto& one : nobodys)
        add(one.what, wrong,
            [address = one.address](Stage&, void*) { return reinterpret_cast<void*>(address); });
    add("memory of zeroes", wrong, [](Stage& stage, void*) { return stranger(stage); });
    add("memory of ones", wrong, [](Stage& stage, void*) {
        void* bytes = stranger(stage);
        std::memset(bytes, 0xFF, 256);
        return bytes;
    });
    for (const int by : {-1, 1, 4})
        add("a handle moved by " + std::to_string(by), wrong,
            [by](Stage&, void* good) -> void* { return static_cast<char*>(good) + by; });
    add("an ended handle", wrong, [is_view](Stage& stage, void*) -> void* {
        if (is_view) return stage.ended_view();
        return stage.ended_instance();
    });
    if (is_view)
        add("an instance", wrong, [](Stage& stage, void*) -> void* { return stage.practice.self; });
}

void put_error_cases(const Slot& slot, std::size_t place, std::vector<Case>& all) {
    const bool has_handle = slot.arguments.front().kind == Kind::Instance ||
                            slot.arguments.front().kind == Kind::View;
    const Expected answer{has_handle ? Of::Exactly : Of::Misuse, PPO_MISUSE_HANDLE};
    const auto go_wrong = [has_handle](Stage& stage, std::vector<Value>& values) {
        values[0].pointer = has_handle ? stranger(stage) : nullptr;
    };
    put(all, Aspect::Errors, "with a wrong first argument and no error", answer,
        [place, go_wrong](Stage& stage, std::vector<Value>& values) {
            go_wrong(stage, values);
            values[place].pointer = nullptr;
            stage.error = nullptr;
        });
    for (const std::uint32_t size : {0U, 1U, 4U, 8U, 12U, 16U, 17U, 64U, 111U, 112U, 113U, 511U}) {
        put(all, Aspect::Growth, "with an error of " + std::to_string(size) + " bytes", answer,
            [size, go_wrong](Stage& stage, std::vector<Value>& values) {
                go_wrong(stage, values);
                stage.error->struct_size = size;
                const auto from = std::max<std::size_t>(size, sizeof size);
                stage.watch(reinterpret_cast<const char*>(stage.error) + from,
                            sizeof(ppo_error) - from, "more of the error was written than it has",
                            false);
            });
    }
    put(all, Aspect::Growth, "with an error of a later minor", answer,
        [go_wrong](Stage& stage, std::vector<Value>& values) {
            go_wrong(stage, values);
            stage.error->struct_size = sizeof(ppo_error) + behind;
        });
}

void put_sink_cases(const Argument& argument, std::size_t place, std::vector<Case>& all) {
    const Expected missing{argument.optional ? Of::Defined : Of::Exactly, PPO_MISUSE_NULL};
    put(
        all, Aspect::Sinks, "sink = NULL", missing,
        [place](Stage&, std::vector<Value>& values) { values[place].pointer = nullptr; }, true);
    put(
        all, Aspect::Sinks, "sink->put = NULL", missing,
        [place](Stage&, std::vector<Value>& values) {
            std::memset(static_cast<char*>(values[place].pointer) + sizeof(void*), 0,
                        sizeof(void*));
        },
        true);
    for (const std::int64_t answer :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{-999}, std::int64_t{PPO_MISUSE_NULL},
          std::int64_t{PPO_REFUSED_BUSY}, std::int64_t{PPO_FAULT_HOST}, std::int64_t{3},
          std::int64_t{99}, std::int64_t{INT32_MIN}, std::int64_t{INT32_MAX}})
        put(
            all, Aspect::Sinks, "its sink answers " + std::to_string(answer), {Of::HostFault},
            [answer](Stage& stage, std::vector<Value>&) {
                stage.probe.answers = static_cast<ppo_result>(answer);
            },
            true);
    put(
        all, Aspect::Sinks, "its sink answers PPO_STOPPED",
        {argument.may_stop ? Of::Stopped : Of::Defined},
        [](Stage& stage, std::vector<Value>&) { stage.probe.answers = PPO_STOPPED; }, true);
    put(
        all, Aspect::Sinks, "its sink calls back in", {Of::Defined},
        [](Stage& stage, std::vector<Value>&) {
            auto& practice = stage.practice;
            stage.probe.calls_back = [&practice] {
                const auto who = staff();
                SinkProbe inner;
                const ppo_account_sink into{&inner, &put_item<ppo_account>};
                if (practice.onboarding != nullptr)
                    practice.onboarding->get_account(practice.self, &who, borrow("P001"), &into,
                                                     nullptr);
            };
        },
        true);
}

void put_value_cases(const Argument& argument, std::size_t place, std::vector<Case>& all) {
    const auto set_null = [place](Stage&, std::vector<Value>& values) {
        values[place].pointer = nullptr;
    };
    if (argument.kind == Kind::Number) {
        for (const std::uint64_t number :
             {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3},
              std::uint64_t{99}, std::uint64_t{0x7FFFFFFF}, std::uint64_t{0x80000000},
              std::uint64_t{0xFFFFFFFF}, std::uint64_t{1} << 53U, std::uint64_t{1} << 63U,
              ~std::uint64_t{0}}) {
            const bool counts_bytes = argument.name == "size" || argument.name == "count";
            if (counts_bytes) continue;  // A lie about memory that is lent is not to be found out.
            put(
                all, Aspect::Values, argument.name + " = " + std::to_string(number), {Of::Defined},
                [place, number](Stage&, std::vector<Value>& values) {
                    values[place].number = number;
                },
                true);
        }
        return;
    }
    if (argument.kind == Kind::Bytes || argument.kind == Kind::List) {
        for (const std::uint64_t count :
             {std::uint64_t{1}, std::uint64_t{10'000'001}, ~std::uint64_t{0}})
            put(all, Aspect::Values,
                argument.name + " = NULL, with a count of " + std::to_string(count), {Of::Misuse},
                [place, count, set_null](Stage& stage, std::vector<Value>& values) {
                    set_null(stage, values);
                    values[place + 1].number = count;
                });
        for (const std::size_t size : {std::size_t{0}, std::size_t{1048577}})
            if (argument.kind == Kind::Bytes)
                put(all, Aspect::Values, std::to_string(size) + " bytes", {Of::NotGood},
                    [place, size](Stage& stage, std::vector<Value>& values) {
                        values[place].pointer = stage.memory.take(size, true);
                        values[place + 1].number = size;
                    });
        return;
    }
    const bool may_be_null = argument.optional;
    put(all, Aspect::Values, argument.name + " = NULL",
        {may_be_null ? Of::Defined : Of::Exactly, PPO_MISUSE_NULL}, set_null, true);
}
}  // namespace ppo_validate
