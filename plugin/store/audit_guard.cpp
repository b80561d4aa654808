// SPDX-License-Identifier: Apache-2.0
#include "store/audit_guard.hpp"

#include "store/connection.hpp"

#include <string>

namespace ppo {
namespace {
void guard_audit_on_postgres(Connection& writer) {
    writer.execute(
        "CREATE OR REPLACE FUNCTION keep_audit() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'the record only grows' USING ERRCODE = '42501'; END $$ LANGUAGE plpgsql");
    for (const char* guard :
         {"audit_never_changed BEFORE UPDATE", "audit_never_removed BEFORE DELETE OR TRUNCATE"})
        writer.execute("CREATE OR REPLACE TRIGGER " + std::string{guard} +
                       " ON audit FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()");
}
}  // namespace

void guard_audit(Connection& writer) {
    if (writer.engine() == Engine::PostgreSql) return guard_audit_on_postgres(writer);
    for (const char* guard :
         {"audit_never_changed BEFORE UPDATE", "audit_never_removed BEFORE DELETE"})
        writer.execute("CREATE TRIGGER IF NOT EXISTS " + std::string{guard} +
                       " ON audit BEGIN SELECT RAISE(ABORT, 'the record only grows'); END");
}
}  // namespace ppo
