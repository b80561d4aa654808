// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Copies of what crosses the boundary, so that nothing borrowed outlives its call.
namespace ppo_sim {
/// Who clicks in the EMR.
struct Staff {
    std::string id = "front-desk";
    std::string name = "Front desk";
    std::uint32_t permissions = PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT;
    std::string from = "simulator";
};

/// Who visits the portal.
struct Visitor {
    std::string from = "127.0.0.1";
    std::string user_agent{};
    std::string language{};
};

struct Reason {
    std::string code{};
    std::string sentence{};
    std::string action_id{};
    std::string action_label{};
};

struct AccountView {
    std::uint32_t status = 0;  // PPO_STATUS_*.
    std::uint64_t marks = 0;   // PPO_MARK_*.
    std::uint32_t flags = 0;   // PPO_ACCOUNT_*.
    std::uint32_t mail_state = 0;
    std::string patient_id{};
    std::string username{};
    std::string email{};
    std::string mail_reason{};
    ppo_time last_invited_at = PPO_TIME_NONE;
    ppo_time link_expires_at = PPO_TIME_NONE;
    ppo_time next_try_at = PPO_TIME_NONE;
    ppo_time first_signed_in_at = PPO_TIME_NONE;
    ppo_time last_signed_in_at = PPO_TIME_NONE;
    std::vector<Reason> why{};
    std::uint32_t consent = PPO_CONSENT_NONE;
    ppo_time consent_until = PPO_TIME_NONE;
};

struct AccountState {
    std::uint32_t status = 0;
    std::uint64_t marks = 0;
};

struct Invitation {
    std::uint32_t mail_state = 0;
    ppo_time link_expires_at = PPO_TIME_NONE;
};

struct UsernameVerdict {
    ppo_result verdict = 0;  // PPO_OK = valid and free.
    std::string sentence{};
    std::vector<std::string> suggestions{};
};

struct LinkPage {
    ppo_result state = 0;  // PPO_OK = usable; else what the link died of.
    std::uint32_t flags = 0;
    std::string sentence{};
    std::string first_name{};
    std::string username{};
    std::string practice_name{};
    std::string practice_phone{};
    std::string expires_text{};
    ppo_time expires_at = PPO_TIME_NONE;
    std::int64_t wait_ms = 0;

