// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/consent.hpp"
#include "domain/patient.hpp"
#include "domain/unix_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// One colour a patient. The numbers are stored and cross the ABI.
enum class PortalStatus {
    NotEnabled = 1,  // Red: access is off, or the chart is Inactive or Deceased.
    NotInvited = 2,  // Gray: enabled, and nothing has been handed to the patient yet.
    Invited = 3,     // Orange: an invitation left or credentials were handed over; never signed in.
    SignedIn = 4,    // Green: has signed in to the portal at least once.
};

/// How the mail of an invitation stands. The numbers are stored and cross the ABI.
enum class MailState {
    None = 0,
    Queued = 1,
    Sent = 2,
    Deferred = 3,
    Failed = 4,
    Unknown = 5,
    Cancelled = 6,
    Bounced = 7,  // Taken by the mail server, and sent back later.
};

/// What stands beside the colour and never changes it. The bits are stored and cross the ABI.
enum class Mark : std::uint64_t {
    NoEmail = 0x1,
    InvalidEmail = 0x2,
    NoPostalCode = 0x4,
    Deceased = 0x8,
    Inactive = 0x10,
    LinkExpired = 0x20,
    Queued = 0x40,
    Deferred = 0x80,
    Failed = 0x100,
    Bounced = 0x200,
    OutcomeUnknown = 0x400,
    AddressChanged = 0x800,
    PasswordSetByStaff = 0x1000,
    MustChangePassword = 0x2000,
    Locked = 0x4000,
    OptedOut = 0x8000,
};

/// A set of marks.
class Marks {
public:
    constexpr Marks() = default;
    constexpr explicit Marks(std::uint64_t bits) : bits_{bits} {}

    constexpr void add(Mark mark) { bits_ |= static_cast<std::uint64_t>(mark); }
    [[nodiscard]] constexpr bool has(Mark mark) const {
        return (bits_ & static_cast<std::uint64_t>(mark)) != 0;
    }
    [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }
    constexpr bool operator==(const Marks&) const = default;

private:
    std::uint64_t bits_ = 0;
};

/// What the store knows of one patient; without a row, the default values.
struct AccountFacts {
    bool access_enabled = false;
    ChartStatus chart_status = ChartStatus::Active;
    std::optional<UnixTime> credentials_issued_at{};  // By any channel: mail, letter, staff.
    std::optional<UnixTime> first_signed_in_at{};

    bool has_email = false;
    bool email_is_valid = false;
    bool has_postal_code = false;
    bool opted_out = false;
    MailState mail_state = MailState::None;  // Of the last invitation.
    bool address_changed = false;            // Since the last invitation left.
    bool password_set_by_staff = false;
    bool must_change_password = false;
    std::optional<UnixTime> link_expires_at{};  // Of the newest link, unless it died another way.
    std::optional<UnixTime> locked_until{};     // Waits after wrong passwords or birth dates.
    bool password_disabled = false;  // By too many wrong ones: until a link or staff help.
    std::optional<UnixTime> password_lapses_at{};  // Set by staff and not used yet.
    Consent consent = Consent::NothingSaid;        // Beside what the chart says: opted_out.
    std::optional<UnixTime> consent_until{};       // Of Deferred, and of nothing else.
};

/// Every combination of facts has exactly one status; marks stand beside it and never change it.
[[nodiscard]] PortalStatus portal_status(const AccountFacts& account);

/// The marks that only a change of facts can change. The store keeps them in a column.
[[nodiscard]] Marks lasting_marks(const AccountFacts& account);

/// The marks that come and go with time alone. Never stored: right at every instant without a
/// sweep. `locked` is one of both: a wait passes, a disabled password stays. So is `opted out`:
/// what is put off passes.
[[nodiscard]] Marks passing_marks(const AccountFacts& account, UnixTime now);

/// "Not enabled", "Not invited", "Invited", "Signed in".
[[nodiscard]] std::string_view status_word(PortalStatus status, std::string_view language);

/// "red", "gray", "orange", "green", as the view model names them.
[[nodiscard]] std::string_view status_colour(PortalStatus status);

/// The shape that stands with the colour: "cross", "circle", "envelope", "check".
[[nodiscard]] std::string_view status_shape(PortalStatus status);

struct MarkWords {
    Mark mark = Mark::NoEmail;
    std::string_view id{};    // "no_email"
    std::string_view word{};  // "no e-mail"
    bool is_trouble = false;  // Somebody should look at it.
};

/// Every mark with its words, in the order in which people read them.
[[nodiscard]] const std::vector<MarkWords>& all_marks(std::string_view language);

/// These marks in one line, as people read them: "no e-mail, queued". Empty without any.
[[nodiscard]] std::string mark_words(Marks marks, std::string_view language);
}  // namespace ppo
