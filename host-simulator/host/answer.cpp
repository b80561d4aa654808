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

std::string one_line(std::string text) {
    const auto is_second_control = [&text](std::size_t at) {
        // U+0080 to U+009F, which some terminals obey.
        return at + 1 < text.size() && text[at] == '\xc2' &&
               static_cast<unsigned char>(text[at + 1]) < 0xa0;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x20 || byte == 0x7f) text[at] = ' ';
        if (is_second_control(at)) text.replace(at, 2, " ");
    }
    return text;
}

Answer to_answer(ppo_result result, const ppo_error& error) {
    Answer answer{};
    answer.result = result;
    if (answer.good()) return answer;
    answer.code = one_line(copy_terminated(error.code));
    answer.field = one_line(copy_terminated(error.field));
    answer.message = one_line(copy_terminated(error.message));
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
