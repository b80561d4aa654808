/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest host worth having: prints the report and invites one patient. onboard PLUGIN FOLDER < patients.csv */
#include <ppo/ppo.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 100, FIELDS = 6 };
static char lines[MOST][512];
static ppo_patient charts[MOST];
static size_t chart_count, mails, mail_bytes;
static int failing; /* The next page is thrown away, as by a host function that went wrong. */

static ppo_text text(const char *literal) { return (ppo_text){literal, strlen(literal)}; }

/* ---- What the host gives. Callbacks get pointer and length, and answer PPO_OK: 0 is never success. */

static void log_line(void *context, int32_t level, const char *line, size_t size) {
    (void)context;
    if (level >= PPO_LOG_WARNING) fprintf(stderr, "%.*s\n", (int)size, line);
}
static ppo_time now(void *context) {
    (void)context;
    return (ppo_time)time(NULL) * 1000; /* Milliseconds since 1970, UTC. */
}
static ppo_result each_patient(void *context, const ppo_patient_sink *sink, ppo_error *error) {
    (void)context, (void)error;
    for (size_t i = 0; i < chart_count; ++i)
        if (sink->put(sink->context, &charts[i]) == PPO_STOPPED) return PPO_STOPPED;
    return PPO_OK;
}
static ppo_result get_patient(void *context, const char *id, size_t size, const ppo_patient_sink *sink,
                              ppo_error *error) {
    (void)context;
    (void)error;
    for (size_t i = 0; i < chart_count; ++i)
        if (charts[i].id.size == size && memcmp(charts[i].id.data, id, size) == 0)
            return sink->put(sink->context, &charts[i]);
    return PPO_REFUSED_UNKNOWN_PATIENT;
}
static ppo_result send_mail(void *context, const ppo_mail *mail, ppo_error *error) {
    (void)context;
    (void)error;
    ++mails; /* A real host hands it on; the message is borrowed, so it would copy it. */
    mail_bytes = mail->message.size;
    return PPO_OK;
}
static const ppo_host_directory_1 directory = {sizeof directory, 0, get_patient, each_patient};
static const ppo_host_mail_1 mail_transport = {sizeof mail_transport, 0, send_mail};
static const void *query(void *context, const char *id, size_t size) {
    (void)context;
    if (size == strlen(PPO_HOST_DIRECTORY_1) && memcmp(id, PPO_HOST_DIRECTORY_1, size) == 0) return &directory;
    if (size == strlen(PPO_HOST_MAIL_1) && memcmp(id, PPO_HOST_MAIL_1, size) == 0) return &mail_transport;
    return NULL; /* Whatever else there is, this host does without. */
}
static ppo_result print_rows(void *context, const ppo_rows *rows) {
    (void)context;
    if (failing) return 0;
    for (uint64_t i = 0; i < rows->row_count; ++i) {
        const ppo_cell *row = rows->cells + i * rows->column_count;
        printf("  %-13.*s ", (int)row[0].text.size, row[0].text.data);
        int width = 0; /* Characters, not bytes. */
        for (size_t byte = 0; byte < row[1].text.size; ++byte) width += (row[1].text.data[byte] & 0xC0) != 0x80;
        printf("%.*s%*s ", (int)row[1].text.size, row[1].text.data, 28 - width, "");
        printf("%.*s\n", (int)row[2].text.size, row[2].text.data);
    }
    return PPO_OK;
}

/* ---- The work. */

