# SPDX-License-Identifier: Apache-2.0
"""ppo-sim backup, restore and restored: the copy is whole while others write, and nothing that it had open comes back.

    restore_test.py PPO_SIM CHECK_STORE
"""
import contextlib
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse

from processes import MailServer, Practice, first_mail, link_in
from visitor import DEADLINE, Visitor

PPO_SIM, CHECK_STORE = sys.argv[1:3]
CHARTS = ("P1,Anna,Weber,1980-04-02,80331,anna@example.org,Active\n"
          "P2,Bruno,Keller,1970-05-06,80331,bruno@example.org,Active\n")


class RestoreTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.practice = Practice(PPO_SIM, folder.name, CHARTS)
        self.store = self.practice.data / "onboarding.sqlite"
        self.copy = self.folder / "copy.sqlite"

    def run_well(self, command, *words):
        done = self.practice.run(command, *words)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return done.stdout

    def run_badly(self, command, *words):
        done = self.practice.run(command, *words)
        self.assertEqual(2, done.returncode, done.stdout)
        return done.stderr

    def actions(self):
        return re.findall(r'"action":"(\w+)"', self.run_well("audit", "list"))

    def generation(self):
        file = self.practice.data / "restore-generation"
        return file.read_text() if file.exists() else ""

    def entries(self, store):
        with contextlib.closing(sqlite3.connect(store)) as opened:
            return opened.execute("SELECT COUNT(*) FROM audit").fetchone()[0]

    def test_a_copy_taken_while_others_write_is_of_one_moment(self):
        self.run_well("report", "--csv")
        over, written = threading.Event(), []

        def write():
            while not over.is_set():
                written.append(self.practice.run("report", "--csv").returncode)

        writers = [threading.Thread(target=write) for _ in range(2)]
        for writer in writers:
            writer.start()
        copies = [self.folder / f"copy-{number}.sqlite" for number in range(3)]
        for copy in copies:
            self.run_well("backup", str(copy))
        over.set()
        for writer in writers:
            writer.join(DEADLINE)
        self.assertEqual({0}, set(written))
        for copy in copies:
            self.assertEqual(0o600, copy.stat().st_mode & 0o7777)
            checked = subprocess.run([CHECK_STORE, str(copy)], capture_output=True, text=True, timeout=DEADLINE)
            self.assertEqual((0, ""), (checked.returncode, checked.stdout))
        counts = [self.entries(copy) for copy in copies]
        self.assertEqual(sorted(counts), counts)

    def test_a_file_that_is_there_is_left_alone(self):
        self.run_well("report", "--csv")
        self.copy.write_text("something else")
        self.assertIn("choose another name", self.run_badly("backup", str(self.copy)))
        self.assertEqual("something else", self.copy.read_text())

    def test_what_came_after_the_backup_is_put_aside(self):
        self.run_well("report", "--csv")
        self.run_well("backup", str(self.copy))
        self.run_well("report", "--csv")
        later = self.entries(self.store)
        said = self.run_well("restore", str(self.copy))
        aside = pathlib.Path(re.search(r"the old store is (\S+)", said)[1])
        self.assertEqual(later, self.entries(aside))
        self.assertEqual("1\n", self.generation())
        self.assertEqual("store_restored", self.actions()[-1])
        self.assertEqual(self.entries(self.copy), self.actions().index("store_restored"))

    def test_a_journal_of_the_old_store_is_not_played_into_the_new_one(self):
        self.run_well("report", "--csv")
        self.run_well("backup", str(self.copy))
        journal = pathlib.Path(f"{self.store}-journal")
        journal.write_text("of the old store")
        said = self.run_well("restore", str(self.copy))
        aside = re.search(r"the old store is (\S+)", said)[1]
        self.assertEqual("of the old store", pathlib.Path(f"{aside}-journal").read_text())
        self.assertFalse(journal.exists())

    def test_a_store_in_use_is_left_alone(self):
        self.run_well("report", "--csv")
        self.run_well("backup", str(self.copy))
        self.practice.start("portal", "--port", "0")
        before = self.store.read_bytes()
        self.assertIn("in use by process", self.run_badly("restore", str(self.copy)))
        self.assertEqual([], self.practice.close())
        self.assertEqual((before, ""), (self.store.read_bytes(), self.generation()))

    def test_what_is_no_backup_changes_nothing(self):
        self.run_well("report", "--csv")
        before = self.store.read_bytes()
        self.copy.write_text("no store at all")
        self.assertIn("is no backup of a store", self.run_badly("restore", str(self.copy)))
        self.assertIn("cannot be read", self.run_badly("restore", str(self.folder / "nothing")))
        self.assertEqual((before, ""), (self.store.read_bytes(), self.generation()))

    def test_a_new_folder_is_told_what_the_store_knows(self):
        self.run_well("report", "--csv")
        for _ in range(2):
            self.run_well("restored")
        self.run_well("report", "--csv")
        self.run_well("backup", str(self.copy))
        (self.practice.data / "restore-generation").unlink()
        self.run_well("restore", str(self.copy))
        self.assertIn("the store knows 2", self.practice.run("audit", "list").stderr)
        self.run_well("restored", "--generation", "3")
        self.assertEqual("store_restored", self.actions()[-1])

    def test_a_link_that_was_used_after_the_backup_does_not_come_back(self):
        server = MailServer()
        self.addCleanup(server.end)
        self.practice.open(server.transport, workers=1)
        self.practice.staff.enable("P1")
        self.practice.staff.invite("P1")
        link = urllib.parse.urlsplit(link_in(first_mail(server, "anna@example.org"))).path
        self.run_well("backup", str(self.copy))
        patient = Visitor(self.practice.portal.port)
        page = patient.send(patient.open(link), "/portal/setup", birth_date="1980-04-02")
        patient.send(page, "/portal/setup", username="anna.weber", password="seven purple lanterns")
        self.assertEqual([], self.practice.close())
        self.practice.running.clear()
        self.run_well("restore", str(self.copy))
        portal = self.practice.start("portal", "--port", "0")
        self.assertIn("restored from a copy", Visitor(portal.port).open(link).words())
        self.assertEqual([], self.practice.close())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
