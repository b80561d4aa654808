// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_fault.hpp"

#include <array>
#include <string>

namespace ppo {
namespace {
struct Meaning {
    std::string_view state{};  // Or how it begins; the longer ones first.
    StoreFault::Kind kind = StoreFault::Kind::Failed;
    std::string_view sentence{};
};

// PostgreSQL 15, Appendix A.
constexpr std::array<Meaning, 19> meanings{
    {{"25006", StoreFault::Kind::ReadOnly,
      "the database is a read-only standby; name the primary, or both with "
      "target_session_attrs=read-write"},
     {"25P03", StoreFault::Kind::Lost,
      "the database ended a transaction that stood still for too long; nothing was changed"},
     {"42501", StoreFault::Kind::Unreadable,
      "the database's role may not do this: let a process of the staff's role start first, then "
      "apply the grants that come with this version"},
     {"55P03", StoreFault::Kind::Busy, "the store is held by another process; try again"},
     {"57014", StoreFault::Kind::Busy, "the database took too long; try again"},
     {"57P01", StoreFault::Kind::Lost, "the database is shutting down"},
     {"57P02", StoreFault::Kind::Lost, "the database server crashed and restarts"},
     {"57P03", StoreFault::Kind::Lost, "the database is starting up or shutting down"},
     {"57P04", StoreFault::Kind::Unreadable, "the database was dropped"},
     {"53100", StoreFault::Kind::Full, "no space is left for the store; free some"},
     {"53300", StoreFault::Kind::Busy,
      "the database has no connection left; raise max_connections or run fewer processes"},
     {"3D000", StoreFault::Kind::Unreadable, "there is no such database; create it"},
     {"40001", StoreFault::Kind::Conflict, "the database undid the change; try again"},
     {"40P01", StoreFault::Kind::Conflict, "the database undid the change; try again"},
     {"XX001", StoreFault::Kind::Damaged, "the store is damaged; restore it from a backup"},
     {"XX002", StoreFault::Kind::Damaged, "the store is damaged; restore it from a backup"},
     {"08", StoreFault::Kind::Lost, "the connection to the database broke"},
     {"28", StoreFault::Kind::Unreadable,
      "the database did not take the user or the password; check the store's address"},
     {"53", StoreFault::Kind::Busy, "the database server has run out of something; try again"}}};
}  // namespace

StoreFault postgres_fault(std::string_view sqlstate) {
    for (const auto& meaning : meanings)
        if (sqlstate.starts_with(meaning.state))
            return {meaning.kind,
                    std::string{meaning.sentence} + " (SQLSTATE " + std::string{sqlstate} + ")"};
    return {StoreFault::Kind::Failed,
            "the store failed; look at the database server's log "
            "(SQLSTATE " +
                std::string{sqlstate} + ")"};
}

StoreFault lost_server() {
    return {
        StoreFault::Kind::Lost,
        "the database cannot be reached; check that it runs, its address, and if it has one its "
        "certificate"};
}
}  // namespace ppo
