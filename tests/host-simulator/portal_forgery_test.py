# SPDX-License-Identifier: Apache-2.0
"""Forged requests to the portal and the EMR: they change nothing, lead nowhere and add no header.

    portal_forgery_test.py PPO_SIM
"""
import re
import unittest
import urllib.parse

from portal_case import PASSWORD, PortalTest

HEADERS = {
    "Content-Security-Policy": r"default-src 'none'; .*form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
                               r"object-src 'none'(; frame-src 'self')?",
    "Referrer-Policy": "same-origin|no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": r".*camera=\(\).*", "X-Robots-Tag": "noindex"}
INJECTED = ["/emr/\r\nX-Injected: yes", "/emr/%0d%0aX-Injected: yes", "/emr?\nX-Injected: yes\r\n\r\n<h1>split",
            "\r\nSet-Cookie: __Host-ppo-portal=chosen"]


def without_tokens(page):
    """A page without what is another at every look."""
    return re.sub(r'value="\w{64}"|data-closes-in="\d+"|[?&]v=\w+|data-again="\d+"', "", page)


class ForgeryTest(PortalTest):
    def pages(self):
        """Everywhere with forms: (visitor, address). Of the portal all, of the EMR a sample."""
        asked = self.visitor()
        asked.open(self.invite(self.first))
        confirmed = self.visitor()
        self.confirm(confirmed, self.invite(self.second))
        replaced = self.visitor()
        third = f"P{next(self.numbers)}"
        replaced.open(self.invite(third))
        tab = self.staff.tab(third)
        for value in ("0", "1"):  # Renewable: the link is dead, the patient may have another.
            self.staff.send(self.staff.open(tab), tab, {"do": f"set_access {value}"}, answer="yes")
        return [(self.visitor(), path) for path in ("/portal", "/portal/account", "/portal/password",
                                                    "/portal/username")] + [
            (asked, "/portal/setup"), (confirmed, "/portal/setup"), (replaced, "/portal/setup"),
            (self.signed_in, "/portal"), (self.staff, "/emr"), (self.staff, f"/emr/patient/{third}"),
            (self.staff, f"/emr/patient/{third}/edit"), (self.staff, tab), (self.staff, "/emr/settings"),
            (self.staff, "/emr/view/onboarding.report"), (self.staff, "/emr/templates")]

    def setUp(self):
        super().setUp()
        self.signed_in = self.set_up()
        self.signed_in.sign_in(self.username, PASSWORD)
        self.first = f"P{next(self.numbers)}"

    def forms(self):
        """Every form of these pages with a plausible filling: (visitor, address, form, inputs)."""
        filling = {"birth_date": "1980-04-02", "username": self.username + ".x", "password": PASSWORD, "staff": "1",
                   "current_password": PASSWORD, "new_password": PASSWORD + " and back", "last_name": "Weber",
                   "email": "p1@example.org", "postal_code": "67202", "practice_name": "Forged"}
        found = []
        for visitor, path in self.pages():
            page = visitor.open(path)
            for form in page.posts():
                for button in form["buttons"] or [{}]:
                    inputs = {name: filling.get(name, value) for name, value in form["inputs"].items()}
                    found.append((visitor, path, form, {**inputs, **button}))
        return found

    def test_a_post_without_the_sessions_own_token_does_nothing(self):
        stranger = self.visitor()
        crossed = stranger.open("/portal").posts()[0]["inputs"]["csrf"]
        forms = self.forms()
        actions = {form["action"].split("?")[0] for _, _, form, _ in forms}
        self.assertLessEqual({"/portal/sign-in", "/portal/account", "/portal/password", "/portal/username",
                              "/portal/setup", "/portal/change-password", "/portal/sign-out", "/emr/staff",
                              "/emr/settings", "/emr/templates"}, actions)
        mails = len(list(self.practice.data.glob("mail/*")))
        for visitor, path, form, inputs in forms:
            before = without_tokens(visitor.open(path).body)
            own = inputs.pop("csrf")
            tries = [({}, {}), ({"csrf": ""}, {}), ({"csrf": "0" * 64}, {}), ({"csrf": crossed}, {}),
                     ({"csrf": own}, {"Sec_Fetch_Site": "cross-site"}),
                     ({"csrf": own}, {"Sec_Fetch_Site": "same-site"}),
                     ({"csrf": own}, {"Origin": "http://evil.example"})]
            for token, headers in tries:
                answer = visitor.ask("POST", form["action"], {**inputs, **token}, **headers)
                self.assertEqual(answer.status, 403, f"{form['action']} {token} {headers}")
                self.assertRegex(answer.words(), "open for too long|not up to date", form["action"])
            self.assertEqual(without_tokens(visitor.open(path).body), before, form["action"])
        self.assertEqual(len(list(self.practice.data.glob("mail/*"))), mails)

    def test_no_text_of_a_visitor_adds_a_header(self):
        for visitor, _, form, inputs in self.forms():
            token = inputs.pop("csrf")
            for text in INJECTED:
                forged = {**{name: text for name in inputs}, "csrf": token, "back": text, "what": text}
                self.check_whole(visitor.ask("POST", form["action"], forged))
                if visitor is self.signed_in or visitor is self.staff:
                    break
        for text in INJECTED:
            quoted = urllib.parse.quote(text, safe="")
            for path in ("/", "/r/", "/portal/", "/portal/account?sent=", "/emr/", "/emr?search=", "/emr/view/",
                         "/emr/patient/", "/emr/patient/P1/edit?tab=", "/mail/", "/assets/1/",
                         "/emr/view/onboarding.report?f.search="):
                self.check_whole(self.staff.get(path + quoted))

    def test_the_way_back_of_the_staff_switch_stays_one_header(self):
        token = self.staff.open("/emr").posts()[0]["inputs"]["csrf"]
        for text in INJECTED:
            answer = self.staff.ask("POST", "/emr/staff", {"csrf": token, "staff": "0", "back": text})
            self.check_whole(answer)
            self.assertRegex(answer.header("Location"), r"^/emr[^\r\n]*$")
        for text in ("//evil.example", "https://evil.example", "/emrevil", "/portal", "javascript:alert(1)"):
            answer = self.staff.ask("POST", "/emr/staff", {"csrf": token, "staff": "0", "back": text})
            self.assertEqual(answer.header("Location"), "/emr")

    def check_whole(self, answer):
        names = [name.lower() for name, _ in answer.headers]
        self.assertNotIn("x-injected", names)
        self.assertEqual(len(names) - names.count("set-cookie"), len(set(names) - {"set-cookie"}))
        self.assertFalse([value for name, value in answer.headers if name == "Set-Cookie" and "chosen" in value])
        self.assertFalse(answer.body.startswith("<h1>split"))

    def test_every_page_has_the_headers(self):
        looks = [(visitor, path) for visitor, path in self.pages()]
        looks += [(self.visitor(), path) for path in ("/", "/mail", "/nowhere", "/portal/nowhere", "/r/nothing",
                                                      "/portal/setup", "/portal/account?sent=1", "/portal/%zz")]
        looks.append((self.visitor(), self.invite(f"P{next(self.numbers)}")))
        for visitor, path in looks:
            answer = visitor.get(path)
            for name, pattern in HEADERS.items():
                self.assertRegex(answer.header(name) or "", f"^(?:{pattern})$", f"{name} of {path}")

    def test_a_name_that_is_not_of_this_computer_is_not_served(self):
        for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""):
            self.assertEqual(self.visitor(Host=host).get("/portal").status, 421, host)


class ForgedHostTest(PortalTest):
    """As behind a proxy: any name is served, and none of them counts."""
    options = ("--bind", "0.0.0.0")

    def test_links_and_redirects_come_from_the_settings_alone(self):
        for forged in ({"Host": "evil.example"}, {"Host": f"127.0.0.1:{self.practice.port}@evil.example"},
                       {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "javascript"},
                       {"Forwarded": "host=evil.example;proto=https", "X_Original_URL": "//evil.example"}):
            patient = f"P{next(self.numbers)}"
            self.staff = self.visitor(**forged)
            link = self.invite(patient)
            visitor = self.visitor(**forged)
            self.assertEqual(visitor.get(link).header("Location"), "/portal/setup")
            facts = {"email": f"{patient.lower()}@example.org", "birth_date": "1980-04-02", "last_name": "Weber",
                     "postal_code": "67202"}
            visitor.send(visitor.open("/portal/password"), "/portal/password", **facts)
            texts = "".join(self.practice.mails(facts["email"]))
            self.assertIn(f"http://127.0.0.1:{self.practice.port}{link}", texts)
            self.assertNotIn("evil", texts)


if __name__ == "__main__":
    unittest.main()
