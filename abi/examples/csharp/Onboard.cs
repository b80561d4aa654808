// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

/// A host in C#: prints the report and invites one patient. mono onboard.exe PLUGIN FOLDER < patients.csv
class Onboard
{
    readonly List<string> ids = new List<string>();
    readonly List<Ppo.Patient> charts = new List<Ppo.Patient>();
    readonly TextWriter output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
    // The plugin may come back to these: they are fields, so the collector leaves them and their delegates alone.
    Ppo.HostDirectory directory;
    Ppo.HostMail transport;
    Ppo.Host host;
    Ppo.RowsSink rows;
    IntPtr directoryTable, transportTable, hostTable;
    Ppo.Error error;
    int mails;
    ulong bytes;
    bool fails;

    Onboard()
    {
        var lines = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        lines.ReadLine();
        for (string line; (line = lines.ReadLine()) != null;)
        {
            string[] fields = line.Split(',');
            ids.Add(fields[0]);
            charts.Add(new Ppo.Patient
            {
                struct_size = Ppo.Size<Ppo.Patient>(), chart_status = Ppo.CHART_ACTIVE,
                id = new Ppo.Text(fields[0]), first_name = new Ppo.Text(fields[1]), last_name = new Ppo.Text(fields[2]),
                birth_date = new Ppo.Text(fields[3]), email = new Ppo.Text(fields[4]),
                postal_code = new Ppo.Text(fields[5]),
                next_appointment = Ppo.TIME_NONE, last_appointment = Ppo.TIME_NONE
            });
        }
        directory = new Ppo.HostDirectory
        {
            struct_size = Ppo.Size<Ppo.HostDirectory>(),
            get_patient = (context, id, size, sink, why) => Ppo.Answer(() =>
            {
                int found = ids.IndexOf(Ppo.Words(id, size));
                return found < 0 ? Ppo.REFUSED_UNKNOWN_PATIENT : Put(sink, charts[found]);
            }),
            each_patient = (context, sink, why) => Ppo.Answer(() =>
            {
                foreach (var chart in charts)
                    if (Put(sink, chart) == Ppo.STOPPED) return Ppo.STOPPED;
                return Ppo.OK;
            })
        };
        transport = new Ppo.HostMail
        {
            struct_size = Ppo.Size<Ppo.HostMail>(),
            send_mail = (context, mail, why) => Ppo.Answer(() =>
            {
                ++mails; // The mail is borrowed: a real host copies it here.
                bytes = (ulong)Ppo.At<Ppo.Mail>(mail).message.size;
                return Ppo.OK;
            })
        };
        directoryTable = Ppo.Lasting(directory);
        transportTable = Ppo.Lasting(transport);
        host = new Ppo.Host
        {
            struct_size = Ppo.Size<Ppo.Host>(), abi_major = Ppo.ABI_MAJOR, abi_minor = Ppo.ABI_MINOR,
            log = (context, level, line, size) => Ppo.Guarded(() =>
            {
                if (level >= Ppo.LOG_WARNING) Console.Error.WriteLine(Ppo.Words(line, size));
                return Ppo.OK;
            }, Ppo.OK),
            now = context => Ppo.Guarded(() => Now, 0),
            query = (context, id, size) => Ppo.Guarded(() => Table(Ppo.Words(id, size)), IntPtr.Zero)
        };
        hostTable = Ppo.Lasting(host);
        rows = new Ppo.RowsSink { put = PrintRows };
        error.struct_size = Ppo.Size<Ppo.Error>();
    }

    /// Milliseconds since 1970, UTC.
    static long Now
    {
        get { return (DateTime.UtcNow - new DateTime(1970, 1, 1)).Ticks / TimeSpan.TicksPerMillisecond; }
    }

    IntPtr Table(string id)
    {
        switch (id)
        {
            case "ppo.host.directory/1": return directoryTable;
            case "ppo.host.mail/1": return transportTable;
            default: return IntPtr.Zero;
        }
    }

    static int Put(IntPtr sink, Ppo.Patient chart)
    {
        var into = Ppo.At<Ppo.PatientSink>(sink);
        return into.put(into.context, ref chart);
    }

