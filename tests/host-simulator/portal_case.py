# SPDX-License-Identifier: Apache-2.0
"""A practice with patients for the tests of its portal."""
import itertools
import sys
import tempfile
import unittest

from visitor import Practice, Visitor

PPO_SIM = sys.argv.pop(1)
PASSWORD = "quiet lantern over seven rivers"
BORN = {"birth_date": "1980-04-02"}


class PortalTest(unittest.TestCase):
    options = ()

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        charts = "".join(f"P{i},Pat{i},Weber,1980-04-02,67202,p{i}@example.org,Active\n" for i in range(1, 30))
        cls.practice = Practice(PPO_SIM, folder.name, charts, *cls.options)
        cls.numbers = itertools.count(1)

    @classmethod
    def tearDownClass(cls):
        ended = cls.practice.stop()
        if ended != (0, ""):
            raise AssertionError(f"ppo-sim ended with {ended}")

    def setUp(self):
        """Patients of its own for each test."""
        self.first, self.second = (f"P{next(self.numbers)}" for _ in range(2))
        self.name, self.username = f"Pat{self.first[1:]}", f"user.{self.first}"
        self.staff = self.visitor()

    def visitor(self, **options):
        return Visitor(self.practice.port, **options)

    def invite(self, patient):
        before = len(self.practice.links(f"{patient.lower()}@example.org"))
        self.staff.enable(patient)
        self.staff.invite(patient)
        return self.practice.newest_link(f"{patient.lower()}@example.org", before)

    def confirm(self, visitor, link):
        """Opens a link and answers its question: the page with the form."""
        return visitor.send(visitor.open(link), "/portal/setup", **BORN)

    def set_up(self):
        visitor = self.visitor()
        page = self.confirm(visitor, self.invite(self.first))
        self.assertIn("Your account is ready", visitor.send(page, "/portal/setup", username=self.username,
                                                            password=PASSWORD).words())
        return visitor
