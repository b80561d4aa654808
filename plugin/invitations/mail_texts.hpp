// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/result.hpp"
#include "invitations/mail_template.hpp"
#include "store/template_table.hpp"

#include <string>
#include <string_view>

namespace ppo {
class Database;

/// What the text of a replaceable mail may name.
[[nodiscard]] const VariableNames& template_variables();

/// The text that comes with the plugin, in "es" or, for every other language, in English.
[[nodiscard]] const TemplateTexts& own_template(TemplateKind kind, std::string_view language);

struct TemplateInUse {
    TemplateTexts texts{};
    bool replaced = false;  // By the practice.
};
[[nodiscard]] TemplateInUse template_in_use(Connection& connection, TemplateKind kind,
                                            std::string_view language);

/// Kind and language as the audit names them: "first_set_up en".
[[nodiscard]] std::string template_word(TemplateKind kind, std::string_view language);

/// Forms send CR LF, mails are kept with LF alone.
[[nodiscard]] TemplateTexts with_line_feeds(const TemplateTexts& texts);

/// Refused, with the first finding as advice: Template.
[[nodiscard]] Result<Done> check_template(const TemplateTexts& texts);

/// Replaces the text of a mail, for mails that leave from now on. Refused: Template.
Result<Done> set_template(Database& database, TemplateKind kind, std::string_view language,
                          const TemplateTexts& texts, const Actor& actor, UnixTime now);

/// Back to the plugin's own text; changes nothing if it is in use.
void reset_template(Database& database, TemplateKind kind, std::string_view language,
                    const Actor& actor, UnixTime now);
}  // namespace ppo
