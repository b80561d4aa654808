/* SPDX-License-Identifier: Apache-2.0 */
/* What the C programs of this folder share: claims, a minimal host, a temporary folder, counts of what is open. */
#ifndef PPO_TEST_HARNESS_H
#define PPO_TEST_HARNESS_H

#include "ppo/ppo.h"

#include <stdbool.h>
#include <string.h>

/* Prints a line and remembers the failure if `condition` is false; the program goes on. */
#define CLAIM(condition) claim((condition), #condition, __FILE__, __LINE__)
/* The same for a result, and prints the result that came instead. */
#define CLAIM_RESULT(expected, call) claim_result((expected), (call), #call, __FILE__, __LINE__)

void claim(bool holds, const char *text, const char *file, int line);
void claim_result(ppo_result expected, ppo_result actual, const char *text, const char *file, int line);
int failures(void);

/* A literal as text; absent text is (ppo_text){0}. */
ppo_text text_of(const char *literal);
ppo_error fresh_error(void);

/* The smallest host that the contract allows: log, now, and a query that knows nothing. */
typedef struct test_host {
    ppo_host table;
    ppo_time now;
    int log_lines;
    char last_line[513];
} test_host;
void make_host(test_host *host);

/* Settings that work: quick hashes, mails into a folder, everything under `folder`, which must outlive them. */
typedef struct test_settings {
    ppo_settings settings;
    char store[4096];
    char key_file[4096];
    char transport[4096];
    char mails[4096];
} test_settings;
void make_settings(test_settings *made, const char *folder);

ppo_caller staff(void);
ppo_patient patient(const char *id, const char *first_name, const char *email);

/* A new folder; the returned text is static. It goes, with all in it, at remove_folder. */
const char *make_folder(void);
void remove_folder(const char *folder);

void *load(const char *path, const ppo_plugin **plugin);
int open_files(void);
int running_threads(void);
int files_in(const char *folder, const char *ending);

#endif
