/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host that keeps nothing: each worker reads a command a line, parts divided by tabs, answers with one line, and
 * wipes what it read. What is found in this process afterwards is therefore the plugin's. hunt_test.py drives it.
 * Usage: secrets_host MODULE FOLDER IN OUT [IN OUT]: descriptors, one pair a worker.
 *
 *   patient ID LAST EMAIL                     invite ID             work          advance SECONDS
 *   open_link LINK                            redeem LINK BIRTH USERNAME PASSWORD
 *   sign_in USERNAME PASSWORD                 change ID OLD NEW     request EMAIL LAST BIRTH ZIP
 *   open ID    edit FIELD VALUE    invoke ACTION    close           set ID USERNAME PASSWORD
 *   plant TEXT     forgets to give memory back: the hunt must find it
 *   end            destroys the instance and lives on
 */
#define _DEFAULT_SOURCE
#include "harness.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINE = 8192, PARTS = 6, WORKERS = 2 };

typedef struct worker {
    int in, out;
    ppo_view *view;
    char line[LINE];
    ppo_text parts[PARTS];
} worker;

static struct {
    const ppo_plugin *plugin;
    const ppo_onboarding_1 *onboarding;
    const ppo_selfservice_1 *portal;
    const ppo_ui_1 *ui;
    ppo_instance *self;
    test_host host;
    test_settings made;
    int log;
    char *planted;
} it;
static _Atomic unsigned visits;
static _Atomic int64_t clock_ms = INT64_C(1767225600000);

static ppo_time PPO_CALL now(void *context) {
    (void)context;
    return clock_ms;
}

static void PPO_CALL log_line(void *context, int32_t level, const char *text, size_t size) {
    (void)context;
    (void)level;
    if (write(it.log, text, size) < 0 || write(it.log, "\n", 1) < 0) abort();
}

static ppo_result PPO_CALL take_page(void *context, const ppo_link_page *page) {
    *(ppo_result *)context = page->state;
    return PPO_OK;
}

static ppo_result PPO_CALL take_signed_in(void *context, const ppo_signed_in *signed_in) {
    (void)context;
    (void)signed_in;
    return PPO_OK;
}

static ppo_result PPO_CALL take_text(void *context, const char *data, size_t size) {
    (void)context;
    (void)data;
    (void)size;
    return PPO_OK;
}

static ppo_result PPO_CALL take_effect(void *context, const ppo_effect *effect) {
    const worker *from = context;
    if (effect->kind != PPO_EFFECT_COPY_TEXT) return PPO_OK;
    if (write(from->out, effect->text.data, effect->text.size) < 0 || write(from->out, "\t", 1) < 0) abort();
    return PPO_OK;
}

static ppo_result add_patient(const ppo_text *part, ppo_error *error) {
    ppo_patient made = patient("P", "Anna", "anna@example.test");
    made.id = part[1];
    made.last_name = part[2];
    made.email = part[3];
    const ppo_result result = it.onboarding->patient_changed(it.self, &made, error);
    if (result != PPO_OK) return result;
    const ppo_caller caller = staff();
    return it.onboarding->set_access(it.self, &caller, part[1], 1, NULL, error);
}

static ppo_result portal(const ppo_text *part, ppo_error *error) {
    ppo_result state = 0;
    char from[32]; /* Everybody comes from an address of their own: limits per source are tried elsewhere. */
    const unsigned visit = visits++;
    snprintf(from, sizeof from, "10.%u.%u.%u", visit >> 16 & 255, visit >> 8 & 255, visit & 255);
    ppo_visitor visitor = {0};
    visitor.struct_size = sizeof visitor;
    visitor.from = text_of(from);
    const ppo_link_page_sink page = {&state, take_page};
    const ppo_signed_in_sink signed_in = {NULL, take_signed_in};
    switch (part[0].data[0]) {
    case 'o': {
        const ppo_result result = it.portal->open_link(it.self, &visitor, part[1], &page, error);
        return result == PPO_OK ? state : result;
    }
    case 'd': {
        ppo_link_answers answers = {0};
        answers.struct_size = sizeof answers;
        answers.link = part[1];
        answers.birth_date = part[2];
        const ppo_text username = part[3].size > 0 ? part[3] : (ppo_text){0};
        return it.portal->complete_setup(it.self, &visitor, &answers, username, part[4], error);
    }
    case 's': return it.portal->sign_in(it.self, &visitor, part[1], part[2], &signed_in, error);
    case 'c': return it.portal->change_password(it.self, &visitor, part[1], part[2], part[3], NULL, error);
    default: {
        ppo_identity identity = {0};
        identity.struct_size = sizeof identity;
        identity.email = part[1];
        identity.last_name = part[2];
        identity.birth_date = part[3];
        identity.postal_code = part[4];
        return it.portal->request(it.self, &visitor, PPO_REQUEST_PASSWORD, &identity, error);
    }
    }
}

