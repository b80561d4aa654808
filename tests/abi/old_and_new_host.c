/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host as old or as new as the headers it is built with, beside a plugin that may be of another age: it takes what
 * there is, does without what is not, and is told by name what would be misunderstood.
 * Usage: old_and_new_host MODULE MINOR_OF_THE_MODULE
 */
#include "harness.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static int read_patients;
static int ended_sessions;

static ppo_result PPO_CALL each_patient(void *context, const ppo_patient_sink *sink, ppo_error *error) {
    const ppo_patient anna = patient("P001", "Anna", "anna@example.test");
    (void)context;
    (void)error;
    ++read_patients;
    return sink->put(sink->context, &anna);
}

static ppo_result PPO_CALL get_patient(void *context, const char *id, size_t size, const ppo_patient_sink *sink,
                                       ppo_error *error) {
    if (size != 4 || memcmp(id, "P001", size) != 0) return PPO_REFUSED_UNKNOWN_PATIENT;
    return each_patient(context, sink, error);
}

static void PPO_CALL end_sessions(void *context, const char *patient_id, size_t size) {
    (void)context;
    CLAIM(size == 4 && memcmp(patient_id, "P001", size) == 0);
    ++ended_sessions;
}

#ifdef PPO_LATER
/* What a newer host offers beyond what the plugin knows: the plugin does without. */
static ppo_result PPO_CALL offered(void) { return PPO_OK; }
#define AND_LATER , offered
#else
#define AND_LATER
#endif

static const ppo_host_directory_1 directory = {sizeof directory, 0, get_patient, each_patient AND_LATER};
static const ppo_host_sessions_1 sessions = {sizeof sessions, 0, end_sessions AND_LATER};

static const void *PPO_CALL offers(void *context, const char *id, size_t size) {
    (void)context;
    if (size == strlen(PPO_HOST_DIRECTORY_1) && memcmp(id, PPO_HOST_DIRECTORY_1, size) == 0) return &directory;
    if (size == strlen(PPO_HOST_SESSIONS_1) && memcmp(id, PPO_HOST_SESSIONS_1, size) == 0) return &sessions;
    return NULL;
}

/* The plugin reads this host's charts, whatever else the host may offer, and tells it what ends. */
static void the_host_is_used(const ppo_plugin *plugin, ppo_instance *self) {
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    const ppo_caller caller = staff();
    ppo_account_state state = {0};
    state.struct_size = sizeof state;
    CLAIM(read_patients == 1);
    CLAIM_RESULT(PPO_OK, onboarding->set_access(self, &caller, text_of("P001"), 1, &state, NULL));
    CLAIM(state.status == PPO_STATUS_NOT_INVITED);
    CLAIM_RESULT(PPO_OK, onboarding->send_invitation(self, &caller, text_of("P001"), NULL, NULL));
    CLAIM(read_patients == 2);
    CLAIM_RESULT(PPO_OK, onboarding->set_access(self, &caller, text_of("P001"), 0, &state, NULL));
    CLAIM(state.status == PPO_STATUS_NOT_ENABLED && ended_sessions == 1);
}

#ifdef PPO_LATER
static void what_came_later_is_asked_for(const ppo_plugin *plugin, const ppo_store_1 *store, unsigned long minor) {
    CLAIM(PPO_HAS(ppo_plugin, plugin, query));
    CLAIM(PPO_HAS(ppo_plugin, plugin, since_later) == (minor >= 1));
    CLAIM(PPO_HAS(ppo_store_1, store, since_later) == (minor >= 1));
    if (PPO_HAS(ppo_store_1, store, since_later)) CLAIM_RESULT(PPO_MORE, store->since_later());
}

static void what_the_plugin_cannot_know_is_refused(const ppo_plugin *plugin, const test_host *host,
                                                   test_settings *made, ppo_instance *self) {
    const ppo_caller usual = staff();
    ppo_caller caller = usual;
    ppo_error error = fresh_error();
    ppo_instance *another = NULL;
    made->settings.since_later = 1;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE, plugin->create(&host->table, &made->settings, &another, &error));
    CLAIM(another == NULL && strcmp(error.code, "misuse_struct_size") == 0 && error.field[0] != '\0');
    made->settings.since_later = 0;
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    caller.since_later = 1;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE, onboarding->set_access(self, &caller, text_of("P001"), 1, NULL, &error));
    CLAIM(strstr(error.field, "caller") != NULL);
    ppo_patient anna = patient("P001", "Anna", "anna@example.test");
    anna.since_later = 1;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE, onboarding->patient_changed(self, &anna, &error));
}

static void results_are_written_as_far_as_both_know(const ppo_plugin *plugin, ppo_instance *self) {
    const ppo_report_1 *report = plugin->query(text_of(PPO_REPORT_1));
    const ppo_caller caller = staff();
    ppo_report_query everything = {0};
    ppo_report_counts counts;
    memset(&counts, 0x5a, sizeof counts); /* What a plugin does not know of it comes back as zero. */
    everything.struct_size = sizeof everything;
    counts.struct_size = sizeof counts;
    CLAIM_RESULT(PPO_OK, report->count(self, &caller, &everything, &counts, NULL));
    CLAIM(counts.patients == 1);
    CLAIM(counts.struct_size == sizeof counts);
    CLAIM(counts.since_later == 0);
}
#endif

int main(int count, char **arguments) {
    if (count != 3) return 2;
    const unsigned long minor = strtoul(arguments[2], NULL, 10);
    const char *folder = make_folder();
    const ppo_plugin *plugin = NULL;
    void *module = load(arguments[1], &plugin);
    test_host host;
    test_settings made;
    ppo_instance *self = NULL;
    ppo_error error = fresh_error();
    make_host(&host);
    host.table.query = offers;
#ifdef PPO_LATER
    host.table.since_later = offered;
#endif
    make_settings(&made, folder);

    CLAIM(plugin->abi_major == PPO_ABI_MAJOR && plugin->abi_minor == minor);
    CLAIM_RESULT(PPO_OK, plugin->create(&host.table, &made.settings, &self, &error));
    CLAIM(plugin->query(text_of("ppo.of-tomorrow/1")) == NULL);
    const ppo_store_1 *store = plugin->query(text_of(PPO_STORE_1));
    CLAIM(store != NULL && store->struct_size >= offsetof(ppo_store_1, move) + sizeof store->move);
    ppo_result worked = PPO_MORE;
    for (int step = 0; step < 100 && worked == PPO_MORE; ++step) worked = plugin->work(self, 0, NULL);
    CLAIM_RESULT(PPO_OK, worked);
    if (plugin->query(text_of(PPO_ONBOARDING_1)) != NULL) the_host_is_used(plugin, self);
#ifdef PPO_LATER
    what_came_later_is_asked_for(plugin, store, minor);
    if (plugin->query(text_of(PPO_ONBOARDING_1)) != NULL) {
        what_the_plugin_cannot_know_is_refused(plugin, &host, &made, self);
        results_are_written_as_far_as_both_know(plugin, self);
    }
#endif
    CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
    plugin->destroy(self);
    dlclose(module);
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
