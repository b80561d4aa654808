# SPDX-License-Identifier: Apache-2.0
"""ppo-sim with the torture plugin, and an eye on the pages that come of it."""
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "host-simulator"))
from visitor import DEADLINE, Visitor

PROGRAM, PLUGIN = "", ""
CHARTS = ("P1,Ada,Novak,1980-02-03,12345,ada@patients.example,Active\n"
          "P2,Bo,Zed,1981-02-03,12345,bo@patients.example,Active\n"
          "P3,Cy,Dee,1982-02-03,12345,,Inactive\n")
MODES = ("plain", "tails", "unknown", "long", "empty", "unicode", "markup", "errors", "pieces", "extremes", "no-rows",
         "stopped", "callbacks", "restless", "effects", "closing", "more", "strangers")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Longest page: every text of the longest view has 64 KiB, some twice, as what is seen and as what is said.
MOST_PAGE = 12 * 1024 * 1024
INNER_WORDS = ("torture-inner",)  # What a fault names.
SECRETS = ("torture-torture", "blue kettle nine", "link-P1")  # Typed, or in the address of a link.


def take_arguments():
    """The paths of ppo-sim and plugin that ctest gives; the rest is unittest's."""
    global PROGRAM, PLUGIN
    PROGRAM, PLUGIN = sys.argv.pop(1), sys.argv.pop(1)


