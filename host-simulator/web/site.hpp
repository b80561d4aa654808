// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/patient_directory.hpp"
#include "host/plugin_holder.hpp"
#include "web/duties.hpp"
#include "web/http.hpp"
#include "web/sessions.hpp"
#include "web/staff.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace ppo_sim {
/// What the pages know of the practice and of the machinery behind them.
struct Practice {
    std::string name{};
    std::string phone{};
    std::string plugin_title{};
    std::filesystem::path mail_folder{};
    std::string mail_server{};        // Where mails go instead; empty = into the folder.
    std::filesystem::path bounces{};  // Maildir of the mails that came back.
};

/// Actions that only move about in a table, as far as the plugin's models have named them. These
/// alone may stand in the address of a page: everything else needs a POST. Thread-safe.
class Navigation {
public:
    void learn(const std::string& view_id, const std::set<std::string>& action_ids);
    [[nodiscard]] bool knows(const std::string& view_id, const std::string& action_id) const;

private:
    mutable std::mutex lock_{};
    std::map<std::string, std::set<std::string>> ids_{};
};

/// What stays from one request to the next.
struct SiteMemory {
    Sessions<StaffSession> staff_sessions{};
    Sessions<PortalSession> portal_sessions{};
    Sessions<PortalSession> link_sessions{link_life};
    Navigation navigation{};
    const std::string mail_token = random_text();  // Of the mailbox's forms: it has no sessions.

    /// An instance is about to end: its views end first.
    void close_views() {
        staff_sessions.each([](StaffSession& session) { session.held.close(); });
    }
};

/// What the pages of one request share: the instance and the practice as they were when it came,
/// whatever staff change meanwhile.
struct Site {
    const Duties& duties;  // Which pages there are.
    PluginHolder& plugin;
    Instance& instance;
    const Choices& choices;  // With which the instance runs.
    PatientDirectory& directory;
    Practice practice{};
    Sessions<StaffSession>& staff_sessions;
    Sessions<PortalSession>& portal_sessions;
    Navigation& navigation;
    const std::string& mail_token;
    Sessions<PortalSession>& link_sessions;  // Apart: a link signs nobody out.
};

/// Answers any request: the one door to all pages. Never throws for what a visitor sent.
[[nodiscard]] Response answer(Site& site, const Request& request);

// The three places and the page before them.
[[nodiscard]] Response home_page(Site& site);
[[nodiscard]] Response emr(Site& site, const Request& request);
[[nodiscard]] Response portal(Site& site, const Request& request);
[[nodiscard]] Response open_mailed_link(Site& site, const Request& request);
[[nodiscard]] Response mailbox(Site& site, const Request& request);
}  // namespace ppo_sim
