/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin that offers no interface at all: the host has to say so instead of calling into nothing. */
#include <ppo/ppo.h>

static ppo_result PPO_CALL create(const ppo_host *host, const ppo_settings *settings, ppo_instance **out,
                                  ppo_error *error) {
    (void)host;
    (void)settings;
    (void)out;
    (void)error;
    return PPO_FAULT_INTERNAL;
}

static ppo_result PPO_CALL work(ppo_instance *self, uint32_t budget_ms, ppo_error *error) {
    (void)self;
    (void)budget_ms;
    (void)error;
    return PPO_FAULT_INTERNAL;
}

static void PPO_CALL destroy(ppo_instance *self) { (void)self; }

static const void *PPO_CALL query(ppo_text id) {
    (void)id;
    return NULL;
}

static const ppo_plugin table = {sizeof(ppo_plugin), PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, {"incomplete", 10},
                                 {"tests", 5}, {"0", 1}, create, work, work, destroy, query};

const ppo_plugin *PPO_CALL ppo_plugin_entry(uint32_t abi_major) {
    return abi_major == PPO_ABI_MAJOR ? &table : NULL;
}
