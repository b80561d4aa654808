# SPDX-License-Identifier: Apache-2.0
"""A database that is full, held, read-only, stopped, or lets nobody in: the error has a name, nothing was changed, and
once the trouble is over the same instance goes on.

    trouble_test.py TALKER PLUGIN
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from practice_rig import Talker, write_patients
from postgres_cluster import Cluster, program, server_user

TALKER, PLUGIN = sys.argv[1:3]
TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
ROLES = os.path.join(TOP, "packaging", "postgresql", "roles.sql")
SECRET = "a-password-of-nobody"


class Held:
    """A session that keeps a table for itself until it is let go."""

    def __init__(self, cluster, database, table):
        self.psql = subprocess.Popen([program("psql"), "-X", "-q", "-A", "-t", "-d", cluster.address(database)],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.psql.stdin.write(f"BEGIN; LOCK TABLE {table}; SELECT 'held';\n")
        self.psql.stdin.flush()
        self.psql.stdout.readline()

    def let_go(self):
        self.psql.communicate()


class TroubleTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ppo-trouble-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        os.chmod(self.folder, 0o755)
        write_patients(self.folder, [f"P{number}" for number in range(50)])
        self.cluster = Cluster.started(os.path.join(self.folder, "cluster"), in_memory=True, tls=self.with_tls())
        self.addCleanup(self.cluster.stop)

    def with_tls(self):
        return "tls" in self._testMethodName

    def talker(self, address):
        talker = Talker(TALKER, PLUGIN, address, self.folder, f"folder:{self.folder}/mail")
        self.addCleanup(talker.end)
        return talker

    def store(self, tablespace=""):
        """A practice's database with its owner, as roles.sql makes him, and a program on it."""
        self.cluster.sql("CREATE DATABASE practice" + tablespace)
        self.cluster.sql_file(ROLES, "practice")
        self.cluster.sql(f"ALTER ROLE ppo_owner PASSWORD '{SECRET}'")
        self.address = self.cluster.address("practice", "ppo_owner", SECRET)
        talker = self.talker(self.address)
        talker.must("set_up")
        return talker

    def contents(self):
        """Every row of every table, with the transaction that wrote it."""
        tables = self.cluster.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", "practice")
        return [self.cluster.sql(f"SELECT concat_ws(' ', xmin, written) FROM {table} AS written ORDER BY 1", "practice")
                for table in sorted(tables.split())]

    def set_username(self, talker, patient):
        return talker.say("credentials", patient, f"portal.{patient}", f"seven purple lanterns {patient}")[0]

    def assert_refuses(self, talker, code, patient="P1"):
        before = self.contents()
        self.assertEqual(code, self.set_username(talker, patient))
        self.assertEqual(before, self.contents())

    def assert_goes_on(self, talker, patient="P1"):
        self.assertEqual("ok", self.set_username(talker, patient))
        self.assertEqual("1", self.cluster.sql(f"SELECT count(username) FROM patient WHERE patient_id = '{patient}'",
                                               "practice"))

    def assert_does_not_open(self, address, code):
        talker = self.talker(address)
        self.assertEqual("", talker.began)
        complaint = talker.complaint()
        self.assertIn(f"create: {code}:", complaint)
        self.assertNotIn(SECRET, complaint)
        return complaint

    def end_sessions(self):
        self.cluster.sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'practice'")

    def test_a_table_that_another_keeps_is_busy(self):
        talker = self.store()
        held = Held(self.cluster, "practice", "credential")
        self.assertEqual("fault_store_busy", self.set_username(talker, "P1"))
        held.let_go()
        self.assert_goes_on(talker)

    def test_a_stopped_server_is_lost_and_found_again(self):
        talker = self.store()
        self.cluster.end(2)
        self.assertEqual("fault_store_lost", self.set_username(talker, "P1"))
        self.cluster.start()
        self.cluster.wait_for("SELECT 1", "1")
        self.wait_until_it_goes_on(talker)

    def wait_until_it_goes_on(self, talker):
        """For a second after a failure it does not even try."""
        until = time.monotonic() + 20
        while (code := self.set_username(talker, "P1")) != "ok":
            self.assertEqual("fault_store_lost", code)
            self.assertLess(time.monotonic(), until, "it never came back")

    def test_sessions_that_the_server_ended_are_opened_again(self):
        talker = self.store()
        for patient in ("P1", "P2"):
            self.end_sessions()
            self.assert_goes_on(talker, patient)

    def test_a_read_only_database_says_so(self):
        talker = self.store()
        self.cluster.sql("ALTER DATABASE practice SET default_transaction_read_only = on")
        self.end_sessions()
        self.assert_refuses(talker, "fault_store_read_only")
        self.cluster.sql("ALTER DATABASE practice RESET default_transaction_read_only")
        self.end_sessions()
        self.assert_goes_on(talker)

    def test_a_full_disk_changes_nothing_and_is_over_when_there_is_space(self):
        place = os.path.join(self.folder, "small")
        os.mkdir(place)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=0700", "none", place], check=False,
                                 capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("NOT TESTED: a full disk; only root may mount a small one")
        self.addCleanup(subprocess.run, ["umount", "-l", place], check=False)
        if server_user():
            self.cluster.give(place)
        self.cluster.sql(f"CREATE TABLESPACE small LOCATION '{place}'")
        talker = self.store(" TABLESPACE small")
        filler = os.path.join(place, "filler")
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
        self.assert_fills_up(talker)
        os.remove(filler)
        self.assert_goes_on(talker, "P49")

    def assert_fills_up(self, talker):
        """Pages that are there already take a few more rows."""
        for number in range(1, 49):
            before = self.contents()
            code = self.set_username(talker, f"P{number}")
            if code != "ok":
                self.assertEqual("fault_store_full", code)
                self.assertEqual(before, self.contents())
                return
        self.fail("the disk never was full")

    def test_who_is_not_let_in_is_told_without_the_password(self):
        self.store()
        wrong = self.address.replace(SECRET, SECRET[::-1])
        self.assertNotIn(SECRET[::-1], self.assert_does_not_open(wrong, "fault_store_unreadable"))
        self.assert_does_not_open(self.address.replace("/practice", "/nobodys"), "fault_store_unreadable")

    def test_tls_is_checked_to_the_name(self):
        self.store()  # Opens: the certificate bears the name, and its signer is known.
        self.assert_does_not_open(self.address.split("?")[0] + "?sslmode=disable", "fault_store_unreadable")
        for_another = self.address.replace("@127.0.0.1", "@another.example") + "&hostaddr=127.0.0.1"
        self.assertIn("certificate", self.assert_does_not_open(for_another, "fault_store_lost"))
        stranger = os.path.join(self.folder, "stranger.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=Stranger", "-keyout", os.devnull, "-out", stranger], check=True,
                       capture_output=True)
        not_trusted = self.address.replace(self.cluster.file("ca.pem"), stranger)
        self.assertIn("certificate", self.assert_does_not_open(not_trusted, "fault_store_lost"))

    def test_tls_is_demanded_of_another_machine(self):
        elsewhere = f"postgresql://ppo_owner:{SECRET}@db.example/practice?sslmode=require"
        self.assertIn("verify-full", self.assert_does_not_open(elsewhere, "fault_store_unreadable"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
