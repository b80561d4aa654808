/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a careless host does, and the defined answer: a misuse, and nothing has changed. Usage: misuse MODULE
 */
#include "harness.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct subject {
    const ppo_plugin *plugin;
    const ppo_onboarding_1 *onboarding;
    const ppo_selfservice_1 *selfservice;
    const ppo_report_1 *report;
    const ppo_audit_1 *audit;
    const ppo_ui_1 *ui;
    ppo_instance *self;
    ppo_caller caller;
    test_host host;
    test_settings made;
} subject;

static ppo_result PPO_CALL take_account(void *context, const ppo_account *account) {
    *(uint32_t *)context = account->status;
    return PPO_OK;
}

static ppo_result PPO_CALL take_text(void *context, const char *data, size_t size) {
    (void)context;
    (void)data;
    (void)size;
    return PPO_OK;
}

static void unknown_interfaces_are_null(const subject *it) {
    CLAIM(it->plugin->query(text_of("ppo.onboarding/2")) == NULL);
    CLAIM(it->plugin->query(text_of("ppo.onboarding/")) == NULL);
    CLAIM(it->plugin->query(text_of("PPO.ONBOARDING/1")) == NULL);
    CLAIM(it->plugin->query(text_of("")) == NULL);
    CLAIM(it->plugin->query((ppo_text){NULL, 0}) == NULL);
    CLAIM(it->plugin->query((ppo_text){NULL, 7}) == NULL);
}

/* Claims that `create` with this host and these settings fails as told, names the field and makes nothing. */
static void create_fails(const subject *it, const ppo_host *host, const ppo_settings *settings, ppo_result expected,
                         const char *field) {
    ppo_instance *made = (ppo_instance *)(void *)&made;
    ppo_instance *const untouched = made;
    ppo_error error = fresh_error();
    const ppo_result result = it->plugin->create(host, settings, &made, &error);
    CLAIM_RESULT(expected, result);
    CLAIM(made == untouched);
    CLAIM(error.result == result && error.message[0] != '\0');
    if (field != NULL && strcmp(field, error.field) != 0) {
        printf("field %s instead of %s\n", error.field, field);
        CLAIM(false);
    }
    if (result == PPO_OK) it->plugin->destroy(made);
}

static void create_checks_its_host(const subject *it) {
    const ppo_settings *good = &it->made.settings;
    create_fails(it, NULL, good, PPO_MISUSE_NULL, NULL);
    create_fails(it, &it->host.table, NULL, PPO_MISUSE_NULL, NULL);
    CLAIM_RESULT(PPO_MISUSE_NULL, it->plugin->create(&it->host.table, good, NULL, NULL));
    ppo_host broken = it->host.table;
    broken.struct_size = 8;
    create_fails(it, &broken, good, PPO_MISUSE_STRUCT_SIZE, NULL);
    broken = it->host.table;
    broken.log = NULL;
    create_fails(it, &broken, good, PPO_MISUSE_NULL, NULL);
    broken = it->host.table;
    broken.now = NULL;
    create_fails(it, &broken, good, PPO_MISUSE_NULL, NULL);
    broken = it->host.table;
    broken.query = NULL;
    create_fails(it, &broken, good, PPO_MISUSE_NULL, NULL);
}

static void create_checks_its_settings(const subject *it) {
    const ppo_host *host = &it->host.table;
    ppo_settings broken = it->made.settings;
    broken.struct_size = 4;
    create_fails(it, host, &broken, PPO_MISUSE_STRUCT_SIZE, NULL);
    broken = it->made.settings;
    broken.store = (ppo_text){0};
    create_fails(it, host, &broken, PPO_MISUSE_SETTING, "store");
    broken = it->made.settings;
    broken.first_link_minutes = 14;
    create_fails(it, host, &broken, PPO_MISUSE_SETTING, "first_link_minutes");
    broken = it->made.settings;
    broken.password_memory_kib = 1024;
    create_fails(it, host, &broken, PPO_MISUSE_SETTING, "password_memory_kib");
    broken = it->made.settings;
    broken.portal_url = text_of("http://portal.example.test/link");
    create_fails(it, host, &broken, PPO_MISUSE_SETTING, "portal_url");
    broken = it->made.settings;
    broken.mail_transport = text_of("pigeon:loft");
    create_fails(it, host, &broken, PPO_MISUSE_SETTING, "mail_transport");
    broken = it->made.settings;
    broken.time_zone = text_of("Mars/Olympus");
    create_fails(it, host, &broken, PPO_MISUSE_SETTING, "time_zone");
    broken = it->made.settings;
    broken.link_identity_check = 9;
    create_fails(it, host, &broken, PPO_MISUSE_SETTING, "link_identity_check");
}

