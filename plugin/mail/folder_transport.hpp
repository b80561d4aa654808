// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/transport.hpp"

#include <filesystem>

namespace ppo {
/// Writes every mail as one .eml file, for development, tests and hosts that fetch mails
/// themselves. The file appears whole or not at all, readable for this user only; the same mail
/// again writes the same file.
class FolderTransport final : public Transport {
public:
    explicit FolderTransport(std::filesystem::path folder);

    [[nodiscard]] Delivery send(const OutgoingMail& mail, const Leaving& leaving) override;
    void walk(const OutgoingMail* mail, const TellStep& tell) override;

    /// "20261122T193000Z-<message id, cleaned>.eml": names sort by the date of the mail.
    [[nodiscard]] static std::string file_name(const OutgoingMail& mail);

private:
    std::filesystem::path folder_{};
};
}  // namespace ppo
