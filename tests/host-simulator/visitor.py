# SPDX-License-Identifier: Apache-2.0
"""Somebody with a browser of his own making, by plain HTTP: sends what no browser would, and reads every form."""
import email
import email.policy
import html.parser
import http.client
import pathlib
import re
import subprocess
import threading
import time
import urllib.parse

DEADLINE = 30


class Forms(html.parser.HTMLParser):
    """The forms of a page: where they go, what is in them, and their buttons."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.found.append({"method": given.get("method"), "action": given.get("action"), "inputs": {},
                               "buttons": []})
        elif tag in ("input", "select", "textarea") and self.found and given.get("name"):
            self.found[-1]["inputs"][given["name"]] = given.get("value") or ""
            self.select = given["name"]
        elif tag == "option" and self.found and "selected" in given:
            self.found[-1]["inputs"][self.select] = given["value"]
        elif tag == "button" and self.found and given.get("type") == "submit":
            self.found[-1]["buttons"].append({given["name"]: given.get("value", "")} if given.get("name") else {})


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.getheaders()
        self.body = response.read().decode(errors="replace")

    def header(self, name):
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)

    def posts(self):
        return [form for form in Forms(self.body).found if form["method"] == "post"]

    def words(self):
        main = re.search(r"<main.*?</main>", self.body, re.S)
        return html.unescape(re.sub(r"<[^>]+>", " ", main[0] if main else self.body))

    def __str__(self):
        return f"{self.status} {self.words()[:200]}"


class Visitor:
    """Keeps cookies, follows nothing by itself. `source`: the address of this computer that he comes from."""

    def __init__(self, port, source="127.0.0.1", keeps_cookies=True, **headers):
        self.port, self.source, self.keeps_cookies = port, source, keeps_cookies
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies = {}

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, DEADLINE, (self.source, 0))
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(body)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, urllib.parse.quote(path, safe="/?=&%."), body, sent)
        answer = Answer(connection.getresponse())
        connection.close()
        for name, value in answer.headers:
            if name == "Set-Cookie" and self.keeps_cookies:
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def follow(self, answer):
        while answer.status == 303:
            answer = self.get(answer.header("Location"))
        return answer

    def open(self, path):
        return self.follow(self.get(path))

    def send(self, page, action, *button, **inputs):
        """Fills in the form of a page that goes there, presses one of its buttons (the first), and follows."""
        form = next(form for form in page.posts() if form["action"] == action)
        pressed = button[0] if button else (form["buttons"] or [{}])[0]
        return self.follow(self.ask("POST", action, {**form["inputs"], **inputs, **pressed}))

    def sign_in(self, username, password):
        return self.send(self.open("/portal"), "/portal/sign-in", username=username, password=password)

    def tab(self, patient):
        return re.search(r'href="(/emr/patient/\w+/edit\?tab=(?!general)[^"]+)"',
                         self.get(f"/emr/patient/{patient}/edit").body)[1]

    def enable(self, patient):
        tab = self.tab(patient)
        return self.send(self.open(tab), tab, {"do": "set_access 1"})

    def invite(self, patient):
        tab = self.tab(patient)
        return self.send(self.open(tab), tab, {"do": "send_invitation"})


def eventually(what, look):
    """The mail leaves a moment after it was asked for."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        seen = look()
        if seen:
            return seen
        threading.Event().wait(0.02)
    raise AssertionError(f"waited in vain for: {what}")


class Practice:
    """ppo-sim serve with a data folder of its own."""

    def __init__(self, program, folder, charts, *options):
        self.data = pathlib.Path(folder, "data")
        csv = pathlib.Path(folder, "charts.csv")
        csv.write_text("id,first,last,dob,zip,email,status\n" + charts)
        subprocess.run([program, "import", str(csv), "--data", str(self.data)], check=True, capture_output=True)
        self.serve = subprocess.Popen([program, "serve", "--port", "0", "--data", str(self.data), *options], text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.port = int(re.search(r"http://[\d.]+:(\d+)", self.serve.stdout.readline())[1])

    def stop(self):
        """Its exit status, and what it complained about."""
        self.serve.terminate()
        said = self.serve.communicate(timeout=DEADLINE)
        return self.serve.returncode, said[1]

    def mails(self, address):
        """The texts of the mails to an address, oldest first."""
        found = []
        for path in sorted(self.data.glob("mail/*.eml")):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if address in mail["To"]:
                found.append(mail.get_body(("plain",)).get_content())
        return found

    def links(self, address):
        return [link for text in self.mails(address) for link in re.findall(r"https?://\S+/r/\S+", text)]

    def newest_link(self, address, before=0):
        """Its path, once there are more links than `before`."""
        links = eventually(f"a link to {address}", lambda: self.links(address)[before:])
        return urllib.parse.urlsplit(links[-1]).path
