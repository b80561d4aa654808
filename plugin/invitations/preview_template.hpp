// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/outgoing_mail.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"
#include "store/template_table.hpp"

#include <string>
#include <string_view>

namespace ppo {
class Database;

/// A text to look at; what is empty of it comes from the text in use.
struct TemplateDraft {
    TemplateKind kind = TemplateKind::FirstSetUp;
    std::string language{};  // "en", "es".
    TemplateTexts texts{};
};

/// The words as this patient would get them, or an invented one if the id is empty. The link opens
/// nothing. Refused: UnknownPatient, Template.
[[nodiscard]] Result<MailWords> preview_template(Database& database, const Practice& practice,
                                                 const TemplateDraft& draft,
                                                 std::string_view patient_id, UnixTime now);

/// A mail for staff to look at, about the invented patient, with a mark in its subject; and the
/// record of who had it sent. Refused: InvalidEmail, Template.
Result<OutgoingMail> write_test_mail(Database& database, const Practice& practice,
                                     const TemplateDraft& draft, std::string_view recipient,
                                     const Actor& actor, UnixTime now);
}  // namespace ppo