static void a_clock_out_of_range_is_a_fault(subject *it) {
    const ppo_time good = it->host.now;
    it->host.now = 0;
    CLAIM_RESULT(PPO_FAULT_CLOCK,
                 it->onboarding->set_access(it->self, &it->caller, text_of("P001"), 1, NULL, NULL));
    it->host.now = INT64_C(4102444800001);
    CLAIM_RESULT(PPO_FAULT_CLOCK,
                 it->onboarding->set_access(it->self, &it->caller, text_of("P001"), 1, NULL, NULL));
    it->host.now = good;
}

static void wrong_pointers_are_named(const subject *it) {
    const ppo_onboarding_1 *onboarding = it->onboarding;
    ppo_error error = fresh_error();
    CLAIM_RESULT(PPO_MISUSE_NULL, onboarding->set_access(NULL, &it->caller, text_of("P001"), 1, NULL, &error));
    CLAIM(strcmp(error.code, "misuse_null") == 0);
    CLAIM_RESULT(PPO_MISUSE_NULL, onboarding->set_access(it->self, NULL, text_of("P001"), 1, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL,
                 onboarding->get_account(it->self, &it->caller, text_of("P001"), NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, onboarding->patient_changed(it->self, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL,
                 onboarding->set_credentials(it->self, &it->caller, text_of("P001"), NULL, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->report->count(it->self, &it->caller, NULL, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->audit->verify(it->self, &it->caller, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->selfservice->request(it->self, NULL, PPO_REQUEST_PASSWORD, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->plugin->work(NULL, 0, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->plugin->shutdown(NULL, 0, NULL));
}

static void wrong_handles_are_found(const subject *it) {
    int stranger[64] = {0};
    ppo_instance *foreign = (ppo_instance *)(void *)stranger;
    const ppo_text_sink sink = {NULL, take_text};
    CLAIM_RESULT(PPO_MISUSE_HANDLE, it->plugin->work(foreign, 0, NULL));
    CLAIM_RESULT(PPO_MISUSE_HANDLE, it->plugin->shutdown(foreign, 0, NULL));
    CLAIM_RESULT(PPO_MISUSE_HANDLE, it->ui->render((ppo_view *)(void *)stranger, &sink, NULL));
    CLAIM_RESULT(PPO_MISUSE_HANDLE, it->ui->render((ppo_view *)(void *)it->self, &sink, NULL));
    it->plugin->destroy(foreign);
    it->ui->close((ppo_view *)(void *)stranger);
    it->ui->close(NULL);
}

static ppo_result PPO_CALL take_menu_entry(void *context, const ppo_contribution *contribution) {
    char *view_id = context;
    if ((contribution->flags & PPO_CONTRIBUTION_NEEDS_PATIENT) != 0 || contribution->view_id.size > 63) return PPO_OK;
    memcpy(view_id, contribution->view_id.data, contribution->view_id.size);
    view_id[contribution->view_id.size] = '\0';
    return PPO_OK;
}

static void an_ended_view_is_a_wrong_handle(const subject *it) {
    char view_id[64] = "";
    const ppo_contribution_sink contributions = {view_id, take_menu_entry};
    CLAIM_RESULT(PPO_OK, it->ui->contributions(it->self, text_of("en"), &contributions, NULL));
    ppo_view_request request = {0};
    request.struct_size = sizeof request;
    request.view_id = text_of("no such view");
    ppo_view *view = NULL;
    CLAIM_RESULT(PPO_MISUSE_UNKNOWN_ID, it->ui->open(it->self, &it->caller, &request, &view, NULL));
    CLAIM(view == NULL);
    request.view_id = text_of(view_id);
    CLAIM_RESULT(PPO_OK, it->ui->open(it->self, &it->caller, &request, &view, NULL));
    const ppo_text_sink sink = {NULL, take_text};
    CLAIM_RESULT(PPO_OK, it->ui->render(view, &sink, NULL));
    CLAIM_RESULT(PPO_MISUSE_UNKNOWN_ID, it->ui->edit(view, text_of("no such field"), text_of("x"), NULL));
    CLAIM_RESULT(PPO_MISUSE_HANDLE, it->plugin->work((ppo_instance *)(void *)view, 0, NULL));
    it->ui->close(view);
    CLAIM_RESULT(PPO_MISUSE_HANDLE, it->ui->render(view, &sink, NULL));
    it->ui->close(view);
}

static void structs_are_measured(const subject *it) {
    ppo_caller short_caller = it->caller;
    short_caller.struct_size = 8;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE,
                 it->onboarding->set_access(it->self, &short_caller, text_of("P001"), 1, NULL, NULL));
    short_caller.struct_size = 0;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE,
                 it->onboarding->set_access(it->self, &short_caller, text_of("P001"), 1, NULL, NULL));
    ppo_patient short_patient = patient("P009", "Nobody", "");
    short_patient.struct_size = 16;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE, it->onboarding->patient_changed(it->self, &short_patient, NULL));

    /* A caller of a later minor: its unknown tail must be zero. */
    struct {
        ppo_caller known;
        uint64_t tail;
    } later = {it->caller, 0};
    later.known.struct_size = sizeof later;
    CLAIM_RESULT(PPO_OK, it->onboarding->lift_delays(it->self, &later.known, text_of("P001"), NULL));
    later.tail = 1;
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE, it->onboarding->lift_delays(it->self, &later.known, text_of("P001"), NULL));
    ppo_error small = fresh_error();
    small.struct_size = 4;
    CLAIM(it->onboarding->lift_delays(it->self, &it->caller, text_of("P404"), &small) < 0);
    CLAIM(small.result == 0 && small.message[0] == '\0'); /* Too small to hold an answer: left alone. */
}

static void texts_are_checked(const subject *it) {
    const ppo_onboarding_1 *onboarding = it->onboarding;
    char long_id[66];
    memset(long_id, 'x', sizeof long_id);
    const struct {
        ppo_text id;
        ppo_result expected;
    } cases[] = {{{long_id, 65}, PPO_MISUSE_TEXT_TOO_LONG},    {{long_id, 64}, PPO_REFUSED_UNKNOWN_PATIENT},
                 {{"P\0" "1", 3}, PPO_MISUSE_TEXT_HAS_NUL},    {{"\xff\xfe", 2}, PPO_MISUSE_TEXT_NOT_UTF8},
                 {{"\xc0\xaf", 2}, PPO_MISUSE_TEXT_NOT_UTF8},  {{"\xed\xa0\x80", 3}, PPO_MISUSE_TEXT_NOT_UTF8},
                 {{"P\xc3", 2}, PPO_MISUSE_TEXT_NOT_UTF8},     {{"", 0}, PPO_MISUSE_TEXT_EMPTY},
                 {{NULL, 0}, PPO_MISUSE_TEXT_EMPTY},           {{NULL, 4}, PPO_MISUSE_NULL},
                 {{"P404", 4}, PPO_REFUSED_UNKNOWN_PATIENT}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
        ppo_error error = fresh_error();
        const ppo_result result =
            onboarding->set_access(it->self, &it->caller, cases[i].id, 1, NULL, &error);
        if (result != cases[i].expected) printf("text %zu:\n", i);
        CLAIM_RESULT(cases[i].expected, result);
        CLAIM(error.result == result && error.message[0] != '\0' && error.code[0] != '\0');
    }
    ppo_patient odd = patient("P001", "Anna\xff", "anna@example.test");
    CLAIM_RESULT(PPO_MISUSE_TEXT_NOT_UTF8, onboarding->patient_changed(it->self, &odd, NULL));
    odd = patient("P001", "Anna", "anna@example.test");
    odd.birth_date = text_of("2023-02-29");
    CLAIM_RESULT(PPO_MISUSE_VALUE, onboarding->patient_changed(it->self, &odd, NULL));
    odd = patient("P001", "Anna", "anna@example.test");
    odd.chart_status = 17;
    CLAIM_RESULT(PPO_MISUSE_VALUE, onboarding->patient_changed(it->self, &odd, NULL));
    odd = patient("P001", "Anna", "anna@example.test");
    odd.tag_count = 33;
    CLAIM(onboarding->patient_changed(it->self, &odd, NULL) <= -2000);
}

static void numbers_are_checked(const subject *it) {
    CLAIM_RESULT(PPO_MISUSE_VALUE,
                 it->onboarding->set_access(it->self, &it->caller, text_of("P001"), 2, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_VALUE,
                 it->onboarding->patient_merged(it->self, text_of("P001"), text_of("P001"), NULL));
    CLAIM_RESULT(PPO_MISUSE_STATE, it->onboarding->sync_directory(it->self, NULL, NULL)); /* No directory. */
}

static ppo_result PPO_CALL take_view(void *context, const ppo_saved_view *view) {
    (void)view;
    ++*(int *)context;
    return PPO_OK;
}

static void views_and_selections_are_checked(const subject *it) {
    ppo_report_query query = {0};
    query.struct_size = sizeof query;
    CLAIM_RESULT(PPO_MISUSE_NULL, it->report->save_view(it->self, &it->caller, text_of("Mine"), NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_TEXT_EMPTY, it->report->save_view(it->self, &it->caller, text_of(""), &query, NULL));
    CLAIM_RESULT(PPO_REFUSED_VIEW_NAME, it->report->save_view(it->self, &it->caller, text_of(" "), &query, NULL));
    query.column_count = 33;
    query.columns = &query.sort;
    CLAIM_RESULT(PPO_MISUSE_VALUE, it->report->save_view(it->self, &it->caller, text_of("Mine"), &query, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL, it->report->each_view(it->self, &it->caller, NULL, NULL));
    int views = 0;
    const ppo_saved_view_sink sink = {&views, take_view};
    CLAIM_RESULT(PPO_OK, it->report->each_view(it->self, &it->caller, &sink, NULL));
    CLAIM(views == 0); /* None of them was saved. */

    ppo_batch_selection selection = {0};
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE,
                 it->onboarding->set_access_of_many(it->self, &it->caller, &selection, 1, 0, NULL, NULL));
    selection.struct_size = sizeof selection;
    selection.patient_id_count = 1;
    CLAIM_RESULT(PPO_MISUSE_NULL,
                 it->onboarding->set_access_of_many(it->self, &it->caller, &selection, 1, 0, NULL, NULL));
    CLAIM_RESULT(PPO_MISUSE_NULL,
                 it->onboarding->set_access_of_many(it->self, &it->caller, NULL, 1, 0, NULL, NULL));
    const ppo_text id = text_of("P001");
    selection.patient_ids = &id;
    CLAIM_RESULT(PPO_MISUSE_VALUE,
                 it->onboarding->set_access_of_many(it->self, &it->caller, &selection, 2, 0, NULL, NULL));
    ppo_access_of_many done = {0};
    CLAIM_RESULT(PPO_MISUSE_STRUCT_SIZE,
                 it->onboarding->set_access_of_many(it->self, &it->caller, &selection, 1, 0, &done, NULL));
}

static void permissions_are_checked(const subject *it) {
    ppo_caller visitor = it->caller;
    visitor.permissions = 0;
    CLAIM_RESULT(PPO_REFUSED_NOT_PERMITTED,
                 it->onboarding->set_access(it->self, &visitor, text_of("P001"), 1, NULL, NULL));
    ppo_audit_verdict verdict = {0};
    verdict.struct_size = sizeof verdict;
    CLAIM_RESULT(PPO_REFUSED_NOT_PERMITTED, it->audit->verify(it->self, &visitor, &verdict, NULL));
}

static void nothing_has_changed(const subject *it) {
    uint32_t status = 0;
    const ppo_account_sink sink = {&status, take_account};
    CLAIM_RESULT(PPO_OK, it->onboarding->get_account(it->self, &it->caller, text_of("P001"), &sink, NULL));
    CLAIM(status == PPO_STATUS_NOT_ENABLED);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    const char *folder = make_folder();
    subject it = {0};
    void *module = load(arguments[1], &it.plugin);
    it.onboarding = it.plugin->query(text_of(PPO_ONBOARDING_1));
    it.selfservice = it.plugin->query(text_of(PPO_SELFSERVICE_1));
    it.report = it.plugin->query(text_of(PPO_REPORT_1));
    it.audit = it.plugin->query(text_of(PPO_AUDIT_1));
    it.ui = it.plugin->query(text_of(PPO_UI_1));
    CLAIM(it.onboarding != NULL && it.selfservice != NULL && it.report != NULL && it.audit != NULL && it.ui != NULL);
    if (failures() > 0) return 1;
    make_host(&it.host);
    make_settings(&it.made, folder);
    it.caller = staff();

    unknown_interfaces_are_null(&it);
    create_checks_its_host(&it);
    create_checks_its_settings(&it);
    CLAIM(files_in(folder, ".db") == 0); /* None of them made a store. */

    ppo_error error = fresh_error();
    CLAIM_RESULT(PPO_OK, it.plugin->create(&it.host.table, &it.made.settings, &it.self, &error));
    if (it.self == NULL) {
        printf("%s\n", error.message);
        return 1;
    }
    const ppo_patient anna = patient("P001", "Anna", "anna@example.test");
    CLAIM_RESULT(PPO_OK, it.onboarding->patient_changed(it.self, &anna, NULL));
    a_clock_out_of_range_is_a_fault(&it);
    wrong_pointers_are_named(&it);
    wrong_handles_are_found(&it);
    an_ended_view_is_a_wrong_handle(&it);
    structs_are_measured(&it);
    texts_are_checked(&it);
    numbers_are_checked(&it);
    views_and_selections_are_checked(&it);
    permissions_are_checked(&it);
    nothing_has_changed(&it);
    it.plugin->destroy(it.self);
    dlclose(module);
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
