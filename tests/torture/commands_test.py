# SPDX-License-Identifier: Apache-2.0
"""The commands of ppo-sim over the torture plugin: they end, say one plain sentence where they fail, and their status
says which of the two it was.

Usage: commands_test.py PPO_SIM PLUGIN
"""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

import torture
from torture import CHARTS, MODES, run

INTERFACES = {"ppo.ui/1": False, "ppo.onboarding/1": False, "ppo.report/1": False, "ppo.selfservice/1": False,
              "ppo.audit/1": False, "ppo.mail/1": True, "ppo.security/1": True, "ppo.store/1": True}
REFUSALS = 21
REPORTS = [["report"], ["report", "--by", "all"], ["report", "--by", "provider"],
           *(["report", "--format", each] for each in ("csv", "tsv", "jsonl", "json", "html")),
           ["report", "--csv", "--raw"], ["report", "--json", "--columns", "patient_id,marks,tags", "--status", "red"]]
OTHERS = [["audit", "verify"], ["audit", "list"], ["audit", "list", "--patient", "P1"], ["work"]]
SCENARIO = """\
patient P001 first=Anna last=Weber born=1980-02-29 email=anna@mail.example zip=66101
patient P002 first=Bruno last=Adams born=1971-05-05 email=bruno@mail.example zip=66102
host enables P001
host invites P001
host lifts delays P001
host withdraws P001
host sets consent P001 declined
host disables P002
menu
click save
click open_dialog
filter search anna
select P001
expect row P001
click email P001
click rectangle P001
pencil P001
tab
set username anna.w
check by_hand
click toggle
close
batch preview P001 P002
batch preview all
batch start P001 P002
batch pause
batch resume
batch
batch cancel
batch start all
batch undo
expect counts patients=26
expect status P001 GRAY
expect mark P001 "queued"
expect why P001 no_email
expect username P001
expect outcome P001 waiting
expect delivery waiting=0
expect consent P001 declined
expect audit intact
expect audit access_enabled patient=P001
mail count
open link
confirm born=1980-02-29
type username anna.w
complete username=anna.w password=copper-lantern-47-meadow
sign in torture torture-torture
mail me no
expect mail me no
change password torture-torture copper-lantern-47-meadow
sign out
create account email=anna@mail.example born=1980-02-29 last=Weber zip=66101
forgot password email=anna@mail.example born=1980-02-29 last=Weber zip=66101
template set first_set_up en subject="Hello"
template reset first_set_up en
bounce P001
change P001 email=other@mail.example
sync
advance 1h
work
merge P002 into P001
remove P001
restart
menu
"""


class CommandsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.data = pathlib.Path(self.folder.name, "data")
        self.report = pathlib.Path(self.folder.name, "report.jsonl")
        charts = pathlib.Path(self.folder.name, "charts.csv")
        charts.write_text("id,first,last,dob,zip,email,status\n" + CHARTS)
        subprocess.run([torture.PROGRAM, "import", str(charts), "--data", str(self.data)], check=True,
                       capture_output=True)
        # Commands that only read want a store to be there; this practice has none.
        (self.data / "onboarding.sqlite").write_bytes(b"")

    def no_findings(self):
        lines = [json.loads(line) for line in self.report.read_text().splitlines()]
        self.assertEqual([], [line for line in lines if "finding" in line])
        return [line["calls"] for line in lines if "calls" in line]

    def ends_well(self, modes, words, **more):
        done = run(modes, *words, data=self.data, report=self.report, **more)
        self.assertIn(done.returncode, (0, 1, 2), f"{modes} {words}: {done.stderr[-300:]}")
        self.assertNotRegex(done.stderr, rb"[\x00-\x09\x0b-\x1f\x7f]", f"{modes} {words}")
        self.assertNotIn(b"Sanitizer", done.stderr, done.stderr.decode(errors="replace")[:2000])
        return done

    def test_every_command_ends_well_in_every_mode(self):
        for modes in MODES + ("all",):
            with self.subTest(modes):
                for words in REPORTS + OTHERS:
                    done = self.ends_well(modes, words)
                    if modes in ("plain", "tails", "pieces", "markup", "unicode", "long", "no-rows", "stopped"):
                        self.assertEqual((0, b""), (done.returncode, done.stderr), f"{modes} {words}")
        self.no_findings()

    def test_a_store_that_cannot_be_copied_is_said_in_one_line(self):
        file = pathlib.Path(self.folder.name, "copy")
        for modes in ("plain", "pieces", "unicode", "errors"):
            for words in (["backup", str(file)], ["move-store", str(self.data / "onboarding.sqlite"), str(file)]):
                done = self.ends_well(modes, words)
                self.assertNotEqual(0, done.returncode, f"{modes} {words}")
                self.assertIn(b"There is no store: this practice is in memory.", done.stderr)
                self.assertFalse(file.exists())

    def test_the_same_seed_gives_the_same_practice_and_another_one_another(self):
        lists = [run(f"unicode,markup,seed={seed}", "report", "--csv", data=self.data).stdout for seed in (7, 7, 8)]
        self.assertEqual(lists[0], lists[1])
        self.assertNotEqual(lists[1], lists[2])

    def test_a_practice_may_be_named_after_its_modes(self):
        kept = self.data / "settings.json"
        kept.write_text(json.dumps({"practice_name": "torture: plain, answer=-3999, at=ppo_report_1.count"}))
        done = run("", "report", data=self.data)
        self.assertEqual((2, b"So says the torture. [result_-3999]\n"), (done.returncode, done.stderr))

    def test_what_a_list_holds_is_what_the_plugin_wrote(self):
        whole = run("plain", "report", "--csv", data=self.data).stdout
        self.assertGreater(whole.count(b"\r\n"), 20)
        for words in (["report", "--format", "jsonl"], ["audit", "list"]):
            for modes in ("plain", "unicode", "markup", "pieces"):
                done = run(modes, *words, data=self.data)
                lines = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
                self.assertGreater(len(lines), 0, modes)

    def test_times_that_no_calendar_has_are_words(self):
        run("extremes", "audit", "list", data=self.data)
        told = {json.loads(run(f"extremes,seed={seed}", "audit", "list", data=self.data).stdout)["at"]
                for seed in range(3)}
        self.assertTrue(told)
        for each in told:
            self.assertRegex(each, r"^(|after the year 9999|before the year 1|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$")

    def test_create_that_says_no_is_said_in_one_line_with_status_2(self):
        for number in range(1, REFUSALS + 1):
            for words in (["report"], ["work"], ["audit", "verify"]):
                done = self.ends_well(f"plain,create-refused={number}", words)
                self.assertEqual((2, b"", 1), (done.returncode, done.stdout, done.stderr.count(b"\n")), done.stderr)
                self.assertRegex(done.stderr.decode(), r"^the plugin cannot start: .+ \[\w+(?:-\d+)?\]\n$")

    def test_pages_do_not_begin_where_create_says_no(self):
        for role in ("serve", "emr", "portal", "worker"):
            for number in (7, 16, 17):
                done = self.ends_well(f"plain,create-refused={number}",
                                      [role, *(["--port", "0"] if role != "worker" else [])])
                self.assertEqual((1, b"", 1), (done.returncode, done.stdout, done.stderr.count(b"\n")), done.stderr)

    def test_a_plugin_without_an_interface_is_told_by_name_or_done_without(self):
        for name, optional in INTERFACES.items():
            done = self.ends_well(f"plain,without={name}", ["report"])
            if optional:
                self.assertEqual((0, b""), (done.returncode, done.stderr), name)
            else:
                self.assertEqual((2, f"the plugin does not offer {name}\n".encode()), (done.returncode, done.stderr))

    def test_a_directory_that_is_stopped_at_each_patient_is_let_go(self):
        for patient in range(1, 4):
            self.assertEqual(0, self.ends_well(f"plain,create-stop={patient}", ["report"]).returncode)
        self.no_findings()

    def test_a_mode_that_is_none_is_told_with_the_words_that_are(self):
        done = self.ends_well("gentle", ["report"])
        self.assertEqual(2, done.returncode)
        self.assertIn(b'"gentle" is no mode; there are: plain, tails,', done.stderr)

    def test_an_answer_of_every_band_has_its_status(self):
        for result, status in ((-1999, 2), (-2999, 2), (-3999, 2), (-1, 2), (-9999, 2), (77, 0)):
            done = self.ends_well(f"plain,answer={result},at=ppo_report_1.count", ["report"])
            self.assertEqual(status, done.returncode, result)

    def test_work_goes_on_until_there_is_no_more(self):
        self.assertEqual(0, self.ends_well("plain,more", ["work"]).returncode)
        self.assertEqual(1001, self.no_findings()[0]["ppo_plugin.work"])

    def test_a_scenario_ends_in_every_mode(self):
        for modes in MODES + ("all",):
            with self.subTest(modes):
                done = subprocess.run([torture.PROGRAM, "run", "-", "--keep-going", "--plugin", torture.PLUGIN],
                                      input=SCENARIO.encode(), capture_output=True, timeout=torture.DEADLINE,
                                      env={**torture.os.environ, "PPO_TORTURE": modes,
                                           "PPO_TORTURE_REPORT": str(self.report)})
                self.assertIn(done.returncode, (0, 1), done.stderr[-300:])
                steps = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
                self.assertEqual(SCENARIO.count("\n"), len(steps))
                if modes in ("plain", "tails", "stopped", "restless"):
                    self.assertEqual([], [step for step in steps if not step["ok"]])
        self.no_findings()


if __name__ == "__main__":
    torture.take_arguments()
    unittest.main()
