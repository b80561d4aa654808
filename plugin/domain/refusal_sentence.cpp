// SPDX-License-Identifier: Apache-2.0
#include "domain/refusal_sentence.hpp"

#include <array>

namespace ppo {
namespace {
struct Words {
    Refusal reason = Refusal::NotPermitted;
    std::string_view code{};
    std::string_view english{};
    std::string_view spanish{};
};

constexpr std::array<Words, 56> all_words{{
    {Refusal::NotPermitted, "refused_not_permitted", "You do not have the permission to do this.",
     "No tiene permiso para hacer esto."},
    {Refusal::UnknownPatient, "refused_unknown_patient", "There is no such patient.",
     "No existe ese paciente."},
    {Refusal::AccessNotEnabled, "refused_access_not_enabled",
     "Portal access is not enabled. Enable it first.",
     "El acceso al portal no está activado. Actívelo primero."},
    {Refusal::ChartInactive, "refused_chart_inactive",
     "The chart is Inactive, so the portal is closed for this patient.",
     "El expediente está inactivo: el portal está cerrado para este paciente."},
    {Refusal::ChartDeceased, "refused_chart_deceased",
     "The chart says Deceased, so nothing is mailed and nothing is set.",
     "El expediente indica fallecido: no se envía ni se cambia nada."},
    {Refusal::NoEmail, "refused_no_email", "No e-mail address is on file.",
     "No hay dirección de correo registrada."},
    {Refusal::InvalidEmail, "refused_invalid_email", "This is not a valid e-mail address.",
     "Esta dirección de correo no es válida."},
    {Refusal::OptedOut, "refused_opted_out", "The patient does not want mail from the portal.",
     "El paciente no desea correo del portal."},
    {Refusal::CoolingDown, "refused_cooling_down", "A mail was sent to this patient a moment ago.",
     "Se envió un correo a este paciente hace un momento."},
    {Refusal::NoOpenInvitation, "refused_no_open_invitation",
     "There is no open invitation to withdraw.", "No hay ninguna invitación abierta que retirar."},
    {Refusal::TooManyMails, "refused_too_many_mails",
     "Too many mails went out for this patient lately.",
     "Se han enviado demasiados correos a este paciente."},
    {Refusal::AlreadySignedIn, "refused_already_signed_in",
     "The patient has signed in to the portal already.",
     "El paciente ya ha iniciado sesión en el portal."},
    {Refusal::ChartUnreadable, "refused_chart_unreadable",
     "The chart could not be read. Correct it, then invite this patient again.",
     "No se pudo leer el expediente. Corríjalo e invite de nuevo al paciente."},
    {Refusal::UsernameTooShort, "refused_username_too_short",
     "The username is too short: use at least 3 characters.",
     "El nombre de usuario es demasiado corto: use al menos 3 caracteres."},
    {Refusal::UsernameTooLong, "refused_username_too_long",
     "The username is too long: use at most 64 characters.",
     "El nombre de usuario es demasiado largo: use como máximo 64 caracteres."},
    {Refusal::UsernameCharacters, "refused_username_characters",
     "A username can hold letters, digits and . _ - + @, without spaces.",
     "El nombre de usuario admite letras, números y . _ - + @, sin espacios."},
    {Refusal::UsernameReserved, "refused_username_reserved",
     "This username is reserved. Choose another one.",
     "Este nombre de usuario está reservado. Elija otro."},
    {Refusal::UsernameTaken, "refused_username_taken", "This username is taken.",
     "Este nombre de usuario ya está en uso."},
    {Refusal::UsernameMissing, "refused_username_missing", "Choose a username.",
     "Elija un nombre de usuario."},
    {Refusal::UsernameOnFile, "refused_username_on_file",
     "There is a username on file already. Ask the practice to change it.",
     "Ya hay un nombre de usuario registrado. Pida al consultorio que lo cambie."},
    {Refusal::PasswordTooShort, "refused_password_too_short",
     "The password is too short: use at least # characters.",
     "La contraseña es demasiado corta: use al menos # caracteres."},
    {Refusal::PasswordTooLong, "refused_password_too_long",
     "The password is too long: use at most 256 characters.",
     "La contraseña es demasiado larga: use como máximo 256 caracteres."},
    {Refusal::PasswordGuessable, "refused_password_guessable",
     "This password is too easy to guess.", "Esta contraseña es demasiado fácil de adivinar."},
    {Refusal::PasswordCharacters, "refused_password_characters",
     "The password holds a character that no keyboard types.",
     "La contraseña contiene un carácter que no se puede teclear."},
    {Refusal::PasswordMissing, "refused_password_missing", "Choose a password.",
     "Elija una contraseña."},
    {Refusal::LinkUnknown, "refused_link_unknown",
     "This link is not complete or not one of ours. Open it again from the e-mail.",
     "Este enlace no está completo o no es nuestro. Ábralo de nuevo desde el correo."},
    {Refusal::LinkUsed, "refused_link_used",
     "This link was used already. If that was you, sign in.",
     "Este enlace ya se usó. Si fue usted, inicie sesión."},
    {Refusal::LinkExpired, "refused_link_expired", "This link has expired.",
     "Este enlace ha caducado."},
    {Refusal::LinkReplaced, "refused_link_replaced",
     "A newer link was sent to you. Use the one in the latest e-mail.",
     "Se le envió un enlace más reciente. Use el del último correo."},
    {Refusal::LinkAccessDisabled, "refused_link_access_disabled",
     "This link does not work any more. Please call the practice.",
     "Este enlace ya no funciona. Llame al consultorio."},
    {Refusal::LinkEmailChanged, "refused_link_email_changed",
     "This link does not work any more, because the e-mail address on file changed.",
     "Este enlace ya no funciona porque cambió la dirección de correo registrada."},
    {Refusal::LinkCredentialsChanged, "refused_link_credentials_changed",
     "This link does not work any more, because username or password were changed.",
     "Este enlace ya no funciona porque se cambiaron el usuario o la contraseña."},
    {Refusal::LinkWithdrawn, "refused_link_withdrawn", "The practice has withdrawn this link.",
     "El consultorio ha retirado este enlace."},
    {Refusal::LinkRestored, "refused_link_restored",
     "This link does not work any more, because the practice's records were restored from a copy.",
     "Este enlace ya no funciona porque los datos del consultorio se recuperaron de una copia."},
    {Refusal::IdentityMismatch, "refused_identity_mismatch",
     "That does not match what the practice has on file.",
     "Eso no coincide con los datos del consultorio."},
    {Refusal::IdentityWait, "refused_identity_wait", "There were too many wrong answers.",
     "Hubo demasiadas respuestas incorrectas."},
    {Refusal::SignIn, "refused_sign_in",
     "Username and password do not match, or the account cannot be used right now.",
     "El usuario y la contraseña no coinciden, o la cuenta no se puede usar ahora."},
    {Refusal::FieldEmpty, "refused_field_empty", "Please fill in this field.",
     "Rellene este campo."},
    {Refusal::InvalidBirthDate, "refused_invalid_birth_date",
     "Please enter a birth date such as 2/28/1980.",
     "Escriba una fecha de nacimiento como 2/28/1980 (mes/día/año)."},
    {Refusal::InvalidPostalCode, "refused_invalid_postal_code",
     "Please enter a ZIP code such as 02139.", "Escriba un código postal como 02139."},
    {Refusal::Busy, "refused_busy", "The portal is very busy right now.",
     "El portal está muy ocupado en este momento."},
    {Refusal::StaleCursor, "refused_stale_cursor",
     "This page belongs to another list. Start from the first page.",
     "Esta página pertenece a otra lista. Empiece por la primera."},
    {Refusal::UnknownBatch, "refused_unknown_batch", "There is no such batch.",
     "No existe ese envío."},
    {Refusal::BatchState, "refused_batch_state", "This batch is not in a state for that any more.",
     "El estado de este envío ya no lo permite."},
    {Refusal::BatchEmpty, "refused_batch_empty", "Nobody of this selection can be mailed.",
     "No se puede escribir a nadie de esta selección."},
    {Refusal::Template, "refused_template", "This text cannot be mailed.",
     "Este texto no se puede enviar."},
    {Refusal::NotADeliveryReport, "refused_not_a_delivery_report", "This is not a delivery report.",
     "Esto no es un informe de entrega."},
    {Refusal::UnknownMail, "refused_unknown_mail",
     "The delivery report is about no mail of this practice.",
     "El informe de entrega no trata de ningún correo de este consultorio."},
    {Refusal::PasswordUnchanged, "refused_password_unchanged",
     "This is the password that you have now. Choose another one.",
     "Esta es la contraseña que ya tiene. Elija otra."},
    {Refusal::Declined, "refused_declined", "The patient does not want a portal account.",
     "El paciente no desea una cuenta del portal."},
    {Refusal::Deferred, "refused_deferred", "The patient wants to be asked again later.",
     "El paciente desea que se le pregunte más adelante."},
    {Refusal::DateNotAhead, "refused_date_not_ahead", "Choose a day that lies ahead.",
     "Elija un día que esté por venir."},
    {Refusal::TooManyTries, "refused_too_many_tries",
     "Too many tries came from your network. Please wait, or call the practice.",
     "Hubo demasiados intentos desde su red. Espere, o llame al consultorio."},
    {Refusal::TooManyViews, "refused_too_many_views",
     "You have saved 50 views already. Remove one that you do not need any more.",
     "Ya ha guardado 50 vistas. Elimine una que ya no necesite."},
    {Refusal::UnknownSavedView, "refused_unknown_saved_view",
     "You have no saved view of this name.", "No tiene ninguna vista guardada con ese nombre."},
    {Refusal::ViewName, "refused_view_name",
     "The name of a view has 1 to 64 characters, all of them to be seen.",
     "El nombre de una vista tiene de 1 a 64 caracteres, todos visibles."},
}};

const Words& words_of(Refusal reason) { return all_words.at(static_cast<std::size_t>(reason)); }

constexpr bool in_order_of_the_enum() {
    for (std::size_t i = 0; i < all_words.size(); ++i)
        if (static_cast<std::size_t>(all_words[i].reason) != i) return false;
    return all_words.back().reason == Refusal::ViewName;
}
static_assert(in_order_of_the_enum(), "every refusal has its words, in the order of the enum");
}  // namespace

std::string_view refusal_code(Refusal reason) { return words_of(reason).code; }

std::optional<Refusal> refusal_with(std::string_view code) {
    for (const auto& words : all_words)
        if (words.code == code) return words.reason;
    return std::nullopt;
}

std::string in_words(std::chrono::milliseconds wait, std::string_view language) {
    const bool spanish = language.substr(0, 2) == "es";
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    if (seconds == 1) return spanish ? "1 segundo" : "1 second";
    if (seconds < 120) return std::to_string(seconds) + (spanish ? " segundos" : " seconds");
    const auto minutes = (seconds + 59) / 60;
    if (minutes < 120) return std::to_string(minutes) + (spanish ? " minutos" : " minutes");
    const auto hours = (minutes + 59) / 60;
    if (hours < 48) return std::to_string(hours) + (spanish ? " horas" : " hours");
    return std::to_string((hours + 23) / 24) + (spanish ? " días" : " days");
}

std::string refusal_sentence(const Refused& refused, std::string_view language) {
    const bool spanish = language.substr(0, 2) == "es";
    const Words& words = words_of(refused.reason);
    std::string sentence{spanish ? words.spanish : words.english};
    if (const auto figure = sentence.find('#'); figure != std::string::npos)
        sentence.replace(figure, 1, std::to_string(refused.least));
    const auto& advice = spanish && !refused.advice_es.empty() ? refused.advice_es : refused.advice;
    if (!advice.empty()) sentence += " " + advice;
    if (refused.retry_after.count() > 0)
        sentence += (spanish ? " Inténtelo de nuevo en " : " Try again in ") +
                    in_words(refused.retry_after, language) + ".";
    return sentence;
}
}  // namespace ppo
