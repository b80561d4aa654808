// SPDX-License-Identifier: Apache-2.0
#include "web/view_session.hpp"

#include <algorithm>
#include <utility>

namespace ppo_sim {
namespace {
std::string tone_word(std::uint32_t tone) {
    switch (tone) {
    case PPO_TONE_SUCCESS: return "success";
    case PPO_TONE_WARNING: return "warning";
    case PPO_TONE_DANGER: return "danger";
    default: return "neutral";
    }
}

bool is_web_address(const std::string& url) {
    return url.starts_with("https://") || url.starts_with("http://");
}

/// Where to go after an action; empty = stay.
class EffectRunner {
public:
    EffectRunner(const Desk& desk, const ViewSpot& spot) : desk_{desk}, spot_{spot} {}

    std::string run(const std::vector<Effect>& effects) {
        for (const auto& effect : effects) perform(effect);
        return go_;
    }

private:
    void perform(const Effect& effect) {
        switch (effect.kind) {
        case PPO_EFFECT_TOAST: desk_.session.toasts.push_back(toast(effect)); break;
        case PPO_EFFECT_COPY_TEXT: desk_.session.copy_text = effect.text; break;
        case PPO_EFFECT_CLOSE: go_ = spot_.close_url; break;
        case PPO_EFFECT_OPEN_VIEW: go_ = view_url(effect); break;
        case PPO_EFFECT_OPEN_URL:
            if (is_web_address(effect.target)) go_ = effect.target;
            break;
        case PPO_EFFECT_SAVE_TEXT: go_ = "/emr/document"; break;
        default:
            break;  // PPO_EFFECT_REFRESH: every answer is drawn afresh. Unknown ones are ignored.
        }
    }

    [[nodiscard]] Toast toast(const Effect& effect) const {
        Toast said{.tone = tone_word(effect.tone), .text = effect.text};
        if (effect.action_id.empty()) return said;
        said.undo = without_blanks(effect.action_id);
        if (!effect.argument.empty()) said.undo += " " + effect.argument;
        said.undo_label = effect.action_label;
        said.csrf = desk_.session.csrf;
        return said;
    }

    [[nodiscard]] std::string view_url(const Effect& effect) const {
        for (const auto& place : desk_.contributions(tab_location)) {
            if (place.view_id == effect.target && !effect.text.empty()) {
                return patient_url(effect.text) + "/edit?tab=" + encode_url(effect.target);
            }
        }
        const std::string url = "/emr/view/" + encode_url(effect.target);
        return effect.text.empty() ? url : url + "?patient=" + encode_url(effect.text);
    }

