/* SPDX-License-Identifier: Apache-2.0 */
#include "faulty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ppo_onboarding_1 onboarding;
ppo_ui_1 ui;
ppo_report_1 report;
ppo_audit_1 audit;
ppo_selfservice_1 selfservice;

static const ppo_onboarding_1 *real_onboarding;
static const ppo_ui_1 *real_ui;
static const ppo_report_1 *real_report;
static const ppo_audit_1 *real_audit;
static const ppo_selfservice_1 *real_selfservice;

static ppo_text kept_id;
static _Atomic int signing_in;
static _Atomic int rendering;
static ppo_view *marked_view;

static void read_byte(const char *place) {
    volatile char byte = *place;
    (void)byte;
}

static ppo_result PPO_CALL set_access(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                      int32_t enabled, ppo_account_state *state, ppo_error *error) {
    if (fault("reads_beyond_a_text") && patient_id.size == 65536) read_byte(patient_id.data + patient_id.size);
    if (fault("trusts_the_clock") && host->now(host->context) == 0) abort();
    if (fault("ends_all_at_once") && one_was_shut_down) return PPO_MISUSE_STATE;
    kept_id = patient_id;
    ppo_result result = real_onboarding->set_access(self, caller, patient_id, enabled, state, error);
    if (fault("answers_zero") && result == PPO_MISUSE_VALUE) result = 0;
    if (fault("writes_behind_a_struct") && result == PPO_OK && state != NULL && state->struct_size == 8)
        memset((char *)state + 8, 0, 8);
    if (fault("leaves_what_it_cannot_know") && result == PPO_OK && state != NULL &&
        state->struct_size == sizeof *state + 8)
        memset(state + 1, 0x5a, 8);
    return result;
}

static ppo_result PPO_CALL lift_delays(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                       ppo_error *error) {
    ppo_caller cut;
    if (fault("keeps_a_pointer") && kept_id.size > 0) read_byte(kept_id.data);
    if (fault("ignores_a_tail") && caller != NULL && caller->struct_size > sizeof cut) {
        cut = *caller;
        cut.struct_size = sizeof cut;
        caller = &cut;
    }
    const ppo_result result = real_onboarding->lift_delays(self, caller, patient_id, error);
    if (fault("takes_any_bytes") && result == PPO_MISUSE_TEXT_NOT_UTF8) return PPO_OK;
    if (fault("answers_after_shutdown") && result == PPO_MISUSE_STATE) return PPO_OK;
    if (fault("answers_after_destroy") && result == PPO_MISUSE_HANDLE) return PPO_OK;
    if (fault("lies_in_the_error") && self == NULL && error != NULL) error->result = PPO_MISUSE_STATE;
    return result;
}

static ppo_result PPO_CALL revoke_invitation(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                             ppo_error *error) {
    if (fault("crashes_on_null") && self == NULL) read_byte((const char *)self);
    return real_onboarding->revoke_invitation(self, caller, patient_id, error);
}

static ppo_result PPO_CALL get_account(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                       const ppo_account_sink *sink, ppo_error *error) {
    const ppo_result result = real_onboarding->get_account(self, caller, patient_id, sink, error);
    return fault("ignores_its_sink") && result == PPO_FAULT_HOST ? PPO_OK : result;
}

static ppo_result PPO_CALL set_credentials(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                           const ppo_credentials *given, ppo_account_state *state, ppo_error *error) {
    const ppo_result result = real_onboarding->set_credentials(self, caller, patient_id, given, state, error);
    if (fault("logs_a_username") && result <= -1000 && result > -2000)
        host->log(host->context, PPO_LOG_INFO, given->username.data, given->username.size);
    if (fault("tells_a_username_in_an_error") && result <= -1000 && result > -2000 && error != NULL)
        snprintf(error->message, sizeof error->message, "%.*s cannot be saved.", (int)given->username.size,
                 given->username.data);
    return result;
}

static ppo_result PPO_CALL start_batch(ppo_instance *self, const ppo_caller *caller,
                                       const ppo_batch_selection *selection, ppo_batch_started *started,
                                       ppo_error *error) {
    steps = 0;
    return real_onboarding->start_batch(self, caller, selection, started, error);
}

/* A slot on one batch in which a refusal for its state is good news. */
#define BATCH_SLOT(slot, name)                                                                             \
    static ppo_result PPO_CALL slot(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,       \
                                    ppo_error *error) {                                                    \
        const ppo_result result = real_onboarding->slot(self, caller, batch_id, error);                    \
        return fault(name) && result == PPO_REFUSED_BATCH_STATE ? PPO_OK : result;                         \
    }
BATCH_SLOT(undo_batch, "undoes_too_late")
BATCH_SLOT(resume_batch, "resumes_what_has_ended")
BATCH_SLOT(pause_batch, "pauses_twice")

static ppo_result PPO_CALL cancel_batch(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                        ppo_error *error) {
    if (fault("cancels_nothing") && steps == 4) return PPO_OK;
    return real_onboarding->cancel_batch(self, caller, batch_id, error);
}

typedef struct counting_sink {
    const ppo_batch_person_sink *behind;
    int count;
} counting_sink;

static ppo_result PPO_CALL count_person(void *context, const ppo_batch_person *person) {
    counting_sink *sink = context;
    ++sink->count;
    return sink->behind->put(sink->behind->context, person);
}

