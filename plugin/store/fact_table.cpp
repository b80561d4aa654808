// SPDX-License-Identifier: Apache-2.0
#include "store/fact_table.hpp"

#include "store/database.hpp"
#include "store/fault.hpp"
#include "store/keyring.hpp"

#include <map>

namespace ppo {
void check_keys(Transaction& transaction, const Keyring& keyring) {
    constexpr std::string_view prefix = "key:";
    constexpr std::string_view known_text = "a store of patient portal onboarding";
    std::map<std::string, std::string> written;
    {
        auto rows = transaction.connection().query(
            "SELECT name, value FROM store_fact ORDER BY name");
        while (rows.next())
            if (rows.view(0).substr(0, prefix.size()) == prefix)
                written.emplace(rows.view(0).substr(prefix.size()), rows.text(1));
    }
    bool one_fits = written.empty();
    for (const auto& [id, check] : written) {
        if (!keyring.has(id)) continue;
        if (keyring.mac(Keyring::Use::Check, id, known_text) != check)
            throw StoreFault{StoreFault::Kind::Keys,
                             "the keys are another store's; restore the right ones"};
        one_fits = true;
    }
    if (!one_fits)
        throw StoreFault{
            StoreFault::Kind::Keys,
            "none of the keys it was written with is here; restore them from a backup"};
    if (written.count(keyring.current()) == 0)
        transaction.connection().run(
            "INSERT INTO store_fact (name, value) VALUES ($1, $2)",
            std::string{prefix} + keyring.current(),
            keyring.mac(Keyring::Use::Check, keyring.current(), known_text));
}

std::optional<std::string> find_fact(Connection& connection, std::string_view name) {
    auto rows = connection.query("SELECT value FROM store_fact WHERE name = $1", name);
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

void put_fact(Transaction& transaction, std::string_view name, std::string_view value) {
    transaction.connection().run(
        "INSERT INTO store_fact (name, value) VALUES ($1, $2) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name, value);
}
}  // namespace ppo
