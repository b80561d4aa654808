# SPDX-License-Identifier: Apache-2.0
"""Sends every kind of mail, in both languages, through mail servers that others wrote, and reads it back with parsers
that others wrote: each part is what the plugin was meant to say.

    servers_test.py DRIVER PLUGIN FOLDER_OF_THE_RIG
"""
import base64
import email
import email.policy
import glob
import json
import os
import queue
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

DRIVER, PLUGIN = sys.argv[1:3]
sys.path.insert(0, sys.argv[3])
from rig import Practice  # noqa: E402

HERE = os.path.dirname(os.path.realpath(__file__))
TOP = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
USER, PASSWORD = "elm", "open sesame, please"
FIVE_DAYS = str(5 * 24 * 60 + 5)
LINK = re.compile(r"https://portal\.practice\.example/link/([\w-]+)")
PATIENTS = [fields.split("|") for fields in (
    "first.en|Anne|Underhill|en|anne@home.example", "first.es|María|Núñez|es|maría.ñ@correo.example",
    "reset.en|Ben|O'Hara <&>|en|ben@home.example", "reset.es|Íñigo|Sáez|es|inigo@casa.example",
    "again.en|Cleo|Weber|en|cleo@home.example", "again.es|Concha|Peña|es|concha@casa.example",
    "name.en|Dora|Kim|en|dora@home.example", "name.es|Delia|Güell|es|delia@casa.example",
    "word.en|Ed|Novak|en|ed@home.example", "word.es|Elías|Ruiz|es|elias@casa.example",
    "twin1.en|Fay|Haddad|en|twins@home.example", "twin2.en|Flo|Haddad|en|twins@home.example",
    "twin1.es|Félix|Ibáñez|es|gemelos@casa.example", "twin2.es|Flor|Ibáñez|es|gemelos@casa.example")]
LANGUAGES = ("en", "es")
RECIPIENTS = {fields[4] for fields in PATIENTS}


def for_both(*words):
    return [word.replace("*", language) for language in LANGUAGES for word in words]


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_certificates(folder):
    """An authority, and the server's certificate for localhost."""
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority",
            "-addext", "keyUsage=critical,keyCertSign")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    with open(os.path.join(folder, "names"), "w", encoding="ascii") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "server.pem", "-days", "2", "-extfile", "names")


class Server:
    """A mail server in a process of its own, that says its port and then each mail as one JSON a line."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=HERE)
        self.said = queue.Queue()
        self.reader = threading.Thread(target=lambda: [self.said.put(json.loads(line)) for line in self.process.stdout])
        self.reader.start()
        self.port = self.said.get(timeout=30)["port"]

    def mails(self, count):
        return [self.said.get(timeout=20) for _ in range(count)]

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()


def python_with_aiosmtpd():
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and not subprocess.run([python, "-c", "import aiosmtpd"], capture_output=True,
                                                         check=False).returncode:
            return python
    raise AssertionError("no Python here has aiosmtpd; packaging/test installs python3-aiosmtpd")


def node_with_packages():
    node = shutil.which("node")
    assert node, "there is no node; packaging/test installs nodejs"
    assert os.path.isdir(os.path.join(HERE, "node_modules", "smtp-server")), \
        "npm's packages are not installed; packaging/test does it, or: npm ci in tests/faults/servers"
    return node


def read_with_python(raw):
    """A mail as Python's parser reads it, in the words of parsing_server.mjs."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert not mail.defects, mail.defects
    # Letters beyond ASCII stand in an address as they are (RFC 6532); this parser keeps their bytes aside.
    plain = lambda text: text.encode("utf-8", "surrogateescape").decode("utf-8")
    addresses = lambda name: [[one.display_name, plain(one.addr_spec)] for one in mail[name].addresses]
    return {"subject": mail["Subject"], "from": addresses("From"), "to": [each[1] for each in addresses("To")],
            "reply_to": [each[1] for each in addresses("Reply-To")], "message_id": mail["Message-ID"],
            "auto_submitted": mail["Auto-Submitted"], "date": int(mail["Date"].datetime.timestamp() * 1000),
            "text": mail.get_body(("plain",)).get_content(), "html": mail.get_body(("html",)).get_content(),
            "attachments": len(list(mail.iter_attachments()))}


