# SPDX-License-Identifier: Apache-2.0
"""The torture plugin tells what a host does wrong: each deed of wrong_host.c, and nothing of a host that does none.

Usage: wrong_host_test.py WRONG_HOST PLUGIN
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HOST, PLUGIN = "", ""
# Deed -> code of the finding, if it is another word; and modes, if it takes one to be seen.
DEEDS = {
    "call_after_shutdown": {}, "call_after_destroy": {}, "handle": {}, "null": {}, "sink_answered_zero": {},
    "view_calls_overlap": {}, "view_after_end": {}, "view_left_open": {}, "destroy_inside_call": {},
    "destroy_beside_call": {}, "never_destroyed": {}, "host_lacks_function": {}, "host_major": {},
    "work_beside_own_thread": {}, "host_answered_zero": {}, "patient_twice": {}, "patient_id": {},
    "host_clock": {"modes": "callbacks"}, "put_after_stopped": {"modes": "plain,create-stop=1"},
    "stop_not_told": {"modes": "plain,create-stop=1"}, "patient_not_put": {"modes": "callbacks"},
    "wrong_patient": {"modes": "callbacks"}, "struct_size_of_caller": {"code": "struct_size"},
    "struct_size_of_error": {"code": "struct_size"}, "struct_size_of_patient": {"code": "struct_size"},
    "struct_size_of_table": {"code": "struct_size"}, "struct_size_of_settings": {"code": "struct_size"},
}
# Of these there is no log to tell: there is no instance, or none any more.
NO_LOG = {"call_after_destroy", "handle", "never_destroyed", "host_lacks_function", "host_major",
          "struct_size_of_settings"}


class WrongHostTest(unittest.TestCase):
    def findings(self, deed, modes):
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder, "report.jsonl")
            done = subprocess.run([HOST, PLUGIN, deed], capture_output=True, text=True, timeout=60,
                                  env={**os.environ, "PPO_TORTURE": modes, "PPO_TORTURE_REPORT": str(report)})
            self.assertEqual((0, ""), (done.returncode, done.stderr))
            lines = [json.loads(line) for line in report.read_text().splitlines()] if report.exists() else []
            return [line["finding"] for line in lines if "finding" in line], done.stdout

    def test_it_says_nothing_of_a_host_that_does_nothing_wrong(self):
        for modes in ("plain", "callbacks", "tails,pieces", "plain,create-stop=1"):
            self.assertEqual(([], ""), self.findings("right", modes))

    def test_every_wrong_deed_is_told_in_report_and_log(self):
        for deed, more in DEEDS.items():
            with self.subTest(deed):
                codes, log = self.findings(deed, more.get("modes", "plain"))
                self.assertEqual({more.get("code", deed)}, set(codes))
                self.assertEqual(deed not in NO_LOG, more.get("code", deed) + " at " in log, log)


if __name__ == "__main__":
    HOST, PLUGIN = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
