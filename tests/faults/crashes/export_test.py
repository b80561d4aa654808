# SPDX-License-Identifier: Apache-2.0
"""A list that is saved while its program is killed: the file is there whole, or as it was before.

    export_test.py PPO_SIM KILLING_CALLS
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

PPO_SIM, KILLING_CALLS = sys.argv[1:3]
del sys.argv[1:3]
CHARTS = "id,first,last,dob,zip,email,status\n" + "".join(
    f"P{i},Anna{i},Weber,1980-04-02,80331,anna{i}@example.org,Active\n" for i in range(1500))
OLD = b"the list of yesterday\n"


class ExportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.folder.name)
        cls.data = root / "data"
        (root / "charts.csv").write_text(CHARTS)
        # What is counted is a file below a folder whose name begins with "mail", beside a store: here the list.
        cls.lists = root / "mailed lists"
        cls.lists.mkdir()
        cls.file, cls.log = cls.lists / "list.csv", root / "calls"
        cls.run_to_end(["import", str(root / "charts.csv")])
        cls.run_to_end(["report"])  # Reads the charts over, which is not looked at here.
        cls.whole = cls.run_to_end(["report", "--csv"]).stdout

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_to_end(cls, words, **environment):
        return subprocess.run([PPO_SIM, *words, "--data", str(cls.data)], capture_output=True, timeout=120,
                              env=dict(os.environ, **environment))

    def save(self, kill_at):
        """Saves the list over what is there, with death in front of one call; answers whether it died."""
        done = self.run_to_end(["report", "--csv", "--output", str(self.file)], LD_PRELOAD=KILLING_CALLS,
                               PPO_KILL_STORE=str(self.lists.parent / "no.store"), PPO_KILL_LOG=str(self.log),
                               PPO_KILL_AT=str(kill_at))
        self.assertIn(done.returncode, (0, -signal.SIGKILL), done.stderr)
        return done.returncode != 0

    def kill_everywhere(self, before):
        deaths = 0
        while True:
            for left in self.lists.iterdir():
                left.unlink()
            if before is not None:
                self.file.write_bytes(before)
            died = self.save(deaths + 1)
            there = self.file.read_bytes() if self.file.exists() else None
            self.assertIn(there, (before, self.whole), f"killed at call {deaths + 1}")
            # Between the two names of one file nobody can take the new one back.
            strays = [path for path in self.lists.iterdir() if path != self.file]
            self.assertTrue(all(path.read_bytes() == self.whole for path in strays), strays)
            if not died:
                self.assertEqual((self.whole, []), (there, strays))
                return deaths
            deaths += 1

    def test_a_new_list_is_there_whole_or_not_at_all(self):
        deaths = self.kill_everywhere(None)
        self.assertGreaterEqual(deaths, 4)  # Three pieces and the way to the disk.
        self.assertIn("write", self.log.read_text())

    def test_an_older_list_stays_until_the_new_one_is_whole(self):
        self.assertGreaterEqual(self.kill_everywhere(OLD), 5)


if __name__ == "__main__":
    unittest.main()
