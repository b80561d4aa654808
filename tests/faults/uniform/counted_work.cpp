// SPDX-License-Identifier: Apache-2.0
// The linker leads our calls of these functions to __wrap_NAME, and __real_NAME to the library. The
// module that speaks to PostgreSQL is loaded later and finds this program's functions of libpq's
// names before libpq's own.
#include "faults/uniform/counted_work.hpp"

#include <dlfcn.h>
#include <libpq-fe.h>
#include <sodium.h>
#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <string_view>

namespace {
std::atomic<std::int64_t> statements{0};
std::atomic<std::int64_t> transactions{0};
std::atomic<std::int64_t> bytes{0};
std::atomic<std::int64_t> hashes{0};

void count_statement(std::string_view sql) {
    ++statements;
    if (sql.substr(0, 5) == "BEGIN") ++transactions;
}

/// The library's own.
template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}
}  // namespace

#pragma GCC visibility push(default)  // The linker asks for it where a library calls them too.
extern "C" {
int __real_sqlite3_step(sqlite3_stmt* statement);
int __wrap_sqlite3_step(sqlite3_stmt* statement) {
    if (sqlite3_stmt_busy(statement) == 0) count_statement(sqlite3_sql(statement));
    return __real_sqlite3_step(statement);
}

int __real_sqlite3_bind_text64(sqlite3_stmt* statement, int place, const char* text,
                               sqlite3_uint64 size, void (*end)(void*), unsigned char encoding);
int __wrap_sqlite3_bind_text64(sqlite3_stmt* statement, int place, const char* text,
                               sqlite3_uint64 size, void (*end)(void*), unsigned char encoding) {
    bytes += static_cast<std::int64_t>(size);
    return __real_sqlite3_bind_text64(statement, place, text, size, end, encoding);
}

int PQsendQueryParams(PGconn* connection, const char* sql, int count, const Oid* types,
                      const char* const* values, const int* lengths, const int* formats,
                      int result_format) {
    static auto* const send = real<decltype(PQsendQueryParams)>("PQsendQueryParams");
    count_statement(sql);
    return send(connection, sql, count, types, values, lengths, formats, result_format);
}

int PQsendQueryPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                        const int* lengths, const int* formats, int result_format) {
    static auto* const send = real<decltype(PQsendQueryPrepared)>("PQsendQueryPrepared");
    count_statement("");
    for (int i = 0; i < count; ++i)
        if (values[i] != nullptr) bytes += static_cast<std::int64_t>(std::strlen(values[i]));
    return send(connection, name, count, values, lengths, formats, result_format);
}

int __real_crypto_pwhash(unsigned char* out, unsigned long long size, const char* password,
                         unsigned long long length, const unsigned char* salt,
                         unsigned long long passes, std::size_t memory, int algorithm);
int __wrap_crypto_pwhash(unsigned char* out, unsigned long long size, const char* password,
                         unsigned long long length, const unsigned char* salt,
                         unsigned long long passes, std::size_t memory, int algorithm) {
    ++hashes;
    return __real_crypto_pwhash(out, size, password, length, salt, passes, memory, algorithm);
}

int __real_crypto_pwhash_str_alg(char* out, const char* password, unsigned long long length,
                                 unsigned long long passes, std::size_t memory, int algorithm);
int __wrap_crypto_pwhash_str_alg(char* out, const char* password, unsigned long long length,
                                 unsigned long long passes, std::size_t memory, int algorithm) {
    ++hashes;
    return __real_crypto_pwhash_str_alg(out, password, length, passes, memory, algorithm);
}
}
#pragma GCC visibility pop

namespace ppo {
Work work_so_far() { return {statements, transactions, bytes, hashes}; }
}  // namespace ppo
