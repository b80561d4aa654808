// SPDX-License-Identifier: Apache-2.0
#include "generate/generate.hpp"
#include "hl7/hl7_command.hpp"
#include "host/backup_commands.hpp"
#include "host/key_commands.hpp"
#include "host/record_commands.hpp"
#include "host/report_commands.hpp"
#include "host/which_store.hpp"
#include "host/work_command.hpp"
#include "import/import.hpp"
#include "scenario/runner.hpp"
#include "web/serve.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>

namespace {
constexpr auto default_data = "ppo-sim-data";
constexpr auto store_variable = "PPO_STORE";

/// As CLI11 has it: a sentence, empty if all is well. A mistyped address is not repeated.
std::string what_is_wrong_with_store(const std::string& text) {
    if (text.empty()) return "names no store: give its path or address, or leave it out";
    if (ppo_sim::is_mistyped_address(text)) return "must be a path, or begin with postgresql://";
    return {};
}

/// Each command fills `run` when it is the one that was asked for.
using Run = std::function<int()>;

/// Which store, for every command on a data folder.
void add_store_options(CLI::App& command, ppo_sim::StoreOptions& options) {
    auto* store = command.add_option(
        "--store", options.store,
        "The store: a path, or postgresql://USER@HOST/DATABASE; a password belongs into the file "
        "that PGPASSFILE names. Without it: onboarding.sqlite in the folder");
    store->envname(store_variable);
    store->check(what_is_wrong_with_store, "");
    command.parse_complete_callback([store] {  // CLI11 takes an empty variable for none.
        const char* set = std::getenv(store_variable);
        if (store->count() == 0 && set != nullptr && *set == '\0')
            throw CLI::ValidationError{store_variable, what_is_wrong_with_store("")};
    });
    command.add_option("--practice", options.practice,
                       "Id of the practice, in a store that several share");
}

void add_data_options(CLI::App& command, ppo_sim::StoreOptions& options) {
    command.add_option("--data", options.data, "Folder with patients, store and mails")
        ->capture_default_str();
    command.add_option("--plugin", options.plugin, "Path of the plugin");
    add_store_options(command, options);
}

void add_process(CLI::App& app, const char* name, const char* what, ppo_sim::ServeOptions& options,
                 Run& run) {
    auto* command = app.add_subcommand(name, what);
    add_data_options(*command, options);
    const auto duties = ppo_sim::duties_of(options.role);
    if (duties.has_pages()) {
        command->add_option("--port", options.port, "Port to listen on; 0 = any free one")
            ->capture_default_str();
        command->add_option("--bind", options.bind, "Address to listen on")->capture_default_str();
    }
    command->add_option("--mail", options.mail, "Mail transport, such as smtp://127.0.0.1:1025");
    command->add_option("--practice-name", options.practice_name);
    command->add_option("--practice-phone", options.practice_phone);
    command->add_option("--portal-url", options.portal_url, "Where mailed links lead");
    if (duties.keeps_charts)
        command->add_option("--bounces", options.bounces, "Maildir with reports of returned mails");
    if (duties.keeps_charts)
        command->add_option("--hl7", options.hl7, "Folder with HL7 v2 ADT messages");
    command->callback([&] { run = [&] { return ppo_sim::serve(options); }; });
}

/// What `serve` does in one process, and the three that share it; any number on one store.
struct Processes {
    ppo_sim::ServeOptions serve{};
    ppo_sim::ServeOptions emr{};
    ppo_sim::ServeOptions portal{};
    ppo_sim::ServeOptions worker{};
};

void add_processes(CLI::App& app, Processes& processes, Run& run) {
    using ppo_sim::Role;
    auto& [serve, emr, portal, worker] = processes;
    for (auto* each : {&serve, &emr, &portal, &worker}) each->data = default_data;
    emr.role = Role::Emr;
    portal.role = Role::Portal;
    portal.port = ppo_sim::usual_portal_port;
    worker.role = Role::Worker;
    add_process(app, "serve",
                "Serve a web EMR, the patient portal and a mailbox, and send the mail", serve, run);
    add_process(app, "emr",
                "Serve the EMR and the mailbox alone. It keeps the charts, takes returned mails "
                "and sends none: a worker does",
                emr, run);
    add_process(app, "portal",
                "Serve the patient portal alone, where mailed links lead. It knows no charts and "
                "sends no mail: a worker does",
                portal, run);
    add_process(app, "worker",
                "Do the background work until it is stopped: mails, batches, reminders. Several "
                "may run. It has no pages",
                worker, run);
}

void add_work(CLI::App& app, ppo_sim::WorkOptions& options, Run& run) {
    auto* command = app.add_subcommand("work",
                                       "Do the plugin's background work until nothing is due");
    add_data_options(*command, options);
    command->add_option("--mail", options.mail, "Mail transport, such as smtp://127.0.0.1:1025");
    command->add_option("--portal-url", options.portal_url, "Where mailed links lead");
    command->add_option("--bounces", options.bounces, "Maildir with reports of returned mails");
    command->add_flag("--until-empty", options.until_empty,
                      "Wait also for mails and batches that are due later");
    command->callback([&] { run = [&] { return ppo_sim::work(options, std::cout, std::cerr); }; });
}

void add_run(CLI::App& app, ppo_sim::RunOptions& options, Run& run) {
    auto* command = app.add_subcommand("run", "Play a scenario; one JSON object a step");
    command->add_option("file", options.file, "The scenario; - for standard input")->required();
    command->add_option("--plugin", options.plugin, "Path of the plugin");
    add_store_options(*command, options);
    command->add_option("--check", options.check,
                        "A program that looks at the store after each step");
    command->add_flag("--keep-going", options.keep_going, "Do not stop at the first failure");
    command->callback([&] {
        run = [&] { return ppo_sim::run_scenario(options, std::cin, std::cout, std::cerr); };
    });
}

void add_import(CLI::App& app, ppo_sim::ImportOptions& options, Run& run) {
    auto* command = app.add_subcommand("import", "Take patients over from CSV or FHIR R4");
    command->add_option("file", options.file, "The file; - for standard input")->required();
    command->add_option("--data", options.data, "Folder with patients, store and mails")
        ->capture_default_str();
    command->add_option(
        "--invent-emails", options.invent_emails_domain,
        "Give made-up addresses in this domain to those without, for demonstrations");
    command->add_flag("--json", options.json, "Print the summary as JSON");
    command->callback(
        [&] { run = [&] { return ppo_sim::import_file(options, std::cout, std::cerr); }; });
}

void add_hl7(CLI::App& app, ppo_sim::Hl7Options& options, Run& run) {
    auto* command = app.add_subcommand("hl7", "Take HL7 v2 ADT messages over from a folder");
    command->add_option("folder", options.folder, "Where files NAME.hl7 are put")->required();
    add_data_options(*command, options);
    command->add_flag("--watch", options.watch, "Go on until a signal comes");
    command->callback(
        [&] { run = [&] { return ppo_sim::take_hl7(options, std::cout, std::cerr); }; });
}

void add_generate(CLI::App& app, ppo_sim::GenerateOptions& options, Run& run) {
    auto* command = app.add_subcommand("generate", "Make patients up, to try things with");
    command->add_option("count", options.count, "How many")->required();
    command->add_option("--seed", options.seed, "The same seed gives the same patients")
        ->capture_default_str();
    command->add_option("--today", options.today,
                        "The day, YYYY-MM-DD, that ages and appointments are around");
    command
        ->add_option("--access-granted", options.access_granted,
                     "Percent of charts that were added with portal access")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    command->add_flag("--lines", options.lines, "As a data folder keeps them, instead of CSV");
    command->add_option("--output", options.output, "Instead of standard output");
    command->callback(
        [&] { run = [&] { return ppo_sim::generate(options, std::cout, std::cerr); }; });
}

void add_audit(CLI::App& app, ppo_sim::RecordOptions& options, Run& run) {
    auto* command = app.add_subcommand("audit", "Read or verify the record");
    command->require_subcommand(1);
    auto* verify = command->add_subcommand("verify", "Exit status 1 names the first altered entry");
    add_data_options(*verify, options);
    verify->callback(
        [&] { run = [&] { return ppo_sim::verify_audit(options, std::cout, std::cerr); }; });
    auto* list = command->add_subcommand("list", "One JSON object an entry, oldest first");
    add_data_options(*list, options);
    list->add_option("--patient", options.patient_id, "This patient's entries only");
    list->callback(
        [&] { run = [&] { return ppo_sim::list_audit(options, std::cout, std::cerr); }; });
}

void add_keys(CLI::App& app, ppo_sim::KeyOptions& options, Run& run) {
    auto* command = app.add_subcommand("keys", "List or change the keys of a data folder");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, auto act) {
        auto* made = command->add_subcommand(name, what);
        made->add_option("--data", options.data, "Folder with patients, store and mails")
            ->capture_default_str();
        add_store_options(*made, options);
        made->callback([&options, &run, act] {
            run = [&options, act] { return act(options, std::cout, std::cerr); };
        });
        return made;
    };
    add("list", "The ids; the first one writes", ppo_sim::list_keys);
    add("add", "A new key that is read and does not write yet", ppo_sim::add_key);
    add("use", "The key with this id writes from now on", ppo_sim::use_key)
        ->add_option("id", options.id)
        ->required();
}

