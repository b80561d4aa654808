// SPDX-License-Identifier: Apache-2.0
#include "store/batch_table.hpp"

#include "store/database.hpp"

namespace ppo {
void put_batch_outcome(Transaction& transaction, const BatchPlace& place, MailState state) {
    transaction.connection().run(
        "UPDATE batch_person SET outcome = $1 WHERE batch_id = $2 AND place = $3",
        static_cast<int>(state), place.batch_id, place.place);
}
}  // namespace ppo
