/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hosts that end in other ways than by the book, with the plugin's own thread running: none may crash or hang.
 *   exit      from main, with an instance alive
 *   fork      a child made while an instance is alive exits, and the parent's instance goes on
 *   unloaded  exit after everything ended and the plugin left, while a thread that had called in still runs
 * The store is in a file, or where PPO_STORE says. Usage: ends MODULE exit|fork|unloaded
 */
#define _XOPEN_SOURCE 700
#include "life.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const ppo_plugin *plugin;
static ppo_instance *self;
static pthread_barrier_t called;

static void call_in(const char *id) {
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    const ppo_patient one = patient(id, "Anna", "anna@example.test");
    CLAIM_RESULT(PPO_OK, onboarding->patient_changed(self, &one, NULL));
}

static void *linger(void *unused) {
    call_in("P009");
    pthread_barrier_wait(&called);
    for (;;) pause();
    return unused;
}

static int exit_status_of_a_child(void) {
    int status = -1;
    const pid_t child = fork();
    if (child == 0) {
        alarm(20); /* Ends a child that hangs. */
        exit(0);
    }
    CLAIM(waitpid(child, &status, 0) == child);
    return status;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    const char *way = arguments[2];
    const char *folder = make_folder();
    static test_host host; /* Whoever exits with an instance alive may still be called. */
    test_settings made;
    make_host(&host);
    make_settings(&made, folder);
    made.settings.flags = PPO_SETTING_OWN_THREAD;
    if (getenv("PPO_STORE") != NULL) {
        made.settings.store = text_of(getenv("PPO_STORE"));
        made.settings.state_folder = text_of(folder);
    }
    void *module = load(arguments[1], &plugin);
    CLAIM_RESULT(PPO_OK, plugin->create(&host.table, &made.settings, &self, NULL));
    call_in("P001");
    if (strcmp(way, "fork") == 0) {
        CLAIM(exit_status_of_a_child() == 0);
        call_in("P002");
    }
    if (strcmp(way, "exit") != 0) {
        pthread_t thread;
        pthread_barrier_init(&called, NULL, 2);
        pthread_create(&thread, NULL, linger, NULL);
        pthread_barrier_wait(&called);
        CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
        plugin->destroy(self);
        CLAIM(dlclose(module) == 0);
        if (strcmp(way, "fork") == 0) CLAIM(exit_status_of_a_child() == 0);
    }
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
