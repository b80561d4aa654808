// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

// Structs, results and texts that no good host would give.
namespace ppo_validate {
namespace {
using Of = Expected::Of;
using Spoil = std::function<void(Stage&, std::vector<Value>&)>;

void put(std::vector<Case>& all, Aspect aspect, std::string what, Expected expected, Spoil spoil,
         bool reaches = false) {
    all.push_back({aspect, std::move(what), std::move(spoil), expected, reaches});
}

template <class Number>
void write_at(void* object, std::size_t offset, Number number) {
    std::memcpy(static_cast<char*>(object) + offset, &number, sizeof number);
}

struct Wording {
    const char* what;
    std::string_view bytes;
    bool is_wrong;  // Else it is odd, but text.
};
using namespace std::string_view_literals;
constexpr std::array wordings{
    Wording{"bytes that never are UTF-8", "\xFF\xFE"sv, true},
    Wording{"an overlong character", "P\xC0\xAF"sv, true},
    Wording{"another overlong character", "P\xE0\x80\x80"sv, true},
    Wording{"half of a pair of surrogates", "\xED\xA0\x80"sv, true},
    Wording{"a character that is cut off", "P\xC3"sv, true},
    Wording{"a longer one that is cut off", "P\xE2\x82"sv, true},
    Wording{"a character beyond Unicode", "\xF4\x90\x80\x80"sv, true},
    Wording{"a character's second byte alone", "P\x80"sv, true},
    Wording{"a NUL inside", "P\0001"sv, true},
    Wording{"a NUL at the end", "P001\0"sv, true},
    Wording{"only a NUL", "\0"sv, true},
    Wording{"nothing, but not NULL", ""sv, false},
    Wording{"a blank", " "sv, false},
    Wording{"control characters", "\x01\x02\x1B[2J"sv, false},
    Wording{"line ends", "a\r\nBcc: b@example.test"sv, false},
    Wording{"quotes", "';--\"<script>[[link]]"sv, false},
    Wording{"letters written right to left", "\xE2\x80\xAE\xD7\x90\xD7\x91"sv, false},
    Wording{"a path upwards", "../../../etc/passwd"sv, false},
    Wording{"a percent sign and braces", "%s%n{}$1"sv, false},
};

/// Puts a case for every odd text; `place_text` brings it where it belongs.
void put_wordings(const std::string& name, std::vector<Case>& all,
                  const std::function<void(Stage&, std::vector<Value>&, ppo_text)>& place_text) {
    for (const auto& one : wordings)
        put(
            all, Aspect::Text, name + " = " + one.what, {one.is_wrong ? Of::Misuse : Of::Defined},
            [place_text, bytes = one.bytes](Stage& stage, std::vector<Value>& values) {
                place_text(stage, values, stage.lend(bytes));
            },
            !one.is_wrong);
    for (const std::size_t size : {std::size_t{65536}, std::size_t{1048577}})
        put(all, Aspect::Text, name + " = a text of " + std::to_string(size) + " bytes",
            {Of::Defined}, [place_text, size](Stage& stage, std::vector<Value>& values) {
                place_text(stage, values, stage.lend(std::string(size, 'x')));
            });
    for (const std::size_t size : {std::size_t{1}, std::size_t{4}, std::size_t{1} << 40U,
                                   std::numeric_limits<std::size_t>::max()})
        put(all, Aspect::Text, name + " = NULL, with a size of " + std::to_string(size),
            {Of::Misuse}, [place_text, size](Stage& stage, std::vector<Value>& values) {
                place_text(stage, values, {nullptr, size});
            });
    put(
        all, Aspect::Text, name + " = absent", {Of::Defined},
        [place_text](Stage& stage, std::vector<Value>& values) { place_text(stage, values, {}); },
        true);
}

/// The struct of a later minor, with `tail` as its last byte.
Spoil grown(std::size_t place, std::size_t size, std::size_t by, char tail) {
    return [=](Stage& stage, std::vector<Value>& values) {
        auto* larger = static_cast<char*>(stage.memory.take(size + by));
        std::memcpy(larger, values[place].pointer, size);
        write_at(larger, 0, static_cast<std::uint32_t>(size + by));
        larger[size + by - 1] = tail;
        values[place].pointer = larger;
    };
}

void put_sizes(const Argument& argument, std::size_t place, std::vector<Case>& all) {
    const auto size = static_cast<std::uint32_t>(argument.size);
    for (const std::uint32_t shorter : {0U, 1U, 4U, 7U, size / 2, size - 8, size - 4, size - 1})
        put(all, Aspect::Growth, argument.name + " with struct_size " + std::to_string(shorter),
            {Of::Exactly, PPO_MISUSE_STRUCT_SIZE},
            [place, shorter](Stage&, std::vector<Value>& values) {
                write_at(values[place].pointer, 0, shorter);
            });
    for (const std::size_t by : {std::size_t{8}, std::size_t{4096}})
        put(all, Aspect::Growth,
            argument.name + " larger by " + std::to_string(by) + " bytes of zero",
            {Of::NotTooShort}, grown(place, argument.size, by, 0), true);
    for (const std::size_t by : {std::size_t{8}, std::size_t{4096}})
        put(all, Aspect::Growth,
            argument.name + " larger by " + std::to_string(by) + " bytes, the last of them 1",
            argument.offers ? Expected{Of::NotTooShort}
                            : Expected{Of::Exactly, PPO_MISUSE_STRUCT_SIZE},
            grown(place, argument.size, by, 1), argument.offers);
}
}  // namespace

void put_struct_cases(const Argument& argument, std::size_t place, std::vector<Case>& all) {
    put(all, Aspect::Values, argument.name + " = NULL", {Of::Exactly, PPO_MISUSE_NULL},
        [place](Stage&, std::vector<Value>& values) { values[place].pointer = nullptr; });
    put_sizes(argument, place, all);
    const auto is_read = [&argument](const char* name) {
        const auto& aside = argument.left_aside;
        return std::find(aside.begin(), aside.end(), name) == aside.end();
    };
    for (const auto& member : argument.texts)
        if (is_read(member.name))
            put_wordings(
                argument.name + "->" + member.name, all,
                [place, offset = member.offset](Stage&, std::vector<Value>& values, ppo_text text) {
                    write_at(values[place].pointer, offset, text);
                });
    for (const auto& member : argument.numbers)
        for (const std::uint64_t number :
             {std::uint64_t{7}, std::uint64_t{99}, std::uint64_t{0x80000000},
              std::uint64_t{0xFFFFFFFF}, ~std::uint64_t{0}})
            put(
                all, Aspect::Values,
                argument.name + "->" + member.name + " = " + std::to_string(number), {Of::Defined},
                [place, member, number](Stage&, std::vector<Value>& values) {
                    std::memcpy(static_cast<char*>(values[place].pointer) + member.offset, &number,
                                member.size);
                },
                true);
    for (const auto& member : argument.counted)
        if (is_read(member.name))
            for (const std::uint64_t count : {std::uint64_t{1}, ~std::uint64_t{0}})
                put(all, Aspect::Values,
                    argument.name + "->" + member.name + " = " + std::to_string(count) + " of NULL",
                    {Of::Misuse}, [place, member, count](Stage&, std::vector<Value>& values) {
                        write_at(values[place].pointer, member.pointer,
                                 static_cast<void*>(nullptr));
                        write_at(values[place].pointer, member.count, count);
                    });
}

void put_result_cases(const Argument& argument, std::size_t place, std::vector<Case>& all) {
    put(
        all, Aspect::Values, argument.name + " = NULL",
        {argument.optional ? Of::Defined : Of::Exactly, PPO_MISUSE_NULL},
        [place](Stage&, std::vector<Value>& values) { values[place].pointer = nullptr; }, true);
    const auto with_size = [&](std::uint32_t size, Expected expected) {
        put(
            all, Aspect::Growth, argument.name + " with struct_size " + std::to_string(size),
            expected,
            [place, size, known = argument.size](Stage& stage, std::vector<Value>& values) {
                auto* result = static_cast<char*>(values[place].pointer);
                write_at(result, 0, size);
                const std::size_t from = std::max<std::size_t>(size, sizeof size);
                if (from < known)
                    stage.watch(result + from, known - from,
                                "more of the result was written than its struct_size", false);
                else
                    stage.expect_zero(result + known, from - known);
            },
            true);
    };
    for (const std::uint32_t size : {0U, 1U, 4U})
        with_size(size, {Of::Exactly, PPO_MISUSE_STRUCT_SIZE});
    const auto known = static_cast<std::uint32_t>(argument.size);
    for (std::uint32_t size = 8; size<known; size += known> 64 ? 32 : 4)
        with_size(size, {Of::Defined});
    with_size(known - 1, {Of::Defined});
    with_size(known + 8, {Of::NotTooShort});
    with_size(known + static_cast<std::uint32_t>(behind), {Of::NotTooShort});
}

void put_text_cases(const Argument& argument, std::size_t place, std::vector<Case>& all) {
    put_wordings(argument.name, all, [place](Stage&, std::vector<Value>& values, ppo_text text) {
        values[place].pointer = const_cast<char*>(text.data);
        values[place].size = text.size;
    });
}
}  // namespace ppo_validate
