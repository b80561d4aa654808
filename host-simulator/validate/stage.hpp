// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/slot.hpp"

#include <type_traits>

namespace ppo_validate {
/// What a sink was given, and what it answers.
struct SinkProbe {
    ppo_result answers = PPO_OK;
    int stops_at = 0;  // The call at which it answers PPO_STOPPED; 0 = never.
    int calls = 0;
    std::vector<std::string> problems{};
    std::function<void()> calls_back{};

    void complain(std::string sentence) {
        if (problems.size() < 5) problems.push_back(std::move(sentence));
    }
    void read(const char* name, ppo_text text) {
        if (text.data == nullptr ? text.size != 0 : !is_good_text({text.data, text.size}))
            complain(std::string{"its sink was given bad text as "} + name);
    }
    [[nodiscard]] ppo_result answer() {
        if (calls_back) calls_back();
        return calls == stops_at ? PPO_STOPPED : answers;
    }
};

/// Reads all that a sink is given, while it is valid.
template <class Item>
ppo_result PPO_CALL put_item(void* context, const Item* item) {
    auto& probe = *static_cast<SinkProbe*>(context);
    ++probe.calls;
    if (item == nullptr) {
        probe.complain("its sink was given NULL");
        return probe.answer();
    }
    if (item->struct_size < sizeof(Item)) probe.complain("its sink was given a short struct_size");
    for (const auto& member : text_members<Item>())
        probe.read(member.name, *reinterpret_cast<const ppo_text*>(
                                    reinterpret_cast<const char*>(item) + member.offset));
    if constexpr (requires { item->cells; })
        for (std::uint64_t i = 0; i < item->row_count * item->column_count; ++i)
            probe.read("cells", item->cells[i].text);
    if constexpr (requires { item->suggestions; })
        for (std::uint64_t i = 0; i < item->suggestion_count; ++i)
            probe.read("suggestions", item->suggestions[i]);
    if constexpr (requires { item->why; })
        for (std::uint64_t i = 0; i < item->why_count; ++i)
            probe.read("why", item->why[i]->sentence);
    if constexpr (requires { item->skips; })
        for (std::uint64_t i = 0; i < item->skip_count; ++i)
            probe.read("skips", item->skips[i]->sentence);
    return probe.answer();
}

inline ppo_result PPO_CALL put_piece(void* context, const char* data, std::size_t size) {
    auto& probe = *static_cast<SinkProbe*>(context);
    ++probe.calls;
    probe.read("text", {data, size});
    return probe.answer();
}

template <class Item>
auto put_for(ppo_result(PPO_CALL*)(void*, const Item*)) {
    return &put_item<Item>;
}
inline auto put_for(ppo_result(PPO_CALL*)(void*, const char*, std::size_t)) { return &put_piece; }

/// Where calls are made: a practice, memory for what is lent, a probe behind every sink.
class Stage {
public:
    explicit Stage(Practice& practice);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// Good arguments for the slot. They stay until clear().
    [[nodiscard]] std::vector<Value> good_call(const Slot& slot);
    /// An open view of a patient, or of none if the plugin has none for patients.
    [[nodiscard]] ppo_view* view();
    /// The handle of an instance that was destroyed, and of a view that was closed.
    [[nodiscard]] ppo_instance* ended_instance();
    [[nodiscard]] ppo_view* ended_view();
    /// Borrowed text, in memory of its own.
    [[nodiscard]] ppo_text lend(std::string_view text);
    template <class Struct>
    [[nodiscard]] Struct* lend_struct(const Struct& value, std::size_t count = 1) {
        auto* place = static_cast<Struct*>(memory.take(sizeof(Struct) * count));
        *place = value;
        return place;
    }
    /// Bytes that must stay as they are: whatever is answered, or if the answer is no.
    void watch(const void* begin, std::size_t size, const char* what, bool only_if_refused);
    /// The first bytes of what is watched from there must be zero if the answer is PPO_OK.
    void expect_zero(const void* begin, std::size_t size);
    [[nodiscard]] std::string touched(ppo_result result) const;
    void clear(bool poison);

    Practice& practice;
    GuardedMemory memory{};
    SinkProbe probe{};
    ppo_error* error = nullptr;  // Of the last good_call; NULL if the slot has none.

private:
    struct Watched {
        const char* begin = nullptr;
        std::vector<char> bytes{};
        const char* what = "";
        bool only_if_refused = false;
        std::size_t zeroed = 0;  // So many of the bytes, once the answer is PPO_OK.
    };
    [[nodiscard]] Value good_argument(const Argument& argument);
    std::vector<Watched> watched_{};
    ppo_view* view_ = nullptr;
    ppo_instance* ended_ = nullptr;
};

/// Opens the first view that the plugin contributes, for P001 if it needs a patient.
[[nodiscard]] ppo_view* open_first_view(Practice& practice, bool of_patient);

constexpr std::size_t behind = 64;  // Bytes watched behind a result.
}  // namespace ppo_validate
