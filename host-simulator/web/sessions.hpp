// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/document.hpp"
#include "host/plugin_values.hpp"
#include "web/http.hpp"
#include "web/layout.hpp"
#include "web/view_held.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ppo_sim {
/// 256 random bits as hexadecimal text, from the operating system.
[[nodiscard]] std::string random_text();

/// Compares without telling by its time where two texts differ.
[[nodiscard]] bool same_secret(const std::string& a, const std::string& b);

/// What every session has. Requests of one session run one after the other: hold `turn`.
struct Session {
    std::mutex turn{};
    std::string id{};
    std::string csrf = random_text();
    std::vector<Toast> toasts{};  // Shown once, on the next page.
    std::string copy_text{};      // Likewise.
};

/// A member of staff at a workstation.
struct StaffSession : Session {
    std::size_t staff = 0;      // Which one of staff_members().
    Form pending{};             // A post that waits for an answer to the action's question.
    HeldViews held{};           // Views with ticks or a dialog.
    DocumentHandle document{};  // The last one that the plugin made: for download.
    std::string preview{};      // HTML of the last preview of a mail: for its frame.
};

/// A visitor of the portal: holds a link, or is signed in, or neither; never both.
struct PortalSession : Session {
    LinkAnswers answers{};  // The link, with birth date and ZIP once they were right.
    bool identity_confirmed = false;
    LinkPage confirmed_page{};
    std::set<std::string> usernames_told{};  // Verdicts that told about other people's usernames.
    SignedIn person{};                       // Without patient_id: nobody is signed in.
};

using Moment = std::chrono::steady_clock::time_point;

/// How long a session lives without a request, and in all.
struct SessionLife {
    std::chrono::minutes idle{30};
    std::chrono::minutes total{12 * 60};
};
/// Whoever opened a link may have left the screen to somebody else; the link still works
/// afterwards.
inline constexpr SessionLife link_life{std::chrono::minutes{10}, std::chrono::minutes{30}};

/// Sessions by their random id, as long as they live. Thread-safe.
template <class Content>
class Sessions {
public:
    using Handle = std::shared_ptr<Content>;
    static constexpr std::size_t most = 10'000;

    explicit Sessions(SessionLife life = {}) : life_{life} {}

    /// A request has come: the session lives on.
    [[nodiscard]] Handle find(const std::string& id, Moment now) {
        const std::lock_guard guard{lock_};
        const auto found = entries_.find(id);
        if (found == entries_.end()) return {};
        if (is_over(found->second, now)) {
            entries_.erase(found);
            return {};
        }
        found->second.used = now;
        return found->second.content;
    }

    [[nodiscard]] Handle start(Moment now, const std::string& patient_id = {}) {
        auto content = std::make_shared<Content>();
        content->id = random_text();
        const std::lock_guard guard{lock_};
        make_room(now);
        entries_[content->id] = Entry{content, patient_id, now, now};
        return content;
    }

    /// Until it ends, if no further request comes.
    [[nodiscard]] std::chrono::seconds left(const std::string& id, Moment now) {
        const std::lock_guard guard{lock_};
        const auto found = entries_.find(id);
        if (found == entries_.end()) return std::chrono::seconds{0};
        const auto end = std::min(found->second.used + life_.idle,
                                  found->second.started + life_.total);
        return std::chrono::duration_cast<std::chrono::seconds>(end - now);
    }

    void each(const std::function<void(Content&)>& visit) {
        const std::lock_guard guard{lock_};
        for (auto& [id, entry] : entries_) visit(*entry.content);
    }

    void end(const std::string& id) {
        const std::lock_guard guard{lock_};
        entries_.erase(id);
    }

private:
    struct Entry {
        Handle content{};
        std::string patient_id{};  // Who is signed in.
        Moment started{};
        Moment used{};
    };

    [[nodiscard]] bool is_over(const Entry& entry, Moment now) const {
        return entry.used + life_.idle <= now || entry.started + life_.total <= now;
    }

    /// A flood of visitors without cookies must neither fill the memory nor sign anybody out.
    void make_room(Moment now) {
        if (now >= next_look_ || entries_.size() >= most) {
            std::erase_if(entries_, [&](const auto& entry) { return is_over(entry.second, now); });
            next_look_ = now + std::chrono::minutes{1};
        }
        if (entries_.size() < most) return;
        const auto last = std::min_element(
            entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
                return std::pair{!a.second.patient_id.empty(), a.second.used} <
                       std::pair{!b.second.patient_id.empty(), b.second.used};
            });
        entries_.erase(last);
    }

    const SessionLife life_;
    std::mutex lock_{};
    std::map<std::string, Entry> entries_{};
    Moment next_look_{};  // For sessions that are over.
};

/// What to say to a post that is not genuine, though a page of ours sent it.
inline constexpr const char* open_too_long =
    "This page was open for too long, so nothing was done. "
    "What you typed is still here: please try again.";

/// True if the post carries the session's token and a page of ours sent it.
[[nodiscard]] bool is_genuine(const Request& request, const Session& session);
}  // namespace ppo_sim
