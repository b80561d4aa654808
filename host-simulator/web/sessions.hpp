// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plugin_values.hpp"
#include "web/http.hpp"
#include "web/layout.hpp"
#include "web/view_held.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
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
    std::size_t staff = 0;  // Which one of staff_members().
    Form pending{};         // A post that waits for an answer to the action's question.
    HeldViews held{};       // Views with ticks or a dialog.
    std::string document_name{};
    std::string document{};  // The last document that the plugin made: for download.
    std::string preview{};   // HTML of the last preview of a mail: for its frame.
};

/// A visitor of the portal: holds a link, or is signed in, or neither.
struct PortalSession : Session {
    LinkAnswers answers{};  // The link, with birth date and ZIP once they were right.
    bool identity_confirmed = false;
    LinkPage confirmed_page{};
    SignedIn person{};  // Without patient_id: nobody is signed in.
};

/// Sessions by their random id. Thread-safe; forgets a session after 30 minutes without a request.
template <class Content>
class Sessions {
public:
    using Handle = std::shared_ptr<Content>;

    [[nodiscard]] Handle find(const std::string& id) {
        const std::lock_guard guard{lock_};
        forget_old();
        const auto found = entries_.find(id);
        if (found == entries_.end()) return {};
        found->second.used = Time::now();
        return found->second.content;
    }

    [[nodiscard]] Handle start(const std::string& patient_id = {}) {
        auto content = std::make_shared<Content>();
        content->id = random_text();
        const std::lock_guard guard{lock_};
        forget_old();
        entries_[content->id] = Entry{content, patient_id, Time::now()};
        return content;
    }

    void end(const std::string& id) {
        const std::lock_guard guard{lock_};
        entries_.erase(id);
    }

    void end_of_patient(const std::string& patient_id) {
        const std::lock_guard guard{lock_};
        std::erase_if(entries_,
                      [&](const auto& entry) { return entry.second.patient_id == patient_id; });
    }

private:
    using Time = std::chrono::steady_clock;
    struct Entry {
        Handle content{};
        std::string patient_id{};  // Who is signed in: kept here, because others end it.
        Time::time_point used{};
    };
    static constexpr std::size_t most = 10'000;

    void forget_old() {
        const auto limit = Time::now() - std::chrono::minutes{30};
        std::erase_if(entries_, [&](const auto& entry) { return entry.second.used < limit; });
        // A flood of visitors without cookies must not fill the memory.
        if (entries_.size() > most) entries_.erase(entries_.begin());
    }

    std::mutex lock_{};
    std::map<std::string, Entry> entries_{};
};

/// True if the post carries the session's token and no other site sent it.
[[nodiscard]] bool is_genuine(const Request& request, const Session& session);
}  // namespace ppo_sim
