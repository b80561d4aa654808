# SPDX-License-Identifier: Apache-2.0
"""A host that has something of its own beside the plugin: a whole life in it, a mail over TLS too, or told at `create`.
Usage: neighbours_test.py EXPECTED PROGRAM [ARGUMENT...]

EXPECTED is "ok", or what `create` says when it refuses. The program finds it in its environment, as PPO_TEST_EXPECTED,
and the address and the authority of a mail server that takes mails over TLS."""
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest

EXPECTED = ""
PROGRAM = []


class MailServer:
    """Takes mails over TLS and counts them."""

    def __init__(self, folder):
        self.authority = folder / "authority.pem"
        key = folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", key, "-out", self.authority, "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                        "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.authority, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.mails = 0
        threading.Thread(target=self.listen, daemon=True).start()

    @property
    def address(self):
        return "smtps://127.0.0.1:%d" % self.listener.getsockname()[1]

    def listen(self):
        while True:
            try:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.talk, args=(connection,), daemon=True).start()
            except OSError:  # The listener was closed.
                return

    def talk(self, connection):
        try:
            with self.context.wrap_socket(connection, server_side=True) as stream:
                lines = stream.makefile("rwb")
                self.say(lines, "220 here")
                for line in lines:
                    self.answer(lines, line.split(b" ")[0].strip().upper())
        except OSError:
            pass  # Who hung up without a mail is not counted.

    def answer(self, lines, verb):
        if verb == b"DATA":
            self.say(lines, "354 go on")
            while lines.readline().rstrip(b"\r\n") != b".":
                pass
            self.mails += 1
        self.say(lines, "250 good")

    @staticmethod
    def say(lines, text):
        lines.write(text.encode() + b"\r\n")
        lines.flush()


class NeighboursTest(unittest.TestCase):
    def test_lives_a_whole_life_or_is_told_at_create(self):
        with tempfile.TemporaryDirectory() as name:
            server = MailServer(pathlib.Path(name))
            environment = dict(os.environ, PPO_TEST_SMTPS=server.address, PPO_TEST_AUTHORITY=str(server.authority),
                               PPO_TEST_EXPECTED=EXPECTED)
            ended = subprocess.run(PROGRAM, env=environment, capture_output=True, text=True, timeout=100)
            server.listener.close()
            said = ended.stdout + ended.stderr
            print(said, end="")
            self.assertEqual(0, ended.returncode, said)
            self.assertIn("a whole life" if EXPECTED == "ok" else "told at create", said)
            if EXPECTED == "ok":
                self.assertGreaterEqual(server.mails, 1, "no mail left over TLS")
            else:
                self.assertEqual(0, server.mails)


if __name__ == "__main__":
    EXPECTED, *PROGRAM = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
