// SPDX-License-Identifier: Apache-2.0
#include "boundary/history_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ppo {
namespace {
struct Words {
    std::string_view action{};
    std::string_view done{};
    std::string_view refused{};
};
constexpr std::array<Words, 48> all_words{
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
     {"password_changed", "Password changed on the portal",
      "Wrong current password when it was to be changed"},
     {"signed_in", "Signed in", "Sign-in refused"},
     {"delays_lifted", "Delays lifted", {}},
     {"patient_changed", "Chart changed", {}},
     {"patient_removed", "Chart removed", {}},
     {"patient_returned", "Chart that was removed is back", {}},
     {"patient_merged_away", "Merged into another chart", {}},
     {"patient_merged_in", "Another chart was merged in", {}},
     {"portal_request_received", "Request on the portal", {}},
     {"link_opened", "Link opened, and what its page asks answered", {}},
     {"link_delayed", "Link page made to wait after wrong answers", {}},
     {"sign_in_delayed", "Sign-in made to wait after wrong passwords", {}},
     {"password_disabled", "Password disabled after a hundred wrong ones in a row", {}},
     {"report_written", "Report taken out as a list", {}},
     {"not_permitted", "Tried without permission", {}},
     {"portal_request_answered", "Request on the portal answered by mail",
      "Request on the portal, and no mail for it"},
     {"portal_requests_dropped",
      "Requests on the portal erased unanswered, because they were old",
      {}},
     {"source_limited", "Too many tries from one network; it is refused for a while", {}},
     {"report_view_saved", "View of the report saved", {}},
     {"report_view_dropped", "View of the report removed", {}}}};

/// "link_opened" as "Link opened".
std::string in_words(std::string_view stable) {
    std::string words{stable};
    std::replace(words.begin(), words.end(), '_', ' ');
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

/// What a detail adds to the sentence; those that say nothing to staff add nothing.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> detail_words{
    {{"first_set_up", "first set-up"},
     {"reset_by_staff", "new password, sent by staff"},
     {"asked_by_patient", "asked for by the patient"},
     {"new_password", "new password"},
     {"chart_closed", "chart closed"},
     {"email_changed", "e-mail changed"},
     {"kept_its_account", "kept its own account"},
     {"took_the_account", "took the other's account over"},
     {"invitation", "invitation"},
     {"reminder", "reminder"},
     {"username_reminder", "username reminder"},
     {"password_changed", "notice of the changed password"}}};

std::string with_detail(std::string sentence, const AuditEntry& entry) {
    if (entry.action == "not_permitted")
        return sentence + ": " + in_words(entry.detail.substr(0, entry.detail.find(' ')));
    const auto* const known = std::find_if(
        detail_words.begin(), detail_words.end(),
        [&](const auto& words) { return words.first == entry.detail; });
    if (known != detail_words.end()) sentence += " (" + std::string{known->second} + ")";
    return sentence;
}

/// What the patient wants from then on, by the detail that domain/consent writes.
std::string consent_sentence(const std::string& detail) {
    if (detail == "declined") return "Noted: wants no portal account";
    if (detail == "do_not_mail") return "Noted: do not mail";
    if (detail == "none") return "Noted: invite and mail as usual";
    if (detail.substr(0, detail.find(' ')) == "deferred") return "Noted: ask again later";
    return "Noted: what the patient wants";
}
}  // namespace

std::string history_sentence(const AuditEntry& entry) {
    if (entry.action == "consent_changed") return consent_sentence(entry.detail);
    const auto found = std::find_if(all_words.begin(), all_words.end(), [&](const Words& words) {
        return words.action == entry.action;
    });
    if (found == all_words.end()) return with_detail(in_words(entry.action), entry);
    const bool refused = entry.outcome != "done" && !found->refused.empty();
    return with_detail(std::string{refused ? found->refused : found->done}, entry);
}

std::string history_actor(const AuditEntry& entry) {
    const auto from = entry.actor.from.empty() ? std::string{} : ", " + entry.actor.from;
    switch (entry.actor.kind) {
    case Actor::Kind::Staff: return "Staff " + entry.actor.id + from;
    case Actor::Kind::Patient: return "Patient or visitor" + from;
    case Actor::Kind::Plugin: return "Portal software";
    case Actor::Kind::Host: return "EMR";
    }
    return {};
}
}  // namespace ppo
