# SPDX-License-Identifier: Apache-2.0
"""Breaks the connection to the database at every single message of a set-up by link, of credentials set by staff and of
a batch's start: closed, reset, held up for a moment, and at some for good. Whatever the call answers is true, all of it
happened or nothing, and the next call works.

    wire_test.py TALKER PLUGIN CHECKER
"""
import collections
import concurrent.futures
import os
import subprocess
import sys
import tempfile
import time

from practice_rig import Talker, complaint_about, links_by_patient, write_patients
from postgres_cluster import Cluster, program
from proxy import CLOSE, RESET, STALL, Proxy
from sink import Sink

TALKER, PLUGIN, CHECKER = sys.argv[1:4]
PEOPLE = 1000
A_MOMENT = 0.15
A_REST = 20
LONGEST_CALL = 60  # Seconds: with every wait of the plugin's own.
PASSWORD = "seven purple lanterns"
AT_LEAST = 60

# What a call is given, what the record says of it if it happened, and for whom there is one mail before.
Deed = collections.namedtuple("Deed", "name entry by_link")
DEEDS = [Deed("redeem", "setup_completed", True), Deed("credentials", "password_set_by_staff", False),
         Deed("batch", "batch_started", False)]
HAPPENED, NOTHING = "happened", "nothing"


class Question:
    """One psql that is asked again and again."""
    END = "-- answered --"

    def __init__(self, address):
        self.psql = subprocess.Popen([program("psql"), "-X", "-q", "-A", "-t", "-d", address], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, text=True)

    def ask(self, sql):
        self.psql.stdin.write(f"{sql};\n\\echo {self.END}\n")
        self.psql.stdin.flush()
        lines = []
        while (line := self.psql.stdout.readline().rstrip("\n")) != self.END:
            if self.psql.poll() is not None:
                raise RuntimeError("psql ended")
            lines.append(line)
        return "\n".join(lines)

    def end(self):
        self.psql.communicate()


