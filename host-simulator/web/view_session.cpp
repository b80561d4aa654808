// SPDX-License-Identifier: Apache-2.0
#include "web/view_session.hpp"

#include <algorithm>
#include <utility>

namespace ppo_sim {
std::pair<std::string, std::string> split_action(const std::string& value) {
    const auto space = std::min(value.find(' '), value.size());
    return {decode_url(value.substr(0, space)), value.substr(std::min(space + 1, value.size()))};
}

Answer ViewSession::open() {
    if (go_on()) return refresh_if_edited();
    query_.remove(held_name);
    return open_fresh();
}

Answer ViewSession::open_fresh() {
    auto answer = desk_.site.instance.open_view(desk_.staff(), spot_.view_id, spot_.patient_id, {},
                                                view_);
    if (!answer.good()) return answer;
    edited_ = true;
    for (const auto& [name, value] : query_.pairs()) {
        if (name.starts_with(field_prefix)) take_field(name.substr(field_prefix.size()), value);
    }
    const bool moved = replay(sort_name) && replay(page_name);
    answer = refresh_if_edited();
    if (moved || !answer.good()) return answer;
    // What moves about in this list was not known before it was read for the first time.
    replay(sort_name);
    replay(page_name);
    return refresh_if_edited();
}

std::string ViewSession::whose() const {
    return std::to_string(desk_.session.staff) + " " + spot_.view_id + " " + spot_.patient_id;
}

bool ViewSession::go_on() {
    const std::string key = query_.get(held_name);
    if (key.empty()) return false;
    auto held = desk_.session.held.take(key, whose());
    if (!held) return false;
    view_ = std::move(held->view);
    if (!refresh().good()) {  // The plugin began again, or what the view is about has gone.
        view_.close();
        return false;
    }
    key_ = key;
    follow_address(held->at);
    return true;
}

/// Brings a view that stands elsewhere to where the address says: somebody went back.
void ViewSession::follow_address(const Form& at) {
    Form wanted = query_;
    wanted.remove(held_name);
    if (wanted.pairs() == at.pairs()) return;
    std::vector<std::string> fields;
    model_.each_element([&](const JsonObject& element) {
        if (is_input(element)) fields.push_back(text_of(element, "id"));
    });
    for (const auto& id : fields) {
        const std::string value = wanted.get(std::string{field_prefix} + id);
        const bool box = text_of(model_.field(id), "kind") == "check";
        take_field(id, value.empty() && box ? "0" : value);
    }
    if (wanted.has(sort_name)) {
        replay(sort_name);
    } else if (at.has(page_name)) {
        to_first_page();
    }
    replay(page_name);
}

void ViewSession::to_first_page() {
    constexpr int most = 1000;
    for (int page = 0; page < most && refresh().good(); ++page) {
        JsonObject previous;
        model_.each_element([&](const JsonObject& element) {
            if (!previous) previous = object_of(element, "previous");
        });
        if (!previous || !flag_of(previous, "enabled", true)) return;
        std::vector<Effect> effects;
        const auto answer = view_.invoke(text_of(previous, "id"), text_of(previous, "argument"),
                                         effects);
        if (!answer.good()) return;
    }
}

void ViewSession::hold() {
    if (key_.empty()) key_ = random_text().substr(0, 12);
}

void ViewSession::keep() {
    if (key_.empty() || !view_.is_open()) return;
    Form at = address();
    at.remove(held_name);
    const auto& site = desk_.site;
    desk_.session.held.keep(key_, {whose(), std::move(view_), std::move(at)},
                            [&site] { return &site.plugin.current()->instance == &site.instance; });
}

Answer ViewSession::move(const std::string& name, const std::string& value) {
    query_ = address();  // With the fields that came along.
    query_.remove(page_name);
    query_.remove(name);
    query_.add(name, value);
    replay(name);
    return refresh();
}

Answer ViewSession::refresh_if_edited() { return edited_ ? refresh() : Answer{.result = PPO_OK}; }

Answer ViewSession::refresh() {
    std::string json;
    auto answer = view_.render(json);
    if (!answer.good()) return answer;
    model_ = ViewModel::parse(json);
    edited_ = false;
    desk_.site.navigation.learn(spot_.view_id, model_.navigation());
    if (model_.dialog() && key_.empty()) hold();
    return answer;
}

Answer ViewSession::refresh_after_action() {
    done_ = true;
    if (model_.has_table()) return refresh();  // Its fields are filters: the store has none.
    // A second view that nobody typed into says what the store holds now.
    ViewSession untouched{desk_, spot_};
    const auto answer = untouched.open_fresh();
    if (!answer.good()) return answer;
    shown_.clear();
    untouched.model().each_element([this](const JsonObject& element) {
        if (is_input(element)) shown_[text_of(element, "id")] = ViewModel::value_of(element);
    });
    return refresh();
}

void ViewSession::take_field(const std::string& id, const std::string& value) {
    const auto field = model_.field(id);
    if (field && ViewModel::value_of(field) == value) return;
    // A field that the model does not have any more is ignored: the page was older than the model.
    static_cast<void>(view_.edit(id, value));
    edited_ = true;
}

/// False if it is not known yet whether the move only moves about.
bool ViewSession::replay(std::string_view move) {
    const auto value = query_.get(move);
    if (value.empty()) return true;
    const auto [action_id, argument] = split_action(value);
    if (!desk_.site.navigation.knows(spot_.view_id, action_id)) return false;
    std::vector<Effect> effects;
    const auto answer = view_.invoke(action_id, argument, effects);
    if (answer.refused())
        desk_.session.toasts.push_back({.tone = "warning", .text = answer.message});
    wants_to_close_ = wants_to_close_ ||
                      std::any_of(effects.begin(), effects.end(), [](const auto& effect) {
                          return effect.kind == PPO_EFFECT_CLOSE;
                      });
    edited_ = true;
    return true;
}

void ViewSession::take_fields(const Form& posted) {
    for (const auto& [name, ignored] : posted.pairs()) {
        if (name.starts_with(shown_prefix))
            shown_[name.substr(shown_prefix.size())] = posted.get(name);
    }
    for (const auto& [name, ignored] : posted.pairs()) {
        if (!name.starts_with(field_prefix)) continue;
        const std::string id = name.substr(field_prefix.size());
        const auto shown = shown_.find(id);
        const std::string value = posted.get(name);
        if (shown != shown_.end() && shown->second == value) continue;
        if (value.empty() && text_of(model_.field(id), "kind") == "password")
            continue;  // Nobody typed one.
        if (model_.has_table() && model_.is_tick(id)) hold();
        take_field(id, value);
    }
}

Answer ViewSession::invoke(const std::string& action_id, const std::string& argument,
                           std::vector<Effect>& effects) {
    desk_.session.document.reset();
    return view_.invoke(action_id, argument, effects, desk_.session.document);
}

Form ViewSession::address() const {
    Form before = query_;
    before.remove(held_name);
    if (!key_.empty()) before.add(std::string{held_name}, key_);
    if (!model_.has_table()) return before;
    Form fields;
    Form fields_before;
    Form now;
    for (const auto& [name, value] : before.pairs()) {
        (name.starts_with(field_prefix) ? fields_before : now).add(name, value);
    }
    model_.each_element([&](const JsonObject& element) {
        const std::string value = is_input(element) ? ViewModel::value_of(element) : std::string{};
        if (value.empty() || value == "0") return;
        fields.add(std::string{field_prefix} + text_of(element, "id"), value);
    });
    if (fields.pairs() != fields_before.pairs())
        now.remove(page_name);  // Other filters start at the first page.
    for (const auto& [name, value] : fields.pairs()) now.add(name, value);
    return now;
}

std::string ViewSession::html() const {
    ViewPlace place{.path = spot_.path,
                    .query = address(),
                    .csrf = desk_.session.csrf,
                    .key = "v-" + spot_.view_id,
                    .shown = shown_,
                    .done = done_};
    return render_view(model_, place);
}
}  // namespace ppo_sim
