# SPDX-License-Identifier: Apache-2.0
"""A data folder, the store it belongs to and the port of its pages: no process takes one for another.

    folder_test.py PPO_SIM
"""
import contextlib
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from processes import DEADLINE, Practice, Visitor, eventually

PPO_SIM = sys.argv.pop(1)
CHARTS = "P1,Anna,Weber,1980-04-02,80331,anna@example.org,Active\n"
SERVER = "postgresql://ppo_staff:very-secret@127.0.0.1:9/portal?sslmode=verify-full"


class FolderCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name).resolve()
        self.practice = Practice(PPO_SIM, self.folder, CHARTS)
        self.practice.options = ["--data", str(self.practice.data)]
        self.addCleanup(self.practice.close)
        self.elsewhere = self.folder / "elsewhere.sqlite"
        self.remembered = self.practice.data / "store-in-use"

    def run_well(self, command, *words, **options):
        done = self.practice.run(command, *words, **options)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return done.stdout

    def run_badly(self, command, *words, **options):
        done = self.practice.run(command, *words, **options)
        self.assertNotEqual(0, done.returncode, done.stdout)
        return done.stderr

    def is_refused(self, *words, store, named):
        said = self.run_badly(*words)
        for part in (f"is {store},", f"would open {named}.", "--store or PPO_STORE", f"remove {self.remembered}"):
            self.assertIn(part, said)
        self.assertNotIn("very-secret", said)


