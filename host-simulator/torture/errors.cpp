// SPDX-License-Identifier: Apache-2.0
#include "torture/errors.hpp"

#include "torture/words.hpp"

#include <array>

namespace ppo_torture {
namespace {
struct Kind {
    ppo_result result;
    const char* code;
};

constexpr std::array<Kind, 10> kinds{{
    {PPO_REFUSED_COOLING_DOWN, "refused_cooling_down"},
    {-1999, "refused_by_a_later_minor"},
    {PPO_REFUSED_TOO_MANY_TRIES, "refused_too_many_tries"},
    {PPO_MISUSE_VALUE, "misuse_value"},
    {-2999, ""},
    {PPO_FAULT_STORE_BUSY, "fault_store_busy"},
    {PPO_FAULT_STORE_UNKNOWN, "fault_store_unknown"},
    {-3999, ""},
    {PPO_REFUSED_NOT_PERMITTED, "refused_not_permitted"},
    {PPO_FAULT_HOST, "fault_host"},
}};
constexpr std::uint64_t shapes = 4;

// What a fault may name is not for patients: a good portal keeps it to itself.
constexpr std::string_view
    inner_words = "/var/lib/practice/torture-inner.sqlite: disk I/O error 10";

/// As long as a message can be, with what a page must escape, cut between characters.
std::string full_message() {
    std::string text = "<b data-torture-canary>torture-canary</b> \"&'; Zo\u00eb: ";
    while (text.size() < 420) text += "wait \u4e2d ";
    return std::string{cut(text, sizeof(ppo_error::message) - 1)};
}
}  // namespace

std::uint64_t refusal_count() { return kinds.size() * shapes; }

Refusal refusal(std::uint64_t nth) {
    const Kind& kind = kinds.at(nth % kinds.size());
    Refusal no{kind.result, kind.code, {}, {}, 0};
    const std::uint64_t shape = (nth / kinds.size()) % shapes;
    if (shape == 0) {
        no.message = kind.result <= -3000 ? std::string{inner_words} : "No, says the torture.";
        no.field = "username";
    } else if (shape == 1) {
        no.retry_after_ms = INT64_MAX;  // Neither code nor words.
        no.code = "";
    } else if (shape == 2) {
        no.message = full_message();
        no.field = std::string(sizeof(ppo_error::field) - 1, 'f');
        no.code = std::string(sizeof(ppo_error::code) - 1, 'c');
        no.retry_after_ms = 1;
    } else {
        no.message = "Wait, says the torture.";
        no.retry_after_ms = 90'000;
        no.field = "password";
    }
    return no;
}

Refusal refusal_of_create(std::uint32_t nth) {
    static constexpr std::array<Kind, 21> faults{{
        {PPO_FAULT_INTERNAL, "fault_internal"},
        {PPO_FAULT_MEMORY, "fault_memory"},
        {PPO_FAULT_HOST, "fault_host"},
        {PPO_FAULT_CLOCK, "fault_clock"},
        {-3005, "fault_library"},
        {PPO_FAULT_STORE, "fault_store"},
        {PPO_FAULT_STORE_UNREADABLE, "fault_store_unreadable"},
        {PPO_FAULT_STORE_DAMAGED, "fault_store_damaged"},
        {PPO_FAULT_STORE_NEWER, "fault_store_newer"},
        {PPO_FAULT_STORE_READ_ONLY, "fault_store_read_only"},
        {PPO_FAULT_STORE_BUSY, "fault_store_busy"},
        {PPO_FAULT_STORE_FULL, "fault_store_full"},
        {PPO_FAULT_KEYS, "fault_keys"},
        {PPO_FAULT_STORE_LOST, "fault_store_lost"},
        {PPO_FAULT_STORE_UNKNOWN, "fault_store_unknown"},
        {-3999, ""},
        {PPO_MISUSE_SETTING, "misuse_setting"},
        {PPO_MISUSE_STRUCT_SIZE, "misuse_struct_size"},
        {-2999, ""},
        {-1999, ""},
        {PPO_MISUSE_NULL, "misuse_null"},
    }};
    const Kind& kind = faults.at((nth - 1) % faults.size());
    Refusal no{kind.result, kind.code, {}, {}, 0};
    if (*kind.code != '\0') no.message = "The torture does not start.";
    if (kind.result == PPO_MISUSE_SETTING) no.field = "practice_phone";
    if (kind.result == PPO_FAULT_STORE_DAMAGED) no.message = full_message();
    return no;
}
}  // namespace ppo_torture
