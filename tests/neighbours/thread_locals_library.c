/* SPDX-License-Identifier: Apache-2.0 */
/* A library with variables of which each thread has its own. */
void* variables_of_this_thread(void);

static _Thread_local int variables[8];

void* variables_of_this_thread(void) { return variables; }