class StoreTest(FolderCase):
    def test_the_first_store_is_remembered_for_the_owner_alone(self):
        self.run_well("report")
        self.assertEqual("file onboarding.sqlite\n", self.remembered.read_text())
        self.assertEqual(0o600, self.remembered.stat().st_mode & 0o7777)

    def test_a_folder_of_before_remembers_its_store_at_the_next_start(self):
        self.run_well("report")
        self.remembered.unlink()
        self.run_well("audit", "verify")
        self.assertEqual("file onboarding.sqlite\n", self.remembered.read_text())

    def test_a_folder_of_before_that_knows_a_store_elsewhere_begins_no_other(self):
        self.run_well("report", "--store", str(self.elsewhere))
        self.remembered.unlink()
        for words in (["report"], ["worker"], ["emr", "--port", "0"]):
            said = self.run_badly(*words)
            self.assertIn("audit-checkpoints tells of a store that was used, and there is no ", said)
        self.assertFalse((self.practice.data / "onboarding.sqlite").exists())
        self.run_well("report", "--store", str(self.elsewhere))
        self.assertEqual(f"file {self.elsewhere}\n", self.remembered.read_text())

    def test_a_folder_may_be_moved(self):
        self.run_well("report")
        moved = self.practice.data.rename(self.folder / "moved")
        self.practice.options = ["--data", str(moved)]
        self.run_well("report")

    def test_a_forgotten_store_opens_no_other(self):
        self.run_well("report", "--store", str(self.elsewhere))
        self.assertEqual(f"file {self.elsewhere}\n", self.remembered.read_text())
        checkpoints = (self.practice.data / "audit-checkpoints").read_bytes()
        inside = self.practice.data / "onboarding.sqlite"
        for words in (["report"], ["hl7", str(self.folder)], ["serve", "--port", "0"], ["emr", "--port", "0"],
                      ["portal", "--port", "0"], ["worker"], ["keys", "list"], ["restore", str(self.elsewhere)]):
            with self.subTest(words=words):
                self.is_refused(*words, store=f"the file {self.elsewhere}", named=f"the file {inside}")
        self.assertFalse(inside.exists())
        self.assertEqual(checkpoints, (self.practice.data / "audit-checkpoints").read_bytes())
        self.run_well("report", env={**os.environ, "PPO_STORE": str(self.elsewhere)})

    def test_an_old_store_that_is_still_there_is_not_opened_in_place_of_a_server(self):
        self.run_well("report")
        self.remembered.write_text("postgresql portal\n")
        for words in (["work"], ["audit", "verify"], ["audit", "list"], ["backup", str(self.folder / "copy")]):
            with self.subTest(words=words):
                self.is_refused(*words, store="the database portal",
                                named=f"the file {self.practice.data / 'onboarding.sqlite'}")
        self.run_well("keys", "list")  # Those of a database are in the folder.

    def test_another_machine_may_reach_the_database_by_other_hosts(self):
        self.remembered.write_text("postgresql portal\n")
        said = self.run_badly("report", env={**os.environ, "PPO_STORE": SERVER})
        self.assertNotIn("would open", said)
        self.assertIn("fault_store", said)

    def test_an_address_in_a_refusal_is_without_its_secrets(self):
        self.run_well("report")
        said = self.run_badly("report", env={**os.environ, "PPO_STORE": SERVER})
        self.assertIn("would open the database portal.", said)
        self.assertNotIn("secret", said)

    def test_a_password_in_a_command_is_warned_of_and_not_repeated(self):
        for words in (["report", "--store", SERVER], ["report", "--store=" + SERVER],
                      ["move-store", str(self.elsewhere), SERVER]):
            said = self.run_badly(*words)
            self.assertTrue(said.startswith("Warning: others on this machine can see the password"), said)
            self.assertNotIn("very-secret", said)
        said = self.run_badly("report", "--store", SERVER.replace(":very-secret", ""))
        self.assertNotIn("Warning", said)

    def test_an_empty_store_is_a_mistake(self):
        self.assertIn("--store: names no store", self.run_badly("report", "--store", ""))
        for mistyped in ("postgresl://staff:secret@db/portal", "postgresql:/staff:secret@db/portal"):
            for said in (self.run_badly("report", env={**os.environ, "PPO_STORE": mistyped}),
                         self.run_badly("report", "--store", mistyped),
                         self.run_badly("move-store", mistyped, str(self.elsewhere))):
                self.assertIn("begin with postgresql://", said)
                self.assertNotIn("secret", said)
        self.assertIn("PPO_STORE: names no store", self.run_badly("report", env={**os.environ, "PPO_STORE": ""}))
        self.assertFalse((self.practice.data / "onboarding.sqlite").exists())
        self.run_well("report", "--store", str(self.elsewhere), env={**os.environ, "PPO_STORE": ""})

    def test_a_file_that_says_nothing_is_not_passed_over(self):
        self.remembered.write_text("")
        self.assertIn(f"{self.remembered} cannot be read", self.run_badly("report"))

    def test_a_store_that_was_moved_is_the_practices_from_then_on(self):
        self.run_well("report")
        old = self.practice.data / "onboarding.sqlite"
        pathlib.Path(f"{self.elsewhere}.key").write_bytes(pathlib.Path(f"{old}.key").read_bytes())
        pathlib.Path(f"{self.elsewhere}.key").chmod(0o600)
        said = self.run_well("move-store", str(old), str(self.elsewhere))
        self.assertIn("still runs goes on writing into it", said)
        self.is_refused("worker", store=f"the file {self.elsewhere}", named=f"the file {old}")
        self.assertIn("intact", self.run_well("audit", "verify", "--store", str(self.elsewhere)))

    def test_a_store_that_was_restored_beside_the_old_one_is_told(self):
        self.remembered.write_text("postgresql portal\n")
        said = self.run_well("restored", "--store", "postgresql://ppo_staff@db.example.org/portal_restored?a=b")
        self.assertIn("is postgresql://db.example.org/portal_restored from now on", said)
        self.assertEqual("postgresql portal_restored\n", self.remembered.read_text())
        self.run_well("restored")
        self.assertEqual("postgresql portal_restored\n", self.remembered.read_text())

    def test_each_process_says_which_store_it_opened(self):
        for role in (["emr", "--port", "0"], ["portal", "--port", "0"], ["serve", "--port", "0"], ["worker"]):
            process = self.practice.begin(*role)
            self.assertIn(f" on the store {self.practice.data / 'onboarding.sqlite'}. Stop with Ctrl-C.",
                          process.popen.stdout.readline())


