/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plugin that knows the core and ppo.store/1, and keeps nothing: as old, or as new, as the headers it is built with.
 * Its later form has one slot more in each table, and reads a member that 1.0 does not have.
 */
#include "ppo/ppo.h"

#include <string.h>

struct ppo_instance {
    int is_open;
};
static ppo_instance only_one;

static int has(uint32_t size, size_t needed) { return size >= needed; }

static ppo_result PPO_CALL create(const ppo_host *host, const ppo_settings *settings, ppo_instance **out,
                                  ppo_error *error) {
    /* What 1.0 had is required; what came later may not be there. */
    if (!has(host->struct_size, offsetof(ppo_host, query) + sizeof host->query) ||
        !has(settings->struct_size, offsetof(ppo_settings, restore_generation) + sizeof settings->restore_generation)) {
        if (error != NULL) error->result = PPO_MISUSE_STRUCT_SIZE;
        return PPO_MISUSE_STRUCT_SIZE;
    }
    only_one.is_open = 1;
    *out = &only_one;
    return PPO_OK;
}

static ppo_result PPO_CALL work(ppo_instance *self, uint32_t budget_ms, ppo_error *error) {
    (void)budget_ms;
    (void)error;
    return self->is_open ? PPO_OK : PPO_MISUSE_STATE;
}

static ppo_result PPO_CALL end(ppo_instance *self, uint32_t grace_ms, ppo_error *error) {
    (void)grace_ms;
    (void)error;
    self->is_open = 0;
    return PPO_OK;
}

static void PPO_CALL destroy(ppo_instance *self) { (void)self; }

static ppo_result PPO_CALL back_up(ppo_instance *self, ppo_text path, ppo_error *error) {
    (void)self;
    (void)path;
    (void)error;
    return PPO_MISUSE_STATE;
}

static ppo_result PPO_CALL move(ppo_instance *self, ppo_text to, const ppo_text_sink *told, ppo_error *error) {
    (void)self;
    (void)to;
    (void)told;
    (void)error;
    return PPO_MISUSE_STATE;
}

#ifdef PPO_LATER
static ppo_result PPO_CALL since_later(void) { return PPO_MORE; }
#define AND_LATER , since_later
#else
#define AND_LATER
#endif

static const ppo_store_1 store = {sizeof store, 0, back_up, move AND_LATER};

static const void *PPO_CALL query(ppo_text id) {
    return id.size == strlen(PPO_STORE_1) && memcmp(id.data, PPO_STORE_1, id.size) == 0 ? &store : NULL;
}

static const ppo_plugin plugin = {sizeof plugin, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, {"Small", 5}, {"Tests", 5}, {"0", 1},
                                  create, work, end, destroy, query AND_LATER};

PPO_EXPORT const ppo_plugin *PPO_CALL ppo_plugin_entry(uint32_t abi_major) {
    return abi_major == PPO_ABI_MAJOR ? &plugin : NULL;
}
