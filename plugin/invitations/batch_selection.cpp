// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch_selection.hpp"

#include "invitations/send_invitation.hpp"
#include "store/mail_cap_table.hpp"

#include <map>
#include <unordered_set>

namespace ppo {
namespace {
/// Mails that are foreseen to addresses which many patients share; nothing is kept of others.
class SharedAddresses {
public:
    /// False if those before took the last mail that the address may get. Asked once a patient to
    /// be mailed.
    bool has_room(Connection& connection, const Practice& practice, const std::string& address,
                  UnixTime now) {
        const auto known = room_.find(address);
        if (known != room_.end()) return known->second > 0 && known->second-- > 0;
        if (count_sharers(connection, address, 2) < 2) return true;
        const int cap = practice.address_mails_per_day;
        const auto since = now - std::chrono::hours{24};
        const int room = cap - count_mails_to(connection, address, since, cap).mails;
        if (count_sharers(connection, address, room + 1) <= room) return true;
        room_.emplace(address, room - 1);
        return true;
    }

private:
    std::map<std::string, int, std::less<>> room_{};
};
}  // namespace

std::optional<Refusal> why_skipped(Connection& connection, const Practice& practice,
                                   const Invitee& invitee, bool signed_in_too, UnixTime now) {
    if (const auto refused = why_not_invitable(invitee.facts, now)) return refused->reason;
    if (invitee.facts.first_signed_in_at && !signed_in_too) return Refusal::AlreadySignedIn;
    if (const auto refused = why_not_now(connection, practice, invitee, now))
        return refused->reason;
    return std::nullopt;
}

void judge_selection(
    Connection& connection, const Practice& practice, const BatchSelection& selection, UnixTime now,
    const std::function<void(const std::string& patient_id, std::optional<Refusal>)>& take) {
    SharedAddresses addresses;
    const auto judge = [&](const Invitee& invitee) {
        auto refusal = why_skipped(connection, practice, invitee, selection.signed_in_too, now);
        if (!refusal && !addresses.has_room(connection, practice, invitee.email, now))
            refusal = Refusal::TooManyMails;
        take(invitee.patient_id, refusal);
    };
    if (selection.filter) {
        each_invitee(connection, *selection.filter, now, judge);
        return;
    }
    std::unordered_set<std::string_view> seen;
    for (const auto& patient_id : selection.patient_ids) {
        if (!seen.insert(patient_id).second) continue;
        if (const auto invitee = find_invitee(connection, patient_id))
            judge(*invitee);
        else
            take(patient_id, Refusal::UnknownPatient);
    }
}
}  // namespace ppo