    int PrintRows(IntPtr context, ref Ppo.Rows shown)
    {
        var page = shown;
        return Ppo.Answer(() =>
        {
            if (fails) throw new InvalidOperationException("something of the host's went wrong");
            for (ulong first = 0; first < page.row_count * page.column_count; first += page.column_count)
                output.WriteLine("  {0,-13} {1,-28} {2}", page.At(first).text, page.At(first + 1).text,
                    page.At(first + 2).text);
            return Ppo.OK;
        });
    }

    int Must(int result)
    {
        if (result <= 0) throw new InvalidOperationException(error.Code + ": " + error.Message);
        return result;
    }

    void Run(string library, string folder)
    {
        var plugin = Ppo.Load(library);
        output.WriteLine("{0}, contract {1}.{2}", plugin.name, plugin.abi_major, plugin.abi_minor);
        var settings = new Ppo.Settings
        {
            struct_size = Ppo.Size<Ppo.Settings>(), store = new Ppo.Text(folder + "/portal.db"),
            practice_name = new Ppo.Text("Elm Practice"), practice_phone = new Ppo.Text("(555) 010-0199"),
            portal_url = new Ppo.Text("https://portal.example.org/link"),
            mail_sender = new Ppo.Text("portal@elm.example.org")
        };
        var who = new Ppo.Caller
        {
            struct_size = Ppo.Size<Ppo.Caller>(), permissions = Ppo.MAY_ONBOARD | Ppo.MAY_READ_AUDIT,
            staff_id = new Ppo.Text("nurse"), name = new Ppo.Text("Nora Nurse")
        };
        IntPtr self;
        Must(plugin.create(hostTable, ref settings, out self, ref error));
        var onboarding = plugin.Table<Ppo.Onboarding>("ppo.onboarding/1");
        var report = plugin.Table<Ppo.Report>("ppo.report/1");
        var audit = plugin.Table<Ppo.Audit>("ppo.audit/1");
        var columns = Marshal.AllocHGlobal(3 * sizeof(int));
        Marshal.Copy(new[] { (int)Ppo.COLUMN_STATUS, (int)Ppo.COLUMN_NAME, (int)Ppo.COLUMN_EMAIL }, 0, columns, 3);
        var everybody = new Ppo.ReportQuery
        {
            struct_size = Ppo.Size<Ppo.ReportQuery>(), columns = columns, column_count = 3
        };

        Must(report.read(self, ref who, ref everybody, ref rows, ref error));
        Must(onboarding.set_access(self, ref who, new Ppo.Text("P001"), 1, IntPtr.Zero, ref error));
        output.WriteLine("P001 is enabled");
        Must(onboarding.send_invitation(self, ref who, new Ppo.Text("P001"), IntPtr.Zero, ref error));
        output.WriteLine("P001 is invited");
        if (onboarding.send_invitation(self, ref who, new Ppo.Text("P001"), IntPtr.Zero, ref error) < 0)
            output.WriteLine("P001 again: {0}, {1} s to wait", error.Code, (error.retry_after_ms + 999) / 1000);
        if (onboarding.send_invitation(self, ref who, new Ppo.Text("P404"), IntPtr.Zero, ref error) < 0)
            output.WriteLine("P404: {0}", error.Code);
        while (Must(plugin.work(self, 1000, ref error)) == Ppo.MORE) continue;
        output.WriteLine("taken: {0} mail{1} of more than 1000 bytes", mails, bytes > 1000 ? "" : ", but none");
        Must(report.read(self, ref who, ref everybody, ref rows, ref error));
        fails = true;
        if (report.read(self, ref who, ref everybody, ref rows, ref error) < 0)
            output.WriteLine("a callback that fails: {0}", error.Code);
        var verdict = new Ppo.Verdict { struct_size = Ppo.Size<Ppo.Verdict>() };
        Must(audit.verify(self, ref who, ref verdict, ref error));
        output.WriteLine("the record is {0}: {1} entries", verdict.intact == 1 ? "intact" : "not intact", verdict.entries);
        plugin.destroy(self);
    }

    static void Main(string[] arguments)
    {
        if (arguments.Length == 1 && arguments[0] == "--layout")
            Ppo.PrintLayout();
        else
            new Onboard().Run(arguments[0], arguments[1]);
    }
}
