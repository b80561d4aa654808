/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole life of an instance, from a host written in C: load, create, two patients, enable, invite, work, report,
 * shutdown, destroy, unload. Afterwards no thread and no file is left. Usage: create_and_call MODULE
 */
#include "harness.h"

#include <dlfcn.h>
#include <stdio.h>

typedef struct seen {
    int calls;
    uint32_t status;
    uint64_t marks;
    uint64_t rows;
    uint64_t why_count;
} seen;

static ppo_result PPO_CALL take_account(void *context, const ppo_account *account) {
    seen *into = context;
    ++into->calls;
    into->status = account->status;
    into->marks = account->marks;
    into->why_count = account->why_count;
    return PPO_OK;
}

static ppo_result PPO_CALL take_rows(void *context, const ppo_rows *rows) {
    seen *into = context;
    ++into->calls;
    into->rows += rows->row_count;
    return PPO_OK;
}

static ppo_result PPO_CALL take_entry(void *context, const ppo_audit_entry *entry) {
    seen *into = context;
    ++into->calls;
    CLAIM(entry->sequence == (uint64_t)into->calls);
    return PPO_OK;
}

static ppo_result PPO_CALL refuse_account(void *context, const ppo_account *account) {
    (void)context;
    (void)account;
    return 0; /* What a host function that threw in another language tends to answer. */
}

static ppo_report_counts count_all(const ppo_report_1 *report, ppo_instance *self, const ppo_caller *caller) {
    ppo_report_query everything = {0};
    ppo_report_counts counts = {0};
    everything.struct_size = sizeof everything;
    counts.struct_size = sizeof counts;
    CLAIM_RESULT(PPO_OK, report->count(self, caller, &everything, &counts, NULL));
    return counts;
}

