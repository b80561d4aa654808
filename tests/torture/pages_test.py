# SPDX-License-Identifier: Apache-2.0
"""The pages of ppo-sim over the torture plugin: none breaks, whatever the plugin says.

Usage: pages_test.py PPO_SIM PLUGIN
"""
import unittest

import torture
from torture import MODES, SECRETS, Torture

EMR = ("/", "/emr", "/emr?q=no", "/emr/view/onboarding.report", "/emr/view/torture.zoo", "/emr/view/no.such.view",
       "/emr/view/onboarding.report?f.search=%3Cb%3E%22&sort=sort+name&page=next+next",
       "/emr/patient/P1", "/emr/patient/P1/edit", "/emr/patient/P1/edit?tab=patient.portal",
       "/emr/patient/P3/edit?tab=patient.portal", "/emr/patient/P1/edit?tab=none", "/emr/settings", "/emr/templates",
       "/emr/document", "/mail", "/mail/none.eml")
PORTAL = ("/portal", "/portal/account", "/portal/password", "/portal/username", "/portal/setup", "/portal/mail",
          "/r/none", "/r/" + "x" * 300)
SLOTS_OF_PAGES = ("ppo_ui_1.contributions", "ppo_ui_1.open", "ppo_ui_1.render", "ppo_ui_1.edit", "ppo_ui_1.invoke",
                  "ppo_selfservice_1.open_link", "ppo_selfservice_1.confirm_identity",
                  "ppo_selfservice_1.complete_setup", "ppo_selfservice_1.request", "ppo_selfservice_1.sign_in",
                  "ppo_selfservice_1.change_password", "ppo_selfservice_1.get_mail_choice",
                  "ppo_selfservice_1.set_mail_choice", "ppo_selfservice_1.check_session", "ppo_mail_1.get_template",
                  "ppo_security_1.get_rules", "ppo_security_1.each_deviation", "ppo_onboarding_1.sync_directory")
FACTS = {"email": "ada@patients.example", "birth_date": "1980-02-03", "last_name": "Novak", "postal_code": "12345"}


def walk_the_emr(torture):
    for path in EMR:
        torture.get(path)
    for path in ("/emr/view/onboarding.report", "/emr/view/torture.zoo", "/emr/patient/P1/edit?tab=patient.portal"):
        torture.press_everything(torture.get(path))
        torture.get("/emr/document")
    torture.press_everything(torture.get("/emr/patient/P1/edit"))
    torture.press_everything(torture.get("/emr"))


def walk_the_settings(torture):
    """Each member of staff in turn: some may change them, some may not."""
    for number in (3, 2, 1, 0):
        torture.work_as(number)
        torture.press_everything(torture.get("/emr/settings"))
        for path in ("/emr/templates", "/emr/templates?kind=2&language=es", "/emr/templates/preview"):
            torture.press_everything(torture.get(path))
    torture.work_as(0)


def walk_in_short(torture):
    for path in EMR:
        torture.get(path)
    tab = torture.get("/emr/patient/P1/edit?tab=patient.portal")
    for form in tab.posts()[1:]:
        torture.post(tab, form, {"do": "save save"}, **{"f.username": "typed"})
    torture.work_as(2)
    torture.get("/emr/settings")
    torture.get("/emr/templates")


def fill_in(torture, path, action, **inputs):
    page = torture.get(path, torture.patient)
    for form in page.posts():
        if form["action"] == action:
            return torture.post(page, form, form["buttons"][-1], torture.patient, **inputs)
    return page


