/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host that knows only abi/ invites several patients at once, hands a bounce in, replaces the text of a mail and asks
 * how the mail server is. And the careless one: what it gets for it. Usage: batches_and_mail MODULE
 */
#include "harness.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct subject {
    const ppo_plugin *plugin;
    const ppo_onboarding_1 *onboarding;
    const ppo_mail_1 *mail;
    ppo_instance *self;
    ppo_caller caller;
    test_host host;
    test_settings made;
    char batch_id[72];
} subject;

/* ------------------------------------------------------------------------------------------------ what sinks keep */

typedef struct seen_preview {
    uint64_t selected;
    uint64_t to_mail;
    uint64_t skips;
    ppo_result first_reason;
} seen_preview;

static ppo_result PPO_CALL take_preview(void *context, const ppo_batch_preview *preview) {
    seen_preview *seen = context;
    seen->selected = preview->selected;
    seen->to_mail = preview->to_mail;
    seen->skips = preview->skip_count;
    seen->first_reason = preview->skip_count > 0 ? preview->skips[0]->reason : 0;
    CLAIM(PPO_HAS(ppo_batch_preview, preview, done_at));
    return PPO_OK;
}

static ppo_result PPO_CALL take_batch(void *context, const ppo_batch *batch) {
    ppo_batch *seen = context;
    uint64_t sum = 0;
    for (int outcome = 0; outcome < PPO_OUTCOMES; ++outcome) sum += batch->by_outcome[outcome];
    CLAIM(sum == batch->selected);
    /* As much as both know. Its texts are borrowed and not looked at later. */
    memcpy(seen, batch, batch->struct_size < sizeof *seen ? batch->struct_size : sizeof *seen);
    return PPO_OK;
}

typedef struct seen_people {
    int count;
    uint32_t outcomes[8];
    ppo_result reasons[8];
} seen_people;

static ppo_result PPO_CALL take_person(void *context, const ppo_batch_person *person) {
    seen_people *seen = context;
    if (seen->count < 8) {
        seen->outcomes[seen->count] = person->outcome;
        seen->reasons[seen->count] = person->skipped_because;
    }
    ++seen->count;
    CLAIM(person->patient_id.size > 0);
    return PPO_OK;
}

static ppo_result PPO_CALL take_account(void *context, const ppo_account *account) {
    *(uint64_t *)context = account->marks | ((uint64_t)account->mail_state << 56);
    return PPO_OK;
}

static ppo_result PPO_CALL take_delivery(void *context, const ppo_delivery *delivery) {
    *(uint64_t *)context = delivery->waiting;
    return PPO_OK;
}

static ppo_result PPO_CALL take_step(void *context, const ppo_mail_step *step) {
    if (step->passed == 1) ++*(int *)context;
    CLAIM(step->step.size > 0);
    return PPO_OK;
}

typedef struct seen_template {
    char text[20481];
    char html[20481];
    uint32_t replaced;
} seen_template;

static ppo_result PPO_CALL take_template(void *context, const ppo_mail_template *text) {
    seen_template *seen = context;
    snprintf(seen->text, sizeof seen->text, "%.*s", (int)text->text.size, text->text.data);
    snprintf(seen->html, sizeof seen->html, "%.*s", (int)text->html.size, text->html.data);
    seen->replaced = text->replaced;
    return PPO_OK;
}

static ppo_result PPO_CALL count_finding(void *context, const ppo_template_finding *finding) {
    ++*(int *)context;
    CLAIM(finding->line >= 1 && finding->part.size > 0 && finding->code.size > 0 && finding->sentence.size > 0);
    return PPO_OK;
}

/* --------------------------------------------------------------------------------------------------- the stories */

static void patients_come_in(const subject *it) {
    const char *const ids[] = {"P001", "P002", "P003"};
    const char *const emails[] = {"anna@example.test", "ben@example.test", ""};
    for (int i = 0; i < 3; ++i) {
        const ppo_patient made = patient(ids[i], "Anna", emails[i]);
        CLAIM_RESULT(PPO_OK, it->onboarding->patient_changed(it->self, &made, NULL));
        CLAIM_RESULT(PPO_OK, it->onboarding->set_access(it->self, &it->caller, text_of(ids[i]), 1, NULL, NULL));
    }
}

static void work_until_nothing_is_due(const subject *it) {
    ppo_result worked = PPO_MORE;
    for (int step = 0; step < 1000 && worked == PPO_MORE; ++step) worked = it->plugin->work(it->self, 0, NULL);
    CLAIM_RESULT(PPO_OK, worked);
}