class Stage:
    """One deed's own practice: a program that reaches the store through the proxy, and one that is not disturbed."""

    def __init__(self, deed, cluster, folder, sink):
        self.deed, self.cluster, self.database = deed, cluster, f"wire_{deed.name}"
        self.findings, self.calls, self.longest = [], 0, 0.0
        cluster.sql(f"CREATE DATABASE {self.database}")
        os.makedirs(folder)
        self.folder, self.patients = folder, [f"P{number}" for number in range(PEOPLE)]
        write_patients(folder, self.patients)
        self.proxy = Proxy(cluster.port).__enter__()
        direct = cluster.address(self.database)
        transport = f"smtp://127.0.0.1:{sink.port}"
        self.question = Question(direct)
        self.witness = Talker(TALKER, PLUGIN, direct, folder, transport)
        self.witness.must("set_up")
        self.links = self.invite(sink) if deed.by_link else {}
        disturbed = direct.replace(f":{cluster.port}/", f":{self.proxy.port}/") + "?sslmode=disable"
        self.subject = Talker(TALKER, PLUGIN, disturbed, folder, transport)

    def invite(self, sink):
        for patient in self.patients:
            self.witness.must("invite", patient)
        self.witness.must("work", "3")
        links = links_by_patient(sink.mails)
        if len(links) != PEOPLE:
            raise RuntimeError(f"{len(links)} of {PEOPLE} got their mail")
        return links

    def words(self, patient):
        """The call, with a name and a password that are nobody else's."""
        if self.deed.name == "redeem":
            return ["redeem", self.links[patient], f"portal.{patient}", f"{PASSWORD} {patient}"]
        if self.deed.name == "credentials":
            return ["credentials", patient, f"portal.{patient}", f"{PASSWORD} {patient}"]
        return ["batch", patient]

    def state(self, patient):
        """All of the deed, nothing of it, or in which part it is torn."""
        whom = "" if self.deed.name == "batch" else patient
        parts = {"entries": f"SELECT count(*) FROM audit WHERE action = '{self.deed.entry}' AND patient_id = '{whom}'"}
        if self.deed.name == "batch":
            parts = {"people": f"SELECT count(*) FROM batch_person WHERE patient_id = '{patient}'"}
        else:
            parts["username"] = f"SELECT count(username) FROM patient WHERE patient_id = '{patient}'"
            parts["password"] = f"SELECT count(*) FROM credential WHERE patient_id = '{patient}'"
        if self.deed.by_link:
            parts["link"] = ("SELECT count(*) FROM invitation WHERE closed_by = 1 AND patient_id = "
                             f"'{patient}'")
        numbers = self.question.ask("SELECT " + ", ".join(f"({sql})" for sql in parts.values()))
        if set(numbers.split("|")) == {"1"}:
            return HAPPENED
        if set(numbers.split("|")) == {"0"}:
            return NOTHING
        return f"torn: {dict(zip(parts, numbers.split('|')))}"

    def call(self, *words):
        began = time.monotonic()
        code, found = self.subject.say(*words)
        self.longest = max(self.longest, time.monotonic() - began)
        self.calls += 1
        return code, found

    def again(self, *words):
        """After it could not connect, the plugin does not try for a second; and of what was held up for good the
        server keeps the locks until it loses patience."""
        until = time.monotonic() + A_REST
        while (code := self.call(*words)[0]) in ("fault_store_lost", "fault_store_busy") and time.monotonic() < until:
            self.question.ask("SELECT pg_sleep(0.1)")
        return code

    def expect(self, holds, at, how, message, sentence):
        if not holds:
            self.findings.append(f"{self.deed.name}, {how} at {at} ({message}): {sentence}")

    def break_at(self, at, how, seconds=A_MOMENT):
        """Whether the call came as far as that; what was wrong is a finding."""
        patient = self.patients.pop()
        self.proxy.arm(at, how, seconds)
        code, _ = self.call(*self.words(patient))
        reached, counted = self.proxy.was_reached(), self.proxy.counted()
        self.proxy.disarm()
        expect = lambda holds, sentence: self.expect(holds, at, how, counted[at - 1] if reached else "-", sentence)
        state = self.state(patient)
        expect(state in (HAPPENED, NOTHING), f"it answered {code}, the store is {state}")
        if code == "ok":
            expect(state == HAPPENED, f"it answered ok, but: {state}")
        else:
            expect(code.startswith("fault_"), f"it refused with {code}: was it done twice?")
            expect(code == "fault_store_unknown" or state == NOTHING, f"it answered {code}, but: {state}")
        if state == NOTHING:  # Whoever clicks again is served, on a new connection.
            code = self.again(*self.words(patient))
            expect(code == "ok", f"the next call answered {code}")
            state = self.state(patient)
            expect(state == HAPPENED, f"after the next call: {state}")
        if self.deed.name != "batch" and at % 10 == 0:  # Each costs a hash.
            code = self.again("sign_in", f"portal.{patient}", f"{PASSWORD} {patient}")
            expect(code == "ok", f"signing in answered {code}")
        return reached

    def break_everywhere(self):
        points = 0
        for how in (CLOSE, RESET, STALL):
            at = 1
            while self.break_at(at, how):
                at += 1
            points += at - 1
        return points

    def hold_up_for_good(self):
        """At the beginning, at COMMIT and at its answer: until the plugin gives up, and then on a new connection."""
        patient = self.patients.pop()
        self.proxy.arm(PEOPLE * 1000, CLOSE)
        self.call(*self.words(patient))
        counted = self.proxy.counted()
        self.proxy.disarm()
        commits = [number for number, message in enumerate(counted, 1) if message.endswith(" COMMIT")]
        for at in sorted({1, *commits[-2:]}):
            self.break_at(at, STALL, 0)
        return len({1, *commits[-2:]})

    def end(self):
        self.proxy.disarm()
        self.findings += [f"{self.deed.name}: the record is broken"] * (self.witness.must("verify") != "intact")
        for program_of_ours in (self.subject, self.witness, self.question):
            program_of_ours.end()
        self.proxy.__exit__()
        clash = self.cluster.sql("SELECT count(username_key) - count(DISTINCT username_key) FROM patient",
                                 self.database)
        self.findings += [f"{self.deed.name}: {clash} usernames are another's"] * (clash != "0")
        wrong = complaint_about(CHECKER, self.cluster.address(self.database))
        self.findings += [f"{self.deed.name}: the store: {wrong}"] * bool(wrong)
        if self.longest > LONGEST_CALL:
            self.findings.append(f"{self.deed.name}: a call took {self.longest:.0f} s")


def play(deed, cluster, folder):
    with Sink() as sink:
        stage = Stage(deed, cluster, os.path.join(folder, deed.name), sink)
        try:
            points = stage.break_everywhere()
            for_good = stage.hold_up_for_good()
        finally:
            stage.end()
    print(f"{deed.name}: broken at {points} messages, held up for good at {for_good}; {stage.calls} calls, the longest "
          f"{stage.longest:.1f} s, {len(stage.findings)} findings", flush=True)
    if points < AT_LEAST:
        stage.findings.append(f"{deed.name}: fewer than {AT_LEAST} messages")
    return stage.findings


def main():
    with tempfile.TemporaryDirectory(prefix="ppo-wire-") as folder:
        os.chmod(folder, 0o755)
        with Cluster.started(os.path.join(folder, "cluster"), in_memory=True) as cluster:
            with concurrent.futures.ThreadPoolExecutor(len(DEEDS)) as pool:
                findings = [one for found in pool.map(lambda deed: play(deed, cluster, folder), DEEDS)
                            for one in found]
    for finding in findings[:40]:
        print(f"   {finding}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
