// SPDX-License-Identifier: Apache-2.0
#include "store/fact_table.hpp"

#include "store/database.hpp"
#include "store/fault.hpp"
#include "store/keyring.hpp"

#include <vector>

namespace ppo {
namespace {
constexpr std::string_view prefix = "key:";

/// What the store keeps of a key: enough to know it again, nothing to find it by.
std::string trace_of(const Keyring& keyring, std::string_view key_id) {
    return keyring.mac(Keyring::Use::Check, key_id, "a store of patient portal onboarding");
}

/// "k1, k2 and 3 more": a message has room for a few.
std::string listed(const std::vector<std::string>& ids) {
    constexpr std::size_t most = 4;
    std::string text;
    for (std::size_t i = 0; i < ids.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + ids[i];
    if (ids.size() > most) text += " and " + std::to_string(ids.size() - most) + " more";
    return text;
}
}  // namespace

namespace {
void check(Rows rows, const Keyring& keyring) {
    std::vector<std::string> missing;
    std::vector<std::string> wrong;
    while (rows.next()) {
        if (rows.view(0).substr(0, prefix.size()) != prefix) continue;
        const std::string id{rows.view(0).substr(prefix.size())};
        if (!keyring.has(id))
            missing.push_back(id);
        else if (trace_of(keyring, id) != rows.view(1))
            wrong.push_back(id);
    }
    if (!wrong.empty())
        throw StoreFault{StoreFault::Kind::Keys,
                         "the keys are another store's (" + listed(wrong) +
                             "); restore the ones that it was written with"};
    if (!missing.empty())
        throw StoreFault{StoreFault::Kind::Keys,
                         "keys that it was written with are missing (" + listed(missing) +
                             "); restore them from a backup, beside the ones that are here"};
}
}  // namespace

void check_keys(Connection& connection, const Keyring& keyring) {
    check(connection.query("SELECT name, value FROM store_fact WHERE practice = :practice "
                           "ORDER BY name"),
          keyring);
}

void check_keys_before_practices(Connection& connection, const Keyring& keyring) {
    check(connection.query("SELECT name, value FROM store_fact ORDER BY name"), keyring);
}

bool has_used_keys(Connection& connection) {
    auto rows = connection.query("SELECT name FROM store_fact WHERE practice = :practice");
    while (rows.next())
        if (rows.view(0).substr(0, prefix.size()) == prefix) return true;
    return false;
}

void remember_key(Transaction& transaction, const Keyring& keyring) {
    Connection& connection = transaction.connection();
    check_keys(connection, keyring);
    const auto name = std::string{prefix} + keyring.current();
    if (find_fact(connection, name)) return;  // The portal's role may not write here, nor need to.
    connection.run(
        "INSERT INTO store_fact (practice, name, value) VALUES (:practice, $1, $2) ON CONFLICT "
        "(practice, name) DO NOTHING",
        name, trace_of(keyring, keyring.current()));
}

std::optional<std::string> find_fact(Connection& connection, std::string_view name) {
    auto rows = connection.query(
        "SELECT value FROM store_fact WHERE practice = :practice AND name = $1", name);
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

void put_fact(Transaction& transaction, std::string_view name, std::string_view value) {
    transaction.connection().run(
        "INSERT INTO store_fact (practice, name, value) VALUES (:practice, $1, $2) "
        "ON CONFLICT (practice, name) DO UPDATE SET value = excluded.value",
        name, value);
}
}  // namespace ppo
