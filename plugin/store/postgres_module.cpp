// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_module.hpp"

#include "store/postgres_connection.hpp"

#include <dlfcn.h>
#include <libpq-fe.h>

namespace {
/// libpq and the thirty libraries that it brings are not made to go; this module is.
void keep_libpq() {
    Dl_info found{};
    const auto* function = reinterpret_cast<const void*>(&PQlibVersion);
    if (dladdr(function, &found) != 0 && found.dli_fname != nullptr)
        dlopen(found.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}
}  // namespace

extern "C" __attribute__((visibility("default"))) ppo::Connection* ppo_connect_to_postgres_1(
    const ppo::StoreAddress& address, ppo::Connection::Role role);

extern "C" ppo::Connection* ppo_connect_to_postgres_1(const ppo::StoreAddress& address,
                                                      ppo::Connection::Role role) {
    keep_libpq();
    return new ppo::PostgresConnection{address.text(), role};
}
