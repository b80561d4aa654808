// SPDX-License-Identifier: Apache-2.0
// A host in JavaScript: prints the report and invites one patient. node onboard.mjs PLUGIN FOLDER < patients.csv
import { readFileSync } from "node:fs";

import koffi from "koffi";

import * as ppo from "./ppo.mjs";

const [library, folder] = process.argv.slice(2);
if (library === "--layout") {
    ppo.printLayout();
    process.exit();
}

// What the host gives.
const [, ...lines] = readFileSync(0, "utf8").trim().split("\n");
const charts = new Map(lines.map((line) => {
    const [id, first_name, last_name, birth_date, email, postal_code] = line.split(",");
    const facts = { id, first_name, last_name, birth_date, email, postal_code };
    const texts = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, ppo.text(value)]));
    return [id, ppo.fresh(ppo.Patient, {
        chart_status: ppo.CHART_ACTIVE, next_appointment: ppo.TIME_NONE, last_appointment: ppo.TIME_NONE, ...texts,
    })];
}));
const mails = [];
let fails = false;

function put(sink, chart) {
    const { context, put: take } = koffi.decode(sink, ppo.PatientSink);
    return koffi.call(take, ppo.PutPatient, context, chart);
}
const directory = ppo.lasting(ppo.HostDirectory, {
    get_patient: ppo.callback(ppo.GetPatient, (_, id, size, sink) => {
        const chart = charts.get(ppo.bytes(id, size));
        return chart ? put(sink, chart) : ppo.REFUSED_UNKNOWN_PATIENT;
    }),
    each_patient: ppo.callback(ppo.EachPatient, (_, sink) => {
        for (const chart of charts.values()) if (put(sink, chart) === ppo.STOPPED) return ppo.STOPPED;
        return ppo.OK;
    }),
});
const mail = ppo.lasting(ppo.HostMail, {
    send_mail: ppo.callback(ppo.SendMail, (_, sent) => {
        mails.push(ppo.words(koffi.decode(sent, ppo.Mail).message)); // Borrowed: copied.
        return ppo.OK;
    }),
});
const given = { "ppo.host.directory/1": directory, "ppo.host.mail/1": mail };
const host = ppo.lasting(ppo.Host, {
    abi_major: ppo.ABI_MAJOR, abi_minor: ppo.ABI_MINOR,
    log: ppo.callback(ppo.Log, (_, level, line, size) => {
        if (level >= ppo.LOG_WARNING) console.error(ppo.bytes(line, size));
    }, undefined),
    now: ppo.callback(ppo.Now, () => Date.now()),
    query: ppo.callback(ppo.Query, (_, id, size) => given[ppo.bytes(id, size)] ?? null, null),
});
const rows = {
    context: null,
    put: ppo.callback(ppo.PutRows, (_, page) => {
        if (fails) throw new Error("something of the host's went wrong");
        const { column_count: columns, row_count: count, cells } = koffi.decode(page, ppo.Rows);
        const all = Number(count) ? koffi.decode(cells, koffi.array(ppo.Cell, Number(count) * columns)) : [];
        for (let first = 0; first < all.length; first += columns) {
            const [status, name, email] = all.slice(first, first + 3).map((cell) => ppo.words(cell.text));
            console.log(`  ${status.padEnd(13)} ${name.padEnd(28)} ${email}`);
        }
        return ppo.OK;
    }),
};

// The work.
const plugin = ppo.load(library);
console.log(`${ppo.words(plugin.name)}, contract ${plugin.abi_major}.${plugin.abi_minor}`);
const error = ppo.fresh(ppo.Fault);
function must(result) {
    if (result <= 0) throw new Error(`${error.code}: ${error.message}`);
    return result;
}
const settings = ppo.fresh(ppo.Settings, {
    store: ppo.text(`${folder}/portal.db`), practice_name: ppo.text("Elm Practice"),
    practice_phone: ppo.text("(555) 010-0199"), portal_url: ppo.text("https://portal.example.org/link"),
    mail_sender: ppo.text("portal@elm.example.org"),
});
const who = ppo.fresh(ppo.Caller, {
    permissions: ppo.MAY_ONBOARD | ppo.MAY_READ_AUDIT, staff_id: ppo.text("nurse"), name: ppo.text("Nora Nurse"),
});
const out = [null];
must(plugin.create(host, settings, out, error));
const [self] = out;
const onboarding = ppo.table(plugin, ppo.Onboarding, "ppo.onboarding/1");
const report = ppo.table(plugin, ppo.Report, "ppo.report/1");
const audit = ppo.table(plugin, ppo.Audit, "ppo.audit/1");
const everybody = ppo.fresh(ppo.ReportQuery, {
    columns: [ppo.COLUMN_STATUS, ppo.COLUMN_NAME, ppo.COLUMN_EMAIL], column_count: 3,
});
const readReport = () => report.read(self, who, everybody, rows, error);
const invite = (patient) => onboarding.send_invitation(self, who, ppo.text(patient), null, error);

must(readReport());
must(onboarding.set_access(self, who, ppo.text("P001"), 1, null, error));
console.log("P001 is enabled");
must(invite("P001"));
console.log("P001 is invited");
if (invite("P001") < 0)
    console.log(`P001 again: ${error.code}, ${Math.ceil(Number(error.retry_after_ms) / 1000)} s to wait`);
if (invite("P404") < 0) console.log(`P404: ${error.code}`);
while (must(plugin.work(self, 1000, error)) === ppo.MORE);
console.log(`taken: ${mails.length} mail${mails[0]?.length > 1000 ? "" : ", but none"} of more than 1000 bytes`);
must(readReport());
fails = true;
if (readReport() < 0) console.log(`a callback that fails: ${error.code}`);
const verdict = ppo.fresh(ppo.Verdict);
must(audit.verify(self, who, verdict, error));
console.log(`the record is ${verdict.intact ? "intact" : "not intact"}: ${verdict.entries} entries`);
plugin.destroy(self);
