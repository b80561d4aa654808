# SPDX-License-Identifier: Apache-2.0
"""A host in Python: prints the report and invites one patient. onboard.py PLUGIN FOLDER < patients.csv"""
import csv
import ctypes as c
import sys
import time

import ppo


class Practice:
    """What the host gives. Everything that the plugin may come back to is kept in here."""

    def __init__(self, charts):
        self.charts = {chart["id"]: self.patient(chart) for chart in charts}
        self.mails, self.bytes, self.fails = 0, 0, False
        self.directory = ppo.HostDirectory.fresh(get_patient=self.get_patient(), each_patient=self.each_patient())
        self.mail = ppo.HostMail.fresh(send_mail=self.send_mail())
        self.host = ppo.Host.fresh(abi_major=ppo.ABI_MAJOR, abi_minor=ppo.ABI_MINOR, log=self.log(), now=self.now(),
                                   query=self.query())

    @staticmethod
    def patient(chart):
        texts = {name: ppo.Text.of(value) for name, value in chart.items()}
        return ppo.Patient.fresh(chart_status=ppo.CHART_ACTIVE, next_appointment=ppo.TIME_NONE,
                                 last_appointment=ppo.TIME_NONE, **texts)

    def log(self):
        @ppo.answering(ppo.Host.Log, failed=None)
        def log(_, level, line, size):
            if level >= ppo.LOG_WARNING:
                print(c.string_at(line, size).decode("utf-8"), file=sys.stderr)
        return log

    def now(self):
        return ppo.answering(ppo.Host.Now)(lambda _: int(time.time() * 1000))

    def query(self):
        @ppo.answering(ppo.Host.Query, failed=None)
        def query(_, name, size):
            given = {b"ppo.host.directory/1": self.directory, b"ppo.host.mail/1": self.mail}
            found = given.get(c.string_at(name, size))
            return c.addressof(found) if found else None
        return query

    def get_patient(self):
        @ppo.answering(ppo.HostDirectory.Get)
        def get_patient(_, name, size, sink, __):
            chart = self.charts.get(c.string_at(name, size).decode("utf-8"))
            if not chart:
                return ppo.REFUSED_UNKNOWN_PATIENT
            return sink.contents.put(sink.contents.context, c.byref(chart))
        return get_patient

    def each_patient(self):
        @ppo.answering(ppo.HostDirectory.Each)
        def each_patient(_, sink, __):
            for chart in self.charts.values():
                if sink.contents.put(sink.contents.context, c.byref(chart)) == ppo.STOPPED:
                    return ppo.STOPPED
            return ppo.OK
        return each_patient

    def send_mail(self):
        @ppo.answering(ppo.HostMail.Send)
        def send_mail(_, mail, __):
            self.mails, self.bytes = self.mails + 1, len(bytes(mail.contents.message))  # Borrowed: copied.
            return ppo.OK
        return send_mail

    def print_rows(self):
        @ppo.answering(ppo.RowsSink.Put)
        def put(_, rows):
            if self.fails:
                raise RuntimeError("something of the host's went wrong")
            page = rows.contents
            for first in range(0, page.row_count * page.column_count, page.column_count):
                status, name, email = (str(page.cells[first + i].text) for i in range(3))
                print(f"  {status:13} {name:28} {email}")
            return ppo.OK
        return put


def main(library, folder):
    practice = Practice(csv.DictReader(sys.stdin))
    plugin = ppo.load(library)
    print(f"{plugin.name}, contract {plugin.abi_major}.{plugin.abi_minor}")
    settings = ppo.Settings.fresh()
    for name, value in {"store": f"{folder}/portal.db", "practice_name": "Elm Practice",
                        "practice_phone": "(555) 010-0199", "portal_url": "https://portal.example.org/link",
                        "mail_sender": "portal@elm.example.org"}.items():
        setattr(settings, name, ppo.Text.of(value))
    who = ppo.Caller.fresh(permissions=ppo.MAY_ONBOARD | ppo.MAY_READ_AUDIT, staff_id=ppo.Text.of("nurse"),
                           name=ppo.Text.of("Nora Nurse"))
    error, self = ppo.Error(struct_size=c.sizeof(ppo.Error)), ppo.Instance()

    def must(result):
        if result <= 0:
            sys.exit(f"{error.code.decode()}: {error.message.decode()}")
        return result

    must(plugin.create(c.byref(practice.host), c.byref(settings), c.byref(self), c.byref(error)))
    onboarding = ppo.table(plugin, ppo.Onboarding, "ppo.onboarding/1")
    report = ppo.table(plugin, ppo.Report, "ppo.report/1")
    audit = ppo.table(plugin, ppo.Audit, "ppo.audit/1")
    columns = (c.c_uint32 * 3)(ppo.COLUMN_STATUS, ppo.COLUMN_NAME, ppo.COLUMN_EMAIL)
    everybody = ppo.ReportQuery.fresh(columns=columns, column_count=3)
    rows = ppo.RowsSink(None, practice.print_rows())

    def read_report():
        return report.read(self, who, everybody, rows, error)

    def invite(patient):
        return onboarding.send_invitation(self, who, ppo.Text.of(patient), None, error)

    must(read_report())
    must(onboarding.set_access(self, who, ppo.Text.of("P001"), 1, None, error))
    print("P001 is enabled")
    must(invite("P001"))
    print("P001 is invited")
    if invite("P001") < 0:
        print(f"P001 again: {error.code.decode()}, {-(-error.retry_after_ms // 1000)} s to wait")
    if invite("P404") < 0:
        print(f"P404: {error.code.decode()}")
    while must(plugin.work(self, 1000, error)) == ppo.MORE:
        pass
    print(f"taken: {practice.mails} mail{'' if practice.bytes > 1000 else ', but none'} of more than 1000 bytes")
    must(read_report())
    practice.fails = True
    if read_report() < 0:
        print(f"a callback that fails: {error.code.decode()}")
    verdict = ppo.Verdict.fresh()
    must(audit.verify(self, who, verdict, error))
    print(f"the record is {'intact' if verdict.intact else 'not intact'}: {verdict.entries} entries")
    plugin.destroy(self)


if __name__ == "__main__":
    if sys.argv[1:] == ["--layout"]:
        ppo.print_layout()
    else:
        main(*sys.argv[1:])
