/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded before the C library: counts the calls by which a process changes its store, the worker's
 * journal, the folder of mails, or the conversation with a mail server, and kills the process with
 * SIGKILL in front of one of them.
 *
 *   PPO_KILL_LOG   Every call counted is named in this file, one a line: "store journal fsync 2".
 *   PPO_KILL_AT    The number of the call in front of which the process dies, from 1; without it
 * none. PPO_KILL_STORE Path of the store: what begins with it, or with its folder and "mail", is
 * counted.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define KINDS 256

static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
static char known_kinds[KINDS][64];
static int times[KINDS];
static int calls;
static _Thread_local char command[16]; /* What was said last to the mail server, by this thread. */

/* Writing the log must not be counted, so it goes past the functions below. */
static void put_line(const char* line, size_t size) {
    const char* path = getenv("PPO_KILL_LOG");
    if (path == NULL) return;
    const int file = (int)syscall(SYS_openat, AT_FDCWD, path,
                                  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    if (syscall(SYS_write, file, line, size) < 0) abort();
    syscall(SYS_close, file);
}

static int nth_of_kind(const char* kind) {
    int i = 0;
    while (i < KINDS - 1 && known_kinds[i][0] != '\0' && strcmp(known_kinds[i], kind) != 0) ++i;
    snprintf(known_kinds[i], sizeof known_kinds[i], "%s", kind);
    return ++times[i];
}

static void count(const char* what, const char* call) {
    char kind[64];
    char line[96];
    const char* at = getenv("PPO_KILL_AT");
    snprintf(kind, sizeof kind, "%s %s", what, call);
    pthread_mutex_lock(&counting);
    const int size = snprintf(line, sizeof line, "%s %d\n", kind, nth_of_kind(kind));
    put_line(line, (size_t)size);
    if (++calls == (at == NULL ? 0 : atoi(at))) kill(getpid(), SIGKILL);
    pthread_mutex_unlock(&counting);
}

/* What a path is to the product; NULL if it is nothing of it. */
static const char* meaning(const char* path) {
    const char* store = getenv("PPO_KILL_STORE");
    if (store == NULL || path == NULL) return NULL;
    const size_t size = strlen(store);
    const char* slash = strrchr(store, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - store) + 1;
    if (strncmp(path, store, size) == 0) {
        if (path[size] == '\0') return "store";
        if (strcmp(path + size, "-journal") == 0) return "store journal";
        return strncmp(path + size, "-sending-", 9) == 0 ? "sending journal" : NULL;
    }
    return strncmp(path, store, folder) == 0 && strncmp(path + folder, "mail", 4) == 0
               ? "mail folder"
               : NULL;
}

static const char* meaning_of(int file) {
    char link[40];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return NULL;
    path[size] = '\0';
    if (strncmp(path, "socket:", 7) == 0) return "smtp";
    return meaning(path);
}

static void count_file(int file, const char* call) {
    const char* what = meaning_of(file);
    if (what != NULL && strcmp(what, "smtp") != 0) count(what, call);
}

static void count_talk(int file, const char* call, const void* data, size_t size) {
    static const char* const commands[] = {"EHLO", "MAIL", "RCPT", "DATA",
                                           "RSET", "QUIT", "AUTH", "STARTTLS"};
    char name[40];
    const char* what = meaning_of(file);
    if (what == NULL || strcmp(what, "smtp") != 0) return;
    if (data != NULL) {
        snprintf(command, sizeof command, "body");
        for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i)
            if (size >= strlen(commands[i]) && memcmp(data, commands[i], strlen(commands[i])) == 0)
                snprintf(command, sizeof command, "%s", commands[i]);
    }
    snprintf(name, sizeof name, "%s %s", call, command[0] == '\0' ? "greeting" : command);
    count(what, name);
}

/* The C library's own function of this name. */
#define REAL(name) (__extension__(__typeof__(&name)) real(#name))
static void* real(const char* name) {
    void* found = dlsym(RTLD_NEXT, name);
    if (found == NULL) abort();
    return found;
}

ssize_t write(int file, const void* data, size_t size) {
    const char* what = meaning_of(file);
    if (what != NULL && strcmp(what, "smtp") == 0)
        count_talk(file, "send", data, size);
    else
        count_file(file, "write");
    return REAL(write)(file, data, size);
}

ssize_t writev(int file, const struct iovec* parts, int number) {
    const char* what = meaning_of(file);
    if (what != NULL && strcmp(what, "smtp") == 0 && number > 0)
        count_talk(file, "send", parts[0].iov_base, parts[0].iov_len);
    else
        count_file(file, "write");
    return REAL(writev)(file, parts, number);
}

ssize_t pwrite(int file, const void* data, size_t size, off_t at) {
    count_file(file, "write");
    return REAL(pwrite)(file, data, size, at);
}

ssize_t pwrite64(int file, const void* data, size_t size, off64_t at) {
    count_file(file, "write");
    return REAL(pwrite64)(file, data, size, at);
}

int fsync(int file) {
    count_file(file, "fsync");
    return REAL(fsync)(file);
}

int fdatasync(int file) {
    count_file(file, "fsync");
    return REAL(fdatasync)(file);
}

int ftruncate(int file, off_t size) {
    count_file(file, "truncate");
    return REAL(ftruncate)(file, size);
}

int ftruncate64(int file, off64_t size) {
    count_file(file, "truncate");
    return REAL(ftruncate64)(file, size);
}

int unlink(const char* path) {
    const char* what = meaning(path);
    if (what != NULL) count(what, "unlink");
    return REAL(unlink)(path);
}

int rename(const char* from, const char* to) {
    const char* what = meaning(to);
    if (what != NULL) count(what, "rename");
    return REAL(rename)(from, to);
}

int flock(int file, int how) {
    count_file(file, "flock");
    return REAL(flock)(file, how);
}

int connect(int file, const struct sockaddr* address, socklen_t size) {
    if (address != NULL && (address->sa_family == AF_INET || address->sa_family == AF_INET6))
        count("smtp", "connect");
    return REAL(connect)(file, address, size);
}

ssize_t send(int file, const void* data, size_t size, int flags) {
    count_talk(file, "send", data, size);
    return REAL(send)(file, data, size, flags);
}

ssize_t sendmsg(int file, const struct msghdr* message, int flags) {
    if (message->msg_iovlen > 0)
        count_talk(file, "send", message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
    return REAL(sendmsg)(file, message, flags);
}

ssize_t recv(int file, void* data, size_t size, int flags) {
    count_talk(file, "read the answer to", NULL, 0);
    return REAL(recv)(file, data, size, flags);
}

ssize_t read(int file, void* data, size_t size) {
    const char* what = meaning_of(file);
    if (what != NULL && strcmp(what, "smtp") == 0) count_talk(file, "read the answer to", NULL, 0);
    return REAL(read)(file, data, size);
}
