// SPDX-License-Identifier: Apache-2.0
#include "boundary/libraries.hpp"

#include "boundary/misuse.hpp"
#include "ppo/results.h"

#include <Poco/Environment.h>
#include <Poco/Version.h>
#include <dlfcn.h>
#include <link.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/opensslv.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sodium.h>
#include <sqlite3.h>
#include <unicode/calendar.h>
#include <unicode/uversion.h>

#include <array>

namespace ppo {
namespace {
std::string text_of(Library::Version version) {
    return std::to_string(version.major) + "." + std::to_string(version.minor);
}

/// Empty if nobody can tell: in a program at a fixed place the address of a function that it takes
/// from a library may be a place of its own, where it jumps on.
std::string file_of(const void* function) {
    Dl_info found{};
    void* symbol = nullptr;
    if (dladdr1(function, &found, &symbol, RTLD_DL_SYMENT) == 0 || found.dli_fname == nullptr)
        return {};
    const auto* entry = static_cast<const ElfW(Sym)*>(symbol);
    return entry != nullptr && entry->st_shndx == SHN_UNDEF ? "" : found.dli_fname;
}

template <class Function>
const void* address_of(Function* function) {
    return reinterpret_cast<const void*>(function);
}

std::array<Library, 5> libraries() {
    const auto poco = static_cast<int>(Poco::Environment::libraryVersion());
    return {
        {{"Poco",
          {POCO_VERSION >> 24, (POCO_VERSION >> 16) & 0xff},
          {poco >> 24, (poco >> 16) & 0xff},
          false,
          address_of(&Poco::Environment::libraryVersion),
          {}},
         {"OpenSSL",
          {OPENSSL_VERSION_MAJOR, OPENSSL_VERSION_MINOR},
          {static_cast<int>(OPENSSL_version_major()), static_cast<int>(OPENSSL_version_minor())},
          true,
          address_of(&OPENSSL_version_major),
          {address_of(&EVP_DigestInit_ex), address_of(&EVP_MD_fetch), address_of(&RAND_bytes),
           address_of(&X509_verify_cert)}},
         {"OpenSSL (libssl)",
          {OPENSSL_VERSION_MAJOR, OPENSSL_VERSION_MINOR},
          {static_cast<int>(OPENSSL_version_major()), static_cast<int>(OPENSSL_version_minor())},
          true,
          address_of(&SSL_CTX_new),
          {address_of(&SSL_new), address_of(&SSL_connect), address_of(&SSL_read)}},
         {"SQLite",
          {SQLITE_VERSION_NUMBER / 1'000'000, SQLITE_VERSION_NUMBER / 1'000 % 1'000},
          {sqlite3_libversion_number() / 1'000'000, sqlite3_libversion_number() / 1'000 % 1'000},
          true,
          address_of(&sqlite3_libversion_number),
          {address_of(&sqlite3_open_v2), address_of(&sqlite3_prepare_v3),
           address_of(&sqlite3_reset), address_of(&sqlite3_close)}},
         {"libsodium",
          {SODIUM_LIBRARY_VERSION_MAJOR, SODIUM_LIBRARY_VERSION_MINOR},
          {sodium_library_version_major(), sodium_library_version_minor()},
          true,
          address_of(&sodium_library_version_major),
          {address_of(&crypto_pwhash_str), address_of(&randombytes_buf),
           address_of(&sodium_memzero)}}}};
}

constexpr const char*
    what_to_do = ". Load the plugin where its own is found, or in a process of its own.";

std::optional<std::string> mixed(const Library& library, const std::string& file) {
    for (const void* other : library.others) {
        const auto there = file_of(other);
        if (!file.empty() && !there.empty() && there != file)
            return "This process has parts of " + std::string{library.name} + " in " + file +
                   " and in " + there + ", and the plugin would mix them" + what_to_do;
    }
    return std::nullopt;
}
}  // namespace

std::optional<std::string> complaint_about(const Library& library) {
    const auto& [major, minor] = library.built;
    const bool fits = library.found.major == major &&
                      (library.found.minor == minor ||
                       (library.takes_later_minors && library.found.minor > minor));
    const auto file = file_of(library.function);
    if (fits) return mixed(library, file);
    return "This process has " + std::string{library.name} + " " + text_of(library.found) +
           (file.empty() ? "" : " from " + file) + ", and the plugin needs " +
           text_of(library.built) + what_to_do;
}

void check_libraries() {
    for (const auto& library : libraries())
        if (const auto complaint = complaint_about(library))
            throw HostFault{PPO_FAULT_LIBRARY, *complaint};
}

void keep_libraries() {
    for (const void* function : {address_of(&u_getVersion), address_of(&icu::Calendar::getNow),
                                 address_of(&sodium_init)}) {
        const auto file = file_of(function);
        if (!file.empty()) dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
    }
}
}  // namespace ppo
