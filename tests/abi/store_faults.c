/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store or key file that cannot be used: `create` says which file and what to do, and leaves every byte as it is.
 * Usage: store_faults MODULE
 */
#define _XOPEN_SOURCE 700
#include "harness.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct fixture {
    const ppo_plugin *plugin;
    test_host host;
    test_settings made;
    const char *folder;
} fixture;

/* The bytes of a small file; NULL if there is none, or a folder, whose end is anywhere. The caller frees them. */
static unsigned char *bytes_of(const char *path, size_t *size) {
    *size = 0;
    struct stat state;
    FILE *file = stat(path, &state) == 0 && S_ISREG(state.st_mode) ? fopen(path, "rb") : NULL;
    if (file == NULL) return NULL;
    const size_t end = (size_t)state.st_size;
    unsigned char *bytes = malloc(end + 1);
    if (bytes != NULL) *size = fread(bytes, 1, end, file);
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const void *bytes, size_t size, mode_t mode) {
    FILE *file = fopen(path, "wb");
    CLAIM(file != NULL);
    if (file == NULL) return;
    CLAIM(fwrite(bytes, 1, size, file) == size);
    fclose(file);
    chmod(path, mode);
}

/* Claims that `create` fails with this fault, names `named`, and leaves store and key file as they were. */
static void create_fails(const fixture *it, ppo_result expected, const char *named) {
    size_t size_before = 0, key_size_before = 0, size_after = 0, key_size_after = 0;
    unsigned char *before = bytes_of(it->made.store, &size_before);
    unsigned char *key_before = bytes_of(it->made.key_file, &key_size_before);
    ppo_instance *self = NULL;
    ppo_error error = fresh_error();
    const ppo_result result = it->plugin->create(&it->host.table, &it->made.settings, &self, &error);
    CLAIM_RESULT(expected, result);
    CLAIM(self == NULL && error.result == result);
    if (strstr(error.message, named) == NULL || strchr(error.message, ';') == NULL) {
        printf("the message should name %s and, after a semicolon, the mend: %s\n", named, error.message);
        CLAIM(false);
    }
    if (result == PPO_OK) it->plugin->destroy(self);
    unsigned char *after = bytes_of(it->made.store, &size_after);
    unsigned char *key_after = bytes_of(it->made.key_file, &key_size_after);
    CLAIM((before == NULL) == (after == NULL) && size_before == size_after);
    if (before != NULL && after != NULL && size_before == size_after)
        CLAIM(memcmp(before, after, size_before) == 0);
    CLAIM((key_before == NULL) == (key_after == NULL) && key_size_before == key_size_after);
    if (key_before != NULL && key_after != NULL && key_size_before == key_size_after)
        CLAIM(memcmp(key_before, key_after, key_size_before) == 0);
    free(before);
    free(key_before);
    free(after);
    free(key_after);
}

/* A store with one patient and its key file, made anew. */
static void make_store(fixture *it) {
    unlink(it->made.store);
    unlink(it->made.key_file);
    ppo_instance *self = NULL;
    ppo_error error = fresh_error();
    CLAIM_RESULT(PPO_OK, it->plugin->create(&it->host.table, &it->made.settings, &self, &error));
    if (self == NULL) {
        printf("%s\n", error.message);
        exit(1);
    }
    const ppo_onboarding_1 *onboarding = it->plugin->query(text_of(PPO_ONBOARDING_1));
    const ppo_patient anna = patient("P001", "Anna", "anna@example.test");
    CLAIM_RESULT(PPO_OK, onboarding->patient_changed(self, &anna, NULL));
    it->plugin->destroy(self);
}

static void files_are_for_their_owner_only(fixture *it) {
    struct stat status;
    make_store(it);
    CLAIM(stat(it->made.store, &status) == 0 && (status.st_mode & 07777) == 0600);
    CLAIM(stat(it->made.key_file, &status) == 0 && (status.st_mode & 07777) == 0600);
}

static void garbage_is_damaged(fixture *it) {
    unsigned char garbage[8192];
    make_store(it);
    memset(garbage, 'x', sizeof garbage);
    write_file(it->made.store, garbage, sizeof garbage, 0600);
    create_fails(it, PPO_FAULT_STORE_DAMAGED, it->made.store);
}

static void a_cut_off_file_is_damaged(fixture *it) {
    struct stat status;
    make_store(it);
    CLAIM(stat(it->made.store, &status) == 0);
    CLAIM(truncate(it->made.store, status.st_size / 2) == 0);
    create_fails(it, PPO_FAULT_STORE_DAMAGED, it->made.store);
}

static void a_scribbled_page_is_damaged(fixture *it) {
    size_t size = 0;
    make_store(it);
    unsigned char *bytes = bytes_of(it->made.store, &size);
    CLAIM(bytes != NULL && size > 12288);
    if (bytes != NULL && size > 12288) {
        memset(bytes + 4096, 0xa5, 4096);
        write_file(it->made.store, bytes, size, 0600);
        create_fails(it, PPO_FAULT_STORE_DAMAGED, it->made.store);
    }
    free(bytes);
}

