/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host that loads a library of its own before the plugin: shown to what comes later, as a part of its own program
 * would be, or hidden, as add-ons and modules of languages are. Usage: beside MODULE EXPECTED LIBRARY shown|hidden
 */
#include "life.h"

#include <dlfcn.h>
#include <stdio.h>

int main(int count, char **arguments) {
    if (count != 5) return 2;
    const bool is_shown = strcmp(arguments[4], "shown") == 0;
    if (dlopen(arguments[3], RTLD_NOW | (is_shown ? RTLD_GLOBAL : RTLD_LOCAL)) == NULL) {
        printf("%s\n", dlerror());
        return 2;
    }
    ppo_error error;
    const ppo_result created = whole_life(arguments[1], &error);
    CLAIM(is_mapped(arguments[3]));
    CLAIM(!is_shown || created != PPO_OK || !is_mapped("libsqlite3.so.0")); /* The system's was not needed. */
    return end_of_host(arguments[2], created, &error);
}
