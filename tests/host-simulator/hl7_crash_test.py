# SPDX-License-Identifier: Apache-2.0
"""ppo-sim hl7 killed in front of each call that changes a file, and started again: nothing is lost, nothing done twice.

    hl7_crash_test.py PPO_SIM KILLING_CALLS
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from visitor import DEADLINE, Practice, Visitor

PPO_SIM, KILLING_CALLS = sys.argv[1:3]
del sys.argv[1:3]
PASSWORD = "quiet lantern over seven rivers"
CHARTS = "".join(f"P{i},Anna,Weber,1980-04-02,80331,anna{i}@example.org,Active\n" for i in range(1, 4))
HEAD = "MSH|^~\\&|EHR|CLINIC|||20260302090000||ADT^%s|%s|P|2.5.1\r"
FILES = {"1.hl7": HEAD % ("A08", 1) + "PID|||P2||||||||||^NET^^anna2@new.example\r" +
                  HEAD % ("A28", 2) + "PID|||P4||Katz\r",
         "2.hl7": HEAD % ("A40", 3) + "PID|||P2\rMRG|P1\r",
         "3.hl7": HEAD % ("A29", 4) + "PID|||P3\r"}


class Death:
    """One copy of the practice in which a program dies."""

    def __init__(self, base):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        # What is counted is below folders whose names begin with "mail", beside a store: here charts and messages.
        # The store is another one, elsewhere: what dies within its transactions has tests of its own.
        self.data, self.messages = self.root / "mail data", self.root / "mail messages"
        shutil.copytree(base, self.data)
        (self.root / "store").mkdir()
        for file in self.data.glob("onboarding.sqlite*"):
            file.rename(self.root / "store" / file.name)
        (self.data / "store-in-use").unlink()
        self.messages.mkdir()
        for name, text in FILES.items():
            (self.messages / name).write_bytes(text.encode())

    def run(self, command, *words, **environment):
        return subprocess.run([PPO_SIM, command, *words, "--data", str(self.data), "--store",
                               str(self.root / "store" / "onboarding.sqlite")], capture_output=True, text=True,
                              timeout=DEADLINE, env=dict(os.environ, **environment))

    def take(self, kill_at=0):
        return self.run("hl7", str(self.messages), LD_PRELOAD=KILLING_CALLS, PPO_KILL_AT=str(kill_at),
                        PPO_KILL_STORE=str(self.root / "no.store"))

    def outcome(self):
        """Charts, accounts, the record and the answers, without what differs from one run to the next."""
        charts = {}
        for line in map(json.loads, (self.data / "patients.jsonl").read_text().splitlines()):
            charts.pop(line.get("removed"), None)
            if "id" in line:
                charts[line["id"]] = line
        entries = map(json.loads, self.run("audit", "list").stdout.splitlines())
        acks = {name: re.findall(r"MSA\|\w+\|\w+", (self.messages / "ack" / (name + ".ack")).read_text())
                for name in FILES}
        rows = re.findall(r"^[^\r\n]*anna\.w[^\r\n]*", self.run("report", "--csv").stdout, re.M)
        return {"charts": charts, "acks": acks, "account": [re.findall(r"P\d|anna\.w", row) for row in rows],
                "record": [(entry["action"], entry.get("patient_id")) for entry in entries],
                "folders": {part: sorted(os.listdir(self.messages / part)) for part in ("done", "refused")},
                "verified": self.run("audit", "verify").returncode}


class CrashTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        practice = Practice(PPO_SIM, cls.folder.name, CHARTS)
        staff, patient = Visitor(practice.port), Visitor(practice.port)
        staff.enable("P1")
        staff.invite("P1")
        page = patient.send(patient.open(practice.newest_link("anna1@example.org")), "/portal/setup",
                            birth_date="1980-04-02")
        patient.send(page, "/portal/setup", username="anna.w", password=PASSWORD)
        staff.enable("P2")
        if practice.stop() != (0, ""):
            raise AssertionError("the practice did not end well")
        cls.base = practice.data

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def outcome_after(self, kill_at):
        """What is there after a death in front of this call and a second run; nothing if the program did not die."""
        death = Death(self.base)
        try:
            died = death.take(kill_at).returncode
            if died not in (0, -signal.SIGKILL):
                return f"ended with {died}"
            again = death.take()
            if died == 0 and kill_at > 0:
                return None
            return death.outcome() if again.returncode == 0 else again.stderr
        finally:
            death.folder.cleanup()

    def test_nothing_is_lost_and_nothing_is_done_twice_wherever_it_dies(self):
        whole = self.outcome_after(0)
        self.assertEqual(whole["account"], [["P2", "anna.w"]])
        self.assertEqual(whole["acks"]["1.hl7"], ["MSA|AA|1", "MSA|AA|2"])
        self.assertEqual(whole["folders"], {"done": sorted(FILES), "refused": []})
        deaths = 0
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for kill_at in range(1, 1000, 8):
                outcomes = list(pool.map(self.outcome_after, range(kill_at, kill_at + 8)))
                for number, outcome in enumerate(outcomes, kill_at):
                    if outcome is not None:
                        deaths += 1
                        self.assertEqual(outcome, whole, f"killed in front of call {number}")
                if None in outcomes:
                    break
        self.assertGreater(deaths, 30)


if __name__ == "__main__":
    unittest.main()
