/* SPDX-License-Identifier: Apache-2.0 */
/* A library with BYTES of variables of which each thread has its own. */
void* variables_of_this_thread(void);

static _Thread_local char variables[BYTES];

void* variables_of_this_thread(void) { return variables; }