static void a_batch_is_looked_at_and_started(subject *it) {
    ppo_report_query everybody = {0};
    everybody.struct_size = sizeof everybody;
    ppo_batch_selection all = {0};
    all.struct_size = sizeof all;
    all.filter = &everybody;
    seen_preview preview = {0};
    const ppo_batch_preview_sink sink = {&preview, take_preview};
    CLAIM_RESULT(PPO_OK, it->onboarding->preview_batch(it->self, &it->caller, &all, &sink, NULL));
    CLAIM(preview.selected == 3 && preview.to_mail == 2 && preview.skips == 1);
    CLAIM(preview.first_reason == PPO_REFUSED_NO_EMAIL);

    ppo_batch_started started = {0};
    started.struct_size = sizeof started;
    CLAIM_RESULT(PPO_OK, it->onboarding->start_batch(it->self, &it->caller, &all, &started, NULL));
    CLAIM(started.state == PPO_BATCH_HELD_BACK && started.selected == 3 && started.to_mail == 2);
    CLAIM(started.starts_at == it->host.now + 120 * 1000);
    memcpy(it->batch_id, started.batch_id, sizeof it->batch_id);
    work_until_nothing_is_due(it);
    CLAIM(files_in(it->made.mails, ".eml") == 0);
}

static ppo_batch progress(const subject *it) {
    ppo_batch seen = {0};
    const ppo_batch_sink sink = {&seen, take_batch};
    CLAIM_RESULT(PPO_OK, it->onboarding->each_batch(it->self, &it->caller, text_of(it->batch_id), &sink, NULL));
    return seen;
}

static void it_waits_pauses_and_is_done(subject *it) {
    const ppo_onboarding_1 *onboarding = it->onboarding;
    const ppo_text id = text_of(it->batch_id);
    CLAIM_RESULT(PPO_OK, onboarding->pause_batch(it->self, &it->caller, id, NULL));
    it->host.now += 121 * 1000;
    work_until_nothing_is_due(it);
    CLAIM(progress(it).state == PPO_BATCH_PAUSED && files_in(it->made.mails, ".eml") == 0);
    CLAIM_RESULT(PPO_OK, onboarding->resume_batch(it->self, &it->caller, id, NULL));
    work_until_nothing_is_due(it);
    const ppo_batch done = progress(it);
    CLAIM(done.state == PPO_BATCH_DONE);
    CLAIM(done.by_outcome[PPO_MAIL_SENT] == 2 && done.by_outcome[PPO_OUTCOME_SKIPPED] == 1);
    CLAIM(files_in(it->made.mails, ".eml") == 2);
    CLAIM_RESULT(PPO_REFUSED_BATCH_STATE, onboarding->undo_batch(it->self, &it->caller, id, NULL));
    CLAIM_RESULT(PPO_REFUSED_BATCH_STATE, onboarding->cancel_batch(it->self, &it->caller, id, NULL));
    seen_people people = {0};
    const ppo_batch_person_sink sink = {&people, take_person};
    const uint32_t skipped = 1U << PPO_OUTCOME_SKIPPED;
    CLAIM_RESULT(PPO_OK, onboarding->each_batch_person(it->self, &it->caller, id, skipped, 0, 0, &sink, NULL));
    CLAIM(people.count == 1 && people.reasons[0] == PPO_REFUSED_NO_EMAIL);
}

/* Writes the smallest report about the first mail of the folder; returns its size. */
static int write_report(const subject *it, char *report, size_t size) {
    DIR *folder = opendir(it->made.mails);
    char id[200] = "";
    for (const struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL && id[0] == '\0';) {
        char path[8192];
        char line[2000];
        if (strstr(entry->d_name, ".eml") == NULL) continue;
        snprintf(path, sizeof path, "%s/%s", it->made.mails, entry->d_name);
        FILE *file = fopen(path, "rb");
        while (file != NULL && fgets(line, sizeof line, file) != NULL)
            if (strncmp(line, "Message-ID: <", 13) == 0)
                snprintf(id, sizeof id, "%.*s", (int)strcspn(line + 13, ">"), line + 13);
        if (file != NULL) fclose(file);
    }
    if (folder != NULL) closedir(folder);
    CLAIM(id[0] != '\0');
    return snprintf(report, size,
                    "From: mailer-daemon@mx.example.test\r\nMIME-Version: 1.0\r\n"
                    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
                    "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
                    "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.test\r\n\r\n"
                    "Final-Recipient: rfc822; x@example.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                    "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
                    "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <%s>\r\n\r\n--b--\r\n",
                    id);
}

