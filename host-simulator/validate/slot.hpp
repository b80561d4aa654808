// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/guarded_memory.hpp"
#include "validate/practice.hpp"
#include "validate/shapes.hpp"

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Each slot of the contract as data: what its arguments are. One engine makes good calls and
// misused ones of it.
namespace ppo_validate {
class Stage;

/// One argument, whatever its type in C.
struct Value {
    void* pointer = nullptr;   // Handles, structs, sinks, results, text.
    std::size_t size = 0;      // Of text.
    std::uint64_t number = 0;  // Numbers.
};

enum class Kind {
    Instance,
    View,
    Struct,  // Filled by the caller, with its struct_size.
    Text,    // By value.
    Bytes,   // Raw, with their number as the next argument.
    List,    // Checkpoints, with their number as the next argument.
    Sink,
    Result,   // A struct that the slot fills.
    Counter,  // One number that the slot writes.
    Handle,   // Where the slot puts a handle.
    Number,
    Error
};

struct Argument {
    Kind kind = Kind::Number;
    std::string name{};
    bool optional = false;  // NULL is allowed.
    bool offers = false;    // Struct: a table, which may have more than the plugin knows.
    bool may_stop = false;  // Sink: PPO_STOPPED is one of its answers.
    std::size_t size = 0;   // Struct, Result: of 1.0.
    std::vector<Member> texts{};
    std::vector<Member> numbers{};
    std::vector<CountedMember> counted{};
    std::vector<std::string> left_aside{};  // Members of a struct that this slot does not look at.
    std::function<void(void* into, Stage&)> fill{};  // Struct, Sink: makes a good one.
    std::function<std::string(Stage&)> text{};
    std::uint64_t number = 0;
};

struct Slot {
    std::string table{};  // "onboarding"; "core" for ppo_plugin.
    std::string name{};   // "ppo.onboarding/1 set_access"
    std::vector<Argument> arguments{};
    bool returns_nothing = false;
    bool
        ends_something = false;  // A good call ends the instance or the view, or makes an instance.
    bool may_run_beside_others = true;  // [free], and not made for one caller alone.
    std::function<const void*(const Library&)> table_of{};
    std::function<bool(const void*)> is_there{};
    std::function<ppo_result(const void*, const std::vector<Value>&)> call{};
};

/// Every slot that the contract has in 1.0.
[[nodiscard]] std::vector<Slot> all_slots();
[[nodiscard]] std::vector<Slot> slots_of(const std::string& table);
[[nodiscard]] std::vector<std::string> table_names();

template <class Type>
Type argument_as(const Value& value) {
    if constexpr (std::is_pointer_v<Type>)
        return static_cast<Type>(value.pointer);
    else if constexpr (std::is_same_v<Type, ppo_text>)
        return {static_cast<const char*>(value.pointer), value.size};
    else
        return static_cast<Type>(value.number);
}

template <class Result, class... Types, std::size_t... Places>
ppo_result call_with(Result(PPO_CALL* function)(Types...), const std::vector<Value>& values,
                     std::index_sequence<Places...>) {
    if constexpr (std::is_void_v<Result>) {
        function(argument_as<Types>(values[Places])...);
        return PPO_OK;
    } else if constexpr (std::is_pointer_v<Result>) {
        return function(argument_as<Types>(values[Places])...) == nullptr
                   ? ppo_result{PPO_MISUSE_UNKNOWN_ID}
                   : ppo_result{PPO_OK};
    } else {
        return function(argument_as<Types>(values[Places])...);
    }
}

/// A row of all_slots(): the member of the table, and its arguments in their order.
template <class Table, class Result, class... Types>
[[nodiscard]] Slot make_slot(const char* table, const char* id, const char* name,
                             Result (PPO_CALL* Table::*member)(Types...),
                             std::vector<Argument> arguments) {
    Slot slot;
    slot.table = table;
    slot.name = std::string{id} + " " + name;
    if (arguments.size() != sizeof...(Types))
        throw std::logic_error{slot.name + " is described with another number of arguments"};
    slot.arguments = std::move(arguments);
    slot.returns_nothing = std::is_void_v<Result>;
    slot.table_of = [id](const Library& library) -> const void* {
        if constexpr (std::is_same_v<Table, ppo_plugin>) return &library.core();
        return library.table<Table>(id);
    };
    slot.is_there = [member](const void* object) {
        const auto* found = static_cast<const Table*>(object);
        const auto offset = reinterpret_cast<const char*>(&(found->*member)) -
                            static_cast<const char*>(object);
        return found->struct_size >= static_cast<std::size_t>(offset) + sizeof(found->*member) &&
               found->*member != nullptr;
    };
    slot.call = [member](const void* object, const std::vector<Value>& values) {
        return call_with(static_cast<const Table*>(object)->*member, values,
                         std::index_sequence_for<Types...>{});
    };
    return slot;
}
}  // namespace ppo_validate