def comparable(parsed):
    """Without what differs from store to store: the secrets of links, and ids; and without the parsers' line ends."""
    plain = lambda text: LINK.sub("LINK", text.replace("\r\n", "\n")).strip()
    return dict(parsed, text=plain(parsed["text"]), html=plain(parsed["html"]), message_id="")


class ServersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.maxDiff = None
        cls.folder = os.path.realpath(tempfile.mkdtemp(prefix="ppo-servers-"))
        make_certificates(cls.folder)
        prepared = os.path.join(cls.folder, "prepared")
        os.mkdir(prepared)
        practice = Practice(DRIVER, PLUGIN, prepared, f"folder:{prepared}/mail")
        practice.write_patients(PATIENTS)
        practice.run(["set_up", *for_both("password", "reset.*", "password", "name.*", "password", "word.*",
                                          "invite", "again.*"), "work", "0",
                      "at", FIVE_DAYS, *for_both("invite", "first.*", "invite", "reset.*", "password", "word.*",
                                                 "ask", "name.*", "3", "ask", "twin1.*", "1")])
        cls.prepared = prepared
        # What the plugin means to say, as files: the same store works on, without any mail server.
        cls.meant = {}
        folder = cls.copy("meant")
        cls.practice_in(folder, f"folder:{folder}/said").run(["work", FIVE_DAYS], settings=["reminders=1"])
        for path in glob.glob(f"{folder}/said/*.eml"):
            with open(path, "rb") as file:
                parsed = read_with_python(file.read())
            cls.meant[parsed["to"][0]] = comparable(parsed)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def copy(cls, name):
        folder = os.path.join(cls.folder, name)
        shutil.copytree(cls.prepared, folder)
        return folder

    @classmethod
    def practice_in(cls, folder, transport):
        return Practice(DRIVER, PLUGIN, folder, transport)

    def send_through(self, name, scheme, command):
        """What arrived, and the practice that sent it."""
        mode = "tls" if scheme == "smtps" else "starttls"
        server = Server([*command, mode, f"{self.folder}/server.key", f"{self.folder}/server.pem", USER, PASSWORD])
        try:
            practice = self.practice_in(self.copy(name), f"{scheme}://localhost:{server.port}")
            practice.run(["work", FIVE_DAYS],
                         settings=["reminders=1", f"user={USER}", f"password={PASSWORD}",
                                   f"authorities={self.folder}/ca.pem"])
            return server.mails(len(RECIPIENTS)), practice
        finally:
            server.end()

    def check_raw(self, mail):
        raw = base64.b64decode(mail["raw"])
        self.assertLessEqual(max(len(line) for line in raw.split(b"\r\n")), 998)
        self.assertNotRegex(raw, rb"[^\r]\n|\r[^\n]", "a line ends in half of CR LF")
        return raw

    def check_mail(self, mail, parsed, practice):
        recipient = mail["recipients"][0]
        self.assertEqual([recipient], parsed["to"])
        self.assertEqual(self.meant[recipient], comparable(parsed))
        self.assertEqual([["Elm Practice", "portal@practice.example"]], parsed["from"])
        self.assertEqual(["desk@practice.example"], parsed["reply_to"])
        self.assertEqual("auto-generated", parsed["auto_submitted"])
        self.assertEqual("portal@practice.example", mail["sender"])
        self.assertTrue(mail["secure"], "the mail came in the clear")
        self.assertEqual(USER, mail["user"])
        self.assertEqual(0, parsed["attachments"])
        self.check_id(recipient, parsed["message_id"], practice)
        links = LINK.findall(parsed["text"])
        self.assertEqual(sorted(set(links)), sorted(set(LINK.findall(parsed["html"]))), "the parts' links differ")
        said = practice.run([word for link in links for word in ("open", link)])[1]
        self.assertEqual([["link", link, "usable"] for link in links], said)
        return len(set(links))

    def check_id(self, recipient, message_id, practice):
        connection = sqlite3.connect(practice.store)
        ids = [f"<{row[0]}@practice.example>" for row in
               connection.execute("SELECT mail_id FROM outbox WHERE recipient = ? AND state = 2", (recipient,))]
        connection.close()
        self.assertIn(message_id, ids)

    def check_all(self, mails, practice):
        links = {}
        for mail in mails:
            raw = self.check_raw(mail)
            with self.subTest(recipient=mail["recipients"]):
                links[mail["recipients"][0]] = self.check_mail(mail, read_with_python(raw), practice)
                if "parsed" in mail:
                    self.check_mail(mail, mail["parsed"], practice)
        self.assertEqual(RECIPIENTS, set(links))
        self.assertEqual([0] * 4 + [1] * 6 + [2] * 2, sorted(links.values()), "links for twins, for one, and none")

    def test_subjects_of_each_kind_and_language_differ(self):
        self.assertEqual(RECIPIENTS, set(self.meant))
        # Links for several people behind one address go under the subject of a link for one.
        self.assertEqual(len(RECIPIENTS) - 2, len({mail["subject"] for mail in self.meant.values()}))

    def test_aiosmtpd_with_starttls_and_auth(self):
        command = [python_with_aiosmtpd(), f"{HERE}/aiosmtpd_server.py"]
        mails, practice = self.send_through("aiosmtpd-starttls", "smtp+starttls", command)
        self.check_all(mails, practice)
        beyond_ascii = [mail["recipients"][0] for mail in mails if mail["smtputf8"]]
        self.assertEqual(["maría.ñ@correo.example"], beyond_ascii)

    def test_aiosmtpd_with_implicit_tls_and_auth(self):
        command = [python_with_aiosmtpd(), f"{HERE}/aiosmtpd_server.py"]
        self.check_all(*self.send_through("aiosmtpd-tls", "smtps", command))

    def test_smtp_server_with_starttls_and_mailparser(self):
        command = [node_with_packages(), f"{HERE}/parsing_server.mjs"]
        self.check_all(*self.send_through("node-starttls", "smtp+starttls", command))

    def test_smtp_server_with_implicit_tls_and_mailparser(self):
        command = [node_with_packages(), f"{HERE}/parsing_server.mjs"]
        self.check_all(*self.send_through("node-tls", "smtps", command))