void add_backups(CLI::App& app, ppo_sim::BackupOptions& options, Run& run) {
    const auto add = [&](const char* name, const char* what, auto act) {
        auto* made = app.add_subcommand(name, what);
        add_data_options(*made, options);
        made->callback([&options, &run, act] {
            run = [&options, act] { return act(options, std::cout, std::cerr); };
        });
        return made;
    };
    add("backup", "Copy a store that is a file, while other processes go on", ppo_sim::back_up)
        ->add_option("file", options.file, "The copy; a file that is there is not replaced")
        ->required();
    auto* moving = add("move-store", "Copy the store into another, on either engine, and compare",
                       ppo_sim::move_store);
    moving->add_option("from", options.store, "A file or a postgresql:// address")
        ->required()
        ->check(what_is_wrong_with_store, "");
    moving->add_option("to", options.to, "The same; empty, or with a move that was broken off")
        ->required()
        ->check(what_is_wrong_with_store, "");
    auto* restore = add("restore", "Put a backup in the place of a store that is a file",
                        ppo_sim::restore);
    restore->add_option("file", options.file, "The backup")->required();
    auto* restored = add("restored", "Note that the store was restored, as by pg_restore",
                         ppo_sim::note_restored);
    for (auto* each : {restore, restored})
        each->add_option("--generation", options.generation,
                         "At least this restore generation, in a folder that is new");
}

