// SPDX-License-Identifier: Apache-2.0
#include "domain/deviation.hpp"

namespace ppo {
namespace {
using std::chrono::hours;

constexpr std::string_view own_rule = "Product";

void add_own(std::vector<Deviation>& found, const Practice& practice, GuessCost cost) {
    const Practice usual;
    const GuessCost usual_cost;
    const auto add_if = [&found](bool deviates, const Deviation& deviation) {
        if (deviates) found.push_back(deviation);
    };
    add_if(practice.permanent_staff_passwords,
           {"permanent_staff_passwords", "flags",
            "A password that staff set need not be changed by the patient and does not lapse: "
            "whoever heard it can sign in.",
            "Una contraseña puesta por el personal no tiene que cambiarse ni caduca: quien la oyó "
            "puede entrar.",
            "Product; OWASP ASVS 5.0, 6.4.1"});
    add_if(practice.identity_check == IdentityCheck::Nothing,
           {"no_identity_check", "link_identity_check",
            "A link asks for nothing: whoever opens the mail can set the account up.",
            "Un enlace no pregunta nada: quien abra el correo puede crear la cuenta.", own_rule});
    add_if(practice.first_link > usual.first_link,
           {"first_links_live_long", "first_link_minutes", "A first link lives longer than 7 days.",
            "Un primer enlace vale más de 7 días.", own_rule});
    add_if(practice.reset_link > usual.reset_link,
           {"reset_links_live_long", "reset_link_minutes",
            "A link to a new password that staff send lives longer than 24 hours.",
            "Un enlace para una contraseña nueva enviado por el personal vale más de 24 horas.",
            "Product; NIST SP 800-63B-4, 4.2.1.2"});
    add_if(practice.requested_link > usual.requested_link,
           {"requested_links_live_long", "requested_link_minutes",
            "A link that the patient asked for lives longer than an hour.",
            "Un enlace pedido por el paciente vale más de una hora.", own_rule});
    add_if(practice.staff_password > usual.staff_password && !practice.permanent_staff_passwords,
           {"staff_passwords_live_long", "staff_password_hours",
            "An unused password that staff set lapses only after more than 7 days.",
            "Una contraseña puesta por el personal y no usada caduca después de más de 7 días.",
            own_rule});
    add_if(cost.memory_kib < usual_cost.memory_kib,
           {"cheap_guesses", "password_memory_kib",
            "A guess at a stolen password takes less than 64 MiB of memory.",
            "Probar una contraseña robada cuesta menos de 64 MiB de memoria.",
            "Product; RFC 9106, 4"});
    add_if(cost.passes < usual_cost.passes,
           {"quick_guesses", "password_passes",
            "A guess at a stolen password takes fewer than 3 passes.",
            "Probar una contraseña robada cuesta menos de 3 pasadas.", "Product; RFC 9106, 4"});
}

void add_standards(std::vector<Deviation>& found, const Practice& practice) {
    if (practice.profile == Profile::Standard) {
        found.push_back({"short_passwords", "profile",
                         "Passwords may have 8 characters; where a password is the only factor, 15 "
                         "are asked for.",
                         "Las contraseñas pueden tener 8 caracteres; donde la contraseña es el "
                         "único factor se piden 15.",
                         "NIST SP 800-63B-4, 3.1.1.2"});
        if (practice.first_link > hours{24})
            found.push_back({"first_links_over_a_day", "profile",
                             "A first link lives longer than the 24 hours that a code sent by mail "
                             "may.",
                             "Un primer enlace vale más de las 24 horas permitidas a un código "
                             "enviado por correo.",
                             "NIST SP 800-63B-4, 4.2.1.2"});
        if (practice.staff_password > hours{72} && !practice.permanent_staff_passwords)
            found.push_back({"staff_passwords_over_three_days", "profile",
                             "An unused password that staff set lapses only after more than 72 "
                             "hours.",
                             "Una contraseña puesta por el personal y no usada caduca después de "
                             "más de 72 horas.",
                             "OWASP ASVS 5.0, 6.4.1"});
    }
    found.push_back({"staff_choose_passwords",
                     {},
                     "Staff with that right can choose a password for a patient; the standard lets "
                     "them start a reset only.",
                     "El personal con ese permiso puede elegir una contraseña para un paciente; la "
                     "norma solo permite iniciar un cambio.",
                     "OWASP ASVS 5.0, 6.4.6"});
    found.push_back({"one_factor",
                     {},
                     "A password is one factor (AAL1). Accounts that show health data should have "
                     "a second one, which the portal brings.",
                     "La contraseña es un solo factor (AAL1). Las cuentas con datos de salud "
                     "deberían tener otro, que aporta el portal.",
                     "NIST SP 800-63B-4, 2.1; OWASP ASVS 5.0, 6.3.3"});
}
}  // namespace

std::vector<Deviation> deviations(const Practice& practice, GuessCost cost) {
    std::vector<Deviation> found;
    add_own(found, practice, cost);
    add_standards(found, practice);
    return found;
}
}  // namespace ppo
