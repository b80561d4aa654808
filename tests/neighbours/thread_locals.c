/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GCC 12's leak checker takes the block of a library's thread-local variables for one of an older
 * glibc where it begins 16 bytes into a page, reads its address from what stands before it, and
 * ends the program: "Tracer caught signal 11". Which program that meets is chance. This one meets
 * it surely, unless no block can begin there (redzone=256). Usage: thread_locals LIBRARY
 */
#define _XOPEN_SOURCE 700
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where blocks take 16 times an odd number of bytes, one of 256 in a row begins there. */
enum { LIBRARIES = 512 };

static int copied(const char* from, const char* to) {
    const int in = open(from, O_RDONLY | O_CLOEXEC);
    const int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
    struct stat state;
    const int done = in >= 0 && out >= 0 && fstat(in, &state) == 0 &&
                     sendfile(out, in, NULL, (size_t)state.st_size) == state.st_size;
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    return done;
}

/* Loads a copy, because a file is loaded once, and uses its variables; NULL if that does not go. */
static void* thread_local_of_a_copy(const char* library, const char* folder, int number) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%d.so", folder, number);
    void* (*variables)(void) = NULL;
    if (copied(library, path)) {
        void* module = dlopen(path, RTLD_NOW);
        if (module) *(void**)&variables = dlsym(module, "variables_of_this_thread");
    }
    unlink(path);
    return variables ? variables() : NULL;
}

int main(int count, char** arguments) {
    char folder[] = "/tmp/thread-locals.XXXXXX";
    if (count != 2 || !mkdtemp(folder)) return 2;
    int loaded = 0;
    while (loaded < LIBRARIES && thread_local_of_a_copy(arguments[1], folder, loaded)) ++loaded;
    rmdir(folder);
    printf("%d libraries with thread-local variables\n", loaded);
    return loaded == LIBRARIES ? 0 : 1;
}
