// SPDX-License-Identifier: Apache-2.0
import com.sun.jna.*;
import com.sun.jna.ptr.PointerByReference;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The contract for JNA: what Onboard.java uses of abi/, in the order of the headers.
 *
 * Lessons of this language: a callback that throws answers 0, which is why 0 is never success; texts are bytes of UTF-8,
 * not Java's strings; a callback, and what a struct points to, must stay reachable as long as the plugin may look; what the
 * plugin shows must not be written back (setAutoWrite); there are no unsigned numbers, and the contract's counters stay
 * below 2^53.
 */
interface Ppo {
    int ABI_MAJOR = 1, ABI_MINOR = 0;
    int OK = 1, STOPPED = 2, MORE = 3;
    int REFUSED_UNKNOWN_PATIENT = -1002;
    int MAY_ONBOARD = 1, MAY_READ_AUDIT = 4, CHART_ACTIVE = 1, LOG_WARNING = 3;
    int COLUMN_STATUS = 2, COLUMN_NAME = 3, COLUMN_EMAIL = 4;
    long TIME_NONE = Long.MIN_VALUE;

    @Structure.FieldOrder({"data", "size"})
    class Text extends Structure {
        public Pointer data;
        public long size;

        public static class ByValue extends Text implements Structure.ByValue {
            public ByValue() {}

            public ByValue(String words) {
                set(words);
            }
        }

        Text set(String words) {
            byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
            Memory memory = new Memory(bytes.length + 1L); // Reachable as long as this is.
            memory.write(0, bytes, 0, bytes.length);
            data = memory;
            size = bytes.length;
            return this;
        }

        @Override
        public String toString() {
            return words(data, size);
        }
    }

    static String words(Pointer data, long size) {
        return size == 0 ? "" : new String(data.getByteArray(0, (int) size), StandardCharsets.UTF_8);
    }

    /** A struct whose first member is its size, as this program knows it. */
    abstract class Sized extends Structure {
        public int struct_size;

        protected Sized() {}

        protected Sized(Pointer at) {
            super(at);
            read();
        }

        @Override
        public void write() {
            struct_size = size();
            super.write();
        }
    }

    @Structure.FieldOrder({"struct_size", "result", "retry_after_ms", "code", "field", "message"})
    class Fault extends Sized {
        public int result;
        public long retry_after_ms;
        public byte[] code = new byte[48], field = new byte[48], message = new byte[400];

        String text() {
            return Native.toString(code) + ": " + Native.toString(message, "UTF-8");
        }
    }

    @Structure.FieldOrder({"struct_size", "chart_status", "flags", "reserved", "id", "first_name", "last_name", "birth_date",
        "email", "postal_code", "language", "provider", "tags", "tag_count", "next_appointment", "last_appointment"})
    class Patient extends Sized {
        public int chart_status = CHART_ACTIVE, flags, reserved;
        public Text id, first_name, last_name, birth_date, email, postal_code, language, provider;
        public Pointer tags;
        public long tag_count, next_appointment = TIME_NONE, last_appointment = TIME_NONE;
    }

    interface PutPatient extends Callback {
        int put(Pointer context, Patient patient);
    }

    @Structure.FieldOrder({"context", "put"})
    class PatientSink extends Structure {
        public Pointer context;
        public PutPatient put;

        public PatientSink() {
            setAutoWrite(false); // The plugin's: JNA would write back what it has read.
        }
    }

    interface GetPatient extends Callback {
        int get(Pointer context, Pointer id, long size, PatientSink sink, Pointer error);
    }

    interface EachPatient extends Callback {
        int each(Pointer context, PatientSink sink, Pointer error);
    }

    @Structure.FieldOrder({"struct_size", "reserved", "get_patient", "each_patient"})
    class HostDirectory extends Sized {
        public int reserved;
        public GetPatient get_patient;
        public EachPatient each_patient;
    }

    @Structure.FieldOrder({"struct_size", "flags", "message_id", "sender", "recipient", "message"})
    class Mail extends Sized {
        public int flags;
        public Text message_id, sender, recipient, message;

        public Mail() {
            setAutoWrite(false);
        }
    }

    interface SendMail extends Callback {
        int send(Pointer context, Mail mail, Pointer error);
    }

    @Structure.FieldOrder({"struct_size", "reserved", "send_mail"})
    class HostMail extends Sized {
        public int reserved;
        public SendMail send_mail;
    }

