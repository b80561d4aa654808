// SPDX-License-Identifier: Apache-2.0
#include "host/sinks.hpp"

#include "host/answer.hpp"

namespace ppo_sim {
AccountView copy_of(const ppo_account& account) {
    AccountView out{};
    out.status = account.status;
    out.marks = account.marks;
    out.flags = account.flags;
    out.mail_state = account.mail_state;
    out.patient_id = copy(account.patient_id);
    out.username = copy(account.username);
    out.email = copy(account.email);
    out.mail_reason = copy(account.mail_reason);
    out.last_invited_at = account.last_invited_at;
    out.link_expires_at = account.link_expires_at;
    out.next_try_at = account.next_try_at;
    out.first_signed_in_at = account.first_signed_in_at;
    out.last_signed_in_at = account.last_signed_in_at;
    out.consent = account.consent;
    out.consent_until = account.consent_until;
    for (std::uint64_t i = 0; i < account.why_count; ++i) {
        const ppo_reason& reason = *account.why[i];
        out.why.push_back({copy(reason.code), copy(reason.sentence), copy(reason.action_id),
                           copy(reason.action_label)});
    }
    return out;
}

UsernameVerdict copy_of(const ppo_username_verdict& verdict) {
    UsernameVerdict out{verdict.verdict, copy(verdict.sentence), {}};
    for (std::uint64_t i = 0; i < verdict.suggestion_count; ++i)
        out.suggestions.push_back(copy(verdict.suggestions[i]));
    return out;
}

LinkPage copy_of(const ppo_link_page& page) {
    LinkPage out{};
    out.state = page.state;
    out.flags = page.flags;
    out.sentence = copy(page.sentence);
    out.first_name = copy(page.first_name);
    out.username = copy(page.username);
    out.practice_name = copy(page.practice_name);
    out.practice_phone = copy(page.practice_phone);
    out.expires_text = copy(page.expires_text);
    out.expires_at = page.expires_at;
    out.wait_ms = page.wait_ms;
    return out;
}

SignedIn copy_of(const ppo_signed_in& signed_in) {
    return {(signed_in.flags & PPO_SIGNED_IN_MUST_CHANGE_PASSWORD) != 0, copy(signed_in.patient_id),
            copy(signed_in.first_name), copy(signed_in.username), signed_in.session_epoch};
}

Contribution copy_of(const ppo_contribution& contribution) {
    Contribution out{};
    out.location = copy(contribution.location);
    out.view_id = copy(contribution.view_id);
    out.label = copy(contribution.label);
    out.hint = copy(contribution.hint);
    out.permission = contribution.permission;
    out.order = contribution.order;
    out.needs_patient = (contribution.flags & PPO_CONTRIBUTION_NEEDS_PATIENT) != 0;
    return out;
}

Effect copy_of(const ppo_effect& effect) {
    return {effect.kind,
            effect.tone,
            copy(effect.target),
            copy(effect.text),
            copy(effect.action_id),
            copy(effect.action_label),
            copy(effect.argument)};
}

AuditEntry copy_of(const ppo_audit_entry& entry) {
    return {entry.sequence,         entry.actor,         entry.at,
            copy(entry.actor_id),   copy(entry.from),    copy(entry.action),
            copy(entry.patient_id), copy(entry.outcome), copy(entry.detail)};
}

Counts copy_of(const ppo_report_counts& counts) {
    Counts out{};
    out.patients = counts.patients;
    for (std::uint32_t status = PPO_STATUS_NOT_ENABLED; status <= PPO_STATUS_SIGNED_IN; ++status)
        out.by_status[status] = counts.by_status[status];
    for (std::uint32_t bit = 0; bit < PPO_MARK_BITS; ++bit)
        if (counts.by_mark[bit] != 0) out.by_mark[std::uint64_t{1} << bit] = counts.by_mark[bit];
    out.enabled = counts.enabled;
    out.invited = counts.invited;
    out.set_up = counts.set_up;
    out.signed_in = counts.signed_in;
    return out;
}

BatchPreview copy_of(const ppo_batch_preview& preview) {
    BatchPreview out{preview.hold_back_seconds, preview.selected, preview.to_mail, {}, 0};
    for (std::uint64_t i = 0; i < preview.skip_count; ++i) {
        const ppo_batch_skip& skip = *preview.skips[i];
        out.skips.push_back({skip.reason, copy(skip.sentence), skip.count});
    }
    out.done_at = preview.done_at;
    return out;
}

BatchProgress copy_of(const ppo_batch& batch) {
    BatchProgress out{};
    out.state = batch.state;
    out.batch_id = copy(batch.batch_id);
    out.started_by = copy(batch.started_by);
    out.started_at = batch.started_at;
    out.starts_at = batch.starts_at;
    out.ended_at = batch.ended_at;
    out.done_at = batch.done_at;
    out.selected = batch.selected;
    for (std::uint32_t outcome = 0; outcome < PPO_OUTCOMES; ++outcome)
        if (batch.by_outcome[outcome] != 0) out.by_outcome[outcome] = batch.by_outcome[outcome];
    out.mails_per_minute = batch.mails_per_minute;
    return out;
}

BatchPerson copy_of(const ppo_batch_person& person) {
    return {person.outcome,    person.skipped_because, person.place,     copy(person.patient_id),
            copy(person.name), copy(person.reason),    person.queued_at, person.next_try_at};
}

Delivery copy_of(const ppo_delivery& delivery) {
    return {delivery.waiting,          delivery.deferred,     delivery.oldest_at,
            delivery.broken_since,     delivery.next_try_at,  copy(delivery.broken_because),
            delivery.left_last_minute, delivery.left_last_day};
}

MailStep copy_of(const ppo_mail_step& step) {
    return {step.passed == 1, copy(step.step), copy(step.sentence)};
}

Deviation copy_of(const ppo_deviation& deviation) {
    return {copy(deviation.code), copy(deviation.setting), copy(deviation.sentence),
            copy(deviation.rule)};
}

MailTemplate copy_of(const ppo_mail_template& text) {
    return {text.kind,       copy(text.language), copy(text.subject),
            copy(text.text), copy(text.html),     text.replaced == 1};
}

TemplateFinding copy_of(const ppo_template_finding& finding) {
    return {finding.line, copy(finding.part), copy(finding.code), copy(finding.sentence)};
}

ReportGroup copy_of(const ppo_report_group& group) {
    return {copy(group.label),
            group.patients,
            group.enabled,
            group.invited,
            group.set_up,
            group.signed_in,
            {std::begin(group.median_tenths), std::end(group.median_tenths)}};
}

ppo_text_sink sink_to(const std::function<void(std::string_view)>& put) {
    return {
        const_cast<std::function<void(std::string_view)>*>(&put),
        [](void* context, const char* data, std::size_t size) -> ppo_result {
            try {
                (*static_cast<const std::function<void(std::string_view)>*>(context))({data, size});
                return PPO_OK;
            } catch (...) {
                return PPO_FAULT_HOST;
            }
        }};
}

void add_rows(ReportPage& page, const ppo_rows& rows) {
    const bool first = page.rows.empty();
    const ppo_cell* cell = rows.cells;
    for (std::uint64_t i = 0; i < rows.row_count; ++i) {
        auto& row = page.rows.emplace_back();
        for (std::uint32_t column = 0; column < rows.column_count; ++column, ++cell)
            row.push_back({copy(cell->text), cell->number});
    }
    page.next_cursor = copy(rows.next_cursor);
    if (first) page.previous_cursor = copy(rows.previous_cursor);
}
}  // namespace ppo_sim
