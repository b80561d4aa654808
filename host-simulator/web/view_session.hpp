// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/emr_pages.hpp"
#include "web/view_html.hpp"
#include "web/view_model.hpp"

#include <map>
#include <string>
#include <vector>

namespace ppo_sim {
/// One view of the plugin for the length of one request: opened, brought to where the address says,
/// closed at the end. Only a list with ticks, or one that somebody clicked in, and a view with a
/// dialog are kept open for the next request.
class ViewSession {
public:
    ViewSession(const Desk& desk, const ViewSpot& spot)
        : desk_{desk}, spot_{spot}, query_{desk.request.query} {}

    /// Opens the view, or goes on with the one that the address names, and replays fields, order
    /// and page of the address. A refusal means that there is nothing to show.
    [[nodiscard]] Answer open();
    /// From now on the view holds more than the address says: what an action made of it.
    void hold();
    /// The end of a request: keeps the view if it holds what stands nowhere else.
    void keep();
    /// Takes over what was typed: only fields whose value is not what the page showed.
    void take_fields(const Form& posted);
    [[nodiscard]] Answer invoke(const std::string& action_id, const std::string& argument,
                                std::vector<Effect>& effects);
    /// Puts a value into a field, as somebody who types it.
    void set_field(const std::string& id, const std::string& value) { take_field(id, value); }
    /// Sorts or turns the page of a list, as a link with this move in its address would.
    [[nodiscard]] Answer move(const std::string& name, const std::string& value);
    /// Reads the model again.
    [[nodiscard]] Answer refresh();
    /// The same, unless the model that was read last still holds: each reading costs the plugin a
    /// page of rows and every count.
    [[nodiscard]] Answer refresh_if_edited();
    /// An action was done: what fields held in the store before is out of date.
    [[nodiscard]] Answer refresh_after_action();

    /// A move of the address made the plugin ask for the end of the view.
    [[nodiscard]] bool wants_to_close() const { return wants_to_close_; }
    [[nodiscard]] const ViewModel& model() const { return model_; }
    [[nodiscard]] std::string html() const;
    /// What the address of the view carries: for a list its filters as they are now, so that it can
    /// be kept.
    [[nodiscard]] Form address() const;

private:
    [[nodiscard]] Answer open_fresh();
    [[nodiscard]] bool go_on();
    void follow_address(const Form& at);
    void to_first_page();
    void take_field(const std::string& id, const std::string& value);
    bool replay(std::string_view move);
    [[nodiscard]] std::string whose() const;

    const Desk& desk_;
    const ViewSpot& spot_;
    Form query_;         // The address as it is now.
    std::string key_{};  // Of a view that is kept; empty = it is not.
    View view_{};
    ViewModel model_{};
    std::map<std::string, std::string> shown_{};
    bool done_ = false;
    bool wants_to_close_ = false;
    bool edited_ = true;  // Since the model was read.
};

/// Splits the value of a button: action id, then argument.
[[nodiscard]] std::pair<std::string, std::string> split_action(const std::string& value);
}  // namespace ppo_sim