static ppo_result desk(worker *me, const ppo_text *part, ppo_error *error) {
    const ppo_caller caller = staff();
    const ppo_text_sink text = {NULL, take_text};
    const ppo_effect_sink effects = {me, take_effect};
    ppo_view_request request = {0};
    ppo_credentials chosen = {0};
    switch (part[0].data[0]) {
    case 'o':
        request.struct_size = sizeof request;
        request.view_id = text_of("patient-portal.tab");
        request.patient_id = part[1];
        return it.ui->open(it.self, &caller, &request, &me->view, error);
    case 'e': {
        const ppo_result result = it.ui->edit(me->view, part[1], part[2], error);
        return result == PPO_OK ? it.ui->render(me->view, &text, error) : result;
    }
    case 'i': return it.ui->invoke(me->view, part[1], (ppo_text){0}, &effects, error);
    case 'c':
        it.ui->close(me->view);
        me->view = NULL;
        return PPO_OK;
    default:
        chosen.struct_size = sizeof chosen;
        chosen.username = part[2];
        chosen.password = part[3];
        return it.onboarding->set_credentials(it.self, &caller, part[1], &chosen, NULL, error);
    }
}

static bool is(ppo_text text, const char *word) {
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

static ppo_result obey(worker *me, ppo_error *error) {
    ppo_text *part = me->parts;
    const ppo_caller caller = staff();
    if (is(part[0], "patient")) return add_patient(part, error);
    if (is(part[0], "invite")) return it.onboarding->send_invitation(it.self, &caller, part[1], NULL, error);
    if (is(part[0], "work")) return it.plugin->work(it.self, 1000, error);
    if (is(part[0], "advance")) {
        clock_ms += strtoll(part[1].data, NULL, 10) * 1000; /* The part ends with a NUL, as split_line leaves it. */
        return PPO_OK;
    }
    if (is(part[0], "plant")) {
        it.planted = malloc(part[1].size);
        if (it.planted == NULL) return PPO_FAULT_MEMORY;
        memcpy(it.planted, part[1].data, part[1].size);
        return PPO_OK;
    }
    if (is(part[0], "end")) {
        it.plugin->destroy(it.self);
        it.self = NULL;
        return PPO_OK;
    }
    const char *portal_words[] = {"open_link", "redeem", "sign_in", "change", "request"};
    for (size_t i = 0; i < 5; ++i)
        if (is(part[0], portal_words[i])) {
            part[0].data = &"odscr"[i];
            return portal(part, error);
        }
    return desk(me, part, error);
}

/* False at the end of the commands. */
static bool read_line(worker *me) {
    size_t size = 0;
    while (size + 1 < LINE) {
        const ssize_t count = read(me->in, me->line + size, LINE - 1 - size);
        if (count <= 0) return false;
        size += (size_t)count;
        if (me->line[size - 1] == '\n') {
            me->line[size - 1] = '\0';
            return true;
        }
    }
    return false;
}

static void split_line(worker *me) {
    char *from = me->line;
    for (int i = 0; i < PARTS; ++i) {
        char *end = strchr(from, '\t');
        me->parts[i] = text_of(from);
        if (end == NULL) {
            from += strlen(from);
            continue;
        }
        me->parts[i].size = (size_t)(end - from);
        *end = '\0';
        from = end + 1;
    }
}

static void *run(void *context) {
    worker *me = context;
    while (read_line(me)) {
        split_line(me);
        ppo_error error = fresh_error();
        const ppo_result result = obey(me, &error);
        explicit_bzero(me->line, sizeof me->line);
        char answer[600];
        const int size = snprintf(answer, sizeof answer, "%d\t%s\n", (int)result, error.message);
        if (write(me->out, answer, (size_t)size) < 0) return NULL;
    }
    return NULL;
}

static void open_instance(const char *module, const char *folder) {
    char name[4096];
    load(module, &it.plugin);
    make_host(&it.host);
    it.host.table.now = now;
    it.host.table.log = log_line;
    make_settings(&it.made, folder);
    it.made.settings.mails_per_minute = 60000;
    it.made.settings.mails_per_day = 1000000;
    it.made.settings.patient_mails_per_day = 100;
    snprintf(name, sizeof name, "%.4000s/host.log", folder);
    it.log = open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
    it.onboarding = it.plugin->query(text_of(PPO_ONBOARDING_1));
    it.portal = it.plugin->query(text_of(PPO_SELFSERVICE_1));
    it.ui = it.plugin->query(text_of(PPO_UI_1));
    ppo_error error = fresh_error();
    if (it.plugin->create(&it.host.table, &it.made.settings, &it.self, &error) != PPO_OK) {
        printf("%s\n", error.message);
        exit(2);
    }
}

int main(int count, char **arguments) {
    static worker workers[WORKERS];
    pthread_t threads[WORKERS];
    if (count != 3 + 2 * WORKERS) return 2;
    open_instance(arguments[1], arguments[2]);
    for (int i = 0; i < WORKERS; ++i) {
        workers[i].in = atoi(arguments[3 + 2 * i]);
        workers[i].out = atoi(arguments[4 + 2 * i]);
        if (pthread_create(&threads[i], NULL, run, &workers[i]) != 0) return 2;
    }
    for (int i = 0; i < WORKERS; ++i) pthread_join(threads[i], NULL);
    if (it.self != NULL) it.plugin->destroy(it.self);
    free(it.planted);
    return failures() == 0 ? 0 : 1;
}
