// SPDX-License-Identifier: Apache-2.0
#include "store/template_table.hpp"

#include "store/database.hpp"

namespace ppo {
std::optional<TemplateTexts> find_template(Connection& connection, TemplateKind kind,
                                           std::string_view language) {
    auto rows = connection.query(
        "SELECT subject, plain_text, html FROM mail_template WHERE practice = :practice AND kind = "
        "$1 AND language = $2",
        static_cast<int>(kind), language);
    if (!rows.next()) return std::nullopt;
    return TemplateTexts{rows.text(0), rows.text(1), rows.text(2)};
}

void put_template(Transaction& transaction, TemplateKind kind, std::string_view language,
                  const TemplateTexts& texts, UnixTime now) {
    transaction.connection().run(
        "INSERT INTO mail_template (practice, kind, language, subject, plain_text, html, set_at) "
        "VALUES (:practice, $1, $2, $3, $4, $5, $6) ON CONFLICT (practice, kind, language) DO "
        "UPDATE SET "
        "subject = excluded.subject, plain_text = excluded.plain_text, html = excluded.html, "
        "set_at = excluded.set_at",
        static_cast<int>(kind), language, texts.subject, texts.text, texts.html, now);
}

bool drop_template(Transaction& transaction, TemplateKind kind, std::string_view language) {
    return transaction.connection().run(
               "DELETE FROM mail_template WHERE practice = :practice AND kind = $1 AND language = "
               "$2",
               static_cast<int>(kind), language) == 1;
}
}  // namespace ppo
