// SPDX-License-Identifier: Apache-2.0
#include "boundary/history_words.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
struct Words {
    std::string_view action{};
    std::string_view done{};
    std::string_view refused{};
};
constexpr std::array<Words, 39> all_words{
    {{"access_enabled", "Portal access enabled", {}},
     {"access_disabled", "Portal access disabled", {}},
     {"invitation_queued", "Invitation queued", {}},
     {"invitation_withdrawn", "Link withdrawn", {}},
     {"username_reminder_queued", "Username reminder queued", {}},
     {"mail_sent", "Mail taken by the mail server", {}},
     {"mail_deferred", "Mail deferred; it is tried again", {}},
     {"mail_failed", "Mail refused by the mail server", {}},
     {"mail_outcome_unknown",
      "Connection lost while the mail left; tried once more, it may have been sent twice",
      {}},
     {"mail_cancelled", "Mail cancelled before it left", {}},
     {"mail_bounced", "Mail came back", {}},
     {"mail_server_down", "The mail server takes no mail", {}},
     {"mail_server_back", "The mail server takes mail again", {}},
     {"mail_text_replaced", "Text of a mail replaced by the practice's own", {}},
     {"mail_text_reset", "Text of a mail reset to the one that came with the portal software", {}},
     {"reminder_queued", "Reminder queued", {}},
     {"batch_started", "Batch of invitations started", {}},
     {"batch_undone", "Batch of invitations undone before anything left", {}},
     {"batch_paused", "Batch of invitations paused", {}},
     {"batch_resumed", "Batch of invitations resumed", {}},
     {"batch_cancelled", "Batch of invitations cancelled", {}},
     {"batch_done", "Batch of invitations done", {}},
     {"batch_list_taken_out", "Outcome of a batch taken out as a list", {}},
     {"link_closed", "Link closed, because the chart changed", {}},
     {"link_answered", "Link page answered", "Wrong answer on the link page"},
     {"setup_completed", "Account set up by link", {}},
     {"username_set", "Username set by hand", {}},
     {"password_set_by_staff", "Password set by hand", {}},
     {"password_changed", "Password changed on the portal", {}},
     {"signed_in", "Signed in", "Sign-in refused"},
     {"delays_lifted", "Delays lifted", {}},
     {"patient_changed", "Chart changed", {}},
     {"patient_removed", "Chart removed", {}},
     {"patient_merged_away", "Merged into another chart", {}},
     {"patient_merged_in", "Another chart was merged in", {}},
     {"portal_request_received", "Request on the portal", {}},
     {"portal_request_answered", "Request on the portal answered by mail",
      "Request on the portal, and no mail for it"},
     {"portal_requests_dropped",
      "Requests on the portal erased unanswered, because they were old",
      {}},
     {"source_limited", "Too many tries from one network; it is refused for a while", {}}}};
}  // namespace

std::string history_sentence(const AuditEntry& entry) {
    const auto found = std::find_if(all_words.begin(), all_words.end(), [&](const Words& words) {
        return words.action == entry.action;
    });
    if (found == all_words.end()) return entry.action;
    const bool refused = entry.outcome != "done" && !found->refused.empty();
    return std::string{refused ? found->refused : found->done};
}

std::string history_actor(const AuditEntry& entry) {
    switch (entry.actor.kind) {
    case Actor::Kind::Staff: return "Staff " + entry.actor.id;
    case Actor::Kind::Patient: return "Patient or visitor";
    case Actor::Kind::Plugin: return "Portal software";
    case Actor::Kind::Host: return "EMR";
    }
    return {};
}
}  // namespace ppo
