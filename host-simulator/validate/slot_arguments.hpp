// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/stage.hpp"

// The words in which slots.cpp and its neighbours describe arguments.
namespace ppo_validate {
[[nodiscard]] inline Argument argument_of(Kind kind, const char* name) {
    Argument made;
    made.kind = kind;
    made.name = name;
    return made;
}
[[nodiscard]] inline Argument self() { return argument_of(Kind::Instance, "self"); }
[[nodiscard]] inline Argument view() { return argument_of(Kind::View, "view"); }
[[nodiscard]] inline Argument error() { return argument_of(Kind::Error, "error"); }
[[nodiscard]] inline Argument checkpoints() { return argument_of(Kind::List, "checkpoints"); }
[[nodiscard]] inline Argument handle_out(const char* name) {
    return argument_of(Kind::Handle, name);
}
[[nodiscard]] inline Argument counter_out(const char* name) {
    auto made = argument_of(Kind::Counter, name);
    made.optional = true;
    return made;
}
[[nodiscard]] inline Argument number(const char* name, std::uint64_t good) {
    auto made = argument_of(Kind::Number, name);
    made.number = good;
    return made;
}
[[nodiscard]] inline Argument text_made(const char* name, std::function<std::string(Stage&)> make) {
    auto made = argument_of(Kind::Text, name);
    made.text = std::move(make);
    return made;
}
[[nodiscard]] inline Argument text(const char* name, const char* good) {
    return text_made(name, [good](Stage&) { return std::string{good}; });
}
[[nodiscard]] inline Argument patient_id() { return text("patient_id", "P001"); }

/// A struct that the caller fills; `fill` makes a good one.
template <class Struct, class Fill>
[[nodiscard]] Argument in(const char* name, Fill fill) {
    auto made = argument_of(Kind::Struct, name);
    made.size = sizeof(Struct);
    made.texts = text_members<Struct>();
    made.numbers = number_members<Struct>();
    made.counted = counted_members<Struct>();
    made.fill = [fill](void* into, Stage& stage) { fill(*static_cast<Struct*>(into), stage); };
    return made;
}

template <class Struct>
[[nodiscard]] Argument out(const char* name, bool optional) {
    auto made = argument_of(Kind::Result, name);
    made.size = sizeof(Struct);
    made.optional = optional;
    return made;
}

template <class Sink>
[[nodiscard]] Argument sink(bool may_stop) {
    auto made = argument_of(Kind::Sink, "sink");
    made.size = sizeof(Sink);
    made.may_stop = may_stop;
    made.fill = [](void* into, Stage& stage) {
        *static_cast<Sink*>(into) = Sink{&stage.probe, put_for(decltype(Sink::put){})};
    };
    return made;
}

[[nodiscard]] inline Argument caller() {
    return in<ppo_caller>("caller", [](ppo_caller& into, Stage& stage) {
        into = staff();
        into.staff_id = stage.lend("desk-1");
        into.name = stage.lend("Dana Desk");
        into.from = stage.lend("front desk");
    });
}

/// Everybody, in the order of names.
[[nodiscard]] inline ppo_report_query everybody(Stage& stage) {
    auto query = fresh<ppo_report_query>();
    query.search = stage.lend("");
    query.tag = stage.lend("");
    query.provider = stage.lend("");
    query.cursor = stage.lend("");
    return query;
}
[[nodiscard]] inline Argument report_query(std::vector<std::string> left_aside = {}) {
    auto made = in<ppo_report_query>(
        "query", [](ppo_report_query& into, Stage& stage) { into = everybody(stage); });
    made.left_aside = std::move(left_aside);
    return made;
}

void put_onboarding_slots(std::vector<Slot>& all);
void put_batch_slots(std::vector<Slot>& all);
void put_report_slots(std::vector<Slot>& all);
void put_selfservice_slots(std::vector<Slot>& all);
}  // namespace ppo_validate
