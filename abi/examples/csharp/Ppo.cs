// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

// The contract for C#: what Onboard.cs uses of abi/, in the order of the headers. Written for Mono, plain P/Invoke.
//
// Lessons of this language: an exception that leaves a callback ends the process, so each is wrapped and answers
// PPO_FAULT_HOST; a delegate that the plugin may call must be kept, or the collector takes it; texts are bytes of UTF-8;
// a bool would be marshalled in four ways, and the contract has none: yes and no are numbers.
static class Ppo
{
    public const uint ABI_MAJOR = 1, ABI_MINOR = 0;
    public const int OK = 1, STOPPED = 2, MORE = 3; // 0 is never success.
    public const int REFUSED_UNKNOWN_PATIENT = -1002, FAULT_HOST = -3003;
    public const uint MAY_ONBOARD = 1, MAY_READ_AUDIT = 4, CHART_ACTIVE = 1;
    public const uint COLUMN_STATUS = 2, COLUMN_NAME = 3, COLUMN_EMAIL = 4;
    public const int LOG_WARNING = 3;
    public const long TIME_NONE = long.MinValue;

    [StructLayout(LayoutKind.Sequential)]
    public struct Text
    {
        public IntPtr data;
        public UIntPtr size;

        public Text(string words)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(words); // Bytes, not characters.
            data = Marshal.AllocHGlobal(bytes.Length + 1); // Kept until the program ends: an example.
            Marshal.Copy(bytes, 0, data, bytes.Length);
            size = (UIntPtr)bytes.Length;
        }

