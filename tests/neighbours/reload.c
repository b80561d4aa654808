/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads, uses and unloads the plugin again and again: afterwards no thread, no file and no more memory than after the
 * first times, and, of a release, no library. Threads of the host that called in live on meanwhile. What speaks
 * to PostgreSQL is loaded too, for a server that nobody has, and goes as well.
 * Usage: reload MODULE CYCLES stays|leaves MOST_GROWTH_KIB
 */
#define _XOPEN_SOURCE 700
#include "life.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { HELPERS = 2, WARM = 30 };

static const ppo_plugin *plugin;
static ppo_instance *self;
static pthread_barrier_t loaded, used, gone;

static long resident_kib(void) {
    long pages = 0;
    long resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    CLAIM(file != NULL && fscanf(file, "%ld %ld", &pages, &resident) == 2);
    if (file != NULL) fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void use(const char *patient_id) {
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    const ppo_caller caller = staff();
    char email[64];
    snprintf(email, sizeof email, "%s@example.test", patient_id);
    const ppo_patient anna = patient(patient_id, "Anna", email);
    CLAIM_RESULT(PPO_OK, onboarding->patient_changed(self, &anna, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->set_access(self, &caller, text_of(patient_id), 1, NULL, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->send_invitation(self, &caller, text_of(patient_id), NULL, NULL));
    CLAIM_RESULT(PPO_REFUSED_COOLING_DOWN, onboarding->send_invitation(self, &caller, text_of(patient_id), NULL, NULL));
}

/* A thread that is the host's: it calls in while the library is there, and is still there when it is not. */
static void *help(void *id) {
    pthread_barrier_wait(&loaded);
    use(id);
    pthread_barrier_wait(&used);
    pthread_barrier_wait(&gone);
    return NULL;
}

static void finds_no_server(const test_host *host, test_settings made, const char *folder) {
    ppo_instance *none = NULL;
    made.settings.store = text_of("postgresql://nobody@127.0.0.1:1/none");
    made.settings.state_folder = text_of(folder);
    CLAIM_RESULT(PPO_FAULT_STORE_LOST, plugin->create(&host->table, &made.settings, &none, NULL));
    CLAIM(none == NULL && is_mapped("ppo-postgresql.so"));
}

static void one_life(const char *path, int cycle, const char *folder, bool leaves) {
    char ids[HELPERS][16];
    pthread_t helpers[HELPERS];
    test_host host;
    test_settings made;
    make_host(&host);
    make_settings(&made, folder);
    void *module = load(path, &plugin);
    CLAIM_RESULT(PPO_OK, plugin->create(&host.table, &made.settings, &self, NULL));
    finds_no_server(&host, made, folder);
    for (int i = 0; i < HELPERS; ++i) {
        snprintf(ids[i], sizeof ids[i], "P%d-%d", cycle, i);
        pthread_create(&helpers[i], NULL, help, ids[i]);
    }
    pthread_barrier_wait(&loaded);
    pthread_barrier_wait(&used);
    while (plugin->work(self, 0, NULL) == PPO_MORE) continue;
    CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
    plugin->destroy(self);
    CLAIM(dlclose(module) == 0);
    CLAIM(is_mapped("patient_portal_onboarding") == !leaves);
    CLAIM(is_mapped("ppo-postgresql.so") == !leaves);
    CLAIM(is_mapped("libPoco") == !leaves);
    pthread_barrier_wait(&gone);
    for (int i = 0; i < HELPERS; ++i) pthread_join(helpers[i], NULL);
}

int main(int count, char **arguments) {
    if (count != 5) return 2;
    const int cycles = atoi(arguments[2]);
    const bool leaves = strcmp(arguments[3], "leaves") == 0;
    pthread_barrier_init(&loaded, NULL, HELPERS + 1);
    pthread_barrier_init(&used, NULL, HELPERS + 1);
    pthread_barrier_init(&gone, NULL, HELPERS + 1);
    const char *folder = make_folder();
    const int threads = running_threads();
    int files = 0;
    long before = 0;
    for (int cycle = 0; cycle < cycles; ++cycle) {
        if (cycle == WARM || cycle == 1) {
            files = open_files();
            before = resident_kib();
        }
        one_life(arguments[1], cycle, folder, leaves);
    }
    const long grown = resident_kib() - before;
    printf("%d lives, resident %ld KiB after the first, %+ld KiB since\n", cycles, before, grown);
    CLAIM(grown <= atol(arguments[4]));
    CLAIM(open_files() == files);
    CLAIM(running_threads() == threads);
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