static ppo_result PPO_CALL each_batch_person(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                             uint32_t outcomes, uint32_t after, uint64_t limit,
                                             const ppo_batch_person_sink *sink, ppo_error *error) {
    counting_sink counting = {sink, 0};
    const ppo_batch_person_sink through = {&counting, count_person};
    const bool counts = sink != NULL && sink->put != NULL;
    const ppo_result result = real_onboarding->each_batch_person(self, caller, batch_id, outcomes, after, limit,
                                                                 counts ? &through : sink, error);
    return fault("goes_on_when_stopped") && result == PPO_STOPPED && counting.count >= 3 ? PPO_OK : result;
}

static ppo_result PPO_CALL open_view(ppo_instance *self, const ppo_caller *caller, const ppo_view_request *request,
                                     ppo_view **out, ppo_error *error) {
    const ppo_result result = real_ui->open(self, caller, request, out, error);
    if (result == PPO_OK && text_is(request->patient_id, "P010")) marked_view = *out;
    return result;
}

static ppo_result PPO_CALL render(ppo_view *view, const ppo_text_sink *sink, ppo_error *error) {
    ppo_result result = PPO_FAULT_INTERNAL;
    if (++rendering == 1 || !fault("renders_one_at_a_time")) result = real_ui->render(view, sink, error);
    --rendering;
    if (fault("renders_no_json") && result == PPO_OK && view == marked_view) sink->put(sink->context, "}", 1);
    return result;
}

static ppo_result PPO_CALL edit(ppo_view *view, ppo_text field_id, ppo_text value, ppo_error *error) {
    if (fault("crashes_on_a_number") && text_is(value, "99999999999999999999")) abort();
    const ppo_result result = real_ui->edit(view, field_id, value, error);
    if (fault("takes_unknown_fields") && text_is(field_id, "SAVE")) return PPO_OK;
    return result;
}

static void PPO_CALL close_view(ppo_view *view) {
    if (!fault("keeps_views_open")) real_ui->close(view);
}

static ppo_result PPO_CALL read_report(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                       const ppo_rows_sink *sink, ppo_error *error) {
    ppo_report_query other;
    if (query != NULL && query->struct_size == sizeof other) {
        other = *query;
        if (fault("forgets_the_cursor") && query->limit == 7) other.cursor = (ppo_text){NULL, 0};
        if (fault("counts_wrong_to_a_limit") && query->limit == 5) other.limit = 4;
        query = &other;
    }
    return real_report->read(self, caller, query, sink, error);
}

static ppo_result PPO_CALL count(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                 ppo_report_counts *counts, ppo_error *error) {
    const ppo_result result = real_report->count(self, caller, query, counts, error);
    if (fault("miscounts") && result == PPO_OK && counts->struct_size == sizeof *counts) ++counts->by_status[1];
    return result;
}

static ppo_result PPO_CALL read_json(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                     const ppo_text_sink *sink, ppo_error *error) {
    const ppo_result result = real_report->read_json(self, caller, query, sink, error);
    if (fault("reads_no_json") && result == PPO_OK && query->limit == 1000) sink->put(sink->context, "]", 1);
    return result;
}

static ppo_result PPO_CALL verify(ppo_instance *self, const ppo_caller *caller, ppo_audit_verdict *verdict,
                                  ppo_error *error) {
    for (volatile int round = 0; fault("hangs") && self == NULL;) round = !round;
    return real_audit->verify(self, caller, verdict, error);
}

static ppo_result PPO_CALL sign_in(ppo_instance *self, const ppo_visitor *visitor, ppo_text username,
                                   ppo_text password, const ppo_signed_in_sink *sink, ppo_error *error) {
    ppo_result result = PPO_FAULT_INTERNAL;
    if (++signing_in == 1 || !fault("signs_in_one_at_a_time"))
        result = real_selfservice->sign_in(self, visitor, username, password, sink, error);
    --signing_in;
    return result;
}

static const void *look_up(const char *id) { return real->query((ppo_text){id, strlen(id)}); }

void fill_tables(void) {
    onboarding = *(real_onboarding = look_up(PPO_ONBOARDING_1));
    ui = *(real_ui = look_up(PPO_UI_1));
    report = *(real_report = look_up(PPO_REPORT_1));
    audit = *(real_audit = look_up(PPO_AUDIT_1));
    selfservice = *(real_selfservice = look_up(PPO_SELFSERVICE_1));
    onboarding.set_access = set_access;
    onboarding.lift_delays = lift_delays;
    onboarding.revoke_invitation = revoke_invitation;
    onboarding.get_account = get_account;
    onboarding.set_credentials = set_credentials;
    onboarding.start_batch = start_batch;
    onboarding.undo_batch = undo_batch;
    onboarding.resume_batch = resume_batch;
    onboarding.pause_batch = pause_batch;
    onboarding.cancel_batch = cancel_batch;
    onboarding.each_batch_person = each_batch_person;
    ui.open = open_view;
    ui.render = render;
    ui.edit = edit;
    ui.close = close_view;
    report.read = read_report;
    report.count = count;
    report.read_json = read_json;
    audit.verify = verify;
    selfservice.sign_in = sign_in;
    if (fault("lacks_a_slot")) onboarding.patient_merged = NULL;
}
