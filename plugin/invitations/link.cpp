// SPDX-License-Identifier: Apache-2.0
#include "invitations/link.hpp"

#include "invitations/reminders.hpp"
#include "store/keyring.hpp"

namespace ppo {
namespace {
constexpr std::size_t link_length = 43;

std::chrono::minutes lifetime(LinkOrigin origin, const Practice& practice) {
    switch (origin) {
    case LinkOrigin::FirstSetUp: return practice.first_link;
    case LinkOrigin::ResetByStaff: return practice.reset_link;
    case LinkOrigin::AskedByPatient: return practice.requested_link;
    }
    return practice.requested_link;
}

std::string digest(const Keyring& keyring, std::string_view key_id, std::string_view link) {
    return keyring.mac(Keyring::Use::LinkDigest, key_id, link);
}
}  // namespace

std::string link_secret(const Keyring& keyring, const Invitation& invitation) {
    return keyring.token(
        Keyring::Use::Link, invitation.key_id,
        invitation.id + ":" + invitation.patient_id + ":" + std::to_string(invitation.epoch));
}

Invitation make_invitation(const Keyring& keyring, const Account& account, LinkOrigin origin,
                           const Practice& practice, UnixTime now) {
    Invitation invitation;
    invitation.id = random_id();
    invitation.patient_id = account.patient.id;
    invitation.origin = origin;
    invitation.key_id = keyring.current();
    invitation.epoch = account.security_epoch;
    invitation.created_at = now;
    invitation.expires_at = now + lifetime(origin, practice);
    if (origin == LinkOrigin::FirstSetUp)
        invitation.remind_at = next_reminder(practice, now, invitation.expires_at, now);
    invitation.link_digest = digest(keyring, invitation.key_id, link_secret(keyring, invitation));
    return invitation;
}

std::string link_url(const Practice& practice, const Keyring& keyring,
                     const Invitation& invitation) {
    return practice.portal_url + "/" + link_secret(keyring, invitation);
}

std::optional<Invitation> find_link(Connection& connection, const Keyring& keyring,
                                    std::string_view link) {
    if (link.size() != link_length) return std::nullopt;
    for (const auto& key : keyring.keys()) {
        auto invitation = invitation_with_digest(connection, digest(keyring, key.id, link));
        if (invitation && same_secret(link_secret(keyring, *invitation), link)) return invitation;
    }
    return std::nullopt;
}
}  // namespace ppo
