# SPDX-License-Identifier: Apache-2.0
"""Made-up patients become a running practice: generate, import, and the plugin's report has every one of them.

    generate_test.py PPO_SIM
"""
import csv
import io
import pathlib
import subprocess
import sys
import tempfile
import unittest

PPO_SIM = sys.argv.pop(1)
COUNT = 1500


class GenerateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name, "data")

    def run_to_end(self, *words, given=None):
        done = subprocess.run([PPO_SIM, *words], input=given, capture_output=True, text=True, encoding="utf-8",
                              timeout=120, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def reported(self):
        report = self.run_to_end("report", "--csv", "--data", str(self.data)).lstrip("\ufeff")
        rows = csv.DictReader(io.StringIO(report))
        return [list(row.values())[0] for row in rows]

    def test_the_report_has_everyone_who_was_generated_and_imported(self):
        people = self.run_to_end("generate", str(COUNT), "--seed", "3")
        self.run_to_end("import", "-", "--data", str(self.data), given=people)
        self.assertEqual(len(set(self.reported())), COUNT)

    def test_lines_can_be_served_at_once(self):
        self.data.mkdir()
        self.run_to_end("generate", str(COUNT), "--lines", "--output", str(self.data / "patients.jsonl"))
        self.assertEqual(len(set(self.reported())), COUNT)


if __name__ == "__main__":
    unittest.main()