        public override string ToString()
        {
            return Words(data, size);
        }
    }

    public static string Words(IntPtr data, UIntPtr size)
    {
        byte[] bytes = new byte[(int)size];
        if (bytes.Length > 0) Marshal.Copy(data, bytes, 0, bytes.Length);
        return Encoding.UTF8.GetString(bytes);
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Error
    {
        public uint struct_size;
        public int result;
        public long retry_after_ms;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 48)] public byte[] code;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 48)] public byte[] field;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 400)] public byte[] message;

        public string Code { get { return Ended(code); } }
        public string Message { get { return Ended(message); } }

        static string Ended(byte[] bytes)
        {
            return Encoding.UTF8.GetString(bytes, 0, Array.IndexOf(bytes, (byte)0));
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Patient
    {
        public uint struct_size, chart_status, flags, reserved;
        public Text id, first_name, last_name, birth_date, email, postal_code, language, provider;
        public IntPtr tags;
        public ulong tag_count;
        public long next_appointment, last_appointment;
    }

    public delegate int PutPatient(IntPtr context, ref Patient patient);

    [StructLayout(LayoutKind.Sequential)]
    public struct PatientSink
    {
        public IntPtr context;
        public PutPatient put;
    }

    public delegate int GetPatient(IntPtr context, IntPtr id, UIntPtr size, IntPtr sink, IntPtr error);
    public delegate int EachPatient(IntPtr context, IntPtr sink, IntPtr error);

    [StructLayout(LayoutKind.Sequential)]
    public struct HostDirectory
    {
        public uint struct_size, reserved;
        public GetPatient get_patient;
        public EachPatient each_patient;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Mail
    {
        public uint struct_size, flags;
        public Text message_id, sender, recipient, message;
    }

    public delegate int SendMail(IntPtr context, IntPtr mail, IntPtr error);

    [StructLayout(LayoutKind.Sequential)]
    public struct HostMail
    {
        public uint struct_size, reserved;
        public SendMail send_mail;
    }

    public delegate void Log(IntPtr context, int level, IntPtr line, UIntPtr size);
    public delegate long Now(IntPtr context);
    public delegate IntPtr Query(IntPtr context, IntPtr id, UIntPtr size);

    [StructLayout(LayoutKind.Sequential)]
    public struct Host
    {
        public uint struct_size, abi_major, abi_minor, flags;
        public IntPtr context;
        public Log log;
        public Now now;
        public Query query;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Settings
    {
        public uint struct_size, flags, link_identity_check, first_link_minutes, reset_link_minutes,
            requested_link_minutes, cool_down_seconds, staff_password_hours, password_memory_kib, password_passes;
        public Text store, key_file, practice_name, practice_phone, portal_url, mail_transport, mail_user, mail_password,
            mail_sender, mail_reply_to, language, time_zone, mail_authorities;
        public uint mail_connections, mails_per_minute, mails_per_day, patient_mails_per_day, address_mails_per_day,
            hold_back_seconds, reminder_days, last_reminder_hours, reminder_most_mails, profile,
            source_failures_per_hour, source_requests_per_hour, source_requests_per_day, reserved;
        public Text practice_id, state_folder;
        public ulong restore_generation;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Caller
    {
        public uint struct_size, permissions;
        public Text staff_id, name, from;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ReportQuery
    {
        public uint struct_size, sort, descending, statuses;
        public ulong marks;
        public uint access_enabled, has_username;
        public Text search, tag, provider;
        public long appointment_after, appointment_before;
        public Text cursor;
        public ulong limit;
        public IntPtr columns;
        public ulong column_count;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Cell
    {
        public Text text;
        public long number;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Rows
    {
        public uint struct_size, column_count;
        public ulong row_count;
        public IntPtr cells;
        public Text next_cursor, previous_cursor;

        public Cell At(ulong index)
        {
            return At<Cell>((IntPtr)((long)cells + (long)index * Marshal.SizeOf(typeof(Cell))));
        }
    }

    public delegate int PutRows(IntPtr context, ref Rows rows);

    [StructLayout(LayoutKind.Sequential)]
    public struct RowsSink
    {
        public IntPtr context;
        public PutRows put;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Verdict
    {
        public uint struct_size, intact;
        public ulong entries, first_bad_sequence;
        public uint flaw, reserved;
    }

    // The first slots of each table; those behind are not called here. struct_size tells how many there are.

    public delegate int SetAccess(IntPtr self, ref Caller caller, Text patient, int enabled, IntPtr state, ref Error error);
    public delegate int SendInvitation(IntPtr self, ref Caller caller, Text patient, IntPtr sent, ref Error error);

    [StructLayout(LayoutKind.Sequential)]
    public struct Onboarding
    {
        public uint struct_size, reserved;
        public IntPtr get_account;
        public SetAccess set_access;
        public IntPtr check_username, set_credentials;
        public SendInvitation send_invitation;
    }

    public delegate int Read(IntPtr self, ref Caller caller, ref ReportQuery query, ref RowsSink sink, ref Error error);

    [StructLayout(LayoutKind.Sequential)]
    public struct Report
    {
        public uint struct_size, reserved;
        public Read read;
    }

    public delegate int Verify(IntPtr self, ref Caller caller, ref Verdict verdict, ref Error error);

    [StructLayout(LayoutKind.Sequential)]
    public struct Audit
    {
        public uint struct_size, reserved;
        public IntPtr read;
        public Verify verify;
    }

    // By address: what goes by ref is copied for the call alone, and the plugin comes back to its host.
    public delegate int Create(IntPtr host, ref Settings settings, out IntPtr self, ref Error error);
    public delegate int Work(IntPtr self, uint budget_ms, ref Error error);
    public delegate void Destroy(IntPtr self);
    public delegate IntPtr QueryPlugin(Text id);

    [StructLayout(LayoutKind.Sequential)]
    public struct Plugin
    {
        public uint struct_size, abi_major, abi_minor, flags;
        public Text name, vendor, version;
        public Create create;
        public Work work, shutdown;
        public Destroy destroy;
        public QueryPlugin query;

        public T Table<T>(string id)
        {
            IntPtr found = query(new Text(id));
            if (found == IntPtr.Zero) throw new InvalidOperationException("The plugin has no " + id + ".");
            return At<T>(found);
        }
    }

    public static T At<T>(IntPtr address)
    {
        return (T)Marshal.PtrToStructure(address, typeof(T));
    }

    public static uint Size<T>()
    {
        return (uint)Marshal.SizeOf(typeof(T));
    }

    /// Memory of its own with a copy of the struct, for the plugin to come back to; kept until the program ends.
    public static IntPtr Lasting<T>(T made)
    {
        IntPtr memory = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(T)));
        Marshal.StructureToPtr(made, memory, false);
        return memory;
    }

    /// What a callback does, but never with an exception to the outside.
    public static int Answer(Func<int> act)
    {
        return Guarded(act, FAULT_HOST);
    }

    /// The same for a callback that answers no result: what it answers when it has failed is given.
    public static T Guarded<T>(Func<T> act, T failed)
    {
        try
        {
            return act();
        }
        catch (Exception thrown)
        {
            try
            {
                Console.Error.WriteLine(thrown.Message);
            }
            catch (Exception)
            {
                // Nobody is left to be told.
            }
            return failed;
        }
    }

    [DllImport("libdl.so.2")] static extern IntPtr dlopen(string path, int flags);
    [DllImport("libdl.so.2")] static extern IntPtr dlsym(IntPtr library, string name);
    [DllImport("libdl.so.2")] static extern IntPtr dlerror();
    delegate IntPtr Entry(uint abi_major);

    /// The core table, or a plain sentence.
    public static Plugin Load(string path)
    {
        const int RTLD_NOW = 2;
        IntPtr library = dlopen(path, RTLD_NOW);
        if (library == IntPtr.Zero) throw new InvalidOperationException(Marshal.PtrToStringAnsi(dlerror()));
        var entry = (Entry)Marshal.GetDelegateForFunctionPointer(dlsym(library, "ppo_plugin_entry"), typeof(Entry));
        IntPtr table = entry(ABI_MAJOR);
        if (table == IntPtr.Zero)
            throw new InvalidOperationException("This library does not speak contract " + ABI_MAJOR + ".");
        return At<Plugin>(table);
    }

    /// The layout as this file has it, for the test that compares it with the headers.
    public static void PrintLayout()
    {
        var structs = new Dictionary<string, Type>
        {
            { "ppo_text", typeof(Text) }, { "ppo_error", typeof(Error) }, { "ppo_patient", typeof(Patient) },
            { "ppo_patient_sink", typeof(PatientSink) }, { "ppo_host_directory_1", typeof(HostDirectory) },
            { "ppo_mail", typeof(Mail) }, { "ppo_host_mail_1", typeof(HostMail) }, { "ppo_host", typeof(Host) },
            { "ppo_settings", typeof(Settings) }, { "ppo_caller", typeof(Caller) },
            { "ppo_report_query", typeof(ReportQuery) }, { "ppo_cell", typeof(Cell) }, { "ppo_rows", typeof(Rows) },
            { "ppo_rows_sink", typeof(RowsSink) }, { "ppo_audit_verdict", typeof(Verdict) },
            { "ppo_onboarding_1", typeof(Onboarding) }, { "ppo_report_1", typeof(Report) },
            { "ppo_audit_1", typeof(Audit) }, { "ppo_plugin", typeof(Plugin) }
        };
        foreach (var named in structs)
            foreach (var member in named.Value.GetFields())
                if (!member.IsStatic)
                    Console.WriteLine(named.Key + "." + member.Name + " " + Marshal.OffsetOf(named.Value, member.Name));
        foreach (string name in new[] { "OK", "STOPPED", "MORE", "REFUSED_UNKNOWN_PATIENT", "FAULT_HOST", "MAY_ONBOARD",
            "MAY_READ_AUDIT", "CHART_ACTIVE", "COLUMN_STATUS", "COLUMN_NAME", "COLUMN_EMAIL", "LOG_WARNING", "ABI_MAJOR" })
            Console.WriteLine("PPO_" + name + " " + typeof(Ppo).GetField(name).GetValue(null));
    }
}