static void read_charts(void) { /* No commas within fields: an example. */
    while (chart_count < MOST && fgets(lines[chart_count], sizeof lines[0], stdin) != NULL) {
        char *field = lines[chart_count];
        if (strncmp(field, "id,", 3) == 0) continue;
        ppo_patient *chart = &charts[chart_count++];
        chart->struct_size = sizeof *chart;
        chart->chart_status = PPO_CHART_ACTIVE;
        chart->next_appointment = chart->last_appointment = PPO_TIME_NONE;
        ppo_text *facts[FIELDS] = {&chart->id,         &chart->first_name, &chart->last_name,
                                   &chart->birth_date, &chart->email,      &chart->postal_code};
        for (int i = 0; i < FIELDS; ++i) {
            const size_t size = strcspn(field, ",\n");
            *facts[i] = (ppo_text){field, size};
            field += size + (field[size] != '\0');
        }
    }
}
static ppo_result print_report(const ppo_report_1 *report, ppo_instance *self, const ppo_caller *who, ppo_error *why) {
    static const uint32_t columns[] = {PPO_COLUMN_STATUS, PPO_COLUMN_NAME, PPO_COLUMN_EMAIL};
    ppo_report_query all = {.struct_size = sizeof all, .columns = columns, .column_count = 3};
    const ppo_rows_sink rows = {NULL, print_rows};
    return report->read(self, who, &all, &rows, why);
}
static void must(ppo_result result, const ppo_error *error) {
    if (result > 0) return;
    fprintf(stderr, "%s: %s\n", error->code, error->message);
    exit(1);
}

int main(int count, char **arguments) {
    if (count != 3) return fprintf(stderr, "onboard PLUGIN FOLDER < patients.csv\n"), 2;
    read_charts();
    void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return fprintf(stderr, "%s\n", dlerror()), 1;
    ppo_plugin_entry_function entry;
    *(void **)&entry = dlsym(library, "ppo_plugin_entry");
    const ppo_plugin *plugin = entry == NULL ? NULL : entry(PPO_ABI_MAJOR);
    if (plugin == NULL) return fprintf(stderr, "This library does not speak contract %u.\n", PPO_ABI_MAJOR), 1;
    printf("%.*s, contract %u.%u\n", (int)plugin->name.size, plugin->name.data, plugin->abi_major, plugin->abi_minor);

    char store[4096];
    snprintf(store, sizeof store, "%s/portal.db", arguments[2]);
    const ppo_host host = {sizeof host, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, NULL, log_line, now, query};
    const ppo_settings settings = {.struct_size = sizeof settings, .store = text(store),
                                   .practice_name = text("Elm Practice"), .practice_phone = text("(555) 010-0199"),
                                   .portal_url = text("https://portal.example.org/link"),
                                   .mail_sender = text("portal@elm.example.org")};
    const uint32_t rights = PPO_MAY_ONBOARD | PPO_MAY_READ_AUDIT;
    const ppo_caller who = {sizeof who, rights, text("nurse"), text("Nora Nurse"), text("")};
    ppo_error why = {.struct_size = sizeof why};
    ppo_instance *self = NULL;
    must(plugin->create(&host, &settings, &self, &why), &why);
    const ppo_report_1 *report = plugin->query(text(PPO_REPORT_1));
    const ppo_onboarding_1 *onboarding = plugin->query(text(PPO_ONBOARDING_1));
    const ppo_audit_1 *audit = plugin->query(text(PPO_AUDIT_1));

    must(print_report(report, self, &who, &why), &why);
    must(onboarding->set_access(self, &who, text("P001"), 1, NULL, &why), &why);
    printf("P001 is enabled\n");
    must(onboarding->send_invitation(self, &who, text("P001"), NULL, &why), &why);
    printf("P001 is invited\n");
    if (onboarding->send_invitation(self, &who, text("P001"), NULL, &why) < 0)
        printf("P001 again: %s, %lld s to wait\n", why.code, (long long)(why.retry_after_ms + 999) / 1000);
    if (onboarding->send_invitation(self, &who, text("P404"), NULL, &why) < 0) printf("P404: %s\n", why.code);
    while (plugin->work(self, 1000, &why) == PPO_MORE) continue;
    printf("taken: %zu mail%s of more than 1000 bytes\n", mails, mail_bytes > 1000 ? "" : ", but none");
    must(print_report(report, self, &who, &why), &why);
    failing = 1;
    if (print_report(report, self, &who, &why) < 0) printf("a callback that fails: %s\n", why.code);
    ppo_audit_verdict verdict = {.struct_size = sizeof verdict};
    must(audit->verify(self, &who, &verdict, &why), &why);
    printf("the record is %sintact: %d entries\n", verdict.intact ? "" : "not ", (int)verdict.entries);
    plugin->destroy(self); /* With a shutdown first, if there was none. */
    return dlclose(library);
}