def walk_the_portal(torture, attempts=3):
    for path in PORTAL:
        torture.get(path, torture.patient)
    for what in ("account", "password", "username"):
        fill_in(torture, f"/portal/{what}", f"/portal/{what}", **FACTS)
        fill_in(torture, f"/portal/{what}", f"/portal/{what}")
    fill_in(torture, "/portal", "/portal/sign-in", username="nobody", password="nothing")
    for attempt in range(attempts):
        torture.get("/r/link-P1", torture.patient)
        fill_in(torture, "/portal/setup", "/portal/setup", birth_date="1980-02-03", postal_code="12345")
        fill_in(torture, "/portal/setup", "/portal/setup", username=f"ada{attempt}", password="blue kettle nine",
                step="credentials")
    for attempt in range(attempts):
        fill_in(torture, "/portal", "/portal/sign-in", username="torture", password="torture-torture")
        torture.get("/portal/mail", torture.patient)
        fill_in(torture, "/portal/mail", "/portal/mail", mail_me="no")
        fill_in(torture, "/portal", "/portal/change-password", current_password="wrong", new_password="blue kettle")
        fill_in(torture, "/portal", "/portal/change-password", current_password="torture-torture",
                new_password="torture-torture")
        fill_in(torture, "/portal", "/portal/sign-out")


class PagesTest(unittest.TestCase):
    maxDiff = 4000

    def walk(self, modes, short=False):
        torture = Torture(modes)
        try:
            if short:
                walk_in_short(torture)
                walk_the_portal(torture, attempts=1)
            else:
                walk_the_emr(torture)
                walk_the_settings(torture)
                walk_the_portal(torture)
        finally:
            status, said, findings, calls = torture.close()
        self.assertEqual([], torture.wrong[:12], f"{len(torture.wrong)} things are wrong")
        self.assertEqual(0, status, said)
        self.assertEqual([], findings)
        for word in SECRETS:
            self.assertFalse(word.encode() in said, f"{word} stands in the log")
        return said, calls


    def test_a_slot_that_always_breaks_breaks_no_page(self):
        for number, slot in enumerate(SLOTS_OF_PAGES):
            for result in (-3999, (-2999, -1999, -1)[number % 3]):
                with self.subTest(f"{result} at {slot}"):
                    said, calls = self.walk(f"plain,answer={result},at={slot}", short=True)
                    self.assertLess(0, calls[slot], "no page needs it")

    def test_a_plugin_that_breaks_tells_visitors_nothing_of_its_machines(self):
        torture = Torture("plain,answer=-3101,at=ppo_selfservice_1.open_link")
        try:
            page = torture.get("/r/link-P1", torture.patient)
            self.assertEqual(503, page.status)
            self.assertIn("This does not work at the moment", page.words())
            self.assertNotIn("So says the torture", page.words())
        finally:
            torture.close()

    def test_an_unknown_element_is_shown_as_its_label_and_text(self):
        torture = Torture("unknown")
        try:
            page = torture.get("/emr/view/torture.zoo")
            self.assertIn("<dt>LATER-KIND-LABEL</dt><dd>LATER-KIND-TEXT</dd>", page.body)
            self.assertIn('class="rectangle gray"', page.body)
            for word in ("mauve", "violet", "sparkline", "sideways"):
                self.assertFalse(word in page.body, word)
        finally:
            torture.close()

    def test_a_log_line_is_one_line_without_controls(self):
        said, _ = self.walk("callbacks", short=True)
        self.assertIn(b"torture-canary", said)
        self.assertNotRegex(said, rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")

    def test_a_process_of_its_own_begins_and_ends_well(self):
        for role in ("emr", "portal", "worker"):
            for modes in ("plain", "callbacks", "errors", "more", "plain,slow=30"):
                torture = Torture(modes, role=role)
                if role == "emr":
                    torture.get("/emr/view/torture.zoo")
                elif role == "portal":
                    torture.get("/portal", torture.patient)
                status, said, findings, calls = torture.close()
                self.assertEqual((0, [], []), (status, findings, torture.wrong), f"{role} {modes}: {said[-200:]}")
                self.assertLess(0, calls["ppo_plugin.create"])

    def test_a_slow_plugin_holds_up_nobody_for_ever(self):
        self.walk("plain,slow=40", short=True)


def test_of(mode):
    def test(self):
        self.walk(mode)
    return test


for each in MODES + ("all",):
    setattr(PagesTest, f"test_no_page_breaks_in_mode_{each.replace('-', '_')}", test_of(each))

if __name__ == "__main__":
    torture.take_arguments()
    unittest.main()
