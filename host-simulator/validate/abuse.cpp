// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"

#include <cstring>

namespace ppo_validate {
namespace {
bool is_as_expected(const Expected& expected, ppo_result result, bool sink_was_called) {
    switch (expected.of) {
    case Expected::Of::Exactly: return result == expected.exactly;
    case Expected::Of::Misuse: return is_misuse(result);
    case Expected::Of::NotGood: return is_misuse(result) || is_refused(result);
    case Expected::Of::Defined: return is_defined(result);
    case Expected::Of::NotTooShort: return is_defined(result) && result != PPO_MISUSE_STRUCT_SIZE;
    case Expected::Of::HostFault:
        return sink_was_called ? result == PPO_FAULT_HOST : is_defined(result);
    case Expected::Of::Stopped: return sink_was_called ? result == PPO_STOPPED : is_defined(result);
    }
    return false;
}

std::string words_for(const Expected& expected) {
    switch (expected.of) {
    case Expected::Of::Exactly: return name_of(expected.exactly);
    case Expected::Of::Misuse: return "a misuse";
    case Expected::Of::NotGood: return "a misuse or a refusal";
    case Expected::Of::Defined: return "a result of a documented band";
    case Expected::Of::NotTooShort: return "anything but PPO_MISUSE_STRUCT_SIZE";
    case Expected::Of::HostFault: return "PPO_FAULT_HOST";
    case Expected::Of::Stopped: return "PPO_STOPPED";
    }
    return {};
}

bool ends_within(const char* text, std::size_t size) { return strnlen(text, size) < size; }
}  // namespace

std::string flaw_in_error(ppo_result result, const ppo_error& error) {
    if (result > 0)
        return error.result == 0 ? "" : "the error was written although the call was good";
    if (error.result != result) return "error.result is " + name_of(error.result);
    if (!ends_within(error.code, sizeof error.code) ||
        !ends_within(error.field, sizeof error.field) ||
        !ends_within(error.message, sizeof error.message))
        return "a text of the error is not NUL-terminated";
    const std::string code = error.code;
    const char* band = is_refused(result) ? "refused_" : is_misuse(result) ? "misuse_" : "fault_";
    if (code.rfind(band, 0) != 0) return "error.code is \"" + clean(code) + "\"";
    if (error.message[0] == '\0') return "error.message is empty";
    if (!is_good_text(error.message)) return "error.message is not UTF-8";
    return {};
}

std::vector<Case> cases_of(const Slot& slot) {
    std::vector<Case> all;
    for (std::size_t place = 0; place < slot.arguments.size(); ++place) {
        const Argument& argument = slot.arguments[place];
        switch (argument.kind) {
        case Kind::Instance:
        case Kind::View: put_handle_cases(slot, place, all); break;
        case Kind::Error: put_error_cases(slot, place, all); break;
        case Kind::Struct: put_struct_cases(argument, place, all); break;
        case Kind::Text: put_text_cases(argument, place, all); break;
        case Kind::Result: put_result_cases(argument, place, all); break;
        case Kind::Sink: put_sink_cases(argument, place, all); break;
        case Kind::Bytes:
        case Kind::List:
        case Kind::Counter:
        case Kind::Handle:
        case Kind::Number: put_value_cases(argument, place, all); break;
        }
    }
    return all;
}

void run_case(const Slot& slot, const Case& one, Stage& stage, Findings& findings) {
    const std::string what = slot.name + ", " + one.what;
    findings.at(what);
    auto values = stage.good_call(slot);
    one.spoil(stage, values);
    const void* table = slot.table_of(stage.practice.library);
    const ppo_result result = slot.call(table, values);
    const auto tell = [&](const std::string& flaw) { findings.fail(what + ": " + flaw + "."); };
    if (!slot.returns_nothing) {
        if (!is_as_expected(one.expected, result, stage.probe.calls > 0))
            tell("the answer is " + name_of(result) + ", not " + words_for(one.expected));
        const auto* error = stage.error;
        const bool readable = error != nullptr && error->struct_size >= sizeof(ppo_error);
        const std::string flaw = readable ? flaw_in_error(result, *error) : std::string{};
        if (!flaw.empty()) tell("the answer is " + name_of(result) + ", but " + flaw);
    }
    const std::string touched = stage.touched(result);
    if (!touched.empty()) tell(touched);
    for (const auto& problem : stage.probe.problems) tell(problem);
    if (slot.name == "ppo_plugin create" && result == PPO_OK) {
        void* made = nullptr;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (slot.arguments[i].kind == Kind::Handle && values[i].pointer != nullptr)
                std::memcpy(&made, values[i].pointer, sizeof made);
        stage.practice.library.core().destroy(static_cast<ppo_instance*>(made));
    }
    stage.clear(false);
}
}  // namespace ppo_validate
