// SPDX-License-Identifier: Apache-2.0
// The contract for koffi: what onboard.mjs uses of abi/, in the order of the headers.
//
// Lessons of this language: a text's size is Buffer.byteLength, never .length, which cuts "José Ángel" short; a
// callback that throws throws through the plugin, so each is wrapped and answers PPO_FAULT_HOST; registered callbacks
// live until they are unregistered; callbacks come on the thread that called in (the plugin never calls Node from a
// thread of its own unless PPO_SETTING_OWN_THREAD is set, which a Node host must not do: it would hang); counters stay
// below 2^53, so a Number holds them.
import koffi from "koffi";

export const ABI_MAJOR = 1, ABI_MINOR = 0;
export const OK = 1, STOPPED = 2, MORE = 3; // 0 is never success.
export const REFUSED_UNKNOWN_PATIENT = -1002, FAULT_HOST = -3003;
export const MAY_ONBOARD = 1, MAY_READ_AUDIT = 4, CHART_ACTIVE = 1, LOG_WARNING = 3;
export const COLUMN_STATUS = 2, COLUMN_NAME = 3, COLUMN_EMAIL = 4;
export const TIME_NONE = -(2n ** 63n);

const u32 = "uint32_t", u64 = "uint64_t", i64 = "int64_t";
const all = (names, type) => Object.fromEntries(names.map((name) => [name, type]));
const sized = { struct_size: u32, reserved: u32 };

export const Text = koffi.struct("ppo_text", { data: "void *", size: "size_t" });
export const Fault = koffi.struct("ppo_error", {
    struct_size: u32, result: "int32_t", retry_after_ms: i64, code: koffi.array("char", 48),
    field: koffi.array("char", 48), message: koffi.array("char", 400),
});
export const Patient = koffi.struct("ppo_patient", {
    struct_size: u32, chart_status: u32, flags: u32, reserved: u32,
    ...all(["id", "first_name", "last_name", "birth_date", "email", "postal_code", "language", "provider"], Text),
    tags: "void *", tag_count: u64, next_appointment: i64, last_appointment: i64,
});
export const PutPatient = koffi.proto("int32_t put_patient(void *context, const ppo_patient *patient)");
export const PatientSink = koffi.struct("ppo_patient_sink", { context: "void *", put: koffi.pointer(PutPatient) });
export const GetPatient = koffi.proto(
    "int32_t get_patient(void *context, void *id, size_t size, ppo_patient_sink *sink, void *error)");
export const EachPatient = koffi.proto("int32_t each_patient(void *context, ppo_patient_sink *sink, void *error)");
export const HostDirectory = koffi.struct("ppo_host_directory_1", {
    ...sized, get_patient: koffi.pointer(GetPatient), each_patient: koffi.pointer(EachPatient),
});
export const Mail = koffi.struct("ppo_mail", {
    struct_size: u32, flags: u32, ...all(["message_id", "sender", "recipient", "message"], Text),
});
export const SendMail = koffi.proto("int32_t send_mail(void *context, ppo_mail *mail, void *error)");
export const HostMail = koffi.struct("ppo_host_mail_1", { ...sized, send_mail: koffi.pointer(SendMail) });
export const Log = koffi.proto("void log_line(void *context, int32_t level, void *line, size_t size)");
export const Now = koffi.proto("int64_t now(void *context)");
export const Query = koffi.proto("void *host_query(void *context, void *id, size_t size)");
export const Host = koffi.struct("ppo_host", {
    struct_size: u32, abi_major: u32, abi_minor: u32, flags: u32, context: "void *", log: koffi.pointer(Log),
    now: koffi.pointer(Now), query: koffi.pointer(Query),
});
export const Settings = koffi.struct("ppo_settings", {
    struct_size: u32, flags: u32,
    ...all(["link_identity_check", "first_link_minutes", "reset_link_minutes", "requested_link_minutes",
        "cool_down_seconds", "staff_password_hours", "password_memory_kib", "password_passes"], u32),
    ...all(["store", "key_file", "practice_name", "practice_phone", "portal_url", "mail_transport", "mail_user",
        "mail_password", "mail_sender", "mail_reply_to", "language", "time_zone", "mail_authorities"], Text),
    ...all(["mail_connections", "mails_per_minute", "mails_per_day", "patient_mails_per_day", "address_mails_per_day",
        "hold_back_seconds", "reminder_days", "last_reminder_hours", "reminder_most_mails", "profile",
        "source_failures_per_hour", "source_requests_per_hour", "source_requests_per_day", "reserved"], u32),
    practice_id: Text, state_folder: Text, restore_generation: u64,
});
export const Caller = koffi.struct("ppo_caller", {
    struct_size: u32, permissions: u32, ...all(["staff_id", "name", "from"], Text),
});
export const ReportQuery = koffi.struct("ppo_report_query", {
    struct_size: u32, sort: u32, descending: u32, statuses: u32, marks: u64, access_enabled: u32, has_username: u32,
    ...all(["search", "tag", "provider"], Text), appointment_after: i64, appointment_before: i64, cursor: Text,
    limit: u64, columns: "uint32_t *", column_count: u64,
});
export const Cell = koffi.struct("ppo_cell", { text: Text, number: i64 });
export const Rows = koffi.struct("ppo_rows", {
    struct_size: u32, column_count: u32, row_count: u64, cells: "void *", next_cursor: Text, previous_cursor: Text,
});
export const PutRows = koffi.proto("int32_t put_rows(void *context, ppo_rows *rows)");
export const RowsSink = koffi.struct("ppo_rows_sink", { context: "void *", put: koffi.pointer(PutRows) });
export const Verdict = koffi.struct("ppo_audit_verdict", {
    struct_size: u32, intact: u32, entries: u64, first_bad_sequence: u64, flaw: u32, reserved: u32,
});