class PageCheck(html.parser.HTMLParser):
    """What is wrong with a page, whatever stands on it."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.wrong, self.text, self.targets = [], set(), [], [], []
        self.feed(page)
        self.close()
        if self.open:
            self.wrong.append(f"never closed: {self.open}")
        self.wrong += [f"{name} names {each!r}, which is not there" for name, each in self.targets
                       if each not in self.ids]

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(set(names)) != len(names):
            self.wrong.append(f"<{tag}> has an attribute twice: {names}")
        if any(name.startswith("on") or "canary" in name or name == "style" for name in names):
            self.wrong.append(f"<{tag}> has what no page of ours has: {names}")
        given = dict(attributes)
        if tag == "script" and not (given.get("src") or "").startswith("/assets/"):
            self.wrong.append("a script that is not ours")
        for name in ("href", "src", "action"):
            address = (given.get(name) or "").strip().lower()
            if address and not re.match(r"/(?!/)|#|tel:", address):
                self.wrong.append(f"<{tag}> leads elsewhere: {address[:80]}")
        self.look_at_ids(tag, given)
        if tag not in VOID:
            self.open.append(tag)

    def look_at_ids(self, tag, given):
        own = given.get("id")
        if own is not None:
            if not own or re.search(r"\s", own):
                self.wrong.append(f"<{tag}> has an id that nothing can name: {own[:80]!r}")
            if own in self.ids:
                self.wrong.append(f"the id {own[:80]!r} stands there twice")
            self.ids.add(own)
        if given.get("for"):
            self.targets.append(("for", given["for"]))
        for name in ("aria-labelledby", "aria-describedby"):
            self.targets += [(name, each) for each in (given.get(name) or "").split() if not each.endswith("-verdict")]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes what is not open")
            self.open = []

    def handle_data(self, data):
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", data):
            self.wrong.append(f"a control character in the text: {data[:60]!r}")


class Torture:
    """ppo-sim serve in one mode, in a folder of its own, or another role of it."""

    def __init__(self, modes, *options, role="serve"):
        self.folder = tempfile.TemporaryDirectory()
        self.report = pathlib.Path(self.folder.name, "report.jsonl")
        self.modes, self.wrong, self.faults = modes, [], 0
        charts = pathlib.Path(self.folder.name, "charts.csv")
        charts.write_text("id,first,last,dob,zip,email,status\n" + CHARTS)
        data = str(pathlib.Path(self.folder.name, "data"))
        subprocess.run([PROGRAM, "import", str(charts), "--data", data], check=True, capture_output=True)
        self.said = open(pathlib.Path(self.folder.name, "stderr"), "w+b")  # A pipe that nobody reads would fill up.
        self.serve = subprocess.Popen([PROGRAM, role, *([] if role == "worker" else ["--port", "0"]), "--data", data,
                                       "--plugin", PLUGIN, *options],
                                      stdout=subprocess.PIPE, stderr=self.said,
                                      env={**os.environ, "PPO_TORTURE": modes, "PPO_TORTURE_REPORT": str(self.report)})
        began = self.serve.stdout.readline().decode()
        if "Stop with Ctrl-C" not in began:
            raise AssertionError(f"it did not begin: {began}")
        self.port = 0 if role == "worker" else int(re.search(r"http://[\d.]+:(\d+)", began)[1])
        self.staff = Visitor(self.port)
        self.patient = Visitor(self.port)

    def close(self):
        """Exit status, complaints, findings, and how often each slot was called."""
        self.serve.terminate()
        status = self.serve.wait(DEADLINE)
        self.serve.stdout.close()
        self.said.seek(0)
        said = self.said.read()
        self.said.close()
        lines = [json.loads(line) for line in self.report.read_text().splitlines()]
        self.folder.cleanup()
        findings = [line for line in lines if "finding" in line]
        calls = next(line["calls"] for line in lines if "calls" in line)
        return status, said, findings, calls

    def look(self, who, answer, where):
        """Checks what came back, and follows it."""
        for _ in range(5):
            self.check(who, answer, where)
            if answer.status != 303:
                return answer
            target = answer.header("Location")
            if not re.match(r"/(?!/)", target):
                self.wrong.append(f"{where}: it leads to {target!r}")
                return answer
            answer = who.get(target)
        self.wrong.append(f"{where}: it leads on and on")
        return answer

    def check(self, who, answer, where):
        said = answer.words()
        if answer.status >= 500:
            self.faults += 1
            if "Something went wrong" in said or not re.search(r"<h1>[^<]+</h1>", answer.body):
                self.wrong.append(f"{where}: no named page: {answer}")
        if len(answer.body) > MOST_PAGE:
            self.wrong.append(f"{where}: {len(answer.body)} bytes")
        if who is self.patient and any(word in answer.body for word in INNER_WORDS):
            self.wrong.append(f"{where}: a visitor reads what a fault says")
        self.wrong += [f"{where}: {word} stands on the page" for word in SECRETS if word in answer.body]
        if (answer.header("Content-Type") or "").startswith("text/html") and answer.status != 303:
            self.wrong += [f"{where}: {each}" for each in PageCheck(answer.body).wrong[:5]]

    def get(self, path, who=None):
        who = who or self.staff
        return self.look(who, who.get(path), f"GET {path}")

    def post(self, page, form, button, who=None, **inputs):
        who = who or self.staff
        sent = {**form["inputs"], **inputs, **button}
        return self.look(who, who.ask("POST", form["action"], sent), f"POST {form['action']} {button}"[:200])

    def press_everything(self, page):
        """Presses each button of a page's forms once, but those for changing the member of staff."""
        # A few pages of megabytes are enough, and so are a few thousand lines of a log.
        most = 3 if {"long", "callbacks"} & set(self.modes.split(",")) else 40
        for form in page.posts():
            if form["action"] == "/emr/staff":
                continue
            buttons = {str(button): button for button in form["buttons"]}
            for button in list(buttons.values())[:most]:
                answer = self.post(page, form, button)
                for asked in answer.posts():  # A question, without our script a page of its own.
                    if asked["inputs"].get("answer") == "yes":
                        self.post(answer, asked, asked["buttons"][0])

    def work_as(self, number):
        page = self.get("/emr")
        form = next(form for form in page.posts() if form["action"] == "/emr/staff")
        self.post(page, form, {"staff": str(number)})


def run(modes, *words, data=None, report=None, **options):
    """A command of ppo-sim in these modes."""
    environment = {**os.environ, "PPO_TORTURE": modes}
    if report:
        environment["PPO_TORTURE_REPORT"] = str(report)
    return subprocess.run([PROGRAM, *words, *(["--data", str(data)] if data else []), "--plugin", PLUGIN],
                          env=environment, capture_output=True, timeout=DEADLINE, **options)
