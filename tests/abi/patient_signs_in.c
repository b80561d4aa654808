/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way of one patient from the desk to the portal, as a host in C goes it with the typed interfaces alone: enabled,
 * invited, the link out of the mail, identity, username and password, sign-in, and what report and record say of it.
 * Usage: patient_signs_in MODULE
 */
#define _XOPEN_SOURCE 700
#include "harness.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>

#define LINK_SIZE 43

typedef struct seen {
    int calls;
    ppo_result state;
    uint32_t flags;
    uint64_t session_epoch;
} seen;

static ppo_result PPO_CALL take_page(void *context, const ppo_link_page *page) {
    seen *into = context;
    ++into->calls;
    into->state = page->state;
    into->flags = page->flags;
    return PPO_OK;
}

static ppo_result PPO_CALL take_verdict(void *context, const ppo_username_verdict *verdict) {
    ((seen *)context)->state = verdict->verdict;
    return PPO_OK;
}

static ppo_result PPO_CALL take_sign_in(void *context, const ppo_signed_in *signed_in) {
    seen *into = context;
    ++into->calls;
    into->session_epoch = signed_in->session_epoch;
    CLAIM(signed_in->patient_id.size == 4 && memcmp(signed_in->patient_id.data, "P001", 4) == 0);
    return PPO_OK;
}

/* Reads the one mail in the folder. */
static void read_mail(const char *folder, char *mail, size_t most) {
    char path[4352];
    size_t size = 0;
    DIR *files = opendir(folder);
    for (const struct dirent *entry = readdir(files); entry != NULL; entry = readdir(files)) {
        if (strstr(entry->d_name, ".eml") == NULL) continue;
        snprintf(path, sizeof path, "%.4000s/%s", folder, entry->d_name);
        FILE *file = fopen(path, "r");
        size = fread(mail, 1, most - 1, file);
        fclose(file);
    }
    closedir(files);
    mail[size] = '\0';
}

/* Decodes base64 in place, up to the first character that is none. */
static void decode(char *text) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    int held = 0;
    char *to = text;
    for (const char *from = text; *from != '\0'; ++from) {
        const char *digit = strchr(digits, *from);
        if (*from == '\r' || *from == '\n') continue;
        if (digit == NULL) break;
        bits = bits << 6 | (uint32_t)(digit - digits);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        *to++ = (char)(bits >> held & 0xffu);
    }
    *to = '\0';
}

/* The link, out of the mail's plain part. */
static void read_link(const char *folder, char *link) {
    static char mail[65536];
    const char *prefix = "https://portal.example.test/link/";
    const char *begin = "Content-Transfer-Encoding: base64";
    read_mail(folder, mail, sizeof mail);
    memset(link, 0, LINK_SIZE + 1);
    char *part = strstr(mail, begin);
    CLAIM(part != NULL);
    if (part == NULL) return;
    part += strlen(begin);
    decode(part);
    const char *found = strstr(part, prefix);
    CLAIM(found != NULL);
    if (found != NULL) strncpy(link, found + strlen(prefix), LINK_SIZE);
}

