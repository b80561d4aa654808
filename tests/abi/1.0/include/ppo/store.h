/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/store.h: ppo.store/1, what whoever runs the program does with the store as a whole. No call of staff: the host
 * lets nobody at it whom it would not let at the store's file.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_STORE_H
#define PPO_STORE_H

#include "ppo/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_STORE_1 "ppo.store/1"

/* The table of ppo.store/1. */
typedef struct ppo_store_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Copies a store that is a SQLite file, every practice in it, while this and other processes go on: the copy is
     * the store as it stood at one moment. It gets its name once it is whole, checked and on the disk. The keys are
     * not in it. It is on record as "store_backed_up", after the copy.
     *
     * path  The copy, made with mode 0600: UTF-8, 1..4096. A file that is there is never replaced. Borrowed.
     *
     * Otherwise a PPO_MISUSE_* or a PPO_FAULT_STORE*, and no file is left. A store on a server is PPO_MISUSE_STATE:
     * pg_dump or pg_basebackup copies that.
     *
     * [free] [borrows] As long as reading and writing the file takes. Writers wait for moments; where they never
     * pause, once for the whole of it.
     */
    ppo_result(PPO_CALL *back_up)(ppo_instance *self, ppo_text path, ppo_error *error);

    /*
     * Copies the whole store, every practice in it, into another one, from a SQLite file into a PostgreSQL database or
     * the other way, and compares the two row by row before the other may be opened. This store stays as it was
     * opened; nobody changes it meanwhile: end the other processes first. What was broken off goes on where it was
     * when the same is asked for again.
     *
     * to    The other store, as in ppo_settings: empty or new, or with the begun move. 1..4096. Borrowed.
     * told  Hears a line of text after each step, such as "patient 2000"; may be NULL. PPO_STOPPED breaks off.
     *
     * PPO_OK, PPO_STOPPED; otherwise a PPO_MISUSE_* or a PPO_FAULT_STORE*, which names a table that differs.
     *
     * [free] [borrows] As long as every row takes to be written once and read twice.
     */
    ppo_result(PPO_CALL *move)(ppo_instance *self, ppo_text to, const ppo_text_sink *told, ppo_error *error);
} ppo_store_1;

#ifdef __cplusplus
}
#endif
#endif
