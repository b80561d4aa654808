/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host with a screen reader's manners: takes one command a line, parts divided by tabs, and answers with one line.
 * views_test.py drives it. Usage: view_host MODULE
 *
 *   contributions            view id, location, label, flags of each, divided by tabs
 *   open VIEW PATIENT        result
 *   render                   the model
 *   edit FIELD VALUE         result
 *   invoke ACTION ARGUMENT   kind and target of each effect, then the result, divided by tabs
 *   work                     result
 *   advance SECONDS          1
 */
#include "harness.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static ppo_result PPO_CALL print_text(void *context, const char *data, size_t size) {
    (void)context;
    for (size_t i = 0; i < size; ++i) putchar(data[i] == '\n' ? ' ' : data[i]); /* Only layout: JSON escapes its own. */
    return PPO_OK;
}

static void print_part(ppo_text text) {
    print_text(NULL, text.data, text.size);
    putchar('\t');
}

static ppo_result PPO_CALL print_contribution(void *context, const ppo_contribution *contribution) {
    (void)context;
    print_part(contribution->view_id);
    print_part(contribution->location);
    print_part(contribution->label);
    printf("%u\t", (unsigned)contribution->flags);
    return PPO_OK;
}

static ppo_result PPO_CALL print_effect(void *context, const ppo_effect *effect) {
    (void)context;
    printf("%u\t", (unsigned)effect->kind);
    print_part(effect->target);
    return PPO_OK;
}

typedef struct screen {
    const ppo_plugin *plugin;
    const ppo_ui_1 *ui;
    ppo_instance *self;
    ppo_view *view;
    ppo_caller caller;
    test_host host;
    test_settings made;
} screen;

static void open_view(screen *it, const char *view_id, const char *patient_id) {
    ppo_view_request request = {0};
    request.struct_size = sizeof request;
    request.view_id = text_of(view_id);
    request.patient_id = text_of(patient_id);
    it->ui->close(it->view);
    it->view = NULL;
    printf("%d", (int)it->ui->open(it->self, &it->caller, &request, &it->view, NULL));
}

static void obey(screen *it, const char *command, const char *first, const char *second) {
    const ppo_text_sink text_sink = {NULL, print_text};
    const ppo_contribution_sink contribution_sink = {NULL, print_contribution};
    const ppo_effect_sink effect_sink = {NULL, print_effect};
    if (strcmp(command, "contributions") == 0) {
        CLAIM_RESULT(PPO_OK, it->ui->contributions(it->self, text_of("en"), &contribution_sink, NULL));
    } else if (strcmp(command, "open") == 0) {
        open_view(it, first, second);
    } else if (strcmp(command, "render") == 0) {
        CLAIM_RESULT(PPO_OK, it->ui->render(it->view, &text_sink, NULL));
    } else if (strcmp(command, "edit") == 0) {
        printf("%d", (int)it->ui->edit(it->view, text_of(first), text_of(second), NULL));
    } else if (strcmp(command, "invoke") == 0) {
        printf("%d", (int)it->ui->invoke(it->view, text_of(first), text_of(second), &effect_sink, NULL));
    } else if (strcmp(command, "work") == 0) {
        printf("%d", (int)it->plugin->work(it->self, 0, NULL));
    } else if (strcmp(command, "advance") == 0) {
        it->host.now += 1000 * (ppo_time)atoll(first);
        printf("1");
    }
    putchar('\n');
    fflush(stdout);
}

static void take_commands(screen *it) {
    static char line[8192];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *first = strchr(line, '\t');
        if (first != NULL) *first++ = '\0';
        char *second = first != NULL ? strchr(first, '\t') : NULL;
        if (second != NULL) *second++ = '\0';
        obey(it, line, first != NULL ? first : "", second != NULL ? second : "");
    }
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    const char *folder = make_folder();
    screen it = {0};
    void *module = load(arguments[1], &it.plugin);
    it.ui = it.plugin->query(text_of(PPO_UI_1));
    const ppo_onboarding_1 *onboarding = it.plugin->query(text_of(PPO_ONBOARDING_1));
    make_host(&it.host);
    make_settings(&it.made, folder);
    it.caller = staff();
    ppo_error error = fresh_error();
    if (it.plugin->create(&it.host.table, &it.made.settings, &it.self, &error) != PPO_OK) {
        printf("%s\n", error.message);
        return 1;
    }
    ppo_patient patients[] = {patient("P001", "Anna", "anna@example.test"),
                              patient("P002", "Zo\xc3\xab \"Z\" <b>&\xe2\x80\xa8", ""),
                              patient("P003", "Carl", "not an address"),
                              patient("P004", "Dora", "dora@example.test")};
    patients[3].chart_status = PPO_CHART_DECEASED;
    for (size_t i = 0; i < sizeof patients / sizeof patients[0]; ++i)
        CLAIM_RESULT(PPO_OK, onboarding->patient_changed(it.self, &patients[i], NULL));
    take_commands(&it);
    it.plugin->destroy(it.self);
    dlclose(module);
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