    const Desk& desk_;
    const ViewSpot& spot_;
    std::string go_{};
};

std::string view_messages(const Desk& desk) {
    Frame frame;
    frame.toasts = std::exchange(desk.session.toasts, {});
    frame.copy_text = std::exchange(desk.session.copy_text, {});
    return messages(frame);
}

Response show(const Desk& desk, const ViewSpot& spot, const ViewSession& view, int status = 200) {
    if (desk.request.fragment == "view")
        return Response::html(view_messages(desk) + view.html(), status);
    const std::string title = view.model().title();
    const std::string main = spot.around(title, view.html());
    if (!desk.request.fragment.empty()) return Response::html(view_messages(desk) + main, status);
    return desk.page(title, main, status);
}

/// The view again, with its filters in the address.
Response back_to(const ViewSpot& spot, const ViewSession& view) {
    return Response::go(with_query(spot.path, view.address()));
}

/// The question of an action as a page of its own, for browsers without script.
Response ask(const Desk& desk, const ViewSpot& spot, const ViewSession& view,
             const JsonObject& action) {
    const std::string url = with_query(spot.path, view.address());
    desk.session.pending = desk.request.form;
    Html out;
    out.element("h1", {}, text_of(action, "label")).paragraph(text_of(action, "confirm"));
    out.open("form", {{"method", "post"}, {"action", url}, {"class", "actions"}});
    out.hidden_input("csrf", desk.session.csrf).hidden_input("answer", "yes");
    out.element("button", {{"type", "submit"}, {"class", "button primary"}},
                text_of(action, "label"));
    // Not two buttons of one name.
    const bool cancels = text_of(action, "label") == "Cancel";
    out.element("a", {{"class", "button"}, {"href", url}}, cancels ? "Go back" : "Cancel");
    out.close("form");
    return desk.page(text_of(action, "label"), out.str());
}

/// Says it where it is read: on this page, or on the next one if the form is sent again by itself.
Response say(const Desk& desk, const ViewSpot& spot, const ViewSession& view, Toast toast) {
    desk.session.toasts.push_back(std::move(toast));
    if (view.model().has_table() && desk.request.fragment.empty()) return back_to(spot, view);
    return show(desk, spot, view, 422);
}

/// Does it, performs the effects, and shows what became of the view.
Response invoke(const Desk& desk, const ViewSpot& spot, ViewSession& view,
                const std::string& action_id, const std::string& argument) {
    std::vector<Effect> effects;
    const auto answer = view.invoke(action_id, argument, effects);
    const std::string go = EffectRunner{desk, spot}.run(effects);
    if (!answer.good()) {
        const auto refreshed = view.refresh();
        if (!refreshed.good()) return desk.sorry(500, "This cannot be shown", refreshed.message);
        return say(desk, spot, view, {answer.refused() ? "warning" : "danger", answer.message});
    }
    if (!go.empty()) return Response::go(go);
    const bool changed = std::any_of(effects.begin(), effects.end(), [](const Effect& effect) {
        return effect.kind == PPO_EFFECT_REFRESH;
    });
    if (changed && view.model().has_table()) view.hold();
    // Without script a change ends with a fresh page; an action that changed nothing leaves what
    // was typed.
    const bool stays = !desk.request.fragment.empty() || (!changed && !view.model().has_table());
    const auto refreshed = view.refresh_after_action();
    for (auto& toast : desk.session.toasts)
        if (!toast.undo.empty() && toast.undo_url.empty())
            toast.undo_url = with_query(spot.path, view.address());
    return stays && refreshed.good() ? show(desk, spot, view) : back_to(spot, view);
}

Response click(const Desk& desk, const ViewSpot& spot, ViewSession& view, const Form& form) {
    const auto [action_id, argument] = split_action(form.get(do_name));
    const auto action = view.model().action(action_id, argument);
    if (!action || !flag_of(action, "enabled", true)) {
        const std::string reason = text_of(action, "reason");
        return say(
            desk, spot, view,
            {"warning",
             reason.empty() ? "The page was not up to date. This is how it is now." : reason});
    }
    if (action->has("confirm") && form.get("answer") != "yes") {
        if (desk.request.fragment.empty()) return ask(desk, spot, view, action);
        return say(desk, spot, view,
                   {"warning", "The page was not up to date. Please look again."});
    }
    return invoke(desk, spot, view, action_id, argument);
}

/// Sorts or turns the page of a list whose ticks came along.
Response go(const Desk& desk, const ViewSpot& spot, ViewSession& view, const std::string& where) {
    const auto [name, value] = split_action(where);
    if (name != sort_name && name != page_name) return back_to(spot, view);
    const auto moved = view.move(name, value);
    if (view.wants_to_close()) return Response::go(spot.close_url);
    if (!moved.good()) return desk.sorry(500, "This cannot be shown", moved.message);
    return desk.request.fragment.empty() ? back_to(spot, view) : show(desk, spot, view);
}

const char* type_of_list(std::string_view name) {
    if (name.ends_with(".csv")) return "text/csv; charset=utf-8";
    if (name.ends_with(".tsv")) return "text/tab-separated-values; charset=utf-8";
    if (name.ends_with(".jsonl")) return "application/x-ndjson; charset=utf-8";
    return "text/plain; charset=utf-8";
}

Response respond(const Desk& desk, const ViewSpot& spot, ViewSession& view) {
    const auto opened = view.open();
    if (view.wants_to_close()) return Response::go(spot.close_url);
    if (opened.result == PPO_REFUSED_NOT_PERMITTED) return desk.not_for_you("see this page");
    if (opened.result == PPO_MISUSE_UNKNOWN_ID)
        return desk.sorry(404, "Not found", "The plugin has no such page.");
    if (!opened.good())
        return desk.sorry(opened.refused() ? 403 : 500, "This cannot be shown", opened.message);
    if (!desk.request.is_post()) return show(desk, spot, view);

    Form form = desk.request.form;
    const bool answers_question = form.get("answer") == "yes" && !form.has(do_name);
    if (answers_question) {
        form = std::exchange(desk.session.pending, {});
        form.add("answer", "yes");
    }
    view.take_fields(form);
    if (form.has(set_name)) {
        const auto [field, value] = split_action(form.get(set_name));
        view.set_field(field, value);
    }
    const auto refreshed = view.refresh_if_edited();
    if (!refreshed.good()) return desk.sorry(500, "This cannot be shown", refreshed.message);
    if (form.has(undo_name)) {
        const auto [action_id, argument] = split_action(form.get(undo_name));
        return invoke(desk, spot, view, action_id, argument);
    }
    if (form.has(do_name)) return click(desk, spot, view, form);
    if (form.has(go_name)) return go(desk, spot, view, form.get(go_name));
    if (view.model().has_table() && desk.request.fragment.empty()) return back_to(spot, view);
    return show(desk, spot, view);
}
}  // namespace

Response view_request(const Desk& desk, const ViewSpot& spot) {
    ViewSession view{desk, spot};
    Response response = respond(desk, spot, view);
    view.keep();
    return response;
}

Response menu_view(const Desk& desk, const std::string& view_id) {
    Form query = desk.request.query;
    return view_request(desk, {.view_id = view_id,
                               .patient_id = query.get("patient"),
                               .path = "/emr/view/" + encode_url(view_id),
                               .close_url = "/emr",
                               .around = [](const std::string& title, const std::string& view) {
                                   Html out;
                                   out.element("h1", {}, title).raw(view);
                                   return out.str();
                               }});
}

Response document(const Desk& desk) {
    const auto& saved = desk.session.document;
    if (!saved) return desk.sorry(404, "No document", "There is no document to fetch any more.");
    Response response;
    response.document = saved;
    const auto& name = saved->name;
    if (name.ends_with(".html")) {
        // For printing: the plugin's own page, kept apart from ours.
        response.header("Content-Security-Policy",
                        "sandbox allow-modals; default-src 'none'; style-src 'unsafe-inline'");
        return response;
    }
    std::string safe;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9');
        safe += plain || c == '.' || c == '-' ? c : '_';
    }
    response.type = type_of_list(name);
    response.header("Content-Disposition", "attachment; filename=\"" + safe + "\"");
    return response;
}
}  // namespace ppo_sim
