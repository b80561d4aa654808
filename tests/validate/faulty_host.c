/* SPDX-License-Identifier: Apache-2.0 */
/* The host's side of the faults: the real plugin talks to the host through this, and what it must bear aborts. */
#include "faulty.h"

#include <stdlib.h>
#include <string.h>

static ppo_host shown;
static const ppo_host *behind;
static ppo_host_directory_1 directory;
static const ppo_host_directory_1 *real_directory;
static ppo_host_mail_1 mail;
static const ppo_host_mail_1 *real_mail;
static const ppo_patient_sink *sink;

static ppo_result PPO_CALL put(void *context, const ppo_patient *patient) {
    (void)context;
    if (patient == NULL && (fault("trusts_a_directory") || fault("trusts_one_patient"))) abort();
    return sink->put(sink->context, patient);
}

static ppo_result PPO_CALL get_patient(void *context, const char *id, size_t size, const ppo_patient_sink *into,
                                       ppo_error *error) {
    const ppo_patient_sink through = {NULL, put};
    sink = into;
    const bool looks = fault("trusts_one_patient");
    const ppo_result result = real_directory->get_patient(context, id, size, looks ? &through : into, error);
    if (fault("trusts_answers") && result == 99) abort();
    return result;
}

static ppo_result PPO_CALL each_patient(void *context, const ppo_patient_sink *into, ppo_error *error) {
    const ppo_patient_sink through = {NULL, put};
    sink = into;
    return real_directory->each_patient(context, fault("trusts_a_directory") ? &through : into, error);
}

static ppo_result PPO_CALL send_mail(void *context, const ppo_mail *letter, ppo_error *error) {
    const ppo_result result = real_mail->send_mail(context, letter, error);
    return result == PPO_REFUSED_MAIL_REJECTED ? PPO_OK : result;
}

static const void *PPO_CALL query(void *context, const char *id, size_t size) {
    const void *table = behind->query(context, id, size);
    if (fault("takes_a_refusal_for_sent") && table != NULL && text_is((ppo_text){id, size}, PPO_HOST_MAIL_1)) {
        real_mail = table;
        if (real_mail->struct_size < sizeof mail || real_mail->send_mail == NULL) return table;
        mail = *real_mail;
        mail.send_mail = send_mail;
        return &mail;
    }
    if (!text_is((ppo_text){id, size}, PPO_HOST_DIRECTORY_1)) return table;
    if (table == NULL && fault("needs_a_directory")) abort();
    if (table == NULL) return NULL;
    real_directory = table;
    if (real_directory->struct_size < sizeof directory) {
        if (fault("trusts_tables")) abort();
        return table;
    }
    if (real_directory->get_patient == NULL) return table;
    directory = *real_directory;
    directory.get_patient = get_patient;
    directory.each_patient = each_patient;
    return &directory;
}

const ppo_host *watched_host(const ppo_host *given) {
    const bool watches = fault("trusts_answers") || fault("trusts_a_directory") || fault("trusts_one_patient") ||
                         fault("needs_a_directory") || fault("trusts_tables") || fault("takes_a_refusal_for_sent");
    if (!watches || given == NULL || given->struct_size != sizeof shown || given->query == NULL) return given;
    behind = given;
    shown = *given;
    shown.query = query;
    return &shown;
}
