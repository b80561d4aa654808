// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_phrases.hpp"

#include <stdexcept>

namespace ppo {
namespace {
struct Translated {
    Phrase which = Phrase::Greeting;
    std::string_view english{};
    std::string_view spanish{};
};

// The two languages stand side by side, so that nobody changes one alone.
constexpr Translated phrases[] = {
    {Phrase::SubjectFirstSetUp, "Set up your portal account", "Configure su cuenta del portal"},
    {Phrase::SubjectNewPassword, "Choose a new portal password",
     "Elija una nueva contraseña del portal"},
    {Phrase::SubjectReminder, "Reminder: set up your portal account",
     "Recordatorio: configure su cuenta del portal"},
    {Phrase::SubjectSeveralLinks, "Your links to the patient portal",
     "Sus enlaces al portal del paciente"},
    {Phrase::SubjectUsername, "Your portal username", "Su nombre de usuario del portal"},
    {Phrase::SubjectPasswordChanged, "Your portal password was changed",
     "Se cambió su contraseña del portal"},
    {Phrase::SubjectUsernameChanged, "Your portal username was changed",
     "Se cambió su nombre de usuario del portal"},
    {Phrase::Greeting, "Hello [[first_name]],", "Hola, [[first_name]]:"},
    {Phrase::GreetingToSeveral, "Hello,", "Hola:"},
    {Phrase::Invite,
     "[[practice_name]] invites you to its patient portal. With the link below you set up your "
     "account.",
     "[[practice_name]] le invita a su portal del paciente. Con el siguiente enlace configura su "
     "cuenta."},
    {Phrase::NewPassword,
     "With the link below you choose a new password for the patient portal of [[practice_name]].",
     "Con el siguiente enlace elige una nueva contraseña para el portal del paciente de "
     "[[practice_name]]."},
    {Phrase::Reminder,
     "A while ago we invited you to the patient portal of [[practice_name]], and your account is "
     "not set up yet. If you would like to do that now, here is your link once more.",
     "Hace un tiempo le invitamos al portal del paciente de [[practice_name]] y su cuenta aún no "
     "está configurada. Si desea hacerlo ahora, aquí tiene de nuevo su enlace."},
    {Phrase::YourUsername, "Your username: [[username]]", "Su nombre de usuario: [[username]]"},
    {Phrase::SeveralLinks,
     "This address belongs to more than one patient of [[practice_name]]. Here is a link to the "
     "patient portal for each person. Please use only the link beside your name.",
     "Esta dirección pertenece a más de un paciente de [[practice_name]]. Aquí hay un enlace al "
     "portal del paciente para cada persona. Use solo el enlace que está junto a su nombre."},
    {Phrase::LinkOfPerson, "For [[first_name]]", "Para [[first_name]]"},
    {Phrase::UsernameOfPerson, "Username of [[first_name]]: [[username]]",
     "Nombre de usuario de [[first_name]]: [[username]]"},
    {Phrase::ButtonFirstSetUp, "Set up my account", "Configurar mi cuenta"},
    {Phrase::ButtonNewPassword, "Choose a new password", "Elegir una nueva contraseña"},
    {Phrase::CopyAddress, "If the button does not work, copy this address into your browser:",
     "Si el botón no funciona, copie esta dirección en su navegador:"},
    {Phrase::Expiry, "The link works until [[expires]], and only once.",
     "El enlace funciona hasta el [[expires]] y solo una vez."},
    {Phrase::ExpiryOfSeveral, "This link works until [[expires]], and only once.",
     "Este enlace funciona hasta el [[expires]] y solo una vez."},
    {Phrase::ExpiryOfReminder,
     "It is the same link as in our earlier mail, which still works too: until [[expires]], and "
     "only once.",
     "Es el mismo enlace de nuestro correo anterior, que también sigue funcionando: hasta el "
     "[[expires]] y solo una vez."},
    {Phrase::IgnoreInvitation,
     "If this mail is not meant for you, please delete it; nothing changes unless the link is "
     "used.",
     "Si este correo no es para usted, bórrelo; nada cambia mientras no se use el enlace."},
    {Phrase::IgnoreRequest,
     "If you did not ask for this, you need not do anything: your account stays as it is.",
     "Si usted no lo pidió, no tiene que hacer nada: su cuenta sigue como está."},
    {Phrase::IgnoreReminder, "If you do not want to use the portal, you need not do anything.",
     "Si no desea usar el portal, no tiene que hacer nada."},
    {Phrase::UsernameReminder,
     "You asked for your username for the patient portal of [[practice_name]].",
     "Usted pidió su nombre de usuario para el portal del paciente de [[practice_name]]."},
    {Phrase::NoUsernameYet,
     "You do not have a username yet. On the sign-in page of the portal, choose “I'm a registered "
     "patient. Create my account”, and we will mail you a link.",
     "Usted todavía no tiene un nombre de usuario. En la página de inicio de sesión del portal, "
     "elija “Soy paciente registrado. Crear mi cuenta” y le enviaremos un enlace."},
    {Phrase::NoUsernameYetOfPerson,
     "[[first_name]] does not have a username yet. On the sign-in page of the portal, choose “I'm "
     "a registered patient. Create my account”, and we will mail a link.",
     "[[first_name]] todavía no tiene un nombre de usuario. En la página de inicio de sesión del "
     "portal, elija “Soy paciente registrado. Crear mi cuenta” y enviaremos un enlace."},
    {Phrase::PasswordChanged,
     "The password of your account on the patient portal of [[practice_name]] was changed.",
     "Se cambió la contraseña de su cuenta en el portal del paciente de [[practice_name]]."},
    {Phrase::UsernameChanged,
     "The username of your account on the patient portal of [[practice_name]] was changed.",
     "Se cambió el nombre de usuario de su cuenta en el portal del paciente de [[practice_name]]."},
    {Phrase::NoticeWasYou, "If that was you, you need not do anything.",
     "Si fue usted, no tiene que hacer nada."},
    {Phrase::NoticeCall, "If that was not you, please call [[practice_phone]] right away.",
     "Si no fue usted, llame enseguida al [[practice_phone]]."},
    {Phrase::NoticeCallWithoutPhone, "If that was not you, please call the practice right away.",
     "Si no fue usted, llame enseguida al consultorio."},
    {Phrase::Questions, "Questions? Call us at [[practice_phone]]. We are glad to help.",
     "¿Tiene preguntas? Llámenos al [[practice_phone]]. Con gusto le ayudamos."},
    {Phrase::QuestionsWithoutPhone, "Questions? Please call the practice. We are glad to help.",
     "¿Tiene preguntas? Llame al consultorio. Con gusto le ayudamos."},
    {Phrase::SubjectEmailChanged, "Your e-mail address on file was changed",
     "Se cambió su dirección de correo registrada"},
    {Phrase::SubjectSignInTrouble, "Wrong passwords for your portal account",
     "Contraseñas incorrectas en su cuenta del portal"},
    {Phrase::SubjectPasswordDisabled, "Your portal password was disabled",
     "Se desactivó su contraseña del portal"},
    {Phrase::EmailChanged,
     "The e-mail address that belongs to your account on the patient portal of [[practice_name]] "
     "was changed.",
     "Se cambió la dirección de correo que pertenece a su cuenta en el portal del paciente de "
     "[[practice_name]]."},
    {Phrase::SignInTrouble,
     "Somebody entered a wrong password several times in a row for your account on the patient "
     "portal of [[practice_name]]. Nobody got in that way; the portal now waits between tries.",
     "Alguien escribió varias veces seguidas una contraseña incorrecta para su cuenta en el portal "
     "del paciente de [[practice_name]]. Nadie entró de ese modo; el portal espera ahora entre "
     "intentos."},
    {Phrase::PasswordDisabled,
     "Somebody entered a wrong password very often in a row for your account on the patient portal "
     "of [[practice_name]]. Nobody got in that way. To protect you, the portal does not take your "
     "password any more.",
     "Alguien escribió muchísimas veces seguidas una contraseña incorrecta para su cuenta en el "
     "portal del paciente de [[practice_name]]. Nadie entró de ese modo. Para protegerle, el "
     "portal ya no acepta su contraseña."},
    {Phrase::NoticeAsked, "If you asked for this, you need not do anything.",
     "Si usted lo pidió, no tiene que hacer nada."},
    {Phrase::NoticeAskedCall,
     "If you did not ask for this, please call [[practice_phone]] right away.",
     "Si usted no lo pidió, llame enseguida al [[practice_phone]]."},
    {Phrase::NoticeAskedCallWithoutPhone,
     "If you did not ask for this, please call the practice right away.",
     "Si usted no lo pidió, llame enseguida al consultorio."},
    {Phrase::SignInTroubleWasYou,
     "If that was you and you do not remember your password, choose “I forgot my password” on the "
     "sign-in page of the portal.",
     "Si fue usted y no recuerda su contraseña, elija “Olvidé mi contraseña” en la página de "
     "inicio de sesión del portal."},
    {Phrase::PasswordDisabledWasYou,
     "If that was you, choose “I forgot my password” on the sign-in page of the portal, and then a "
     "new password.",
     "Si fue usted, elija “Olvidé mi contraseña” en la página de inicio de sesión del portal y "
     "después una contraseña nueva."},
};
}  // namespace

std::string_view phrase(Phrase which, std::string_view language) {
    for (const auto& entry : phrases)
        if (entry.which == which) return language == "es" ? entry.spanish : entry.english;
    throw std::logic_error{"mail phrase without words"};
}

const std::vector<Phrase>& all_phrases() {
    static const std::vector<Phrase> all = [] {
        std::vector<Phrase> found;
        for (const auto& entry : phrases) found.push_back(entry.which);
        return found;
    }();
    return all;
}

const VariableNames& phrase_variables() {
    static const VariableNames names{"first_name", "username", "practice_name", "practice_phone",
                                     "expires"};
    return names;
}
}  // namespace ppo