static void two_patients_come_in(const ppo_onboarding_1 *onboarding, ppo_instance *self) {
    const ppo_patient anna = patient("P001", "Anna", "anna@example.test");
    const ppo_patient ben = patient("P002", "Ben", "");
    CLAIM_RESULT(PPO_OK, onboarding->patient_changed(self, &anna, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->patient_changed(self, &ben, NULL));
}

static void one_is_invited(const ppo_onboarding_1 *onboarding, ppo_instance *self, const ppo_caller *caller) {
    ppo_error error = fresh_error();
    CLAIM_RESULT(PPO_REFUSED_ACCESS_NOT_ENABLED,
                 onboarding->send_invitation(self, caller, text_of("P001"), NULL, &error));
    CLAIM(error.result == PPO_REFUSED_ACCESS_NOT_ENABLED);
    CLAIM(strcmp(error.code, "refused_access_not_enabled") == 0);
    CLAIM(error.message[0] != '\0');

    ppo_account_state state = {0};
    state.struct_size = sizeof state;
    CLAIM_RESULT(PPO_OK, onboarding->set_access(self, caller, text_of("P001"), 1, &state, NULL));
    CLAIM(state.status == PPO_STATUS_NOT_INVITED);
    CLAIM_RESULT(PPO_OK, onboarding->set_access(self, caller, text_of("P002"), 1, NULL, NULL));
    CLAIM_RESULT(PPO_REFUSED_NO_EMAIL, onboarding->send_invitation(self, caller, text_of("P002"), NULL, NULL));

    ppo_invitation sent = {0};
    sent.struct_size = sizeof sent;
    CLAIM_RESULT(PPO_OK, onboarding->send_invitation(self, caller, text_of("P001"), &sent, &error));
    CLAIM(sent.mail_state == PPO_MAIL_QUEUED);
    CLAIM(sent.link_expires_at > 0);
    CLAIM_RESULT(PPO_REFUSED_COOLING_DOWN, onboarding->send_invitation(self, caller, text_of("P001"), NULL, &error));
    CLAIM(error.retry_after_ms > 0);
}

static void the_mail_leaves(const ppo_plugin *plugin, ppo_instance *self, const char *mails) {
    ppo_result worked = PPO_MORE;
    CLAIM(files_in(mails, ".eml") == 0);
    for (int step = 0; step < 100 && worked == PPO_MORE; ++step) worked = plugin->work(self, 0, NULL);
    CLAIM_RESULT(PPO_OK, worked);
    CLAIM(files_in(mails, ".eml") == 1);
}

static void the_report_agrees(const ppo_onboarding_1 *onboarding, const ppo_report_1 *report,
                              const ppo_audit_1 *audit, ppo_instance *self, const ppo_caller *caller) {
    seen account = {0};
    const ppo_account_sink accounts = {&account, take_account};
    CLAIM_RESULT(PPO_OK, onboarding->get_account(self, caller, text_of("P001"), &accounts, NULL));
    CLAIM(account.calls == 1 && account.status == PPO_STATUS_INVITED);
    CLAIM(account.why_count > 0);
    CLAIM_RESULT(PPO_OK, onboarding->get_account(self, caller, text_of("P002"), &accounts, NULL));
    CLAIM(account.status == PPO_STATUS_NOT_INVITED && (account.marks & PPO_MARK_NO_EMAIL) != 0);
    const ppo_account_sink failing = {NULL, refuse_account};
    CLAIM_RESULT(PPO_FAULT_HOST, onboarding->get_account(self, caller, text_of("P001"), &failing, NULL));

    const ppo_report_counts counts = count_all(report, self, caller);
    CLAIM(counts.patients == 2 && counts.enabled == 2 && counts.invited == 1 && counts.signed_in == 0);
    CLAIM(counts.by_status[PPO_STATUS_INVITED] == 1 && counts.by_status[PPO_STATUS_NOT_INVITED] == 1);
    seen pages = {0};
    const ppo_rows_sink rows = {&pages, take_rows};
    ppo_report_query everything = {0};
    everything.struct_size = sizeof everything;
    CLAIM_RESULT(PPO_OK, report->read(self, caller, &everything, &rows, NULL));
    CLAIM(pages.rows == 2);

    seen entries = {0};
    const ppo_audit_sink audit_sink = {&entries, take_entry};
    ppo_audit_query all = {0};
    all.struct_size = sizeof all;
    CLAIM_RESULT(PPO_OK, audit->read(self, caller, &all, &audit_sink, NULL));
    ppo_audit_verdict verdict = {0};
    verdict.struct_size = sizeof verdict;
    CLAIM_RESULT(PPO_OK, audit->verify(self, caller, &verdict, NULL));
    CLAIM(verdict.intact == 1 && verdict.entries == (uint64_t)entries.calls && entries.calls > 0);
}

static void the_end_is_the_end(const ppo_plugin *plugin, ppo_instance *self, const ppo_caller *caller) {
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
    CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
    CLAIM_RESULT(PPO_MISUSE_STATE, plugin->work(self, 0, NULL));
    CLAIM_RESULT(PPO_MISUSE_STATE, onboarding->set_access(self, caller, text_of("P001"), 0, NULL, NULL));
    plugin->destroy(self);
    CLAIM_RESULT(PPO_MISUSE_HANDLE, plugin->work(self, 0, NULL));
    CLAIM_RESULT(PPO_MISUSE_HANDLE, onboarding->set_access(self, caller, text_of("P001"), 0, NULL, NULL));
    plugin->destroy(self);
    plugin->destroy(NULL);
}

static void a_second_instance_finds_what_the_first_stored(const ppo_plugin *plugin, const test_host *host,
                                                          test_settings *made, const ppo_caller *caller) {
    const ppo_report_1 *report = plugin->query(text_of(PPO_REPORT_1));
    ppo_instance *self = NULL;
    made->settings.flags = PPO_SETTING_OWN_THREAD;
    CLAIM_RESULT(PPO_OK, plugin->create(&host->table, &made->settings, &self, NULL));
    CLAIM(count_all(report, self, caller).by_status[PPO_STATUS_INVITED] == 1);
    CLAIM_RESULT(PPO_MISUSE_STATE, plugin->work(self, 0, NULL));
    plugin->destroy(self); /* Without a shutdown first: destroy makes up for it. */
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    const char *folder = make_folder();
    const int files_before = open_files();
    const int threads_before = running_threads();

    const ppo_plugin *plugin = NULL;
    void *module = load(arguments[1], &plugin);
    CLAIM(PPO_HAS(ppo_plugin, plugin, query) && plugin->abi_major == PPO_ABI_MAJOR);
    CLAIM(plugin->name.size > 0 && plugin->vendor.size > 0 && plugin->version.size > 0);
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    const ppo_report_1 *report = plugin->query(text_of(PPO_REPORT_1));
    const ppo_audit_1 *audit = plugin->query(text_of(PPO_AUDIT_1));
    CLAIM(onboarding != NULL && report != NULL && audit != NULL);
    if (onboarding == NULL || report == NULL || audit == NULL) return 1;

    test_host host;
    test_settings made;
    make_host(&host);
    make_settings(&made, folder);
    const ppo_caller caller = staff();
    ppo_error error = fresh_error();
    ppo_instance *self = NULL;
    CLAIM_RESULT(PPO_OK, plugin->create(&host.table, &made.settings, &self, &error));
    if (self == NULL) {
        printf("%s\n", error.message);
        return 1;
    }
    two_patients_come_in(onboarding, self);
    CLAIM(count_all(report, self, &caller).by_status[PPO_STATUS_NOT_ENABLED] == 2);
    one_is_invited(onboarding, self, &caller);
    the_mail_leaves(plugin, self, made.mails);
    the_report_agrees(onboarding, report, audit, self, &caller);
    the_end_is_the_end(plugin, self, &caller);
    a_second_instance_finds_what_the_first_stored(plugin, &host, &made, &caller);
    dlclose(module);

    CLAIM(open_files() == files_before);
    CLAIM(running_threads() == threads_before);
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
