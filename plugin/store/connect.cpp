// SPDX-License-Identifier: Apache-2.0
#include "store/connect.hpp"

#include "store/fault.hpp"
#include "store/postgres_module.hpp"
#include "store/sqlite_connection.hpp"

#include <dlfcn.h>

#include <atomic>
#include <filesystem>

namespace ppo {
namespace {
/// Beside the library, or the program, that holds this code.
std::filesystem::path module_path() {
    Dl_info here{};
    if (dladdr(reinterpret_cast<const void*>(&module_path), &here) == 0 ||
        here.dli_fname == nullptr)
        return {};
    std::error_code error;
    return std::filesystem::absolute(here.dli_fname, error).parent_path() / postgres_module_file;
}

/// Loaded once, and given back when the library that holds this code goes.
class Module {
public:
    constexpr Module() = default;
    ~Module() {
        if (void* loaded = handle_.load()) dlclose(loaded);
    }
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;

    /// NULL if it cannot be loaded; whoever asks again looks again.
    void* handle() {
        if (void* loaded = handle_.load()) return loaded;
        void* mine = dlopen(module_path().c_str(), RTLD_NOW | RTLD_LOCAL);
        void* none = nullptr;
        if (mine == nullptr || handle_.compare_exchange_strong(none, mine)) return mine;
        dlclose(mine);  // Somebody else was first.
        return none;
    }

private:
    std::atomic<void*> handle_{nullptr};
};

// Not made at its first use, and so the last to go when a host exits with an instance alive: the
// connections of that one are the module's.
Module module;

ConnectToPostgres load_module() {
    void* loaded = module.handle();
    void* entry = loaded == nullptr ? nullptr : dlsym(loaded, postgres_module_entry);
    if (entry == nullptr)
        throw StoreFault{StoreFault::Kind::Unreadable,
                         std::string{"the part of this program that speaks to PostgreSQL ("} +
                             postgres_module_file +
                             ") is missing, of another version, or lacks a library; install it "
                             "again"};
    return reinterpret_cast<ConnectToPostgres>(entry);
}
}  // namespace

std::unique_ptr<Connection> connect_to(const StoreAddress& address, Connection::Role role) {
    if (address.is_mistyped())
        throw StoreFault{StoreFault::Kind::Unreadable,
                         "a store is a path, or postgresql://USER@HOST:PORT/DATABASE"};
    if (!address.is_server()) return std::make_unique<SqliteConnection>(address.text(), role);
    return std::unique_ptr<Connection>{load_module()(address, role)};
}
}  // namespace ppo
