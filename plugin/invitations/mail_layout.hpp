// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "invitations/mail_phrases.hpp"

#include <string>

namespace ppo {
/// Writes the text part and the HTML part of one mail side by side, block by block, so that they
/// never say different things. The HTML holds no image and nothing that is loaded from elsewhere.
class MailLayout {
public:
    MailLayout(std::string language, std::string practice_name);

    void paragraph(Phrase which, const VariableValues& values);
    /// The name of the person whom the next blocks are for.
    void heading(Phrase which, const VariableValues& values);
    /// A button and the readable address in HTML, the bare address on a line of its own in text.
    void link(Phrase button, const std::string& url);

    /// Signs with the name of the practice.
    [[nodiscard]] MailWords finish(Phrase subject) const;

private:
    [[nodiscard]] std::string fill(MailPart part, Phrase which, const VariableValues& values) const;

    std::string language_{};
    std::string practice_name_{};
    std::string text_{};
    std::string html_{};
};
}  // namespace ppo
