// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "domain/unix_time.hpp"
#include "store/template_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// What the practice's mails say of the practice.
struct PracticeWords {
    std::string name{};
    std::string phone{};      // Empty = the mails point to the practice without a number.
    std::string language{};   // "en", "es".
    std::string time_zone{};  // IANA name, in which dates are printed.
};

/// One person and the link made for them.
struct LinkWords {
    std::string first_name{};
    std::string username{};  // Empty if none is on file.
    std::string url{};
    UnixTime expires_at{};
    bool is_first_set_up = true;
};

enum class Notice {
    PasswordChanged,
    UsernameChanged,
    EmailChanged,
    SignInTrouble,    // Several wrong passwords in a row.
    PasswordDisabled  // So many that the password is taken no more.
};

/// "en" or "es": the patient's language where we write it, else the practice's, else English. Takes
/// tags such as "es-MX" and names such as "Spanish".
[[nodiscard]] std::string mail_language(std::string_view patient_language,
                                        std::string_view practice_language);

/// The mail with one person's link, from a text that lint_template finds nothing in. Lines with
/// [[username]] are left out for a person without one.
[[nodiscard]] MailWords write_invitation_mail(const PracticeWords& practice, const LinkWords& link,
                                              const TemplateTexts& texts,
                                              std::string_view language);

/// One mail for several people who share an address and facts (twins): one link each, each named.
/// At least one.
[[nodiscard]] MailWords write_shared_mail(const PracticeWords& practice,
                                          const std::vector<LinkWords>& links,
                                          std::string_view language);

/// Reminds of usernames; carries no link. Who has no username is told how to create the account. At
/// least one.
[[nodiscard]] MailWords write_username_mail(const PracticeWords& practice,
                                            const std::vector<LinkWords>& people,
                                            std::string_view language);

/// Tells what happened to the account, and whom to call if that was somebody else. Carries no link.
[[nodiscard]] MailWords write_notice_mail(const PracticeWords& practice, Notice notice,
                                          std::string_view first_name, std::string_view language);
}  // namespace ppo