    [[nodiscard]] bool usable() const { return state == PPO_OK; }
    [[nodiscard]] bool asks(std::uint32_t flag) const { return (flags & flag) != 0; }
};

/// The link in hand (the secret after the last "/" of the mailed address), with what its page
/// asked.
struct LinkAnswers {
    std::string link{};
    std::string birth_date{};
    std::string postal_code{};
};

/// The four facts of self-service.
struct Identity {
    std::string email{};
    std::string birth_date{};
    std::string last_name{};
    std::string postal_code{};
};

struct SignedIn {
    bool must_change_password = false;
    std::string patient_id{};
    std::string first_name{};
    std::string username{};
    std::uint64_t session_epoch = 0;  // For check_session.
};

struct MailChoice {
    bool mail_me = true;
    bool chart_says_no = false;
};

/// The members of ppo_report_query, owning their texts.
struct ReportQuery {
    std::uint32_t sort = PPO_SORT_NAME;
    bool descending = false;
    std::uint32_t statuses = 0;
    std::uint64_t marks = 0;
    std::uint32_t access_enabled = PPO_ANY;
    std::uint32_t has_username = PPO_ANY;
    std::string search{};
    std::string tag{};
    std::string provider{};
    ppo_time appointment_after = 0;
    ppo_time appointment_before = 0;
    std::string cursor{};
    std::uint64_t limit = 0;
    std::vector<std::uint32_t> columns{};  // Empty = columns 1 to 8.
};

struct ReportCell {
    std::string text{};
    std::int64_t number = 0;
};

struct ReportPage {
    std::vector<std::vector<ReportCell>> rows{};
    std::string next_cursor{};
    std::string previous_cursor{};
};

struct Counts {
    std::uint64_t patients = 0;
    std::map<std::uint32_t, std::uint64_t> by_status{};  // PPO_STATUS_*.
    std::map<std::uint64_t, std::uint64_t>
        by_mark{};  // PPO_MARK_*; marks that nobody has are left out.
    std::uint64_t enabled = 0;
    std::uint64_t invited = 0;
    std::uint64_t set_up = 0;
    std::uint64_t signed_in = 0;
};

/// The funnel of one group.
struct ReportGroup {
    std::string label{};
    std::uint64_t patients = 0;
    std::uint64_t enabled = 0;
    std::uint64_t invited = 0;
    std::uint64_t set_up = 0;
    std::uint64_t signed_in = 0;
    std::vector<std::int64_t> median_tenths{};  // PPO_STRETCH_*; of a day, -1 = nobody.
};

/// Whom a batch is for: everybody of a report's filters, or the patients named.
struct BatchSelection {
    bool signed_in_too = false;
    std::optional<ReportQuery> filter{};
    std::vector<std::string> patient_ids{};  // Without a filter.
};

struct BatchSkip {
    ppo_result reason = 0;  // PPO_REFUSED_*.
    std::string sentence{};
    std::uint64_t count = 0;
};

struct BatchPreview {
    std::uint32_t hold_back_seconds = 0;
    std::uint64_t selected = 0;
    std::uint64_t to_mail = 0;
    std::vector<BatchSkip> skips{};  // The most frequent first.
    ppo_time done_at = PPO_TIME_NONE;
};

struct BatchStarted {
    std::string batch_id{};
    std::uint64_t selected = 0;
    std::uint64_t to_mail = 0;
    ppo_time starts_at = PPO_TIME_NONE;
};

struct BatchProgress {
    std::uint32_t state = 0;  // PPO_BATCH_*.
    std::string batch_id{};
    std::string started_by{};
    ppo_time started_at = PPO_TIME_NONE;
    ppo_time starts_at = PPO_TIME_NONE;
    ppo_time ended_at = PPO_TIME_NONE;
    ppo_time done_at = PPO_TIME_NONE;
    std::uint64_t selected = 0;
    std::map<std::uint32_t, std::uint64_t> by_outcome{};  // Outcomes that nobody has are left out.
    std::uint64_t mails_per_minute = 0;
};

struct BatchPerson {
    std::uint32_t outcome = 0;  // PPO_OUTCOME_* or PPO_MAIL_*.
    ppo_result skipped_because = 0;
    std::uint32_t place = 0;
    std::string patient_id{};
    std::string name{};
    std::string reason{};
    ppo_time queued_at = PPO_TIME_NONE;
    ppo_time next_try_at = PPO_TIME_NONE;
};

/// How the queue and the way to the mail server stand.
struct Delivery {
    std::uint64_t waiting = 0;
    std::uint64_t deferred = 0;
    ppo_time oldest_at = PPO_TIME_NONE;
    ppo_time broken_since = PPO_TIME_NONE;
    ppo_time next_try_at = PPO_TIME_NONE;
    std::string broken_because{};
    std::uint64_t left_last_minute = 0;
    std::uint64_t left_last_day = 0;
};

/// One step on the way to the mail server; after one that did not pass nothing follows.
struct MailStep {
    bool passed = false;
    std::string step{};
    std::string sentence{};
};

/// One point at which the settings are less strict than a rule.
struct Deviation {
    std::string code{};
    std::string setting{};
    std::string sentence{};
    std::string rule{};
};

struct MailTemplate {
    std::uint32_t kind = 0;  // PPO_TEMPLATE_*.
    std::string language{};
    std::string subject{};
    std::string text{};
    std::string html{};
    bool replaced = false;  // The practice's own; ignored when given.
};

struct TemplateFinding {
    std::uint32_t line = 0;  // In the part, from 1.
    std::string part{};      // "subject", "text", "html".
    std::string code{};
    std::string sentence{};
};

struct Contribution {
    std::string location{};  // "menu.my-links", "patient.edit.tabs".
    std::string view_id{};
    std::string label{};
    std::string hint{};
    std::uint32_t permission = 0;
    std::uint32_t order = 0;
    bool needs_patient = false;
};

struct Effect {
    std::uint32_t kind = 0;  // PPO_EFFECT_*.
    std::uint32_t tone = 0;  // PPO_TONE_*.
    std::string target{};
    std::string text{};
    std::string action_id{};  // Of a toast: what takes back what was done; empty = nothing does.
    std::string action_label{};
    std::string argument{};
};

struct AuditEntry {
    std::uint64_t sequence = 0;
    std::uint32_t actor = 0;  // PPO_ACTOR_*.
    ppo_time at = PPO_TIME_NONE;
    std::string actor_id{};
    std::string from{};
    std::string action{};
    std::string patient_id{};
    std::string outcome{};
    std::string detail{};
};

struct AuditVerdict {
    bool intact = false;
    std::uint64_t entries = 0;
    std::uint64_t first_bad_sequence = 0;
    std::uint32_t flaw = 0;  // PPO_AUDIT_*.
};

/// "intact", or the first bad entry and why: "entry 6 is cut off, and everything after it".
[[nodiscard]] std::string in_words(const AuditVerdict& verdict);

/// "RED", "GRAY", "ORANGE", "GREEN"; "?" for a status of a later minor.
[[nodiscard]] std::string colour_of(std::uint32_t status);

/// "Not enabled", "Not invited", "Invited", "Signed in".
[[nodiscard]] std::string word_of(std::uint32_t status);

/// "held back", "running", "paused", "done", "cancelled", "undone"; "?" for one of a later minor.
[[nodiscard]] std::string word_of_batch(std::uint32_t state);

/// "queued", "sent", "deferred", "failed", "unknown", "cancelled", "bounced", "sending", "waiting",
/// "skipped", "taken back"; "?" for one of a later minor.
[[nodiscard]] std::string word_of_outcome(std::uint32_t outcome);

/// The words of the marks, in the order of their bits: "no e-mail", "link expired" and so on.
[[nodiscard]] std::vector<std::string> words_of_marks(std::uint64_t marks);
}  // namespace ppo_sim