    interface Log extends Callback {
        void log(Pointer context, int level, Pointer line, long size);
    }

    interface Now extends Callback {
        long now(Pointer context);
    }

    interface Query extends Callback {
        Pointer query(Pointer context, Pointer id, long size);
    }

    @Structure.FieldOrder({"struct_size", "abi_major", "abi_minor", "flags", "context", "log", "now", "query"})
    class Host extends Sized {
        public int abi_major = ABI_MAJOR, abi_minor = ABI_MINOR, flags;
        public Pointer context;
        public Log log;
        public Now now;
        public Query query;
    }

    @Structure.FieldOrder({"struct_size", "flags", "link_identity_check", "first_link_minutes", "reset_link_minutes",
        "requested_link_minutes", "cool_down_seconds", "staff_password_hours", "password_memory_kib", "password_passes",
        "store", "key_file", "practice_name", "practice_phone", "portal_url", "mail_transport", "mail_user", "mail_password",
        "mail_sender", "mail_reply_to", "language", "time_zone", "mail_authorities", "mail_connections", "mails_per_minute",
        "mails_per_day", "patient_mails_per_day", "address_mails_per_day", "hold_back_seconds", "reminder_days",
        "last_reminder_hours", "reminder_most_mails", "profile", "source_failures_per_hour", "source_requests_per_hour",
        "source_requests_per_day", "reserved", "practice_id", "state_folder", "restore_generation"})
    class Settings extends Sized {
        public int flags, link_identity_check, first_link_minutes, reset_link_minutes, requested_link_minutes,
            cool_down_seconds, staff_password_hours, password_memory_kib, password_passes;
        public Text store, key_file, practice_name, practice_phone, portal_url, mail_transport, mail_user, mail_password,
            mail_sender, mail_reply_to, language, time_zone, mail_authorities;
        public int mail_connections, mails_per_minute, mails_per_day, patient_mails_per_day, address_mails_per_day,
            hold_back_seconds, reminder_days, last_reminder_hours, reminder_most_mails, profile, source_failures_per_hour,
            source_requests_per_hour, source_requests_per_day, reserved;
        public Text practice_id, state_folder;
        public long restore_generation;
    }

    @Structure.FieldOrder({"struct_size", "permissions", "staff_id", "name", "from"})
    class Caller extends Sized {
        public int permissions;
        public Text staff_id, name, from;
    }

    @Structure.FieldOrder({"struct_size", "sort", "descending", "statuses", "marks", "access_enabled", "has_username",
        "search", "tag", "provider", "appointment_after", "appointment_before", "cursor", "limit", "columns",
        "column_count"})
    class ReportQuery extends Sized {
        public int sort, descending, statuses;
        public long marks;
        public int access_enabled, has_username;
        public Text search, tag, provider;
        public long appointment_after, appointment_before;
        public Text cursor;
        public long limit;
        public Pointer columns;
        public long column_count;
    }

    @Structure.FieldOrder({"text", "number"})
    class Cell extends Structure {
        public Text text;
        public long number;

        public Cell() {}

        Cell(Pointer at) {
            super(at);
            read();
        }
    }

    @Structure.FieldOrder({"struct_size", "column_count", "row_count", "cells", "next_cursor", "previous_cursor"})
    class Rows extends Sized {
        public int column_count;
        public long row_count;
        public Pointer cells;
        public Text next_cursor, previous_cursor;

        public Rows() {
            setAutoWrite(false);
        }

        Cell cell(long index) {
            return new Cell(cells.share(index * new Cell().size()));
        }
    }

    interface PutRows extends Callback {
        int put(Pointer context, Rows rows);
    }

    @Structure.FieldOrder({"context", "put"})
    class RowsSink extends Structure {
        public Pointer context;
        public PutRows put;
    }

    @Structure.FieldOrder({"struct_size", "intact", "entries", "first_bad_sequence", "flaw", "reserved"})
    class Verdict extends Sized {
        public int intact;
        public long entries, first_bad_sequence;
        public int flaw, reserved;
    }

    // The first slots of each table; those behind are not called here. struct_size tells how many there are.

    interface SetAccess extends Callback {
        int call(Pointer self, Caller caller, Text.ByValue patient, int enabled, Pointer state, Fault error);
    }

    interface SendInvitation extends Callback {
        int call(Pointer self, Caller caller, Text.ByValue patient, Pointer sent, Fault error);
    }