static void a_newer_schema_is_refused(fixture *it) {
    make_store(it);
    sqlite3 *database = NULL;
    CLAIM(sqlite3_open(it->made.store, &database) == SQLITE_OK);
    CLAIM(sqlite3_exec(database, "INSERT INTO schema_migration (number) VALUES (9999)", NULL, NULL, NULL) ==
          SQLITE_OK);
    sqlite3_close(database);
    create_fails(it, PPO_FAULT_STORE_NEWER, it->made.store);
}

static void a_folder_is_no_store(fixture *it) {
    make_store(it);
    unlink(it->made.store);
    CLAIM(mkdir(it->made.store, 0700) == 0);
    create_fails(it, PPO_FAULT_STORE_UNREADABLE, it->made.store);
    CLAIM(rmdir(it->made.store) == 0); /* Nothing was put into it. */
}

static void a_missing_folder_is_named(fixture *it) {
    make_store(it);
    char store[4096];
    snprintf(store, sizeof store, "%s/no-such-folder/portal.db", it->folder);
    const ppo_text usual = it->made.settings.store;
    it->made.settings.store = text_of(store);
    create_fails(it, PPO_FAULT_STORE_UNREADABLE, store);
    it->made.settings.store = usual;
}

static void a_key_file_that_others_can_read_is_refused(fixture *it) {
    make_store(it);
    CLAIM(chmod(it->made.key_file, 0644) == 0);
    create_fails(it, PPO_FAULT_KEYS, it->made.key_file);
}

static void a_missing_key_file_is_not_made_anew_for_an_old_store(fixture *it) {
    make_store(it);
    CLAIM(unlink(it->made.key_file) == 0);
    create_fails(it, PPO_FAULT_KEYS, it->made.key_file);
}

static void the_key_file_of_another_store_is_refused(fixture *it) {
    size_t size = 0;
    make_store(it);
    unsigned char *other = bytes_of(it->made.key_file, &size);
    make_store(it);
    CLAIM(other != NULL);
    if (other != NULL) write_file(it->made.key_file, other, size, 0600);
    free(other);
    create_fails(it, PPO_FAULT_KEYS, it->made.store);
}

static void a_key_file_of_garbage_is_refused(fixture *it) {
    make_store(it);
    write_file(it->made.key_file, "not a key\n", 10, 0600);
    create_fails(it, PPO_FAULT_KEYS, it->made.key_file);
}

/* Root may write everywhere: modes are tried in a child that is nobody. Returns false where that cannot be. */
static bool become_nobody(const fixture *it) {
    const unsigned nobody = 65534;
    if (getuid() != 0) return true;
    if (chown(it->folder, nobody, nobody) != 0 || chown(it->made.mails, nobody, nobody) != 0 ||
        chown(it->made.store, nobody, nobody) != 0 || chown(it->made.key_file, nobody, nobody) != 0)
        return false;
    return setgid(nobody) == 0 && setuid(nobody) == 0;
}

static void modes_are_respected(fixture *it) {
    make_store(it);
    if (!become_nobody(it)) {
        printf("not tried: modes, because this machine has no user nobody\n");
        return;
    }
    CLAIM(chmod(it->made.store, 0400) == 0);
    create_fails(it, PPO_FAULT_STORE_READ_ONLY, it->made.store);
    char journal[4200];
    snprintf(journal, sizeof journal, "%s-journal", it->made.store);
    unlink(journal); /* And no place to make it anew: */
    CLAIM(chmod(it->made.store, 0600) == 0 && chmod(it->folder, 0500) == 0);
    create_fails(it, PPO_FAULT_STORE_READ_ONLY, it->made.store);
    CLAIM(chmod(it->folder, 0700) == 0 && chmod(it->made.store, 0200) == 0);
    create_fails(it, PPO_FAULT_STORE_UNREADABLE, it->made.store);
    CLAIM(chmod(it->made.store, 0600) == 0 && chmod(it->made.key_file, 0) == 0);
    create_fails(it, PPO_FAULT_KEYS, it->made.key_file);
    CLAIM(chmod(it->made.key_file, 0600) == 0);
}

static void in_a_child(fixture *it, void (*claims)(fixture *)) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        claims(it);
        fflush(stdout);
        _Exit(failures() == 0 ? 0 : 1);
    }
    int status = 0;
    CLAIM(child > 0 && waitpid(child, &status, 0) == child);
    CLAIM(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    fixture it = {0};
    it.folder = make_folder();
    void *module = load(arguments[1], &it.plugin);
    make_host(&it.host);
    make_settings(&it.made, it.folder);

    in_a_child(&it, modes_are_respected); /* First: a child of a process that has opened nothing yet. */
    files_are_for_their_owner_only(&it);
    garbage_is_damaged(&it);
    a_cut_off_file_is_damaged(&it);
    a_scribbled_page_is_damaged(&it);
    a_newer_schema_is_refused(&it);
    a_folder_is_no_store(&it);
    a_missing_folder_is_named(&it);
    a_key_file_that_others_can_read_is_refused(&it);
    a_missing_key_file_is_not_made_anew_for_an_old_store(&it);
    the_key_file_of_another_store_is_refused(&it);
    a_key_file_of_garbage_is_refused(&it);
    dlclose(module);
    remove_folder(it.folder);
    return failures() == 0 ? 0 : 1;
}
