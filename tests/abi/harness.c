/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700
#include "harness.h"

#include <dirent.h>
#include <dlfcn.h>
#include <ftw.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static int failed;

void claim(bool holds, const char *text, const char *file, int line) {
    if (holds) return;
    ++failed;
    printf("%s:%d: not true: %s\n", file, line, text);
}

void claim_result(ppo_result expected, ppo_result actual, const char *text, const char *file, int line) {
    if (expected == actual) return;
    ++failed;
    printf("%s:%d: %d instead of %d: %s\n", file, line, (int)actual, (int)expected, text);
}

int failures(void) { return failed; }

ppo_text text_of(const char *literal) { return (ppo_text){literal, strlen(literal)}; }

ppo_error fresh_error(void) {
    ppo_error error = {0};
    error.struct_size = sizeof error;
    return error;
}

static void log_line(void *context, int32_t level, const char *text, size_t size) {
    test_host *host = context;
    (void)level;
    ++host->log_lines;
    CLAIM(size <= 512);
    if (size > 512) size = 512;
    memcpy(host->last_line, text, size);
    host->last_line[size] = '\0';
    CLAIM(strstr(host->last_line, "@") == NULL);
}

static ppo_time now(void *context) { return ((test_host *)context)->now; }

static const void *query(void *context, const char *id, size_t size) {
    (void)context;
    (void)id;
    (void)size;
    return NULL;
}

void make_host(test_host *host) {
    memset(host, 0, sizeof *host);
    host->table.struct_size = sizeof host->table;
    host->table.abi_major = PPO_ABI_MAJOR;
    host->table.abi_minor = PPO_ABI_MINOR;
    host->table.context = host;
    host->table.log = log_line;
    host->table.now = now;
    host->table.query = query;
    host->now = INT64_C(1767225600000); /* 2026-01-01. */
}

void make_settings(test_settings *made, const char *folder) {
    memset(made, 0, sizeof *made);
    snprintf(made->store, sizeof made->store, "%s/portal.db", folder);
    snprintf(made->key_file, sizeof made->key_file, "%s/portal.key", folder);
    snprintf(made->mails, sizeof made->mails, "%s/mails", folder);
    snprintf(made->transport, sizeof made->transport, "folder:%.4000s", made->mails);
    mkdir(made->mails, 0700);
    ppo_settings *settings = &made->settings;
    settings->struct_size = sizeof *settings;
    settings->password_memory_kib = 19456;
    settings->password_passes = 2;
    settings->store = text_of(made->store);
    settings->key_file = text_of(made->key_file);
    settings->practice_name = text_of("Elm Street Family Medicine");
    settings->practice_phone = text_of("(555) 010-0199");
    settings->portal_url = text_of("https://portal.example.test/link");
    settings->mail_transport = text_of(made->transport);
    settings->mail_sender = text_of("portal@example.test");
}

ppo_caller staff(void) {
    ppo_caller caller = {0};
    caller.struct_size = sizeof caller;
    caller.permissions = PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT;
    caller.staff_id = text_of("desk-1");
    caller.name = text_of("Dana Desk");
    caller.from = text_of("front desk");
    return caller;
}

ppo_patient patient(const char *id, const char *first_name, const char *email) {
    ppo_patient made = {0};
    made.struct_size = sizeof made;
    made.chart_status = PPO_CHART_ACTIVE;
    made.id = text_of(id);
    made.first_name = text_of(first_name);
    made.last_name = text_of("Weber");
    made.birth_date = text_of("1980-02-29");
    made.email = text_of(email);
    made.postal_code = text_of("01234");
    made.next_appointment = PPO_TIME_NONE;
    made.last_appointment = PPO_TIME_NONE;
    return made;
}

const char *make_folder(void) {
    static char name[4096];
    const char *parent = getenv("TMPDIR");
    snprintf(name, sizeof name, "%s/ppo-abi-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(name) == NULL) {
        perror("no temporary folder");
        exit(2);
    }
    return name;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void remove_folder(const char *folder) { nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS); }

void *load(const char *path, const ppo_plugin **plugin) {
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) {
        printf("%s\n", dlerror());
        exit(2);
    }
    union { /* ISO C has no cast from a data pointer to a function. */
        void *symbol;
        ppo_plugin_entry_function function;
    } entry = {dlsym(module, "ppo_plugin_entry")};
    if (entry.symbol == NULL) {
        printf("no ppo_plugin_entry in %s\n", path);
        exit(2);
    }
    CLAIM(entry.function(0) == NULL);
    CLAIM(entry.function(PPO_ABI_MAJOR + 1) == NULL);
    *plugin = entry.function(PPO_ABI_MAJOR);
    CLAIM(*plugin == entry.function(PPO_ABI_MAJOR));
    if (*plugin == NULL) {
        printf("major %u is not spoken\n", PPO_ABI_MAJOR);
        exit(2);
    }
    return module;
}

static int entries_of(const char *folder, const char *ending) {
    int count = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) return -1;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const size_t length = strlen(entry->d_name);
        const size_t wanted = strlen(ending);
        if (entry->d_name[0] == '.' || length < wanted) continue;
        if (strcmp(entry->d_name + length - wanted, ending) == 0) ++count;
    }
    closedir(directory);
    return count;
}

int open_files(void) { return entries_of("/proc/self/fd", ""); }

#ifdef __SANITIZE_THREAD__
static void *nothing(void *argument) { return argument; }

/* This sanitizer has a thread of its own from the first one that the process makes: so it is always counted. */
static void let_the_sanitizer_start(void) {
    pthread_t first;
    if (pthread_create(&first, NULL, nothing, NULL) == 0) pthread_join(first, NULL);
}
#else
static void let_the_sanitizer_start(void) {}
#endif

int running_threads(void) {
    let_the_sanitizer_start();
    return entries_of("/proc/self/task", "");
}

int files_in(const char *folder, const char *ending) { return entries_of(folder, ending); }