    @Structure.FieldOrder({"struct_size", "reserved", "get_account", "set_access", "check_username", "set_credentials",
        "send_invitation"})
    class Onboarding extends Sized {
        public int reserved;
        public Pointer get_account;
        public SetAccess set_access;
        public Pointer check_username, set_credentials;
        public SendInvitation send_invitation;

        public Onboarding() {}

        Onboarding(Pointer at) {
            super(at);
        }
    }

    interface Read extends Callback {
        int call(Pointer self, Caller caller, ReportQuery query, RowsSink sink, Fault error);
    }

    @Structure.FieldOrder({"struct_size", "reserved", "read"})
    class Report extends Sized {
        public int reserved;
        public Read read;

        public Report() {}

        Report(Pointer at) {
            super(at);
        }
    }

    interface Verify extends Callback {
        int call(Pointer self, Caller caller, Verdict verdict, Fault error);
    }

    @Structure.FieldOrder({"struct_size", "reserved", "read", "verify"})
    class Audit extends Sized {
        public int reserved;
        public Pointer read;
        public Verify verify;

        public Audit() {}

        Audit(Pointer at) {
            super(at);
        }
    }

    interface Create extends Callback {
        int call(Host host, Settings settings, PointerByReference out, Fault error);
    }

    interface Work extends Callback {
        int call(Pointer self, int budget_ms, Fault error);
    }

    interface Destroy extends Callback {
        void call(Pointer self);
    }

    interface QueryPlugin extends Callback {
        Pointer call(Text.ByValue id);
    }

    @Structure.FieldOrder({"struct_size", "abi_major", "abi_minor", "flags", "name", "vendor", "version", "create", "work",
        "shutdown", "destroy", "query"})
    class Plugin extends Sized {
        public int abi_major, abi_minor, flags;
        public Text name, vendor, version;
        public Create create;
        public Work work, shutdown;
        public Destroy destroy;
        public QueryPlugin query;

        public Plugin() {}

        Plugin(Pointer at) {
            super(at);
        }

        Pointer table(String id) {
            Pointer found = query.call(new Text.ByValue(id));
            if (found == null) throw new IllegalStateException("The plugin has no " + id + ".");
            return found;
        }
    }

    /** The core table, or a plain sentence. */
    static Plugin load(String path) {
        Pointer table = NativeLibrary.getInstance(path).getFunction("ppo_plugin_entry")
            .invokePointer(new Object[] {ABI_MAJOR});
        if (table == null) throw new IllegalStateException("This library does not speak contract " + ABI_MAJOR + ".");
        return new Plugin(table);
    }

    /** The layout as this file has it, for the test that compares it with the headers. */
    static void printLayout() throws ReflectiveOperationException {
        Object[][] structs = {{"ppo_text", new Text()}, {"ppo_error", new Fault()}, {"ppo_patient", new Patient()},
            {"ppo_patient_sink", new PatientSink()}, {"ppo_host_directory_1", new HostDirectory()}, {"ppo_mail", new Mail()},
            {"ppo_host_mail_1", new HostMail()}, {"ppo_host", new Host()}, {"ppo_settings", new Settings()},
            {"ppo_caller", new Caller()}, {"ppo_report_query", new ReportQuery()}, {"ppo_cell", new Cell()},
            {"ppo_rows", new Rows()}, {"ppo_rows_sink", new RowsSink()}, {"ppo_audit_verdict", new Verdict()},
            {"ppo_onboarding_1", new Onboarding()}, {"ppo_report_1", new Report()}, {"ppo_audit_1", new Audit()},
            {"ppo_plugin", new Plugin()}};
        var offset = Structure.class.getDeclaredMethod("fieldOffset", String.class);
        offset.setAccessible(true);
        for (Object[] struct : structs)
            for (String member : struct[1].getClass().getAnnotation(Structure.FieldOrder.class).value())
                System.out.println(struct[0] + "." + member + " " + offset.invoke(struct[1], member));
        for (String name : List.of("OK", "STOPPED", "MORE", "REFUSED_UNKNOWN_PATIENT", "MAY_ONBOARD", "MAY_READ_AUDIT",
            "CHART_ACTIVE", "COLUMN_STATUS", "COLUMN_NAME", "COLUMN_EMAIL", "LOG_WARNING", "ABI_MAJOR"))
            System.out.println("PPO_" + name + " " + Ppo.class.getField(name).getInt(null));
    }
}
