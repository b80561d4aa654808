/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Node.js as a host: it has its own OpenSSL, zlib and ICU linked in, and shows them to whatever it loads. This is an
 * add-on without a function: loading it lives a whole life of the plugin, whose path the environment has.
 */
#include "life.h"

#include <stdlib.h>

void *napi_register_module_v1(void *environment, void *exports);
int napi_throw_error(void *environment, const char *code, const char *message);

__attribute__((visibility("default"))) void *napi_register_module_v1(void *environment, void *exports) {
    ppo_error error;
    const ppo_result created = whole_life(getenv("PPO_TEST_MODULE"), &error);
    if (end_of_host(getenv("PPO_TEST_EXPECTED"), created, &error) != 0)
        napi_throw_error(environment, NULL, "the life went wrong");
    return exports;
}
