/* SPDX-License-Identifier: Apache-2.0 */
/* A library that a faulty plugin is linked to, and that the loader does not find. */
int missing_library(void);
int missing_library(void) { return 1; }