const protos = new Map();
function slot(name, parameters, result = "int32_t") {
    const proto = koffi.proto(`${result} ${name}(${parameters})`);
    protos.set(name, proto);
    return koffi.pointer(proto);
}
// The first slots of each table; those behind are not called here. struct_size tells how many there are.
export const Onboarding = koffi.struct("ppo_onboarding_1", {
    ...sized, get_account: "void *",
    set_access: slot("set_access",
        "void *self, ppo_caller *caller, ppo_text patient, int32_t on, void *state, _Inout_ ppo_error *error"),
    check_username: "void *", set_credentials: "void *",
    send_invitation: slot("send_invitation",
        "void *self, ppo_caller *caller, ppo_text patient, void *sent, _Inout_ ppo_error *error"),
});
export const Report = koffi.struct("ppo_report_1", {
    ...sized, read: slot("read_report",
        "void *self, ppo_caller *caller, ppo_report_query *query, ppo_rows_sink *sink, _Inout_ ppo_error *error"),
});
export const Audit = koffi.struct("ppo_audit_1", {
    ...sized, read: "void *", verify: slot("verify",
        "void *self, ppo_caller *caller, _Inout_ ppo_audit_verdict *verdict, _Inout_ ppo_error *error"),
});
export const Plugin = koffi.struct("ppo_plugin", {
    struct_size: u32, abi_major: u32, abi_minor: u32, flags: u32, ...all(["name", "vendor", "version"], Text),
    create: slot("create", "void *host, ppo_settings *settings, _Out_ void **out, _Inout_ ppo_error *error"),
    work: slot("work", "void *self, uint32_t budget_ms, _Inout_ ppo_error *error"),
    shutdown: slot("shutdown", "void *self, uint32_t grace_ms, _Inout_ ppo_error *error"),
    destroy: slot("destroy", "void *self", "void"),
    query: slot("query", "ppo_text id", "void *"),
});

const kept = []; // What the plugin may come back to.
const keep = (object) => (kept.push(object), object);

/** A text by pointer and length; its bytes are kept. */
export function text(words) {
    const bytes = keep(Buffer.from(words, "utf8"));
    return { data: bytes, size: bytes.length }; // Bytes, not characters.
}

/** The words of a text that the plugin shows; copied. */
export const words = (shown) =>
    Number(shown.size) === 0 ? "" : Buffer.from(koffi.view(shown.data, Number(shown.size))).toString("utf8");

/** Bytes by pointer and length, as callbacks get them. */
export const bytes = (data, size) => words({ data, size });

/** A fresh struct that knows its size, all else zero. */
export const fresh = (type, members) => ({ ...zero(type), struct_size: koffi.sizeof(type), ...members });

function zero(type) {
    return koffi.decode(Buffer.alloc(koffi.sizeof(type)), type);
}

/** A struct in memory of its own, for the plugin to keep. */
export function lasting(type, members) {
    const memory = koffi.alloc(type, 1);
    koffi.encode(memory, type, fresh(type, members));
    return keep(memory);
}

/** A callback that never throws through the plugin. */
export function callback(proto, act, failed = FAULT_HOST) {
    return koffi.register((...given) => {
        try {
            return act(...given);
        } catch (error) {
            console.error(error.message);
            return failed;
        }
    }, koffi.pointer(proto));
}

/** The core table, or a plain sentence. */
export function load(path) {
    const entry = koffi.load(path).func("void *ppo_plugin_entry(uint32_t abi_major)");
    const table = entry(ABI_MAJOR);
    if (!table) throw new Error(`This library does not speak contract ${ABI_MAJOR}.`);
    return tableOf(table, Plugin);
}

/** A table whose slots can be called. */
function tableOf(address, type) {
    const members = koffi.decode(address, type);
    for (const [name, { type: slot }] of Object.entries(type.members))
        if (slot.primitive === "Callback") {
            const address = members[name];
            const proto = protos.get(slot.proto.name);
            members[name] = (...given) => koffi.call(address, proto, ...given);
        }
    return members;
}

export function table(plugin, type, id) {
    const address = plugin.query(text(id));
    if (!address) throw new Error(`The plugin has no ${id}.`);
    return tableOf(address, type);
}

/** The layout as this file has it, for the test that compares it with the headers. */
export function printLayout() {
    for (const type of [Text, Fault, Patient, PatientSink, HostDirectory, Mail, HostMail, Host, Settings, Caller,
        ReportQuery, Cell, Rows, RowsSink, Verdict, Onboarding, Report, Audit, Plugin])
        for (const name of Object.keys(type.members)) console.log(`${type.name}.${name} ${koffi.offsetof(type, name)}`);
    const numbers = { OK, STOPPED, MORE, REFUSED_UNKNOWN_PATIENT, FAULT_HOST, MAY_ONBOARD, MAY_READ_AUDIT, CHART_ACTIVE,
        COLUMN_STATUS, COLUMN_NAME, COLUMN_EMAIL, LOG_WARNING, ABI_MAJOR };
    for (const [name, value] of Object.entries(numbers)) console.log(`PPO_${name} ${value}`);
}
