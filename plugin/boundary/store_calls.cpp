// SPDX-License-Identifier: Apache-2.0
#include "boundary/convert.hpp"
#include "boundary/guard.hpp"
#include "boundary/tables.hpp"
#include "store/backup.hpp"
#include "store/move_store.hpp"

#include <string>

namespace ppo {
namespace {
namespace calls {
Outcome back_up(Instance& self, ppo_text path) {
    const std::string file{required_text(path, "path", 4096)};
    if (self.database().engine() != Engine::Sqlite)
        throw Misuse{PPO_MISUSE_STATE, "store",
                     "A store on a server is copied by the server's own programs: pg_dump or "
                     "pg_basebackup."};
    ppo::back_up(self.database(), file, self.now());
    return PPO_OK;
}

Outcome move(Instance& self, ppo_text to, const ppo_text_sink* told) {
    const std::string address{required_text(to, "to", 4096)};
    ppo_result answered = PPO_OK;
    const bool is_done = move_store(
        self.database().address(), address, [&](std::string_view table, std::int64_t rows) {
            if (told == nullptr) return true;
            const auto line = std::string{table} + " " + std::to_string(rows);
            answered = told->put(told->context, line.data(), line.size());
            return answered == PPO_OK;
        });
    if (is_done) return PPO_OK;
    if (answered == PPO_STOPPED) return PPO_STOPPED;
    throw HostFault{PPO_FAULT_HOST, "The host did not take how far the move has come."};
}
}  // namespace calls
}  // namespace

const ppo_store_1 store_table{sizeof store_table, 0, guard<calls::back_up>, guard<calls::move>};
}  // namespace ppo
