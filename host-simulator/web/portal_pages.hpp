// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/layout.hpp"
#include "web/site.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ppo_sim {
/// One request on the portal, with whose it is. `session` may be replaced while it is answered:
/// sign-in and sign-out get a fresh one.
struct Visit {
    Site& site;
    const Request& request;
    Sessions<PortalSession>::Handle session{};
    bool new_session = false;
    bool genuine = true;  // False for a post without the session's token: it must change nothing.

    [[nodiscard]] Visitor visitor() const;
    /// Ends the session and starts another, for this patient if one is named.
    void renew(const std::string& patient_id = {});
    [[nodiscard]] bool signed_in() const { return !session->person.patient_id.empty(); }
    [[nodiscard]] Response page(const std::string& title, const std::string& main,
                                int status = 200) const;
    /// How long a password must be, in this practice.
    [[nodiscard]] std::string password_hint() const;
    /// A form that posts with the session's token.
    void open_form(Html& out, const std::string& action) const;
    /// Name and phone of the practice, where somebody may need them.
    void put_practice(Html& out) const;
};

/// The refusal as problem of a field of our forms: the plugin's name of it, or what the code says.
[[nodiscard]] Problem problem_of(const Answer& answer);
/// The text for one field, empty if it has no problem.
[[nodiscard]] std::string problem_at(const std::vector<Problem>& problems,
                                     const std::string& field);

/// A page of its own for an answer that is about nothing that the visitor typed: too many tries
/// from the network (status 429, and how long to wait), or a machine broke (503).
[[nodiscard]] std::optional<Response> page_instead(const Visit& visit, const Answer& answer);

[[nodiscard]] Response sign_in_page(Visit& visit, const std::vector<Problem>& problems = {});
[[nodiscard]] Response sign_in(Visit& visit);
[[nodiscard]] Response signed_in_page(Visit& visit, const std::vector<Problem>& problems = {});
[[nodiscard]] Response change_password(Visit& visit);
[[nodiscard]] Response sign_out(Visit& visit);

/// "Mail from the practice": whether the patient who is signed in is mailed anything.
[[nodiscard]] Response mail_choice_page(Visit& visit);
/// The way to it.
void mail_choice_way(Html& out);

/// "account", "password" or "username": the four facts.
[[nodiscard]] Response request_page(Visit& visit, const std::string& what);

/// The page of a mailed link, which has a session of its own: whoever is signed in in this browser
/// has nothing to do with it.
[[nodiscard]] Response setup_page(Site& site, const Request& request);
}  // namespace ppo_sim
