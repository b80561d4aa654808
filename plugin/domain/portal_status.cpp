// SPDX-License-Identifier: Apache-2.0
#include "domain/portal_status.hpp"

namespace ppo {
PortalStatus portal_status(const AccountFacts& account) {
    // Access comes first: staff must see red even for a patient who signed in long ago.
    if (!account.access_enabled || !may_use_portal(account.chart_status))
        return PortalStatus::NotEnabled;
    if (account.first_signed_in_at) return PortalStatus::SignedIn;
    return account.credentials_issued_at ? PortalStatus::Invited : PortalStatus::NotInvited;
}

namespace {
std::optional<Mark> mark_of(MailState state) {
    switch (state) {
    case MailState::Queued: return Mark::Queued;
    case MailState::Deferred: return Mark::Deferred;
    case MailState::Failed: return Mark::Failed;
    case MailState::Unknown: return Mark::OutcomeUnknown;
    case MailState::None:
    case MailState::Sent:
    case MailState::Cancelled: return std::nullopt;
    case MailState::Bounced: return Mark::Bounced;
    }
    return std::nullopt;
}
}  // namespace

Marks lasting_marks(const AccountFacts& account) {
    Marks marks;
    const auto add_if = [&marks](bool condition, Mark mark) {
        if (condition) marks.add(mark);
    };
    add_if(!account.has_email, Mark::NoEmail);
    add_if(account.has_email && !account.email_is_valid, Mark::InvalidEmail);
    add_if(!account.has_postal_code, Mark::NoPostalCode);
    add_if(account.chart_status == ChartStatus::Deceased, Mark::Deceased);
    add_if(account.chart_status == ChartStatus::Inactive, Mark::Inactive);
    if (const auto mark = mark_of(account.mail_state)) marks.add(*mark);
    add_if(account.address_changed, Mark::AddressChanged);
    add_if(account.password_set_by_staff, Mark::PasswordSetByStaff);
    add_if(account.must_change_password, Mark::MustChangePassword);
    add_if(account.password_disabled, Mark::Locked);
    add_if(wants_no_mail(account) || account.consent == Consent::Declined, Mark::OptedOut);
    return marks;
}

Marks passing_marks(const AccountFacts& account, UnixTime now) {
    Marks marks;
    if (account.link_expires_at && *account.link_expires_at <= now) marks.add(Mark::LinkExpired);
    if (account.locked_until && *account.locked_until > now) marks.add(Mark::Locked);
    if (account.consent_until && *account.consent_until > now) marks.add(Mark::OptedOut);
    return marks;
}

std::string_view status_word(PortalStatus status, std::string_view language) {
    const bool spanish = language.substr(0, 2) == "es";
    switch (status) {
    case PortalStatus::NotEnabled: return spanish ? "Sin acceso" : "Not enabled";
    case PortalStatus::NotInvited: return spanish ? "Sin invitar" : "Not invited";
    case PortalStatus::Invited: return spanish ? "Invitado" : "Invited";
    case PortalStatus::SignedIn: return spanish ? "Ha entrado" : "Signed in";
    }
    return {};
}

std::string_view status_colour(PortalStatus status) {
    switch (status) {
    case PortalStatus::NotEnabled: return "red";
    case PortalStatus::NotInvited: return "gray";
    case PortalStatus::Invited: return "orange";
    case PortalStatus::SignedIn: return "green";
    }
    return {};
}

std::string_view status_shape(PortalStatus status) {
    switch (status) {
    case PortalStatus::NotEnabled: return "cross";
    case PortalStatus::NotInvited: return "circle";
    case PortalStatus::Invited: return "envelope";
    case PortalStatus::SignedIn: return "check";
    }
    return {};
}

const std::vector<MarkWords>& all_marks(std::string_view language) {
    static const std::vector<MarkWords> english{
        {Mark::Deceased, "deceased", "deceased", false},
        {Mark::Inactive, "inactive", "inactive", false},
        {Mark::OptedOut, "opted_out", "opted out", false},
        {Mark::NoEmail, "no_email", "no e-mail", true},
        {Mark::InvalidEmail, "invalid_email", "invalid e-mail", true},
        {Mark::NoPostalCode, "no_zip", "no ZIP", false},
        {Mark::Queued, "queued", "queued", false},
        {Mark::Deferred, "deferred", "deferred", true},
        {Mark::Failed, "failed", "failed", true},
        {Mark::Bounced, "bounced", "bounced", true},
        {Mark::OutcomeUnknown, "outcome_unknown", "outcome unknown", true},
        {Mark::AddressChanged, "address_changed", "address changed", true},
        {Mark::LinkExpired, "link_expired", "link expired", true},
        {Mark::PasswordSetByStaff, "password_set_by_staff", "password set by staff", false},
        {Mark::MustChangePassword, "must_change_password", "must change password", false},
        {Mark::Locked, "locked", "locked", true},
    };
    static const std::vector<MarkWords> spanish{
        {Mark::Deceased, "deceased", "fallecido", false},
        {Mark::Inactive, "inactive", "inactivo", false},
        {Mark::OptedOut, "opted_out", "no desea correo", false},
        {Mark::NoEmail, "no_email", "sin correo", true},
        {Mark::InvalidEmail, "invalid_email", "correo no válido", true},
        {Mark::NoPostalCode, "no_zip", "sin código postal", false},
        {Mark::Queued, "queued", "en cola", false},
        {Mark::Deferred, "deferred", "aplazado", true},
        {Mark::Failed, "failed", "fallido", true},
        {Mark::Bounced, "bounced", "devuelto", true},
        {Mark::OutcomeUnknown, "outcome_unknown", "resultado desconocido", true},
        {Mark::AddressChanged, "address_changed", "dirección cambiada", true},
        {Mark::LinkExpired, "link_expired", "enlace caducado", true},
        {Mark::PasswordSetByStaff, "password_set_by_staff", "contraseña puesta por el personal",
         false},
        {Mark::MustChangePassword, "must_change_password", "debe cambiar la contraseña", false},
        {Mark::Locked, "locked", "bloqueado", true},
    };
    return language.substr(0, 2) == "es" ? spanish : english;
}

std::string mark_words(Marks marks, std::string_view language) {
    std::string words;
    for (const auto& mark : all_marks(language))
        if (marks.has(mark.mark)) words += (words.empty() ? "" : ", ") + std::string{mark.word};
    return words;
}
}  // namespace ppo