def wait_until_it_listens(port, process):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            raise AssertionError(f"smtp-sink ended with {process.wait(0.01)}")
        except subprocess.TimeoutExpired:
            pass
    raise AssertionError("smtp-sink does not listen")


class VolumeTest(unittest.TestCase):
    MAILS = 2000

    def test_postfix_takes_two_thousand_mails_over_four_connections(self):
        tools = os.environ.get("PPO_POSTFIX_TOOLS", os.path.join(TOP, "build", "postfix-tools"))
        program = os.path.join(tools, "usr", "sbin", "smtp-sink")
        self.assertTrue(os.path.exists(program), "there is no smtp-sink; packaging/test fetches it, and says where in "
                                                 "PPO_POSTFIX_TOOLS")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = dict(os.environ, LD_LIBRARY_PATH=os.path.join(tools, "usr", "lib", "postfix"))
        somebody = [] if os.getuid() else ["-u", "nobody"]  # It wants to be nobody in particular.
        sink = subprocess.Popen([program, *somebody, "-c", f"127.0.0.1:{port}", "100"], stdout=subprocess.PIPE,
                                env=environment)
        self.addCleanup(sink.communicate)
        self.addCleanup(sink.kill)
        wait_until_it_listens(port, sink)
        with tempfile.TemporaryDirectory(prefix="ppo-volume-") as folder:
            practice = Practice(DRIVER, PLUGIN, os.path.realpath(folder), f"smtp://127.0.0.1:{port}")
            practice.write_patients([f"P{number}", "First", f"Last{number}", "en", f"p{number}@home.example"]
                                    for number in range(self.MAILS))
            practice.run(["set_up", "batch"])
            said = practice.run(["work", "3", "work", "5", "batches"], settings=["connections=4"])[1]
        sink.terminate()
        counted = sink.stdout.read().decode()
        self.assertEqual(["batch", "4", str(self.MAILS), "0", "0", str(self.MAILS)], said[0][:6])
        self.assertEqual(str(self.MAILS), re.findall(r"mesg=(\d+)", counted)[-1])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
