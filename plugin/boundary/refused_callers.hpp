// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/unix_time.hpp"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace ppo {
class Database;

/// Writes into the record who tried what without permission. So that somebody who clicks on cannot
/// fill the record, the same attempt is written once an hour, and of one member of staff at most
/// 100 attempts an hour: the last of these says that more may have followed.
class RefusedCallers {
public:
    explicit RefusedCallers(Database& database) : database_{database} {}

    /// `verb` is the slot or the view's action; `whom` counts only if there is such a patient.
    void note(const Actor& actor, std::string_view verb, std::string_view whom, UnixTime now);

private:
    struct Hour {
        UnixTime since{};
        std::set<std::string> attempts{};
    };
    enum class News { None, One, Last };
    [[nodiscard]] News is_news(const std::string& staff_id, const std::string& attempt,
                               UnixTime now);

    Database& database_;
    std::mutex mutex_{};
    std::map<std::string, Hour> staff_{};
};
}  // namespace ppo
