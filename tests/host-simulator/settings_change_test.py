# SPDX-License-Identifier: Apache-2.0
"""Settings change while pages are read: every page is whole, and nothing of the instances before is left.

    settings_change_test.py PPO_SIM
"""
import concurrent.futures
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

from desk import DEADLINE, Desk

PPO_SIM = sys.argv.pop(1)
CHARTS = "id,first,last,dob,zip,email,status\nP1,Anna,Weber,1980-04-02,80331,anna@example.org,Active\n"
PAGES = ["/emr", "/emr/view/onboarding.report", "/emr/templates", "/portal", "/"]
CHANGES = 4


class SettingsChangeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name, "data")
        charts = pathlib.Path(folder.name, "charts.csv")
        charts.write_text(CHARTS)
        subprocess.run([PPO_SIM, "import", str(charts), "--data", str(self.data)], check=True, capture_output=True)
        self.serve = subprocess.Popen([PPO_SIM, "serve", "--port", "0", "--data", str(self.data)], text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.address = re.search(r"http://[\d.:]+", self.serve.stdout.readline()).group(0)

    def tearDown(self):
        self.serve.send_signal(signal.SIGTERM)
        said = self.serve.communicate(timeout=DEADLINE)
        self.assertEqual((self.serve.returncode, said[1]), (0, ""))

    def open_files(self):
        return len(list(pathlib.Path("/proc", str(self.serve.pid), "fd").iterdir()))

    def change(self, desk, number):
        page = desk.post("/emr/settings", do="save", practice_name=f"Practice {number}", practice_phone="555-0100",
                         mail_sender="portal@practice.example", mail_kind="folder", reminders="yes")
        self.assertIn("Saved.", page)

    def read_until(self, done):
        """Urllib raises for a page that failed."""
        desk = Desk(self.address)
        read = 0
        while not done.done() or read < len(PAGES):
            self.assertIn("</html>", desk.read(PAGES[read % len(PAGES)]))
            read += 1
        return read

    def test_pages_go_on_while_settings_change(self):
        desk = Desk(self.address)
        self.change(desk, 0)
        files = self.open_files()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            changes = pool.submit(lambda: [self.change(desk, number) for number in range(1, CHANGES + 1)])
            readers = [pool.submit(self.read_until, changes) for _ in range(3)]
            changes.result()
            self.assertGreater(sum(reader.result() for reader in readers), 3 * len(PAGES))
        self.assertIn(f"Practice {CHANGES}", desk.read("/"))
        kept = json.loads((self.data / "settings.json").read_text())
        self.assertEqual(kept["practice_name"], f"Practice {CHANGES}")
        # Connections of the readers may linger; instances would keep their stores open, two or three files each.
        self.assertLess(self.open_files(), files + CHANGES)

    def test_a_signal_ends_a_test_of_a_mail_server_that_says_nothing(self):
        desk = Desk(self.address)
        with socket.create_server(("127.0.0.1", 0)) as silent, concurrent.futures.ThreadPoolExecutor(1) as pool:
            tested = pool.submit(desk.post, "/emr/settings", do="test", practice_name="P", practice_phone="555-0100",
                                 mail_sender="portal@practice.example", mail_kind="smtp", mail_host="127.0.0.1",
                                 mail_port=silent.getsockname()[1], reminders="yes")
            silent.settimeout(DEADLINE)
            connection, _ = silent.accept()
            with connection:
                self.serve.send_signal(signal.SIGTERM)
                self.assertEqual(self.serve.wait(DEADLINE), 0)
                self.assertIn("it does not work yet", tested.result())


if __name__ == "__main__":
    unittest.main()
