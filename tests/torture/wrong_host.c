/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host that does one thing wrong, by name, or nothing ("right"). Usage: wrong_host PLUGIN DEED
 * What the plugin says of it goes to standard output, a line each.
 */
#include <ppo/ppo.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *deed;
static const ppo_plugin *plugin;
static ppo_instance *instance;
static ppo_view *view;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int is_inside, may_leave;

static int does(const char *what) { return strcmp(deed, what) == 0; }

static ppo_text text_of(const char *literal) { return (ppo_text){literal, strlen(literal)}; }

static void put_log(void *context, int32_t level, const char *text, size_t size) {
    (void)context;
    if (level == PPO_LOG_HOST_MISUSE) printf("%.*s\n", (int)size, text);
}

static ppo_time now(void *context) {
    (void)context;
    return does("host_clock") ? 0 : INT64_C(1790000000000);
}

static ppo_patient patient_named(const char *id) {
    ppo_patient patient = {0};
    patient.struct_size = does("struct_size_of_patient") ? 0 : (uint32_t)sizeof patient;
    patient.chart_status = PPO_CHART_ACTIVE;
    patient.id = text_of(id);
    patient.next_appointment = PPO_TIME_NONE;
    patient.last_appointment = PPO_TIME_NONE;
    return patient;
}

static ppo_result get_patient(void *context, const char *id, size_t size, const ppo_patient_sink *sink,
                              ppo_error *error) {
    (void)context;
    (void)error;
    if (does("patient_not_put")) return PPO_OK;
    if (size != 2 || memcmp(id, "P1", 2) != 0) return PPO_REFUSED_UNKNOWN_PATIENT;
    const ppo_patient patient = patient_named(does("wrong_patient") ? "P2" : "P1");
    return sink->put(sink->context, &patient);
}

static ppo_result each_patient(void *context, const ppo_patient_sink *sink, ppo_error *error) {
    static const char *const ids[] = {"P1", "P2", "P3"};
    (void)context;
    (void)error;
    int stopped = 0;
    for (int i = 0; i < 3; ++i) {
        const char *id = does("patient_twice") ? "P1" : does("patient_id") ? "" : ids[i];
        const ppo_patient patient = patient_named(id);
        stopped |= sink->put(sink->context, &patient) == PPO_STOPPED;
        if (stopped && !does("put_after_stopped")) return does("stop_not_told") ? PPO_OK : PPO_STOPPED;
    }
    if (stopped) return PPO_STOPPED;
    return does("host_answered_zero") ? 0 : PPO_OK;
}

static ppo_host_directory_1 directory = {sizeof directory, 0, get_patient, each_patient};

static const void *query(void *context, const char *id, size_t size) {
    (void)context;
    if (does("struct_size_of_table")) directory.struct_size = 0;
    return size == strlen(PPO_HOST_DIRECTORY_1) && memcmp(id, PPO_HOST_DIRECTORY_1, size) == 0 ? &directory : NULL;
}

static ppo_host host = {sizeof host, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, NULL, put_log, now, query};

static ppo_caller somebody(void) {
    const ppo_caller caller = {sizeof caller, PPO_MAY_ONBOARD, text_of("S1"), text_of("Somebody"), text_of("desk")};
    return caller;
}

static ppo_result put_contribution(void *context, const ppo_contribution *contribution) {
    (void)context;
    (void)contribution;
    if (does("sink_answered_zero")) return 0;
    if (does("destroy_inside_call")) plugin->destroy(instance);
    if (does("destroy_beside_call")) {
        pthread_mutex_lock(&lock);
        is_inside = 1;
        pthread_cond_broadcast(&changed);
        while (!may_leave) pthread_cond_wait(&changed, &lock);
        pthread_mutex_unlock(&lock);
    }
    return PPO_OK;
}

static const ppo_ui_1 *ui(void) { return plugin->query(text_of(PPO_UI_1)); }

static void *ask_for_contributions(void *nothing) {
    const ppo_contribution_sink sink = {NULL, put_contribution};
    ui()->contributions(instance, text_of(""), does("null") ? NULL : &sink, NULL);
    return nothing;
}

static ppo_result put_model(void *context, const char *data, size_t size) {
    (void)context;
    (void)data;
    (void)size;
    const ppo_text_sink again = {NULL, put_model};
    if (does("view_calls_overlap")) return ui()->render(view, &again, NULL) > 0 ? 0 : PPO_STOPPED;
    return PPO_OK;
}

static void show_a_view(void) {
    ppo_caller caller = somebody();
    if (does("struct_size_of_caller")) caller.struct_size = 0;
    const ppo_view_request request = {sizeof request, 0, text_of("torture.zoo"), text_of(""), text_of("")};
    const ppo_text_sink sink = {NULL, put_model};
    ppo_error error = {0};
    error.struct_size = does("struct_size_of_error") ? 0 : (uint32_t)sizeof error;
    if (ui()->open(instance, &caller, &request, &view, &error) != PPO_OK) return;
    ui()->render(view, &sink, NULL);
    if (does("view_left_open")) return;
    ui()->close(view);
    if (does("view_after_end")) ui()->render(view, &sink, NULL);
}

static void end_beside_a_call(void) {
    pthread_t other;
    pthread_create(&other, NULL, ask_for_contributions, NULL);
    pthread_mutex_lock(&lock);
    while (!is_inside) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    plugin->destroy(instance);
    pthread_mutex_lock(&lock);
    may_leave = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    pthread_join(other, NULL);
}

static int start(void) {
    ppo_settings settings = {0};
    settings.struct_size = does("struct_size_of_settings") ? 8 : (uint32_t)sizeof settings;
    settings.store = text_of("none");
    settings.practice_name = text_of("Practice");
    if (does("work_beside_own_thread")) settings.flags = PPO_SETTING_OWN_THREAD;
    if (does("host_lacks_function")) host.now = NULL;
    if (does("host_major")) host.abi_major = 9;
    ppo_error error = {0};
    error.struct_size = sizeof error;
    return plugin->create(&host, &settings, &instance, &error) == PPO_OK;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    deed = argv[2];
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return 2;
    ppo_plugin_entry_function entry;
    *(void **)&entry = dlsym(library, "ppo_plugin_entry");
    plugin = entry(PPO_ABI_MAJOR);
    if (plugin == NULL || entry(PPO_ABI_MAJOR + 1) != NULL) return 2;
    if (start()) {
        plugin->work(does("handle") ? (ppo_instance *)&lock : instance, 0, NULL);
        if (does("destroy_beside_call"))
            end_beside_a_call();
        else
            ask_for_contributions(NULL);
        const int is_over = does("destroy_inside_call") || does("destroy_beside_call");
        if (!is_over) show_a_view();
        if (!is_over) plugin->shutdown(instance, 0, NULL);
        if (does("call_after_shutdown")) plugin->work(instance, 0, NULL);
        if (!does("never_destroyed")) plugin->destroy(instance);
        if (does("call_after_destroy")) plugin->work(instance, 0, NULL);
    }
    dlclose(library);
    return 0;
}
