# SPDX-License-Identifier: Apache-2.0
"""A practice's database that comes back from pg_dump: no link, session or mail of the backup does.

    restore_test.py TALKER PLUGIN CHECK_STORE
"""
import os
import shutil
import sys
import tempfile
import unittest

from practice_rig import Talker, complaint_about, links_by_patient, write_patients
from postgres_cluster import Cluster, program, run
from sink import Sink

TALKER, PLUGIN, CHECK_STORE = sys.argv[1:4]
PASSWORD = "seven purple lanterns"


class RestoreTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ppo-restore-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        os.chmod(self.folder, 0o755)
        write_patients(self.folder, ["P1", "P2", "P3"])
        self.sink = self.enterContext(Sink())
        self.cluster = Cluster.started(os.path.join(self.folder, "cluster"), in_memory=True)
        self.addCleanup(self.cluster.stop)
        self.cluster.sql("CREATE DATABASE practice")

    def talker(self, generation, database="practice"):
        talker = Talker(TALKER, PLUGIN, self.cluster.address(database), self.folder,
                        f"smtp://127.0.0.1:{self.sink.port}", f"restore_generation={generation}")
        self.addCleanup(talker.end)
        return talker

    def begin(self):
        """P1 has a link and is mailed, P2 is set up and signed in, P3's mail waits; then comes the backup."""
        talker = self.talker(0)
        talker.must("set_up")
        talker.must("invite", "P1")
        talker.must("invite", "P2")
        talker.must("work", "1")
        links = links_by_patient(self.sink.mails)
        talker.must("redeem", links["P2"], "second", PASSWORD)
        self.session = talker.must("sign_in", "second", PASSWORD)
        talker.must("invite", "P3")
        dump = os.path.join(self.cluster.home, "practice.dump")
        run([program("pg_dump"), "-Fc", "-f", dump, "-d", self.cluster.address("practice")])
        talker.must("redeem", links["P1"], "first", PASSWORD)
        talker.must("work", "2")
        talker.end()
        self.mails = len(self.sink.mails)
        self.cluster.sql("CREATE DATABASE restored")
        run([program("pg_restore"), "--exit-on-error", "-d", self.cluster.address("restored"), dump])
        return links["P1"]

    def audit(self):
        return self.cluster.sql("SELECT detail FROM audit WHERE action = 'store_restored'", "restored")

    def test_without_a_word_the_backup_s_link_would_live(self):
        link = self.begin()
        self.assertEqual("usable", self.talker(0, "restored").must("open", link))

    def test_no_link_session_or_mail_of_the_backup_comes_back(self):
        link = self.begin()
        talker = self.talker(1, "restored")
        self.assertTrue(talker.began)
        self.assertEqual("dead", talker.must("open", link))
        self.assertEqual("refused_link_restored", talker.say("redeem", link, "first", PASSWORD)[0])
        self.assertEqual("refused_sign_in", talker.say("check_session", "P2", self.session)[0])
        self.assertEqual("intact", talker.must("verify"))
        talker.must("work", "30")
        self.assertEqual(self.mails, len([mail for mail in self.sink.mails]))
        self.assertRegex(self.audit(), r"^generation=1 links=2 mails=[1-9]\d* batches=0 requests=0$")
        self.assertEqual("", complaint_about(CHECK_STORE, self.cluster.address("restored")))

    def test_a_new_link_works_and_the_next_start_leaves_it_alone(self):
        self.begin()
        talker = self.talker(1, "restored")
        talker.must("at", "60")
        talker.must("invite", "P1")
        talker.must("work", "61")
        talker.end()
        again = self.talker(1, "restored")
        again.must("at", "62")
        again.must("redeem", links_by_patient(self.sink.mails[self.mails:])["P1"], "first", PASSWORD)

    def test_programs_that_begin_together_end_it_once(self):
        self.begin()
        for talker in [self.talker(1, "restored") for _ in range(3)]:
            self.assertEqual("intact", talker.must("verify"))
        self.assertEqual(1, len(self.audit().splitlines()))

    def test_a_program_that_was_not_told_does_not_begin(self):
        self.begin()
        self.talker(1, "restored").must("verify")
        late = self.talker(0, "restored")
        self.assertEqual("", late.began)
        self.assertIn("restored more often", late.complaint())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
