# SPDX-License-Identifier: Apache-2.0
"""Owner, staff and portal as packaging/postgresql/roles.sql makes them: the portal's role is enough for every call of
the portal, staff's for every other (the whole suite runs as staff); what is not theirs the server refuses.

    roles_test.py TALKER PLUGIN
"""
import collections
import os
import re
import shutil
import sys
import tempfile
import unittest

from practice_rig import Talker, links_by_patient, write_patients
from postgres_cluster import Cluster
from sink import Sink

TALKER, PLUGIN = sys.argv[1:3]
TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
ROLES = os.path.join(TOP, "packaging", "postgresql", "roles.sql")
BORN, PASSWORD = "1980-02-28", "seven purple lanterns"
PATIENTS = [f"P{number}" for number in range(1, 6)]
WEEKS_LATER = str(60 * 24 * 30)

# What the portal has no business with: not even to look at.
CLOSED_TO_THE_PORTAL = ["batch", "batch_person", "delivery_minute", "relay", "mail_template", "saved_view",
                        "patient_count", "link_expiry_count", "choice_count"]
# What the host says of a patient, and what staff decide.
NOT_THE_PATIENTS = ["email", "email_key", "birth_date", "first_name", "last_name", "postal_code", "chart_status",
                    "opted_out", "in_directory", "access_enabled", "provider", "practice", "patient_id"]


class RolesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="ppo-roles-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        os.chmod(cls.folder, 0o755)
        write_patients(cls.folder, PATIENTS)
        cls.sink = cls.enterClassContext(Sink())
        cls.cluster = Cluster.started(os.path.join(cls.folder, "cluster"), in_memory=True)
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.sql("CREATE DATABASE practice")
        cls.apply()
        for role in ("ppo_owner", "ppo_staff", "ppo_portal"):
            cls.cluster.sql(f"ALTER ROLE {role} PASSWORD '{role}'")
        cls.talker("ppo_owner").end()  # Makes the tables.
        cls.apply()

    @classmethod
    def apply(cls):
        cls.cluster.sql_file(ROLES, "practice")

    @classmethod
    def talker(cls, role):
        talker = Talker(TALKER, PLUGIN, cls.cluster.address("practice", role, role), cls.folder,
                        f"smtp://127.0.0.1:{cls.sink.port}")
        cls.addClassCleanup(talker.end)
        if not talker.began:
            raise RuntimeError(f"{role} cannot open the store: {talker.complaint()}")
        return talker

    def as_role(self, role, sql):
        return self.cluster.sql(sql, "practice", role, role)

    def assert_refused(self, role, sql, why="permission denied"):
        with self.assertRaisesRegex(RuntimeError, why, msg=f"{role}: {sql}"):
            self.as_role(role, sql)

    def say(self, talker, *words, expected="ok"):
        code, found = talker.say(*words)
        self.assertEqual(expected, code, f"{words[0]}; the server says: {self.last_refusal()}")
        return found

    def last_refusal(self):
        with open(self.cluster.log, encoding="utf-8") as file:
            return "".join([line for line in file if "ERROR" in line or "STATEMENT" in line][-2:])

    def test_the_portal_does_whatever_patients_do(self):
        staff, portal = self.talker("ppo_staff"), self.talker("ppo_portal")
        staff.must("set_up")
        for patient in PATIENTS[:3]:
            staff.must("invite", patient)
        staff.must("work", "3")
        links = links_by_patient(self.sink.mails)
        self.set_up_by_link(portal, links)
        self.sign_in_and_change(portal)
        self.ask_for_mail(staff, portal, links["P3"])
        self.assertEqual("intact", staff.must("verify"))

    def set_up_by_link(self, portal, links):
        self.assertEqual("usable", self.say(portal, "open", links["P1"]))
        self.say(portal, "confirm", links["P1"], "1979-01-01", expected="refused_identity_mismatch")
        self.say(portal, "confirm", links["P1"], BORN)
        self.say(portal, "check_username", links["P1"], "portal.one")
        self.say(portal, "redeem", links["P1"], "portal.one", PASSWORD)
        self.say(portal, "redeem", links["P2"], "portal.one", PASSWORD, expected="refused_username_taken")
        self.say(portal, "redeem", links["P2"], "portal.two", PASSWORD)
        self.say(portal, "redeem", links["P2"], "portal.two", PASSWORD, expected="refused_link_used")
        for number in range(25):  # Links that nobody has: from some number on its source is refused.
            code, _ = portal.say("confirm", f"{number:043}", BORN)
            self.assertIn(code, ("refused_link_unknown", "refused_too_many_tries"))

    def sign_in_and_change(self, portal):
        for _ in range(12):  # Waits begin, and the patient is told by mail.
            self.say(portal, "sign_in", "portal.two", "wrong", expected="refused_sign_in")
        epoch = self.say(portal, "sign_in", "portal.one", PASSWORD)
        self.say(portal, "check_session", "P1", epoch)
        epoch = self.say(portal, "change_password", "P1", PASSWORD, PASSWORD + " too")
        self.say(portal, "check_session", "P1", epoch)
        for choice, found in (("0", "none"), ("1", "mail")):
            self.say(portal, "set_mail_choice", "P1", choice)
            self.assertEqual(found, self.say(portal, "mail_choice", "P1"))

    def ask_for_mail(self, staff, portal, old_link):
        """The portal notes it down; matching and mailing is staff's worker."""
        self.say(portal, "at", WEEKS_LATER)
        self.say(portal, "renew", old_link)
        for what, patient in (("1", "P4"), ("2", "P1"), ("3", "P1")):
            self.say(portal, "request", what, patient)
        before = len(self.sink.mails)
        self.say(staff, "work", WEEKS_LATER)
        mailed = collections.Counter(mail.recipient for mail in self.sink.mails[before:])
        # The first is told that the password was changed, too.
        self.assertEqual({"p1@home.example": 3, "p3@home.example": 1, "p4@home.example": 1}, mailed)

    def test_the_portal_sees_nothing_that_is_staffs(self):
        for table in CLOSED_TO_THE_PORTAL:
            self.assert_refused("ppo_portal", f"SELECT 1 FROM {table}")

    def test_the_portal_changes_nothing_that_the_host_says(self):
        for column in NOT_THE_PATIENTS:
            self.assert_refused("ppo_portal", f"UPDATE patient SET {column} = {column}")
        for sql in ("DELETE FROM patient", "INSERT INTO patient (patient_id) VALUES ('X')", "TRUNCATE patient",
                    "INSERT INTO practice (practice, practice_id) VALUES (9, 'nine')", "DELETE FROM portal_request",
                    "UPDATE store_fact SET value = ''"):
            self.assert_refused("ppo_portal", sql)

    def test_the_record_only_grows_for_everybody(self):
        changes = ("UPDATE audit SET outcome = 'ok'", "DELETE FROM audit", "TRUNCATE audit")
        for role in ("ppo_staff", "ppo_portal"):
            for sql in changes:
                self.assert_refused(role, sql)
        self.talker("ppo_staff").must("set_up")  # There is an entry.
        for sql in changes:
            self.assert_refused("ppo_owner", sql, "the record only grows")

    def test_neither_makes_or_alters_tables(self):
        for role in ("ppo_staff", "ppo_portal"):
            for sql in ("CREATE TABLE mine (n INTEGER)", "CREATE TEMPORARY TABLE patient_count (n INTEGER)",
                        "DROP TABLE audit", "ALTER TABLE patient DISABLE TRIGGER ALL", "CREATE SCHEMA mine"):
                self.assert_refused(role, sql, "permission denied|must be owner")

    def test_counts_are_changed_by_their_triggers_alone(self):
        for role in ("ppo_staff", "ppo_portal"):
            self.assert_refused(role, "UPDATE patient_count SET patients = 0")
            self.assert_refused(role, "SELECT keep_patient_count(1, 1::smallint, 0, 0::smallint, false, false, 5)")

    def test_nobody_else_comes_in(self):
        self.cluster.sql("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
        self.assert_refused("stranger", "SELECT 1", "permission denied for database")

    def test_every_table_is_spoken_of(self):
        with open(ROLES, encoding="utf-8") as file:
            named = set(re.findall(r"^ +(?:given text\[\] := ARRAY\[)?\['(\w+)', ", file.read(), re.M))
        there = set(self.cluster.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", "practice").split())
        self.assertEqual(there, named)

    def test_applied_again_it_takes_back_what_it_does_not_name(self):
        self.cluster.sql("GRANT SELECT ON batch TO ppo_portal; GRANT UPDATE (email) ON patient TO ppo_portal",
                         "practice")
        self.as_role("ppo_portal", "SELECT count(*) FROM batch")
        self.apply()
        self.assert_refused("ppo_portal", "SELECT 1 FROM batch")
        self.assert_refused("ppo_portal", "UPDATE patient SET email = ''")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
