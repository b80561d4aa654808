# SPDX-License-Identifier: Apache-2.0
"""ppo-sim audit verify: names the first bad entry and why, also when only a checkpoint can tell.

    audit_test.py PPO_SIM
"""
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from desk import DEADLINE

PPO_SIM = sys.argv.pop(1)
CHARTS = "id,first,last,dob,zip,email,status\nP1,Anna,Weber,1980-04-02,80331,anna@example.org,Active\n"


class AuditTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name, "data")
        charts = pathlib.Path(folder.name, "charts.csv")
        charts.write_text(CHARTS)
        self.do("import", str(charts))
        for _ in range(3):  # Each list is an entry; each end of the program tells where the record stands.
            self.do("report", "--csv")

    def run_to_end(self, *words):
        return subprocess.run([PPO_SIM, *words, "--data", str(self.data)], capture_output=True, text=True,
                              timeout=DEADLINE)

    def do(self, *words):
        done = self.run_to_end(*words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def verify(self):
        """Its answer; why there is none, if there is none."""
        done = self.run_to_end("audit", "verify")
        return done.returncode, done.stdout.strip() or done.stderr

    def tamper(self, script):
        store = sqlite3.connect(self.data / "onboarding.sqlite")
        store.executescript("DROP TRIGGER IF EXISTS audit_never_changed; DROP TRIGGER IF EXISTS audit_never_removed; "
                            + script)
        store.close()

    def entries(self):
        return len(self.do("audit", "list").splitlines())

    def checkpoints(self):
        return [json.loads(line) for line in (self.data / "audit-checkpoints").read_text().splitlines()]

    def test_an_untouched_record_is_intact(self):
        status, said = self.verify()
        self.assertEqual(status, 0, said)
        self.assertRegex(said, rf"^intact: {self.entries()} entries, {len(self.checkpoints())} checkpoints$")

    def test_the_checkpoints_are_kept_for_the_owner_alone(self):
        file = self.data / "audit-checkpoints"
        self.assertEqual(file.stat().st_mode & 0o7777, 0o600)
        self.assertEqual(self.checkpoints()[-1]["sequence"], self.entries())

    def test_an_altered_entry_is_named(self):
        self.tamper("UPDATE audit SET actor_id = 'somebody' WHERE sequence = 2")
        self.assertEqual(self.verify()[0], 1)
        self.assertRegex(self.verify()[1], "^entry 2 is altered: 1 good entries")

    def test_a_tail_that_was_cut_off_with_its_head_is_named(self):
        self.tamper("DELETE FROM audit WHERE sequence > 2; UPDATE audit_head SET sequence = 2,"
                    " mac = (SELECT mac FROM audit WHERE sequence = 2)")
        status, said = self.verify()
        self.assertEqual(status, 1, said)
        self.assertRegex(said, "^entry 3 is cut off, and everything after it: 2 good entries")

    def test_an_older_copy_put_back_is_named(self):
        store = self.data / "onboarding.sqlite"
        old, known = store.read_bytes(), self.entries()
        self.do("report", "--csv")
        store.write_bytes(old)
        status, said = self.verify()
        self.assertEqual(status, 1, said)
        self.assertRegex(said, f"^entry {known + 1} is cut off")
        self.do("report", "--json")  # Goes on with the old copy: another entry of the same number.
        self.assertRegex(self.verify()[1], f"^entry {known + 1} or one soon after it is not the one")

    def test_damaged_checkpoints_are_no_verdict(self):
        with (self.data / "audit-checkpoints").open("a") as file:
            file.write("nonsense\n")
        done = self.run_to_end("audit", "verify")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("is damaged", done.stderr)


if __name__ == "__main__":
    unittest.main()
