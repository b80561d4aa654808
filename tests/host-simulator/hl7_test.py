# SPDX-License-Identifier: Apache-2.0
"""ppo-sim hl7 and import, and what a running practice makes of messages and of what was merged elsewhere.

    hl7_test.py PPO_SIM
"""
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from visitor import DEADLINE, Practice, Visitor, eventually

PPO_SIM = sys.argv.pop(1)
PASSWORD = "quiet lantern over seven rivers"
CHARTS = ("P1,Anna,Weber,1980-04-02,80331,anna@example.org,Active\n"
          "P2,Anna,Weber,1980-04-02,80331,anna@example.org,Active\n")


def message(control_id, event, *segments):
    return "\r".join([f"MSH|^~\\&|EHR|CLINIC|PPO|PRACTICE|20260302090000||ADT^{event}|{control_id}|P|2.5.1",
                      *segments, ""])


class Folder:
    """Where the practice's other programs put messages."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.path.mkdir()

    def put(self, name, text):
        """Written elsewhere and moved in."""
        written = self.path / (name + ".part")
        written.write_bytes(text.encode())
        written.rename(self.path / name)

    def answer(self, name):
        file = self.path / "ack" / (name + ".ack")
        return file.read_text() if file.exists() else ""

    def names(self, part):
        return sorted(file.name for file in (self.path / part).iterdir())


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.data = self.root / "data"
        self.messages = Folder(self.root / "in")

    def run_to_end(self, *words):
        return subprocess.run([PPO_SIM, *words, "--data", str(self.data)], capture_output=True, text=True,
                              timeout=DEADLINE)

    def take(self):
        return self.run_to_end("hl7", str(self.messages.path))

    def charts(self):
        return {row["patient_id"]: row for row in map(json.loads, self.run_to_end(
            "report", "--format", "jsonl").stdout.splitlines()) if "patient_id" in row}

    def test_one_pass_adds_patients_to_a_folder_that_has_none(self):
        self.messages.put("a.hl7", message("1", "A28", "PID|||P1||Weber^Anna||19800402||||||^NET^^anna@example.org"))
        done = self.take()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(json.loads(done.stdout), {"files_done": 1, "files_refused": 0, "files_incomplete": 0,
                                                   "accepted": 1, "repeated": 0, "not_accepted": 0})
        self.assertIn("MSA|AA|1", self.messages.answer("a.hl7"))
        self.assertEqual(self.messages.names("done"), ["a.hl7"])
        self.assertEqual(list(self.charts()), ["P1"])

    def test_a_message_that_is_refused_shows_in_the_exit_status_and_not_in_words(self):
        self.messages.put("WEBER.hl7", message("1", "A08", "PID|||P1||Weber^Anna||18000231"))
        done = self.take()
        self.assertEqual((done.returncode, done.stderr), (1, "HL7: 1 files refused; their answers say why\n"))
        self.assertNotIn("Weber", done.stdout + self.messages.answer("WEBER.hl7"))
        self.assertEqual(self.take().returncode, 0)

    def test_half_a_file_waits_for_its_end(self):
        text = message("1", "A28", "PID|||P1||Weber^Anna")
        (self.messages.path / "a.hl7").write_bytes(text[:-5].encode())
        done = self.take()
        self.assertEqual((done.returncode, json.loads(done.stdout)["files_incomplete"]), (0, 1))
        (self.messages.path / "a.hl7").write_bytes(text.encode())
        self.assertEqual(json.loads(self.take().stdout)["accepted"], 1)

    def test_the_folder_has_to_be_there(self):
        done = self.run_to_end("hl7", str(self.root / "nowhere"))
        self.assertEqual((done.returncode, done.stdout), (2, ""))

    def test_watching_ends_with_a_signal(self):
        watch = subprocess.Popen([PPO_SIM, "hl7", str(self.messages.path), "--watch", "--data", str(self.data)],
                                 text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in ("a.hl7", "b.hl7"):
            self.messages.put(name, message(name, "A28", "PID|||P1||Weber^Anna"))
            eventually("an answer", lambda: self.messages.answer(name))
        watch.send_signal(signal.SIGTERM)
        out, err = watch.communicate(timeout=DEADLINE)
        self.assertEqual((watch.returncode, err, json.loads(out)["accepted"]), (0, "", 2))

    def test_a_resource_that_cannot_be_used_is_told_by_its_place_alone(self):
        file = self.root / "bundle.json"
        file.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [
            {"resource": {"resourceType": "Patient", "id": "P1", "name": [{"family": "Weber"}]}},
            {"resource": {"resourceType": "Patient", "id": "P2", "name": [{"family": "Keller"}],
                          "birthDate": "1980-02-31"}}]}))
        done = self.run_to_end("import", str(file), "--json")
        self.assertEqual(done.stderr, "bundle.json:entry 2: the birth date is not a date that exists\n")
        said = json.loads(done.stdout)
        self.assertEqual((said["read"], said["imported"], said["refusals"][0]["entry"]), (2, 1, 2))


class RunningTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.messages = Folder(self.root / "in")
        self.practice = Practice(PPO_SIM, self.root, CHARTS, "--hl7", str(self.messages.path))
        self.addCleanup(self.stop)
        self.staff = Visitor(self.practice.port)

    def stop(self):
        if self.practice.serve.returncode is None:
            self.assertEqual(self.practice.stop(), (0, ""))

    def send(self, name, text):
        self.messages.put(name, text)
        return eventually(f"an answer to {name}", lambda: self.messages.answer(name))

    def invite(self, patient, address):
        self.staff.enable(patient)
        self.staff.invite(patient)
        return self.practice.newest_link(address)

    def set_up(self, patient, address, username):
        visitor = Visitor(self.practice.port)
        page = visitor.send(visitor.open(self.invite(patient, address)), "/portal/setup", birth_date="1980-04-02")
        visitor.send(page, "/portal/setup", username=username, password=PASSWORD)

    def test_a_link_dies_when_a_message_changes_the_address(self):
        link = self.invite("P1", "anna@example.org")
        self.assertIn("Anna", Visitor(self.practice.port).open(link).words())
        self.assertIn("MSA|AA|", self.send("a.hl7", message(
            "1", "A08", "PID|||P1||||||||||^NET^Internet^anna@new.example")))
        dead = Visitor(self.practice.port).open(link)
        self.assertIn("because the e-mail address on file changed", dead.words())
        self.assertIn("anna@new.example", self.staff.open("/emr/patient/P1").body)

    def test_a_merge_by_message_hands_the_account_over(self):
        self.set_up("P1", "anna@example.org", "anna.w")
        self.assertIn("MSA|AA|", self.send("a.hl7", message("1", "A40", "PID|||P2", "MRG|P1")))
        self.assertIn("anna.w", self.staff.open(self.staff.tab("P2")).body)
        self.assertIn("Welcome", Visitor(self.practice.port).sign_in("anna.w", PASSWORD).words())

    def test_a_merge_that_was_imported_while_nothing_ran_hands_the_account_over(self):
        self.set_up("P1", "anna@example.org", "anna.w")
        self.assertEqual(self.practice.stop(), (0, ""))
        resource = {"resourceType": "Patient", "id": "P1", "name": [{"family": "Weber"}],
                    "link": [{"type": "replaced-by", "other": {"reference": "Patient/P3"}}]}
        file = self.root / "patients.ndjson"
        file.write_text(json.dumps(resource) + "\n" + json.dumps(
            {"resourceType": "Patient", "id": "P3", "name": [{"family": "Weber", "given": ["Anna"]}]}) + "\n")
        data = ["--data", str(self.practice.data)]
        said = json.loads(subprocess.run([PPO_SIM, "import", str(file), "--json", *data], capture_output=True,
                                         check=True, timeout=DEADLINE).stdout)
        self.assertEqual((said["merged"], said["added"]), (1, 1))
        copy = self.root / "copy"
        shutil.copytree(self.practice.data, copy)
        # Whoever comes first, a report or the EMR: both read the charts, and both hear of the merge before.
        report = subprocess.run([PPO_SIM, "report", "--format", "jsonl", "--data", str(copy)], capture_output=True,
                                text=True, check=True, timeout=DEADLINE).stdout
        self.assertRegex(report, r'"P3".*anna\.w')
        serve = subprocess.Popen([PPO_SIM, "serve", "--port", "0", *data], text=True, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
        port = int(re.search(r":(\d+)/", serve.stdout.readline())[1])
        welcome = Visitor(port).sign_in("anna.w", PASSWORD).words()
        serve.terminate()
        self.assertEqual(serve.communicate(timeout=DEADLINE)[1], "")
        self.assertIn("Welcome", welcome)

    def test_a_birth_date_without_day_is_shown_in_the_chart_and_stays_when_the_chart_is_saved(self):
        self.send("a.hl7", message("1", "A28", "PID|||P7||Katz^Dov||1971"))
        form = self.staff.open("/emr/patient/P7/edit")
        self.assertRegex(form.body, r'type="text"[^>]*value="1971"|value="1971"[^>]*type="text"')
        saved = self.staff.send(form, "/emr/patient/P7/edit?tab=general", email="dov@example.org")
        self.assertIn("dov@example.org", saved.body)
        self.assertIn("1971", saved.words())

    def test_messages_that_came_while_nothing_ran_are_taken_at_the_next_start(self):
        self.assertEqual(self.practice.stop(), (0, ""))
        self.messages.put("a.hl7", message("1", "A23", "PID|||P2"))
        done = subprocess.run([PPO_SIM, "hl7", str(self.messages.path), "--data", str(self.practice.data)],
                              capture_output=True, text=True, timeout=DEADLINE)
        self.assertEqual(json.loads(done.stdout)["accepted"], 1)
        self.assertNotIn("P2", subprocess.run([PPO_SIM, "report", "--csv", "--data", str(self.practice.data)],
                                              capture_output=True, text=True, timeout=DEADLINE).stdout)


if __name__ == "__main__":
    unittest.main()
