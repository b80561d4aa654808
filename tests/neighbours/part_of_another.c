/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host that has another version, or a part, of a library linked into it, and shows it to whatever it loads: which one
 * is chosen when it is compiled. Usage: part_of_another MODULE ok|WHAT_CREATE_SAYS
 */
#include "life.h"

#include <stdio.h>

#if defined(OTHER_POCO) /* Poco::Environment::libraryVersion() of 1.13. */
unsigned shown(void) __asm__("_ZN4Poco11Environment14libraryVersionEv");
unsigned shown(void) { return 0x010d0000; }
#elif defined(OTHER_OPENSSL)
unsigned OPENSSL_version_major(void);
unsigned OPENSSL_version_minor(void);
unsigned OPENSSL_version_major(void) { return 1; }
unsigned OPENSSL_version_minor(void) { return 1; }
#elif defined(PART_OF_OPENSSL)
int EVP_DigestInit_ex(void *context, const void *kind, void *engine);
int EVP_DigestInit_ex(void *context, const void *kind, void *engine) { return context == kind && kind == engine; }
#elif defined(OTHER_SQLITE)
int sqlite3_libversion_number(void);
int sqlite3_libversion_number(void) { return 3008000; }
#elif defined(PART_OF_SQLITE) /* Of a version that would do. */
int sqlite3_libversion_number(void);
int sqlite3_libversion_number(void) { return 3052000; }
#elif defined(OTHER_SODIUM)
int sodium_library_version_major(void);
int sodium_library_version_major(void) { return 5; }
#else
#error "A host that has nothing of its own is no neighbour."
#endif

int main(int count, char **arguments) {
    if (count != 3) return 2;
    ppo_error error;
    const ppo_result created = whole_life(arguments[1], &error);
    return end_of_host(arguments[2], created, &error);
}