static void a_bounce_marks_the_patient(const subject *it) {
    char report[4096];
    const int size = write_report(it, report, sizeof report);
    const uint8_t *bytes = (const uint8_t *)report;
    CLAIM_RESULT(PPO_OK, it->onboarding->take_delivery_report(it->self, bytes, (size_t)size, NULL));
    CLAIM_RESULT(PPO_OK, it->onboarding->take_delivery_report(it->self, bytes, (size_t)size, NULL));
    uint64_t marks[2] = {0, 0};
    const char *const ids[] = {"P001", "P002"};
    int bounced = 0;
    for (int i = 0; i < 2; ++i) {
        const ppo_account_sink sink = {&marks[i], take_account};
        CLAIM_RESULT(PPO_OK, it->onboarding->get_account(it->self, &it->caller, text_of(ids[i]), &sink, NULL));
        if ((marks[i] & PPO_MARK_BOUNCED) != 0 && marks[i] >> 56 == PPO_MAIL_BOUNCED) ++bounced;
    }
    CLAIM(bounced == 1);
    CLAIM(progress(it).by_outcome[PPO_MAIL_BOUNCED] == 1);
    CLAIM_RESULT(PPO_REFUSED_NOT_A_DELIVERY_REPORT,
                 it->onboarding->take_delivery_report(it->self, (const uint8_t *)"Hello", 5, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->onboarding->take_delivery_report(it->self, NULL, 5, NULL));
}

static void the_practice_writes_its_own_text(const subject *it) {
    ppo_mail_template own = {0};
    own.struct_size = sizeof own;
    own.kind = PPO_TEMPLATE_FIRST_SET_UP;
    own.language = text_of("en");
    own.subject = text_of("Your portal");
    own.text = text_of("Hello,\n[[link]]\nuntil [[expires]]\n");
    own.html = text_of("<p>Hello</p>\n<p><a href=\"[[link]]\">Go on</a> until [[expires]]</p>\n");
    int findings = 0;
    const ppo_template_finding_sink found = {&findings, count_finding};
    CLAIM_RESULT(PPO_OK, it->mail->check_template(it->self, &it->caller, &own, &found, NULL));
    CLAIM(findings == 0);
    CLAIM_RESULT(PPO_OK, it->mail->set_template(it->self, &it->caller, &own, NULL));
    seen_template seen = {{0}, {0}, 0};
    const ppo_mail_template_sink sink = {&seen, take_template};
    CLAIM_RESULT(PPO_OK, it->mail->get_template(it->self, &it->caller, own.kind, own.language, &sink, NULL));
    CLAIM(seen.replaced == 1 && strcmp(seen.text, own.text.data) == 0);
    CLAIM_RESULT(PPO_OK, it->mail->preview_template(it->self, &it->caller, &own, text_of("P001"), &sink, NULL));
    CLAIM(strstr(seen.text, "https://portal.example.test/link/") != NULL && strstr(seen.text, "[[") == NULL);

    own.text = text_of("Hello,\nno link at all\n");
    ppo_error error = fresh_error();
    CLAIM_RESULT(PPO_OK, it->mail->check_template(it->self, &it->caller, &own, &found, NULL));
    CLAIM(findings > 0);
    CLAIM_RESULT(PPO_REFUSED_TEMPLATE, it->mail->set_template(it->self, &it->caller, &own, &error));
    CLAIM(strstr(error.message, "text") != NULL);
    CLAIM_RESULT(PPO_OK, it->mail->reset_template(it->self, &it->caller, own.kind, own.language, NULL));
    CLAIM_RESULT(PPO_OK, it->mail->get_template(it->self, &it->caller, own.kind, own.language, &sink, NULL));
    CLAIM(seen.replaced == 0);
}

static void the_way_out_is_tried(const subject *it) {
    uint64_t waiting = 99;
    const ppo_delivery_sink health = {&waiting, take_delivery};
    CLAIM_RESULT(PPO_OK, it->mail->get_delivery(it->self, &it->caller, &health, NULL));
    CLAIM(waiting == 0);
    int passed = 0;
    const ppo_mail_step_sink steps = {&passed, take_step};
    CLAIM_RESULT(PPO_OK, it->mail->test_connection(it->self, &it->caller, &steps, NULL));
    CLAIM(passed > 0);
    const int before = files_in(it->made.mails, ".eml");
    ppo_mail_template in_use = {0};
    in_use.struct_size = sizeof in_use;
    in_use.kind = PPO_TEMPLATE_REMINDER;
    in_use.language = text_of("es");
    CLAIM_RESULT(PPO_OK, it->mail->send_test_mail(it->self, &it->caller, &in_use, text_of("dana@example.test"), &steps,
                                                  NULL));
    CLAIM(files_in(it->made.mails, ".eml") == before + 1);
    CLAIM_RESULT(PPO_REFUSED_INVALID_EMAIL,
                 it->mail->send_test_mail(it->self, &it->caller, &in_use, text_of("dana"), &steps, NULL));
}

static void the_careless_host_is_told(const subject *it) {
    const ppo_onboarding_1 *onboarding = it->onboarding;
    seen_preview preview = {0};
    const ppo_batch_preview_sink sink = {&preview, take_preview};
    ppo_batch_selection wrong = {0};
    wrong.struct_size = sizeof wrong;
    CLAIM_RESULT(PPO_MISUSE_NULL, onboarding->preview_batch(it->self, &it->caller, NULL, &sink, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->preview_batch(it->self, &it->caller, &wrong, &sink, NULL)); /* Of nobody. */
    CLAIM_RESULT(PPO_REFUSED_BATCH_EMPTY, onboarding->start_batch(it->self, &it->caller, &wrong, NULL, NULL));
    wrong.patient_id_count = 3;
    CLAIM(onboarding->preview_batch(it->self, &it->caller, &wrong, &sink, NULL) <= -2000);
    const ppo_text ids[] = {{"P\xff", 2}};
    wrong.patient_ids = ids;
    wrong.patient_id_count = 1;
    CLAIM_RESULT(PPO_MISUSE_TEXT_NOT_UTF8, onboarding->start_batch(it->self, &it->caller, &wrong, NULL, NULL));
    wrong.struct_size = 4;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE, onboarding->start_batch(it->self, &it->caller, &wrong, NULL, NULL));
    CLAIM_RESULT(PPO_REFUSED_UNKNOWN_BATCH, onboarding->pause_batch(it->self, &it->caller, text_of("4711"), NULL));
    CLAIM_RESULT(PPO_REFUSED_UNKNOWN_BATCH, onboarding->pause_batch(it->self, &it->caller, text_of("no number"), NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, onboarding->each_batch(it->self, &it->caller, (ppo_text){0}, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->mail->test_connection(it->self, &it->caller, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->mail->set_template(it->self, &it->caller, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_VALUE, it->mail->reset_template(it->self, &it->caller, 9, text_of("en"), NULL));
    CLAIM_RESULT(PPO_MISUSE_VALUE, it->mail->reset_template(it->self, &it->caller, 1, text_of("tlh"), NULL));

    ppo_caller visitor = it->caller;
    visitor.permissions = PPO_MAY_ONBOARD;
    CLAIM_RESULT(PPO_REFUSED_NOT_PERMITTED, it->mail->reset_template(it->self, &visitor, 1, text_of("en"), NULL));
    visitor.permissions = 0;
    CLAIM_RESULT(PPO_REFUSED_NOT_PERMITTED, onboarding->pause_batch(it->self, &visitor, text_of("1"), NULL));
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    const char *folder = make_folder();
    subject it = {0};
    void *module = load(arguments[1], &it.plugin);
    it.onboarding = it.plugin->query(text_of(PPO_ONBOARDING_1));
    it.mail = it.plugin->query(text_of(PPO_MAIL_1));
    CLAIM(it.onboarding != NULL && it.mail != NULL);
    if (failures() > 0) return 1;
    CLAIM(PPO_HAS(ppo_onboarding_1, it.onboarding, take_delivery_report));
    make_host(&it.host);
    make_settings(&it.made, folder);
    it.caller = staff();
    it.caller.permissions |= PPO_MAY_CHANGE_SETTINGS;
    CLAIM_RESULT(PPO_OK, it.plugin->create(&it.host.table, &it.made.settings, &it.self, NULL));
    if (it.self == NULL) return 1;

    patients_come_in(&it);
    a_batch_is_looked_at_and_started(&it);
    it_waits_pauses_and_is_done(&it);
    a_bounce_marks_the_patient(&it);
    the_practice_writes_its_own_text(&it);
    the_way_out_is_tried(&it);
    the_careless_host_is_told(&it);
    it.plugin->destroy(it.self);
    dlclose(module);
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
