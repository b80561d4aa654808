// SPDX-License-Identifier: Apache-2.0
#include "host/answer.hpp"

#include <cstring>

namespace ppo_sim {
namespace {
/// The plugin promises a terminator; a host does not bet its memory on that.
template <std::size_t size>
std::string copy_terminated(const char (&text)[size]) {
    return std::string{text, strnlen(text, size)};
}
}  // namespace

Answer to_answer(ppo_result result, const ppo_error& error) {
    Answer answer{};
    answer.result = result;
    if (answer.good()) return answer;
    answer.code = copy_terminated(error.code);
    answer.field = copy_terminated(error.field);
    answer.message = copy_terminated(error.message);
    answer.retry_after_ms = error.retry_after_ms;
    if (answer.code.empty()) answer.code = "result_" + std::to_string(result);
    if (answer.message.empty()) answer.message = "The plugin gave no reason.";
    return answer;
}

ppo_error empty_error() {
    ppo_error error{};
    error.struct_size = sizeof error;
    return error;
}
}  // namespace ppo_sim
