/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "faulty.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const ppo_plugin *real;
const ppo_host *host;
int steps;
bool one_was_shut_down;

static ppo_plugin core;
static void *module;
static const char *name_of_fault = "";
static ppo_text kept_name;
static _Atomic int creating;
static ppo_instance *shut_down;
static ppo_instance *ended_after_shutdown;

bool fault(const char *name) { return strcmp(name, name_of_fault) == 0; }

bool text_is(ppo_text text, const char *literal) {
    return text.data != NULL && text.size == strlen(literal) && memcmp(text.data, literal, text.size) == 0;
}

static ppo_result answer(ppo_result result, ppo_error *error, const char *code) {
    if (error != NULL && error->struct_size >= sizeof *error) {
        error->result = result;
        memcpy(error->code, code, strlen(code) + 1);
        memcpy(error->message, "So it is.", 10);
    }
    return result;
}

/* What goes wrong before the real plugin is asked. */
static bool create_goes_wrong(const ppo_settings *settings, ppo_error *error, ppo_result *result) {
    if (fault("refuses_a_good_setting") && settings != NULL && settings->hold_back_seconds == 86400) {
        *result = answer(PPO_MISUSE_SETTING, error, "misuse_setting");
        return true;
    }
    if (fault("creates_one_at_a_time") && creating > 1) {
        *result = answer(PPO_FAULT_INTERNAL, error, "fault_internal");
        return true;
    }
    return false;
}

static void leak(void) {
    static void *volatile leaked; /* Volatile, or the compiler sees that nobody uses it. */
    if (fault("leaks_memory")) memset(leaked = malloc(65536), 1, 65536);
    if (fault("leaks_a_file")) (void)open("/dev/null", O_RDONLY);
}

static ppo_result PPO_CALL create(const ppo_host *given, const ppo_settings *settings, ppo_instance **out,
                                  ppo_error *error) {
    static ppo_host other_major;
    ppo_result result = PPO_OK;
    ++creating;
    if (!create_goes_wrong(settings, error, &result)) {
        const ppo_host *shown = watched_host(given);
        if (fault("takes_any_major") && given != NULL && given->struct_size == sizeof other_major &&
            given->abi_major == 2) {
            other_major = *given;
            other_major.abi_major = PPO_ABI_MAJOR;
            shown = &other_major;
        }
        result = real->create(shown, settings, out, error);
    }
    --creating;
    if (result == PPO_OK) {
        host = given;
        kept_name = settings->practice_name;
        one_was_shut_down = false;
        leak();
    }
    if (fault("measures_wrong") && result == PPO_MISUSE_STRUCT_SIZE && given != NULL && given->struct_size == 8)
        result = answer(PPO_MISUSE_NULL, error, "misuse_null");
    if (fault("names_no_field") && result == PPO_MISUSE_SETTING && error != NULL) error->field[0] = '\0';
    return result;
}

static ppo_result PPO_CALL work(ppo_instance *self, uint32_t budget_ms, ppo_error *error) {
    steps += budget_ms == 0;
    if (fault("keeps_the_settings")) {
        volatile char letter = kept_name.data[0];
        (void)letter;
    }
    const ppo_result result = real->work(self, budget_ms, error);
    return fault("works_beside_its_thread") && result == PPO_MISUSE_STATE && !one_was_shut_down ? PPO_OK : result;
}

static ppo_result PPO_CALL shut_down_one(ppo_instance *self, uint32_t grace_ms, ppo_error *error) {
    if (fault("minds_a_second_shutdown") && self != NULL && self == shut_down)
        return answer(PPO_MISUSE_STATE, error, "misuse_state");
    const ppo_result result = real->shutdown(self, grace_ms, error);
    if (result == PPO_OK) {
        shut_down = self;
        one_was_shut_down = true;
    }
    return result;
}

static void PPO_CALL destroy(ppo_instance *self) {
    if (fault("minds_a_second_destroy") && self != NULL && self == ended_after_shutdown) abort();
    real->destroy(self);
    if (self == shut_down) ended_after_shutdown = self;
}

static const void *PPO_CALL query(ppo_text id) {
    if (fault("reads_half_of_an_id") && id.size == sizeof PPO_UI_1 && memcmp(id.data, PPO_UI_1, id.size - 1) == 0)
        id.size = sizeof PPO_UI_1 - 1;
    if (text_is(id, PPO_ONBOARDING_1)) return &onboarding;
    if (text_is(id, PPO_UI_1)) return &ui;
    if (text_is(id, PPO_REPORT_1)) return &report;
    if (text_is(id, PPO_AUDIT_1)) return &audit;
    if (text_is(id, PPO_SELFSERVICE_1)) return &selfservice;
    return real->query(id);
}

static void fill_core(void) {
    core = *real;
    core.create = create;
    core.work = work;
    core.shutdown = shut_down_one;
    core.destroy = destroy;
    core.query = query;
    if (fault("has_no_query")) core.query = NULL;
    if (fault("has_a_vendor_in_latin_1")) core.vendor = (ppo_text){"M\xFCller", 6};
}

/* As a library that reads half of its data when it is loaded. */
static void dawdle(void) {
    struct timespec begun, now;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    do clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - begun.tv_sec) * 1000 + (now.tv_nsec - begun.tv_nsec) / 1000000 < 1100);
}

__attribute__((constructor)) static void load_real(void) {
    const char *name = getenv("PPO_FAULT");
    if (name != NULL) name_of_fault = name;
    const char *path = getenv("PPO_REAL_PLUGIN");
    module = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) return;
    union { /* ISO C has no cast from a data pointer to a function. */
        void *symbol;
        ppo_plugin_entry_function function;
    } entry = {dlsym(module, "ppo_plugin_entry")};
    real = entry.function(PPO_ABI_MAJOR);
    fill_core();
    fill_tables();
    if (fault("loads_slowly")) dawdle();
    if (fault("crashes_when_loaded")) abort();
}

__attribute__((destructor)) static void unload_real(void) {
    if (module != NULL) dlclose(module);
}

const ppo_plugin *PPO_CALL ppo_plugin_entry(uint32_t abi_major) {
    if (fault("opens_a_file_to_be_asked")) (void)open("/dev/null", O_RDONLY);
    if (fault("gives_no_table")) return NULL;
    if (real == NULL || (abi_major != PPO_ABI_MAJOR && !(fault("speaks_any_major") && abi_major == 2))) return NULL;
    return &core;
}

#ifdef PPO_EXTRA_EXPORT
PPO_EXPORT int something_else(void);
int something_else(void) { return 1; }
#endif
