/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700
#include "life.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static const char password[] = "seventeen-quiet-herons";

bool is_mapped(const char *name) {
    char line[4352];
    bool found = false;
    FILE *file = fopen("/proc/self/maps", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) found = found || strstr(line, name) != NULL;
    if (file != NULL) fclose(file);
    return found;
}

/* The parts of a mail are base64 in lines; what is not of its alphabet is passed over. */
static size_t decode(const char *text, char *into, size_t room) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0;
    int count = 0;
    size_t size = 0;
    for (; *text != '\0' && *text != '=' && size + 1 < room; ++text) {
        const char *found = strchr(alphabet, *text);
        if (found == NULL) continue;
        bits = bits << 6 | (unsigned)(found - alphabet);
        count += 6;
        if (count >= 8) into[size++] = (char)(bits >> (count -= 8) & 0xff);
    }
    into[size] = '\0';
    return size;
}

/* What follows the last "/" of the link in the only mail of the folder. */
static bool link_of_the_mail(const char *mails, char *link, size_t room) {
    static char raw[65536];
    static char text[65536];
    char path[8192] = "";
    DIR *directory = opendir(mails);
    for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        if (strstr(entry->d_name, ".eml") != NULL) snprintf(path, sizeof path, "%s/%s", mails, entry->d_name);
    if (directory != NULL) closedir(directory);
    FILE *file = fopen(path, "r");
    if (file == NULL) return false;
    raw[fread(raw, 1, sizeof raw - 1, file)] = '\0';
    fclose(file);
    const char *part = strstr(raw, "base64");
    part = part == NULL ? NULL : strstr(part, "\r\n\r\n");
    if (part == NULL) return false;
    decode(part, text, sizeof text);
    const char *start = strstr(text, "https://portal.example.test/link/");
    if (start == NULL) return false;
    start = strrchr(strtok(strstr(text, "https://portal.example.test/link/"), " \r\n"), '/') + 1;
    snprintf(link, room, "%s", start);
    return true;
}

static ppo_result PPO_CALL take_page(void *context, const ppo_link_page *page) {
    *(ppo_result *)context = page->state;
    return PPO_OK;
}

static ppo_result PPO_CALL take_patient(void *context, const ppo_signed_in *signed_in) {
    *(bool *)context = signed_in->patient_id.size == 4 && memcmp(signed_in->patient_id.data, "P001", 4) == 0;
    return PPO_OK;
}

static ppo_result PPO_CALL take_status(void *context, const ppo_account *account) {
    *(uint32_t *)context = account->status;
    return PPO_OK;
}

static void is_invited(const ppo_plugin *plugin, ppo_instance *self, const char *id, const char *email) {
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    const ppo_caller caller = staff();
    const ppo_patient one = patient(id, "Anna", email);
    CLAIM_RESULT(PPO_OK, onboarding->patient_changed(self, &one, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->set_access(self, &caller, text_of(id), 1, NULL, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->send_invitation(self, &caller, text_of(id), NULL, NULL));
    for (int step = 0; step < 100 && plugin->work(self, 0, NULL) == PPO_MORE; ++step) continue;
    uint32_t status = 0;
    const ppo_account_sink sink = {&status, take_status};
    CLAIM_RESULT(PPO_OK, onboarding->get_account(self, &caller, text_of(id), &sink, NULL));
    CLAIM(status == PPO_STATUS_INVITED);
}

static void sets_up_and_signs_in(const ppo_plugin *plugin, ppo_instance *self, const char *mails) {
    const ppo_selfservice_1 *selfservice = plugin->query(text_of(PPO_SELFSERVICE_1));
    char link[128] = "";
    ppo_result state = 0;
    bool is_anna = false;
    ppo_visitor visitor = {0};
    visitor.struct_size = sizeof visitor;
    visitor.from = text_of("192.0.2.7");
    CLAIM(link_of_the_mail(mails, link, sizeof link));
    ppo_link_answers answers = {0};
    answers.struct_size = sizeof answers;
    answers.link = text_of(link);
    answers.birth_date = text_of("1980-02-29");
    const ppo_link_page_sink pages = {&state, take_page};
    const ppo_signed_in_sink signed_in = {&is_anna, take_patient};
    CLAIM_RESULT(PPO_OK, selfservice->open_link(self, &visitor, text_of(link), &pages, NULL));
    CLAIM(state == PPO_OK);
    CLAIM_RESULT(PPO_OK, selfservice->complete_setup(self, &visitor, &answers, text_of("anna.weber"),
                                                     text_of(password), NULL));
    CLAIM_RESULT(PPO_OK, selfservice->sign_in(self, &visitor, text_of("anna.weber"), text_of(password), &signed_in,
                                              NULL));
    CLAIM(is_anna);
    ppo_report_query everything = {0};
    ppo_report_counts counts = {0};
    everything.struct_size = sizeof everything;
    counts.struct_size = sizeof counts;
    const ppo_report_1 *report = plugin->query(text_of(PPO_REPORT_1));
    const ppo_caller caller = staff();
    CLAIM_RESULT(PPO_OK, report->count(self, &caller, &everything, &counts, NULL));
    CLAIM(counts.patients == 1 && counts.signed_in == 1);
}

static void a_mail_leaves_over_tls(const ppo_plugin *plugin, const test_host *host, test_settings *made) {
    ppo_instance *self = NULL;
    made->settings.mail_transport = text_of(getenv("PPO_TEST_SMTPS"));
    made->settings.mail_authorities = text_of(getenv("PPO_TEST_AUTHORITY"));
    CLAIM_RESULT(PPO_OK, plugin->create(&host->table, &made->settings, &self, NULL));
    is_invited(plugin, self, "P002", "ben@example.test");
    CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
    plugin->destroy(self);
}

ppo_result whole_life(const char *module_path, ppo_error *error) {
    const ppo_plugin *plugin = NULL;
    ppo_instance *self = NULL;
    test_host host;
    test_settings made;
    const char *folder = make_folder();
    void *module = load(module_path, &plugin);
    make_host(&host);
    make_settings(&made, folder);
    *error = fresh_error();
    const ppo_result created = plugin->create(&host.table, &made.settings, &self, error);
    if (self != NULL) {
        is_invited(plugin, self, "P001", "anna@example.test");
        sets_up_and_signs_in(plugin, self, made.mails);
        CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
        plugin->destroy(self);
        if (getenv("PPO_TEST_SMTPS") != NULL) a_mail_leaves_over_tls(plugin, &host, &made);
    } else {
        CLAIM(files_in(folder, ".db") == 0); /* Told before anything was written. */
    }
    CLAIM(dlclose(module) == 0);
    remove_folder(folder);
    return created;
}

int end_of_host(const char *expected, ppo_result created, const ppo_error *error) {
    const bool is_told = strcmp(expected, "ok") != 0;
    CLAIM_RESULT(is_told ? PPO_FAULT_LIBRARY : PPO_OK, created);
    if (is_told) CLAIM(strstr(error->message, expected) != NULL);
    if (error->message[0] != '\0') printf("create said: %s\n", error->message);
    printf("%s, failures: %d\n", created == PPO_OK ? "a whole life" : "told at create", failures());
    return failures() == 0 ? 0 : 1;
}
