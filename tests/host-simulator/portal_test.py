# SPDX-License-Identifier: Apache-2.0
"""The pages of the portal against scanners, forgers and the impatient, by plain HTTP.

    portal_test.py PPO_SIM
"""
import unittest

from portal_case import BORN, PASSWORD, PortalTest

FACTS = {"email": "p1@example.org", "birth_date": "1980-04-02", "last_name": "Weber", "postal_code": "67202"}


class LinkTest(PortalTest):
    def scan(self, link):
        """What mail scanners do to a link, from near and far, with and without cookies."""
        for source in ("127.0.0.1", "127.0.0.2"):
            for keeps_cookies in (False, True):
                robot = self.visitor(source=source, keeps_cookies=keeps_cookies)
                for method in ("HEAD", "GET", "GET", "GET", "OPTIONS", "POST", "PUT", "DELETE"):
                    robot.ask(method, link)
                robot.get(link + "?utm_source=znvy&hfreanzr=nqzva&step=credentials&password=" + "x" * 20)
                robot.get(link, Range="bytes=0-0")
                self.press_everything(robot, robot.open(link))

    def press_everything(self, robot, page):
        for form in page.posts():
            for button in form["buttons"] or [{}]:
                for inputs in ({}, {"username": "robot", "password": PASSWORD}):
                    robot.follow(robot.ask("POST", form["action"], {**form["inputs"], **inputs, **button}))

    def test_a_scanner_neither_uses_a_link_up_nor_revives_it(self):
        link = self.invite(self.first)
        self.scan(link)
        patient = self.visitor()
        form = self.confirm(patient, link)
        self.scan(link)
        done = patient.send(form, "/portal/setup", username=self.username, password=PASSWORD)
        self.assertIn("Your account is ready", done.words())
        self.scan(link)
        late = self.visitor().open(link)
        self.assertEqual((late.status, "used already" in late.words()), (410, True))
        self.assertIn("Welcome, " + self.name, patient.sign_in(self.username, PASSWORD).words())
        self.assertEqual(len(self.practice.links(f"{self.first.lower()}@example.org")), 1)

    def test_a_head_request_gets_no_session(self):
        answer = self.visitor().ask("HEAD", self.invite(self.first))
        self.assertEqual((answer.status, answer.header("Set-Cookie"), answer.header("Location")), (200, None, None))

    def test_the_address_with_the_secret_is_left_at_once_and_named_to_nobody(self):
        link = self.invite(self.first)
        answer = self.visitor().get(link)
        self.assertEqual((answer.status, answer.header("Location"), answer.header("Referrer-Policy"), answer.body),
                         (303, "/portal/setup", "no-referrer", ""))
        page = self.visitor().open(link)
        self.assertEqual(page.header("Referrer-Policy"), "same-origin")
        self.assertNotIn(link.split("/")[-1], page.body)

    def test_an_address_that_is_no_link_takes_nobodys_place(self):
        visitor = self.set_up()
        visitor.sign_in(self.username, PASSWORD)
        form = visitor.open(self.invite(self.second))
        cookies = dict(visitor.cookies)
        for garbage in ("/r/nothing", "/r", "/r/" + "A" * 43, "/r/" + "x" * 5000, "/r/%FF%FE"):
            answer = visitor.open(garbage)
            self.assertEqual((answer.status, answer.header("Set-Cookie")), (410, None), garbage)
            self.assertIn("555-0100", answer.words())
        self.assertEqual(visitor.cookies, cookies)
        self.assertIn("Welcome, " + self.name, visitor.open("/portal").words())
        self.assertIn("Choose a username", visitor.send(form, "/portal/setup", **BORN).words())

    def test_a_link_neither_shows_nor_keeps_another_person_who_is_signed_in(self):
        visitor = self.set_up()
        visitor.sign_in(self.username, PASSWORD)
        page = visitor.open(self.invite(self.second))
        self.assertIn("Hello Pat" + self.second[1:], page.words())
        self.assertNotRegex(page.body, f"{self.name}|{self.username}")
        visitor.send(page, "/portal/setup", **BORN)
        self.assertIn("Sign in to your patient portal", visitor.open("/portal").words())

    def test_nobody_is_signed_in_after_set_up(self):
        visitor = self.set_up()
        self.assertIn("Sign in to your patient portal", visitor.open("/portal").words())

    def test_the_second_press_of_the_button_says_that_the_link_was_used(self):
        visitor = self.visitor()
        form = self.confirm(visitor, self.invite(self.first))
        inputs = {"username": self.username, "password": PASSWORD}
        visitor.send(form, "/portal/setup", **inputs)
        again = visitor.send(form, "/portal/setup", **inputs)
        self.assertEqual(again.status, 410)
        self.assertIn("This link was used already. If that was you, sign in.", again.words())
        self.assertIn('href="/portal"', again.body)
        for page in (again, visitor.open("/portal/setup")):
            self.assertNotRegex(page.body, f"{self.name}|{self.username}|1980")

    def test_each_dead_link_says_why_whom_to_call_and_how_to_go_on(self):
        link = self.invite(self.first)
        tab = self.staff.tab(self.first)
        chart = f"/emr/patient/{self.second}/edit"

        def dead(sentence):
            answer = self.visitor().open(link)
            self.assertEqual(answer.status, 410)
            self.assertRegex(answer.words(), sentence)
            self.assertIn("555-0100", answer.words())
            self.assertIn('href="/portal"', answer.body)
            self.assertNotRegex(answer.body, "Pat[0-9]|@example.org")
            return answer.posts()

        self.staff.send(self.staff.open(tab), tab, {"do": "set_access 0"}, answer="yes")
        self.assertEqual(dead("Please call the practice"), [])
        link = self.invite(self.second)
        self.staff.send(self.staff.open(chart), chart + "?tab=general", email="new@example.org")
        self.assertEqual(len(dead("the e-mail address on file changed.*fresh link to the address")), 1)
        visitor = self.visitor()
        renewed = visitor.send(visitor.open(link), "/portal/setup")
        self.assertIn("If we can, we send a fresh link to the address on file.", renewed.words())

    def test_a_link_tells_about_twenty_usernames_and_no_more(self):
        visitor = self.visitor()
        form = self.confirm(visitor, self.invite(self.first)).posts()[0]

        def verdict(username):
            return visitor.ask("POST", "/portal/setup", {"csrf": form["inputs"]["csrf"], "username": username},
                               X_Fragment="view").words()

        self.assertIn("short", verdict("x"))  # Tells about nobody, so it does not count.
        for i in range(20):
            self.assertIn("Available", verdict(f"{self.username}.{i}"))
        self.assertIn("checked when you press Save", verdict(f"{self.username}.20"))
        self.assertIn("Available", verdict(f"{self.username}.0"))
        page = visitor.open("/portal/setup")
        self.assertIn("Your account is ready", visitor.send(page, "/portal/setup", username=self.username,
                                                            password=PASSWORD).words())

    def test_a_set_up_form_whose_session_is_over_does_nothing_and_names_what_was_typed(self):
        visitor = self.visitor()
        link = self.invite(self.first)
        form = self.confirm(visitor, link)
        visitor.cookies.clear()
        answer = visitor.send(form, "/portal/setup", username=self.username, password=PASSWORD)
        self.assertEqual(answer.status, 403)
        self.assertRegex(answer.words(), rf"open the link in your e-mail again(.|\n)*{self.username}")
        self.assertNotIn(PASSWORD, answer.body)
        self.assertIn("Choose a username", self.confirm(visitor, link).words())