static void desk_invites(const ppo_plugin *plugin, ppo_instance *self) {
    const ppo_onboarding_1 *onboarding = plugin->query(text_of(PPO_ONBOARDING_1));
    const ppo_patient anna = patient("P001", "Anna", "anna@example.test");
    const ppo_caller caller = staff();
    CLAIM_RESULT(PPO_OK, onboarding->patient_changed(self, &anna, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->set_access(self, &caller, text_of("P001"), 1, NULL, NULL));
    CLAIM_RESULT(PPO_OK, onboarding->send_invitation(self, &caller, text_of("P001"), NULL, NULL));
    ppo_result worked = PPO_MORE;
    for (int step = 0; step < 100 && worked == PPO_MORE; ++step) worked = plugin->work(self, 0, NULL);
    CLAIM_RESULT(PPO_OK, worked);
}

static void patient_sets_up(const ppo_selfservice_1 *portal, ppo_instance *self, const ppo_visitor *visitor,
                            const char *link) {
    seen seen_page = {0};
    seen verdict = {0};
    const ppo_link_page_sink page = {&seen_page, take_page};
    const ppo_username_verdict_sink verdicts = {&verdict, take_verdict};
    ppo_link_answers answers = {0};
    answers.struct_size = sizeof answers;
    answers.link = text_of(link);
    CLAIM_RESULT(PPO_OK, portal->open_link(self, visitor, text_of(link), &page, NULL));
    CLAIM(seen_page.state == PPO_OK);
    CLAIM(seen_page.flags == (PPO_LINK_PAGE_USERNAME | PPO_LINK_PAGE_BIRTH_DATE));
    answers.birth_date = text_of("1980-02-28");
    CLAIM_RESULT(PPO_REFUSED_IDENTITY_MISMATCH, portal->confirm_identity(self, visitor, &answers, &page, NULL));
    answers.birth_date = text_of("1980-02-29");
    CLAIM_RESULT(PPO_OK, portal->confirm_identity(self, visitor, &answers, &page, NULL));
    CLAIM_RESULT(PPO_OK, portal->check_username(self, visitor, &answers, text_of("anna.weber"), &verdicts, NULL));
    CLAIM(verdict.state == PPO_OK);
    CLAIM_RESULT(PPO_OK, portal->complete_setup(self, visitor, &answers, text_of("anna.weber"),
                                                text_of("quiet tram over seven hills"), NULL));
    CLAIM_RESULT(PPO_OK, portal->open_link(self, visitor, text_of(link), &page, NULL));
    CLAIM(seen_page.state == PPO_REFUSED_LINK_USED);
}

static void patient_signs_in(const ppo_selfservice_1 *portal, ppo_instance *self, const ppo_visitor *visitor) {
    seen signed_in = {0};
    const ppo_signed_in_sink sink = {&signed_in, take_sign_in};
    const ppo_text who = text_of("P001");
    CLAIM_RESULT(PPO_REFUSED_SIGN_IN,
                 portal->sign_in(self, visitor, text_of("anna.weber"), text_of("loud tram"), &sink, NULL));
    CLAIM_RESULT(PPO_OK, portal->sign_in(self, visitor, text_of("anna.weber"),
                                         text_of("quiet tram over seven hills"), &sink, NULL));
    CLAIM(signed_in.calls == 1);
    CLAIM_RESULT(PPO_OK, portal->check_session(self, visitor, who, signed_in.session_epoch, NULL));
    CLAIM_RESULT(PPO_REFUSED_SIGN_IN, portal->check_session(self, visitor, who, signed_in.session_epoch + 1, NULL));
}

static void staff_see_it(const ppo_plugin *plugin, ppo_instance *self) {
    const ppo_report_1 *report = plugin->query(text_of(PPO_REPORT_1));
    const ppo_audit_1 *audit = plugin->query(text_of(PPO_AUDIT_1));
    const ppo_caller caller = staff();
    ppo_report_query everybody = {0};
    ppo_report_counts counts = {0};
    ppo_audit_verdict verdict = {0};
    everybody.struct_size = sizeof everybody;
    counts.struct_size = sizeof counts;
    verdict.struct_size = sizeof verdict;
    CLAIM_RESULT(PPO_OK, report->count(self, &caller, &everybody, &counts, NULL));
    CLAIM(counts.patients == 1 && counts.by_status[PPO_STATUS_SIGNED_IN] == 1 && counts.signed_in == 1);
    CLAIM_RESULT(PPO_OK, audit->verify(self, &caller, &verdict, NULL));
    CLAIM(verdict.intact == 1 && verdict.entries >= 6);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    const char *folder = make_folder();
    const ppo_plugin *plugin = NULL;
    void *module = load(arguments[1], &plugin);
    test_host host;
    test_settings made;
    ppo_instance *self = NULL;
    ppo_visitor visitor = {0};
    char link[LINK_SIZE + 1];
    make_host(&host);
    make_settings(&made, folder);
    visitor.struct_size = sizeof visitor;
    visitor.from = text_of("198.51.100.7");

    CLAIM_RESULT(PPO_OK, plugin->create(&host.table, &made.settings, &self, NULL));
    const ppo_selfservice_1 *portal = plugin->query(text_of(PPO_SELFSERVICE_1));
    desk_invites(plugin, self);
    read_link(made.mails, link);
    patient_sets_up(portal, self, &visitor, link);
    patient_signs_in(portal, self, &visitor);
    staff_see_it(plugin, self);
    CLAIM_RESULT(PPO_OK, plugin->shutdown(self, 0, NULL));
    plugin->destroy(self);
    dlclose(module);
    remove_folder(folder);
    return failures() == 0 ? 0 : 1;
}
