# SPDX-License-Identifier: Apache-2.0
"""ppo-sim report: what it prints and saves, and the documents that the web EMR hands out.

    report_test.py PPO_SIM
"""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.error

from desk import DEADLINE, Desk

PPO_SIM = sys.argv.pop(1)
CHARTS = """id,first,last,dob,zip,email,status,tags,provider
P1,Anna,Weber,1980-04-02,80331,anna@example.org,Active,recall,Dr. Lee
P2,Omar,=cmd(),1991-07-15,67202,omar@example.org,Active,,Dr. Lee
P3,Kim,"No;=ble \\K",1999-09-09,67205,,Inactive,,Dr. Cole
"""


class ReportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "data"
        charts = self.folder / "charts.csv"
        charts.write_text(CHARTS)
        self.run_to_end("import", str(charts))

    def run_to_end(self, command, *words):
        return subprocess.run([PPO_SIM, command, *words, "--data", str(self.data)], capture_output=True,
                              timeout=DEADLINE)

    def report(self, *words):
        done = self.run_to_end("report", *words)
        self.assertEqual((b"", 0), (done.stderr, done.returncode))
        return done.stdout.decode()

    def complaint(self, *words):
        done = self.run_to_end("report", *words)
        self.assertEqual((b"", 2), (done.stdout, done.returncode))
        return done.stderr.decode()

    def test_csv_is_read_by_a_reader_that_we_did_not_write(self):
        text = self.report("--format", "csv")
        self.assertTrue(text.startswith("\ufeffPatient,"))
        rows = list(csv.reader(io.StringIO(text[1:], newline="")))
        self.assertEqual({10}, {len(row) for row in rows})
        self.assertEqual({"'=cmd(), Omar", "No;'=ble \\K, Kim", "Weber, Anna"}, {row[2] for row in rows[1:]})

    def test_raw_csv_is_as_the_chart_has_it(self):
        rows = list(csv.DictReader(io.StringIO(self.report("--format", "csv", "--raw"), newline="")))
        self.assertEqual({"=cmd(), Omar", "No;=ble \\K, Kim", "Weber, Anna"}, {row["name"] for row in rows})

    def test_tsv_is_a_line_a_row(self):
        lines = self.report("--format", "tsv", "--raw", "--columns", "patient_id,name").splitlines()
        self.assertEqual(["patient_id\tname", "P2\t=cmd(), Omar", "P3\tNo;=ble \\\\K, Kim", "P1\tWeber, Anna"], lines)

    def test_json_lines_and_json_say_the_same(self):
        lines = [json.loads(line) for line in self.report("--format", "jsonl").splitlines()]
        self.assertEqual(json.loads(self.report("--format", "json")), lines)
        self.assertEqual(3, len(lines))
        self.assertIsNone(lines[0]["last_invited"])

    def test_filters_order_and_limit_hold(self):
        ids = lambda *words: self.report("--format", "csv", "--raw", "--columns", "patient_id", *words).split()[1:]
        self.assertEqual(["P1", "P3", "P2"], ids("--descending"))
        self.assertEqual(["P2"], ids("--limit", "1"))
        self.assertEqual(["P1"], ids("--tag", "recall"))
        self.assertEqual(["P3"], ids("--provider", "Dr. Cole"))
        self.assertEqual(["P3"], ids("--mark", "no e-mail"))
        self.assertEqual(["P1"], ids("--search", "anna"))
        self.assertEqual([], ids("--status", "green,gray"))

    def test_what_it_does_not_know_is_named(self):
        self.assertIn("--columns is one of patient_id, status", self.complaint("--csv", "--columns", "shoe_size"))
        self.assertIn("there is no mark sad", self.complaint("--mark", "sad"))
        self.assertIn("--raw is for csv and tsv", self.complaint("--format", "html", "--raw"))
        self.assertIn("--output wants a --format", self.complaint("--output", str(self.folder / "x")))

    def test_a_list_is_saved_whole_for_its_owner_alone(self):
        file = self.folder / "list.csv"
        self.assertEqual("", self.report("--format", "csv", "--output", str(file)))
        self.assertEqual(self.report("--format", "csv"), file.read_bytes().decode())
        self.assertEqual(0o600, file.stat().st_mode & 0o7777)

    def test_a_list_that_cannot_be_saved_leaves_nothing_and_says_why(self):
        self.assertIn("takes no file", self.complaint("--csv", "--output", str(self.folder / "none" / "list.csv")))
        self.assertEqual({"data", "charts.csv"}, {path.name for path in self.folder.iterdir()})

    def test_the_funnel_is_told_by_group(self):
        groups = [json.loads(line) for line in self.report("--by", "provider").splitlines()]
        self.assertEqual([("Dr. Cole", 1), ("Dr. Lee", 2)], [(one["group"], one["patients"]) for one in groups])
        self.assertEqual([None] * 4, list(groups[0]["median_days"].values()))

    def serve(self, **environment):
        server = subprocess.Popen([PPO_SIM, "serve", "--data", str(self.data), "--port", "0"], text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, **environment))
        self.addCleanup(self.end, server)
        for line in server.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                return Desk(found.group(0))
        self.fail("the server did not say where it is")

    @staticmethod
    def end(process):
        process.terminate()
        process.communicate(timeout=DEADLINE)

    def test_the_web_hands_out_each_document_whole(self):
        desk = self.serve()
        page = "/emr/view/onboarding.report"
        kinds = {"csv": "text/csv", "tsv": "text/tab-separated-values", "jsonl": "application/x-ndjson",
                 "html": "text/html"}
        for name, kind in kinds.items():
            with self.subTest(format=name):
                sent = desk.post(page, do="save_" + name)
                self.assertIn("Weber, Anna", sent)
                answer = desk.browser.open(desk.address + "/emr/document", timeout=DEADLINE)
                again = answer.read()
                self.assertEqual(sent, again.decode())
                self.assertEqual(str(len(again)), answer.headers["Content-Length"])
                self.assertEqual(kind, answer.headers["Content-Type"].split(";")[0])
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])

    def test_a_document_that_finds_no_place_is_told_and_not_handed_out(self):
        desk = self.serve(TMPDIR=str(self.folder / "none"))
        page = "/emr/view/onboarding.report"
        self.assertIn("The list was not saved", desk.post(page, do="save_csv"))
        with self.assertRaises(urllib.error.HTTPError) as answer:
            desk.read("/emr/document")
        self.assertEqual(404, answer.exception.code)


if __name__ == "__main__":
    unittest.main()
