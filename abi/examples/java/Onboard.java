// SPDX-License-Identifier: Apache-2.0
import com.sun.jna.*;
import com.sun.jna.ptr.PointerByReference;

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A host in Java: prints the report and invites one patient. java Onboard PLUGIN FOLDER < patients.csv */
public class Onboard {
    private final Map<String, Ppo.Patient> charts = new LinkedHashMap<>();
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Ppo.HostDirectory directory = new Ppo.HostDirectory();
    private final Ppo.HostMail transport = new Ppo.HostMail();
    private final Ppo.Host host = new Ppo.Host(); // The plugin may come back to these: they are fields, so they stay.
    private final Ppo.RowsSink rows = new Ppo.RowsSink();
    private final Ppo.Fault error = new Ppo.Fault();
    private int mails;
    private long bytes;
    private boolean fails;

    private Onboard() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        lines.readLine();
        for (String line; (line = lines.readLine()) != null;) {
            String[] fields = line.split(",", -1);
            Ppo.Patient chart = new Ppo.Patient();
            chart.id.set(fields[0]);
            chart.first_name.set(fields[1]);
            chart.last_name.set(fields[2]);
            chart.birth_date.set(fields[3]);
            chart.email.set(fields[4]);
            chart.postal_code.set(fields[5]);
            charts.put(fields[0], chart);
        }
        directory.get_patient = (context, id, size, sink, why) -> {
            Ppo.Patient chart = charts.get(Ppo.words(id, size));
            return chart == null ? Ppo.REFUSED_UNKNOWN_PATIENT : sink.put.put(sink.context, chart);
        };
        directory.each_patient = (context, sink, why) -> {
            for (Ppo.Patient chart : charts.values())
                if (sink.put.put(sink.context, chart) == Ppo.STOPPED) return Ppo.STOPPED;
            return Ppo.OK;
        };
        transport.send_mail = (context, mail, why) -> {
            ++mails; // The mail is borrowed: a real host copies it here.
            bytes = mail.message.size;
            return Ppo.OK;
        };
        host.log = (context, level, line, size) -> {
            if (level >= Ppo.LOG_WARNING) System.err.println(Ppo.words(line, size));
        };
        host.now = context -> System.currentTimeMillis();
        host.query = (context, id, size) -> switch (Ppo.words(id, size)) {
            case "ppo.host.directory/1" -> directory.getPointer();
            case "ppo.host.mail/1" -> transport.getPointer();
            default -> null;
        };
        rows.put = (context, page) -> {
            if (fails) throw new IllegalStateException("something of the host's went wrong"); // JNA answers 0 for us.
            for (long first = 0; first < page.row_count * page.column_count; first += page.column_count)
                out.printf("  %-13s %-28s %s%n", page.cell(first).text, page.cell(first + 1).text, page.cell(first + 2).text);
            return Ppo.OK;
        };
        Native.setCallbackExceptionHandler((callback, thrown) -> System.err.println(thrown.getMessage()));
        directory.write();
        transport.write();
    }

    private int must(int result) {
        if (result <= 0) throw new IllegalStateException(error.text());
        return result;
    }

    private void run(String library, String folder) {
        Ppo.Plugin plugin = Ppo.load(library);
        out.printf("%s, contract %d.%d%n", plugin.name, plugin.abi_major, plugin.abi_minor);
        Ppo.Settings settings = new Ppo.Settings();
        settings.store.set(folder + "/portal.db");
        settings.practice_name.set("Elm Practice");
        settings.practice_phone.set("(555) 010-0199");
        settings.portal_url.set("https://portal.example.org/link");
        settings.mail_sender.set("portal@elm.example.org");
        Ppo.Caller who = new Ppo.Caller();
        who.permissions = Ppo.MAY_ONBOARD | Ppo.MAY_READ_AUDIT;
        who.staff_id.set("nurse");
        who.name.set("Nora Nurse");
        PointerByReference handle = new PointerByReference();
        must(plugin.create.call(host, settings, handle, error));
        Pointer self = handle.getValue();
        Ppo.Onboarding onboarding = new Ppo.Onboarding(plugin.table("ppo.onboarding/1"));
        Ppo.Report report = new Ppo.Report(plugin.table("ppo.report/1"));
        Ppo.Audit audit = new Ppo.Audit(plugin.table("ppo.audit/1"));
        Memory columns = new Memory(3L * Integer.BYTES);
        columns.write(0, new int[] {Ppo.COLUMN_STATUS, Ppo.COLUMN_NAME, Ppo.COLUMN_EMAIL}, 0, 3);
        Ppo.ReportQuery everybody = new Ppo.ReportQuery();
        everybody.columns = columns;
        everybody.column_count = 3;

        must(report.read.call(self, who, everybody, rows, error));
        must(onboarding.set_access.call(self, who, new Ppo.Text.ByValue("P001"), 1, null, error));
        out.println("P001 is enabled");
        must(onboarding.send_invitation.call(self, who, new Ppo.Text.ByValue("P001"), null, error));
        out.println("P001 is invited");
        if (onboarding.send_invitation.call(self, who, new Ppo.Text.ByValue("P001"), null, error) < 0)
            out.printf("P001 again: %s, %d s to wait%n", Native.toString(error.code), (error.retry_after_ms + 999) / 1000);
        if (onboarding.send_invitation.call(self, who, new Ppo.Text.ByValue("P404"), null, error) < 0)
            out.printf("P404: %s%n", Native.toString(error.code));
        while (must(plugin.work.call(self, 1000, error)) == Ppo.MORE) continue;
        out.printf("taken: %d mail%s of more than 1000 bytes%n", mails, bytes > 1000 ? "" : ", but none");
        must(report.read.call(self, who, everybody, rows, error));
        fails = true;
        if (report.read.call(self, who, everybody, rows, error) < 0)
            out.printf("a callback that fails: %s%n", Native.toString(error.code));
        Ppo.Verdict verdict = new Ppo.Verdict();
        must(audit.verify.call(self, who, verdict, error));
        out.printf("the record is %s: %d entries%n", verdict.intact == 1 ? "intact" : "not intact", verdict.entries);
        plugin.destroy.call(self);
    }

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        if (arguments[0].equals("--layout"))
            Ppo.printLayout();
        else
            new Onboard().run(arguments[0], arguments[1]);
    }
}
