# SPDX-License-Identifier: Apache-2.0
"""A practice whose EMR, portal and workers are processes of their own, on one store."""
import email
import email.policy
import itertools
import os
import pathlib
import re
import socketserver
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(__file__))
from visitor import DEADLINE, Visitor, eventually

# Where the store is, if not in the folder of each practice: an address that this program's tests may fill.
STORE_URL = os.environ.get("PPO_TEST_STORE_URL", "")
numbers = itertools.count(1)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every mail; while it holds, it leaves whoever names a recipient without an answer."""
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.changed = threading.Condition()
        self.mails, self.holds, self.held_ports = [], False, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def transport(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def to(self, address):
        """The texts of the mails to an address, oldest first."""
        with self.changed:
            return [text for recipient, text in self.mails if recipient == address]

    def end(self):
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        server, recipient = self.server, ""
        self.say("220 Hello")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"RCPT":
                recipient = re.search(rb"<(.*)>", line)[1].decode()
                if server.holds:
                    with server.changed:
                        server.held_ports.append(self.client_address[1])
                        server.changed.notify_all()
                    self.rfile.read()
                    return
            if word == b"DATA":
                self.say("354 Go on")
                message = email.message_from_bytes(b"".join(iter(self.rfile.readline, b".\r\n")),
                                                   policy=email.policy.default)
                with server.changed:
                    server.mails.append((recipient, message.get_body(("plain",)).get_content()))
            self.say("221 Bye" if word == b"QUIT" else "250 Fine")
            if word == b"QUIT":
                return


class Process:
    """One ppo-sim that has begun."""

    def __init__(self, command):
        self.popen = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def wait_until_it_began(self):
        said = self.popen.stdout.readline()
        port = re.search(r"http://[\d.]+:(\d+)", said)
        self.port = int(port[1]) if port else 0
        if "Stop with Ctrl-C" not in said:
            raise AssertionError(f"it did not begin: {self.popen.communicate(timeout=DEADLINE)[1]}")
        return self

    def stop(self):
        """Its exit status, and what it complained about."""
        self.popen.terminate()
        said = self.popen.communicate(timeout=DEADLINE)
        return self.popen.returncode, said[1]

    def kill(self):
        self.popen.kill()
        self.popen.communicate()

    def talks_from(self, port):
        """Whether the process has a connection that begins at this port."""
        wanted = f":{port:04X}"
        lines = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
        inodes = {f"socket:[{line.split()[9]}]" for line in lines if line.split()[1].endswith(wanted)}
        return any(os.readlink(file) in inodes for file in pathlib.Path(f"/proc/{self.popen.pid}/fd").iterdir())


class Practice:
    def __init__(self, program, folder, charts):
        self.program, self.data, self.running = program, pathlib.Path(folder, "data"), []
        self.options = ["--data", str(self.data)]
        if STORE_URL:
            os.environ["PPO_STORE"] = STORE_URL  # A password in a command would be warned of.
            self.options += ["--practice", f"t{os.getpid()}-{next(numbers)}"]
        csv = pathlib.Path(folder, "charts.csv")
        csv.write_text("id,first,last,dob,zip,email,status\n" + charts)
        subprocess.run([program, "import", str(csv), "--data", str(self.data)], check=True, capture_output=True)

    def begin(self, role, *options):
        """A process that may not have begun yet."""
        process = Process([self.program, role, *self.options, *options])
        self.running.append(process)
        return process

    def start(self, role, *options):
        return self.begin(role, *options).wait_until_it_began()

    def open(self, transport, workers=2):
        """All of them; mailed links lead to the portal."""
        self.portal = self.start("portal", "--port", "0")
        to_portal = ["--portal-url", f"http://127.0.0.1:{self.portal.port}/r", "--mail", transport]
        self.emr = self.start("emr", "--port", "0", *to_portal)
        self.workers = [self.start("worker", *to_portal) for _ in range(workers)]
        self.staff = Visitor(self.emr.port)

    def run(self, command, *words, **options):
        """A command that ends by itself."""
        return subprocess.run([self.program, command, *words, *self.options], capture_output=True, text=True,
                              timeout=DEADLINE, **options)

    def close(self):
        """Ends everything; answers who did not end well."""
        bad = []
        for process in self.running:
            if process.popen.returncode is None:
                ended = process.stop()
                if ended != (0, ""):
                    bad.append((process.popen.args[1], *ended))
        return bad

    def status_of(self, patient):
        """The word beside the patient's rectangle in the EMR."""
        page = self.staff.open(self.staff.tab(patient)).body
        return re.search(r'class="rectangle \w+".*?<span>([^<]+)</span>', page, re.S)[1]


def link_in(text):
    return re.search(r"http://127\.0\.0\.1:\d+/r/[\w-]+", text)[0]


def first_mail(server, address):
    return eventually(f"a mail to {address}", lambda: server.to(address))[0]
