# SPDX-License-Identifier: Apache-2.0
"""EMR, portal and workers as processes of their own, on one store.

    processes_test.py PPO_SIM

With PPO_TEST_STORE_URL they meet in that database instead of a file.
"""
import json
import os
import sys
import tempfile
import time
import unittest
import urllib.parse

from processes import DEADLINE, STORE_URL, MailServer, Practice, Visitor, eventually, first_mail, link_in

PPO_SIM = sys.argv.pop(1)
PASSWORD, OTHER = "quiet lantern over seven rivers", "violet hammer in a small cloud"
CHARTS = "".join(f"P{i},Pat{i},Weber,1980-04-02,67202,p{i}@example.org,Active\n" for i in range(1, 6))
AT_ONCE = 5  # Seconds within which a signal has ended a process, on a machine that is busy with other tests.


class ProcessesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.mail = MailServer()
        self.addCleanup(self.mail.end)
        self.practice = Practice(PPO_SIM, folder.name, CHARTS)
        self.addCleanup(lambda: self.assertEqual(self.practice.close(), []))

    def open(self, workers=2):
        self.practice.open(self.mail.transport, workers)

    def invite(self, patient):
        """The path of the link that was mailed."""
        self.practice.staff.enable(patient)
        self.practice.staff.invite(patient)
        link = urllib.parse.urlsplit(link_in(first_mail(self.mail, f"{patient.lower()}@example.org")))
        self.assertEqual(link.port, self.practice.portal.port)
        return link.path

    def set_up(self, patient, username):
        """The patient follows the link and signs in."""
        visitor = Visitor(self.practice.portal.port)
        page = visitor.send(visitor.open(self.invite(patient)), "/portal/setup", birth_date="1980-04-02")
        visitor.send(page, "/portal/setup", username=username, password=PASSWORD)
        self.assertIn("Welcome", visitor.sign_in(username, PASSWORD).words())
        return visitor

    def is_signed_in(self, visitor):
        return "You are signed in as" in visitor.open("/portal").words()

    def test_a_patient_is_invited_in_one_and_signs_in_at_another(self):
        self.open()
        self.set_up("P1", "pat.one")
        self.assertEqual(self.practice.status_of("P1"), "Signed in")
        self.assertEqual(len(self.mail.to("p1@example.org")), 1)

    def test_access_disabled_at_the_emr_ends_the_session_at_the_portal(self):
        self.open()
        visitor, bystander = self.set_up("P1", "pat.one"), self.set_up("P2", "pat.two")
        form = visitor.open("/portal")
        tab = self.practice.staff.tab("P1")
        self.practice.staff.send(self.practice.staff.open(tab), tab, {"do": "set_access 0", "answer": "yes"})
        self.assertEqual(self.practice.status_of("P1"), "Not enabled")
        refused = visitor.send(form, "/portal/change-password", current_password=PASSWORD, new_password=OTHER)
        self.assertEqual(refused.status, 403)
        self.assertFalse(self.is_signed_in(visitor))
        self.assertTrue(self.is_signed_in(bystander))

    def test_access_that_was_off_and_on_again_between_two_clicks_ends_the_session(self):
        self.open()
        visitor = self.set_up("P1", "pat.one")
        tab = self.practice.staff.tab("P1")
        self.practice.staff.send(self.practice.staff.open(tab), tab, {"do": "set_access 0", "answer": "yes"})
        self.practice.staff.enable("P1")
        self.assertFalse(self.is_signed_in(visitor))

    def test_a_password_changed_at_one_portal_ends_the_session_at_another_and_not_its_own(self):
        self.open()
        visitor = self.set_up("P1", "pat.one")
        elsewhere = Visitor(self.practice.start("portal", "--port", "0").port)
        self.assertIn("Welcome", elsewhere.sign_in("pat.one", PASSWORD).words())
        changed = visitor.send(visitor.open("/portal"), "/portal/change-password", current_password=PASSWORD,
                               new_password=OTHER)
        self.assertIn("Your password is changed", changed.body)
        self.assertTrue(self.is_signed_in(visitor))
        self.assertFalse(self.is_signed_in(elsewhere))

    def test_each_has_its_own_pages_and_no_others(self):
        self.open(workers=0)
        emr, portal = Visitor(self.practice.emr.port), Visitor(self.practice.portal.port)
        for path in ("/portal", "/portal/setup", "/portal/sign-in", "/r/x"):
            self.assertEqual(emr.get(path).status, 404, path)
        for path in ("/emr", "/emr/settings", "/emr/templates", "/emr/patient/P1", "/mail", "/mail/x"):
            self.assertEqual(portal.get(path).status, 404, path)
            self.assertEqual(portal.ask("POST", path, {"do": "set_access 0"}).status, 404, path)
        self.assertEqual([emr.get(path).status for path in ("/", "/emr", "/mail")], [200, 200, 200])
        self.assertNotIn('href="/portal"', emr.get("/").body)
        self.assertEqual(portal.get("/").header("Location"), "/portal")
        self.assertEqual([portal.get(path).status for path in ("/portal", "/r/x")], [200, 410])

    def test_without_a_worker_no_mail_leaves(self):
        self.open(workers=0)
        self.practice.staff.enable("P1")
        self.practice.staff.invite("P1")
        self.assertEqual(self.practice.status_of("P1"), "Not invited")
        waiting = json.loads(self.practice.run("work", "--mail", self.mail.transport).stdout)
        self.assertEqual((waiting["left"], waiting["waiting"]), (1, 0))
        self.assertEqual(self.practice.status_of("P1"), "Invited")

    def hold(self):
        """A mail that one of the workers has in hand, and which one."""
        self.mail.holds = True
        self.practice.staff.enable("P1")
        self.practice.staff.invite("P1")
        with self.mail.changed:
            self.assertTrue(self.mail.changed.wait_for(lambda: self.mail.held_ports, DEADLINE))
        self.mail.holds = False
        return next(worker for worker in self.practice.workers if worker.talks_from(self.mail.held_ports[0]))

    def test_a_mail_in_the_hand_of_a_worker_that_is_killed_leaves_once_all_the_same(self):
        self.open()
        worker = self.hold()
        worker.kill()
        self.practice.running.remove(worker)
        first_mail(self.mail, "p1@example.org")
        eventually("orange", lambda: self.practice.status_of("P1") == "Invited")
        self.assertEqual(len(self.mail.to("p1@example.org")), 1)

    def test_a_worker_that_is_told_to_end_gives_its_mail_to_the_other_at_once(self):
        self.open()
        worker = self.hold()
        began = time.monotonic()
        self.assertEqual(worker.stop(), (0, ""))
        self.assertLess(time.monotonic() - began, AT_ONCE)
        first_mail(self.mail, "p1@example.org")
        self.assertLess(time.monotonic() - began, AT_ONCE)
        self.assertEqual(len(self.mail.to("p1@example.org")), 1)

    def test_a_signal_ends_each_at_once_and_others_go_on(self):
        self.open()
        for process in (self.practice.portal, *self.practice.workers, self.practice.emr):
            began = time.monotonic()
            self.assertEqual(process.stop(), (0, ""))
            self.assertLess(time.monotonic() - began, AT_ONCE)

    def test_settings_saved_at_the_emr_are_in_use_everywhere(self):
        self.open(workers=1)
        staff, portal = self.practice.staff, Visitor(self.practice.portal.port)
        page = staff.open("/emr/settings")
        form = next(form for form in page.posts() if form["action"] == "/emr/settings")
        saved = staff.send(page, "/emr/settings", {"do": "save"},
                           **{**form["inputs"], "practice_name": "Elm Street", "cool_down_seconds": "1",
                              "patient_mails_per_day": "100", "address_mails_per_day": "100"})
        self.assertIn("Saved.", saved.body)
        eventually("the name at the portal", lambda: "Elm Street" in portal.open("/portal").body)
        staff.enable("P1")
        # The worker hears of it within a second of its own; a mail that it wrote before would have the old name.
        eventually("a mail in the new name", lambda: self.mailed_anew("P1"))

    def mailed_anew(self, patient):
        tab = self.practice.staff.tab(patient)
        self.practice.staff.send(self.practice.staff.open(tab), tab, {"do": "send_invitation"})
        return any("Elm Street" in text for text in self.mail.to(f"{patient.lower()}@example.org"))

    def test_settings_that_cannot_be_are_said_once_and_those_before_stay(self):
        self.open(workers=0)
        portal = self.practice.portal
        path = self.practice.data / "settings.json"
        path.write_text(json.dumps({"practice_name": "Elm Street", "profile": "lax"}))
        for process in (portal, self.practice.emr):
            self.assertIn("profile is standard or strict; the settings before stay in use",
                          process.popen.stderr.readline())
        self.assertNotIn("Elm Street", Visitor(portal.port).open("/portal").body)
        path.write_text(json.dumps({"practice_name": "Elm Street"}))
        eventually("the name", lambda: "Elm Street" in Visitor(portal.port).open("/portal").body)

    def test_a_worker_sees_what_the_emr_wrote_into_a_chart_since_it_began(self):
        self.open(workers=1)
        staff, visitor = self.practice.staff, Visitor(self.practice.portal.port)
        staff.enable("P3")
        page = staff.open("/emr/patient/P3/edit?tab=general")
        form = next(form for form in page.posts() if "general" in form["action"])
        staff.send(page, form["action"], **{**form["inputs"], "email": "moved@example.org"})
        visitor.send(visitor.open("/portal/account"), "/portal/account", email="moved@example.org",
                     birth_date="1980-04-02", last_name="Weber", postal_code="67202")
        self.assertIn("/r/", first_mail(self.mail, "moved@example.org"))
        self.assertEqual(self.mail.to("p3@example.org"), [])

    def test_all_may_start_at_once_on_a_new_store(self):
        roles = [("emr", "--port", "0"), ("portal", "--port", "0"), ("worker",), ("worker",), ("worker",)]
        for process in [self.practice.begin(*role) for role in roles]:
            process.wait_until_it_began()
        self.assertEqual(self.practice.close(), [])
        verified = self.practice.run("audit", "verify")
        self.assertEqual((verified.returncode, verified.stderr), (0, ""))
        self.assertEqual(len(list(self.practice.data.glob("*.key*"))), 1)

    @unittest.skipIf(STORE_URL, "about paths")
    def test_the_store_may_lie_elsewhere_and_be_named_by_the_environment(self):
        elsewhere = self.practice.data.parent / "shared.sqlite"
        emr = self.practice.start("emr", "--port", "0", "--store", str(elsewhere))
        Visitor(emr.port).enable("P1")
        self.assertFalse((self.practice.data / "onboarding.sqlite").exists())
        listed = self.practice.run("audit", "list", "--patient", "P1", env={**os.environ, "PPO_STORE": str(elsewhere)})
        self.assertIn("access_enabled", listed.stdout)

    @unittest.skipIf(STORE_URL, "about paths")
    def test_a_portal_needs_no_charts_and_no_other_file_of_the_emr(self):
        elsewhere = self.practice.data.parent / "shared.sqlite"
        self.practice.options += ["--store", str(elsewhere)]
        self.open()
        self.practice.options[1] = str(self.practice.data.parent / "of-the-portal")
        self.assertEqual(self.practice.portal.stop(), (0, ""))
        port = str(self.practice.portal.port)
        self.practice.portal = self.practice.start("portal", "--port", port)
        self.set_up("P1", "pat.one")
        self.assertEqual(self.practice.status_of("P1"), "Signed in")


if __name__ == "__main__":
    unittest.main()