class SignInTest(PortalTest):
    def test_cookies_are_out_of_reach_of_scripts_neighbours_and_other_sites(self):
        given = {}
        for path in ("/portal", self.invite(self.first), "/emr"):
            name, _, flags = self.visitor().get(path).header("Set-Cookie").partition("=")
            given[name] = flags.partition("; ")[2]
        lax = "Path=/; Secure; HttpOnly; SameSite=Lax"
        self.assertEqual(given, {"__Host-ppo-portal": lax, "__Host-ppo-link": lax,
                                 "__Host-ppo-staff": lax.replace("Lax", "Strict")})

    def test_sign_in_gets_a_new_session_and_sign_out_ends_it(self):
        visitor = self.set_up()
        before = dict(visitor.cookies)
        page = visitor.sign_in(self.username, PASSWORD)
        signed_in = dict(visitor.cookies)
        self.assertNotEqual(before["__Host-ppo-portal"], signed_in["__Host-ppo-portal"])
        form = next(form for form in page.posts() if form["action"] == "/portal/sign-out")
        out = visitor.ask("POST", "/portal/sign-out", form["inputs"])
        self.assertEqual(out.header("Clear-Site-Data"), '"cache", "storage"')
        visitor.cookies = signed_in
        self.assertNotIn(self.name, visitor.open("/portal").body)
        visitor.cookies = before
        self.assertNotIn(self.name, visitor.open("/portal").body)

    def test_what_was_typed_stays_when_the_session_is_over_but_for_the_password(self):
        visitor = self.visitor()
        for what in ("account", "password", "username"):
            form = visitor.open(f"/portal/{what}")
            visitor.cookies.clear()
            answer = visitor.send(form, f"/portal/{what}", **FACTS)
            self.assertEqual((answer.status, "open for too long" in answer.words()), (403, True))
            self.assertEqual({**answer.posts()[0]["inputs"], **FACTS}, answer.posts()[0]["inputs"])
            self.assertIn("Look into your mailbox", visitor.send(answer, f"/portal/{what}").words())
        form = visitor.open("/portal")
        visitor.cookies.clear()
        answer = visitor.send(form, "/portal/sign-in", username=self.username, password=PASSWORD)
        self.assertEqual(answer.posts()[0]["inputs"]["username"], self.username)
        self.assertNotIn(PASSWORD, answer.body)

    def test_an_empty_field_is_named(self):
        visitor = self.visitor()
        for name, words in (("email", "e-mail address"), ("birth_date", "birth date"), ("last_name", "last name"),
                            ("postal_code", "ZIP code")):
            page = visitor.send(visitor.open("/portal/account"), "/portal/account", **{**FACTS, name: ""})
            self.assertIn(f"Please enter your {words}.", page.words())

    def test_a_text_that_is_too_long_or_damaged_is_told_at_its_field(self):
        visitor = self.visitor()
        for value in ("x" * 5000, "a\0b", b"\xff\xfe"):
            page = visitor.sign_in(value, PASSWORD)
            self.assertEqual(page.status, 422)
            self.assertIn("This is too long, or holds characters that nobody can read.", page.words())

    def test_refused_pages_of_the_emr_say_why(self):
        addresses = ["/emr/settings", "/emr/templates", "/emr/view/onboarding.report", self.staff.tab(self.first)]
        settings = next(form for form in self.staff.open("/emr/settings").posts() if form["action"] == "/emr/settings")
        self.staff.send(self.staff.open("/emr"), "/emr/staff", {"staff": "3"})
        token = self.staff.open("/emr").posts()[0]["inputs"]["csrf"]
        for address in addresses:
            for answer in (self.staff.open(address),
                           self.staff.ask("POST", address, {**settings["inputs"], "csrf": token, "do": "save"})):
                self.assertEqual(answer.status, 403, address)
                self.assertRegex(answer.words(), r"Theo Park \(laboratory, no portal work\) may not", address)
        self.assertNotIn("/emr/settings", self.staff.open("/emr").body)


if __name__ == "__main__":
    unittest.main()
