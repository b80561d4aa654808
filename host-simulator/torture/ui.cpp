// SPDX-License-Identifier: Apache-2.0
// ppo.ui/1.
#include "torture/call.hpp"
#include "torture/tables.hpp"
#include "torture/view_model.hpp"

namespace ppo_torture {
namespace {
/// One call at a time and view; a second one is the host's mistake.
class Turn {
public:
    explicit Turn(View& view) : view_{view}, got_{!view.busy.exchange(true)} {}
    ~Turn() {
        if (got_) view_.busy = false;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool got() const { return got_; }

private:
    View& view_;
    bool got_;
};

/// Every slot with a view.
template <typename Work>
ppo_result enter_view(Slot slot, ppo_view* handle, ppo_error* error, const Work& work) {
    try {
        const auto view = handle == nullptr ? nullptr : Handles::all().find(handle);
        if (!view || view->ended) {
            found(view ? view->instance.get() : nullptr, view ? "view_after_end" : "handle", slot,
                  "a call with a view that has ended or never was");
            return bad_handle(slot, error);
        }
        Call call{slot, view->instance, error, view->turn};
        const Turn turn{*view};
        if (!turn.got()) {
            call.complain("view_calls_overlap", "two calls of one view ran at once");
            return call.say(PPO_MISUSE_STATE, "misuse_state");
        }
        if (const auto stopped = call.stopped_at_the_door()) return *stopped;
        call.dawdle();
        if (view->wants_to_close)
            return call.say(PPO_MISUSE_STATE, "misuse_state", "", "The view asked to be closed.");
        return work(call, *view);
    } catch (...) {
        return PPO_FAULT_INTERNAL;
    }
}

ppo_result PPO_CALL contributions(ppo_instance* self, ppo_text, const ppo_contribution_sink* sink,
                                  ppo_error* error) {
    return enter(Slot::ppo_ui_1_contributions, self, error, [&](Call& call) -> ppo_result {
        if (!call.present(sink != nullptr)) return call.refused();
        const auto put = [&](const char* location, const char* view_id, const char* label,
                             std::uint32_t flags) {
            ppo_contribution made{};
            made.flags = flags | (call.has(Mode::Unknown) ? 0x80000000U : 0);
            made.permission = PPO_MAY_ONBOARD;
            made.order = call.has(Mode::Extremes) ? UINT32_MAX : 1;
            made.location = call.words().keep(location);
            made.view_id = call.words().keep(view_id);
            made.label = call.words().lend(label);
            made.hint = call.words().lend("A hint");
            return call.hand(*sink, made);
        };
        if (const auto end = put("menu.my-links", report_view, "Torture", 0)) return *end;
        if (const auto end = put("menu.my-links", zoo_view, "Everything", 0)) return *end;
        if (const auto end = put("patient.edit.tabs", tab_view, "Torture",
                                 PPO_CONTRIBUTION_NEEDS_PATIENT))
            return *end;
        if (call.has(Mode::Unknown))
            if (const auto end = put("wall.of-the-lobby", zoo_view, "Nowhere", 0)) return *end;
        return PPO_OK;
    });
}

bool knows_patient(Call& call, const std::string& id) {
    if (call.has(Mode::Strangers)) return false;
    const std::lock_guard guard{call.practice().lock};
    return call.practice().people.count(id) == 1;
}

ppo_result PPO_CALL open(ppo_instance* self, const ppo_caller* caller,
                         const ppo_view_request* request, ppo_view** out, ppo_error* error) {
    return enter(Slot::ppo_ui_1_open, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(request) || !call.present(out != nullptr))
            return call.refused();
        auto view = std::make_shared<View>();
        view->view_id = copy(request->view_id);
        view->patient_id = copy(request->patient_id);
        view->turn = call.turn();
        const bool tab = view->view_id == tab_view;
        if (!tab && view->view_id != report_view && view->view_id != zoo_view)
            return call.say(PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id");
        if ((tab || call.has(Mode::Strangers)) && !knows_patient(call, view->patient_id))
            return call.say(PPO_REFUSED_UNKNOWN_PATIENT, "refused_unknown_patient");
        if ((caller->permissions & PPO_MAY_ONBOARD) == 0)
            return call.say(PPO_REFUSED_NOT_PERMITTED, "refused_not_permitted");
        view->instance = Handles::all().find(self);
        *out = Handles::all().add(std::move(view));
        return PPO_OK;
    });
}

ppo_result PPO_CALL render(ppo_view* handle, const ppo_text_sink* sink, ppo_error* error) {
    return enter_view(Slot::ppo_ui_1_render, handle, error, [&](Call& call, View& view) {
        if (!call.present(sink != nullptr)) return call.refused();
        return deliver(call, *sink, model_of(call, view));
    });
}

ppo_result PPO_CALL edit(ppo_view* handle, ppo_text field_id, ppo_text value, ppo_error* error) {
    return enter_view(Slot::ppo_ui_1_edit, handle, error,
                      [&](Call& call, View& view) -> ppo_result {
                          const std::string id = copy(field_id);
                          if (id.empty() || id == "address")
                              return call.say(PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id",
                                              "field_id", "There is no such field.");
                          if (value.size > 1024)
                              return call.say(PPO_MISUSE_TEXT_TOO_LONG, "misuse_text_too_long");
                          ++view.revision;
                          view.edited[id] = copy(value);
                          return PPO_OK;
                      });
}

std::optional<ppo_result> put_effect(Call& call, const ppo_effect_sink& sink, std::uint32_t kind,
                                     const std::string& target, const std::string& text,
                                     const std::string& action_id = {}) {
    ppo_effect made{};
    made.kind = kind;
    made.tone = call.has(Mode::Unknown) ? 77 : PPO_TONE_SUCCESS;
    made.target = call.words().keep(target);
    made.text = call.words().keep(text);
    made.action_id = call.words().keep(action_id);
    if (!action_id.empty()) made.action_label = call.words().lend("Undo");
    return call.hand(sink, made);
}

/// Every kind of effect, in an order that nobody expects, with targets that nobody should follow.
std::optional<ppo_result> many_effects(Call& call, const ppo_effect_sink& sink, std::uint64_t nth) {
    const std::string text = call.words().text("An effect");
    switch (nth % 6) {
    case 0:
        return put_effect(call, sink, PPO_EFFECT_OPEN_URL, "javascript:alert('torture-canary')",
                          "");
    case 1: return put_effect(call, sink, PPO_EFFECT_OPEN_VIEW, "torture.nowhere", "nobody");
    case 2:
        for (std::uint32_t kind : {0U, 8U, 99U, UINT32_MAX})
            if (const auto end = put_effect(call, sink, kind, "later", text)) return end;
        return put_effect(call, sink, PPO_EFFECT_TOAST, "", text, "no such action");
    case 3:
        for (int piece = 0; piece < 100; ++piece)
            if (const auto end = put_effect(call, sink, PPO_EFFECT_SAVE_TEXT,
                                            "../../torture-canary \"<b>\".csv", text + "\r\n"))
                return end;
        return {};
    case 4: return put_effect(call, sink, PPO_EFFECT_COPY_TEXT, "no such field", text);
    default:
        return put_effect(call, sink, PPO_EFFECT_OPEN_URL, "//elsewhere.example/\r\nX-Torture: 1",
                          "");
    }
}

ppo_result PPO_CALL invoke(ppo_view* handle, ppo_text action_id, ppo_text,
                           const ppo_effect_sink* sink, ppo_error* error) {
    return enter_view(
        Slot::ppo_ui_1_invoke, handle, error, [&](Call& call, View& view) -> ppo_result {
            if (!call.present(sink != nullptr)) return call.refused();
            const std::string id = copy(action_id);
            if (id.rfind("refused", 0) == 0)
                return call.say(PPO_REFUSED_COOLING_DOWN, "refused_cooling_down");
            ++view.revision;
            view.has_dialog = id.rfind("open_dialog", 0) == 0;
            if (call.has(Mode::Effects) || call.has(Mode::Markup) || call.has(Mode::Unknown)) {
                if (const auto end = many_effects(call, *sink, call.nth())) return *end;
            }
            if (call.has(Mode::Closing)) {
                view.wants_to_close = true;
                if (const auto end = put_effect(call, *sink, PPO_EFFECT_CLOSE, "", "")) return *end;
            }
            if (const auto end = put_effect(call, *sink, PPO_EFFECT_TOAST, "",
                                            call.words().text("Done"), "undo"))
                return *end;
            if (const auto end = put_effect(call, *sink, PPO_EFFECT_REFRESH, "nobody", ""))
                return *end;
            return PPO_OK;
        });
}

void PPO_CALL close(ppo_view* handle) {
    ++calls_of_slots().at(static_cast<std::size_t>(Slot::ppo_ui_1_close));
    try {
        const auto view = handle == nullptr ? nullptr : Handles::all().find(handle);
        if (!view || view->ended) return;
        const Turn turn{*view};
        if (!turn.got())
            found(view->instance.get(), "view_calls_overlap", Slot::ppo_ui_1_close,
                  "a view was closed while another call of it ran");
        view->ended = true;
        if (turn.got()) view->edited.clear();
    } catch (...) {
        // Nobody can be told.
    }
}
}  // namespace

const ppo_ui_1 ui_table = {
    .struct_size = sizeof(ppo_ui_1),
    .reserved = 0,
    .contributions = contributions,
    .open = open,
    .render = render,
    .edit = edit,
    .invoke = invoke,
    .close = close,
};
}  // namespace ppo_torture