class ChartsTest(FolderCase):
    def test_an_emr_without_the_charts_of_a_known_practice_does_not_start(self):
        self.run_well("report")
        charts = self.practice.data / "patients.jsonl"
        kept = charts.rename(self.folder / "kept")
        for role in ("emr", "serve"):
            said = f"there is no {charts} with charts, but the store knows patients of the practice (1)"
            self.assertIn(said, self.run_badly(role, "--port", "0"))
            charts.write_text("")
            self.assertIn(said, self.run_badly(role, "--port", "0"))
            charts.unlink()
        kept.rename(charts)
        self.practice.start("emr", "--port", "0")

    def test_a_new_practice_starts_without_charts_and_again_and_beside_a_portal(self):
        self.practice.options = ["--data", str(self.folder / "new")]
        self.practice.start("portal", "--port", "0")
        for _ in range(2):
            self.practice.start("emr", "--port", "0")
        self.assertEqual([], self.practice.close())

    def test_an_import_says_when_a_running_emr_hands_the_charts_on(self):
        said = self.run_well("import", str(self.folder / "charts.csv"))
        self.assertIn("an EMR that is running hands these charts to the portal's tool at its next start", said)


class NameTest(FolderCase):
    def test_a_typing_error_is_no_practice_that_was_restored(self):
        typed = self.folder / "daat"
        self.practice.options = ["--data", str(typed)]
        self.assertIn(f"{typed} is not there", self.run_badly("restored"))
        self.assertFalse(typed.exists())
        typed.mkdir()
        self.assertIn(f"{typed} holds nothing of a practice", self.run_badly("restored"))
        self.assertEqual([], list(typed.iterdir()))

    def test_a_folder_that_cannot_be_made_is_named_plainly(self):
        place = self.folder / "charts.csv" / "practice"
        self.practice.options = ["--data", str(place)]
        self.assertEqual(f"Cannot serve: the folder {place} cannot be made: Not a directory\n",
                         self.run_badly("emr", "--port", "0"))


class PortTest(FolderCase):
    def test_a_port_in_use_is_not_shared(self):
        port = str(self.practice.start("emr", "--port", "0").port)
        for role in ("emr", "portal"):
            self.assertIn("Address already in use", self.run_badly(role, "--port", port))

    def test_a_port_that_was_left_a_moment_ago_is_taken_again(self):
        emr = self.practice.start("emr", "--port", "0")
        for _ in range(2):
            Visitor(emr.port).open("/emr")  # The server closes an idle connection: its side waits.
            self.assertEqual((0, ""), emr.stop())
            emr = self.practice.start("emr", "--port", str(emr.port))


class TroubleTest(FolderCase):
    def rename(self, table, other):
        with contextlib.closing(sqlite3.connect(self.practice.data / "onboarding.sqlite", timeout=DEADLINE)) as store:
            store.execute(f"ALTER TABLE {table} RENAME TO {other}")

    def test_a_worker_says_a_fault_once_and_once_that_it_is_over(self):
        self.run_well("report")
        said = (self.folder / "said").open("w+")
        self.addCleanup(said.close)
        worker = subprocess.Popen([PPO_SIM, "worker", *self.practice.options], stdout=subprocess.PIPE, stderr=said)
        self.addCleanup(worker.communicate)
        self.addCleanup(worker.terminate)
        worker.stdout.readline()

        def lines():
            return pathlib.Path(said.name).read_text().splitlines()

        self.rename("outbox", "outbox_gone")
        eventually("a complaint", lines)
        with self.assertRaises(subprocess.TimeoutExpired):
            worker.wait(3)  # It tries again each second.
        self.assertEqual(1, len(lines()), lines())
        self.rename("outbox_gone", "outbox")
        eventually("the end of it", lambda: len(lines()) > 1)
        with self.assertRaises(subprocess.TimeoutExpired):
            worker.wait(1)
        self.assertEqual(["The background work goes on again."], lines()[1:])


if __name__ == "__main__":
    unittest.main()