void add_filters(CLI::App& command, ppo_sim::ReportOptions& options) {
    command.add_option("--status", options.statuses, "red, gray, orange, green")->delimiter(',');
    command.add_option("--mark", options.marks, "Rows with this mark, such as \"no e-mail\"")
        ->delimiter(',');
    command.add_option("--tag", options.tag);
    command.add_option("--provider", options.provider, "Primary provider");
    command.add_option("--search", options.search, "Any part of name, e-mail or username");
    command.add_option("--enabled", options.enabled, "Access enabled: yes or no");
    command.add_option("--has-username", options.has_username, "yes or no");
    command.add_option("--appointment-after", options.appointment_after, "At or after this day");
    command.add_option("--appointment-before", options.appointment_before, "Before this day");
    command.add_option("--sort", options.sort,
                       "name, status, last_invited, last_signed_in, next_appointment");
    command.add_flag("--descending", options.descending);
    command.add_option("--limit", options.limit, "So many rows; 0 = all");
}

void add_report(CLI::App& app, ppo_sim::ReportOptions& options, Run& run) {
    auto* command = app.add_subcommand("report", "Print or save the onboarding report");
    add_data_options(*command, options);
    auto* format = command->add_option("--format", options.format,
                                       "Every row: csv, tsv, jsonl, json or html");
    format->check(CLI::IsMember({"csv", "tsv", "jsonl", "json", "html"}));
    command
        ->add_flag_callback(
            "--csv", [&] { options.format = "csv"; }, "The same as --format csv")
        ->excludes(format);
    command
        ->add_flag_callback(
            "--json", [&] { options.format = "json"; }, "The same as --format json")
        ->excludes(format)
        ->excludes("--csv");
    command->add_flag("--raw", options.raw, "For machines: no apostrophes before formulas");
    command->add_option("--output", options.output,
                        "Into this file, which is there whole or not at all");
    command->add_option("--columns", options.columns, "Such as patient_id,name,tags")
        ->delimiter(',');
    command->add_option("--by", options.by,
                        "The funnel with median days, one JSON object a group: all, provider, tag, "
                        "week");
    add_filters(*command, options);
    command->callback(
        [&] { run = [&] { return ppo_sim::print_report(options, std::cout, std::cerr); }; });
}
/// The store of move-store stands without an option, so all words are looked at.
void warn_of_passwords(int argc, char** argv) {
    if (std::none_of(argv + 1, argv + argc, ppo_sim::holds_password)) return;
    std::cerr << "Warning: others on this machine can see the password in this command. Keep it in "
                 "a file that PGPASSFILE names; PPO_STORE instead of --store hides it, too.\n";
}
}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"A model host for the patient portal onboarding plugin", "ppo-sim"};
    app.require_subcommand(1);
    Processes processes{};
    ppo_sim::RunOptions run_options{};
    ppo_sim::ImportOptions import_options{};
    import_options.data = default_data;
    ppo_sim::Hl7Options hl7_options{};
    hl7_options.data = default_data;
    ppo_sim::GenerateOptions generate_options{};
    ppo_sim::WorkOptions work_options{};
    work_options.data = default_data;
    ppo_sim::RecordOptions record_options{};
    record_options.data = default_data;
    ppo_sim::ReportOptions report_options{};
    report_options.data = default_data;
    ppo_sim::KeyOptions key_options{};
    key_options.data = default_data;
    ppo_sim::BackupOptions backup_options{};
    backup_options.data = default_data;
    Run run;
    add_processes(app, processes, run);
    add_work(app, work_options, run);
    add_run(app, run_options, run);
    add_import(app, import_options, run);
    add_hl7(app, hl7_options, run);
    add_generate(app, generate_options, run);
    add_audit(app, record_options, run);
    add_report(app, report_options, run);
    add_keys(app, key_options, run);
    add_backups(app, backup_options, run);
    CLI11_PARSE(app, argc, argv);
    warn_of_passwords(argc, argv);
    try {
        return run();
    } catch (const std::exception& failure) {
        std::cerr << failure.what() << '\n';
        return 2;
    }
}
