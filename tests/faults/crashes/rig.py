# SPDX-License-Identifier: Apache-2.0
"""A practice whose plugin runs in processes of its own, so that they can be killed."""
import itertools
import os
import signal
import sqlite3
import subprocess
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "support"))
from postgres_cluster import Cluster  # noqa: E402

# Minutes after a crash: the hold-back is over, the dead worker's lease is, the careful retry is due, and again.
LATER = ["3", "25", "60", "95", "130", "200"]


class Practice:
    """A store in a folder of its own, or where PPO_TEST_STORE_AT names a server a database of its own there; patients,
    and where the mails go."""
    numbers = itertools.count()

    def __init__(self, driver, plugin, folder, transport):
        self.folder, self.store, self.server = folder, os.path.join(folder, "portal.db"), None
        self.command = [driver, f"plugin={plugin}", f"patients={folder}/patients.tsv", f"transport={transport}"]
        if os.environ.get("PPO_TEST_STORE_AT"):
            self.server = Cluster(os.path.dirname(os.environ["PPO_TEST_STORE_AT"]))
            self.database = f"rig_{os.getpid()}_{next(self.numbers)}"
            self.server.sql(f"CREATE DATABASE {self.database}")
            self.store = self.server.address(self.database)
            self.command.append(f"state={folder}")
        self.command.append(f"store={self.store}")

    def write_patients(self, patients):
        """Each is (id, first name, last name, language, e-mail)."""
        with open(os.path.join(self.folder, "patients.tsv"), "w", encoding="utf-8") as file:
            file.writelines("\t".join(fields) + "\n" for fields in patients)

    def start(self, commands, environment=None):
        return subprocess.Popen(self.command + commands, env=dict(os.environ, **(environment or {})),
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, encoding="utf-8")

    def run(self, commands, environment=None, settings=()):
        """Whether it was killed, and what it said, as lists of words. It may not fail any other way."""
        process = self.start(list(settings) + commands, environment)
        said, complaint = process.communicate(timeout=300)
        if process.returncode not in (0, -signal.SIGKILL):
            raise AssertionError(f"the driver failed at {commands[:2]}: {complaint.strip()}")
        return process.returncode != 0, [line.split("\t") for line in said.splitlines()]

    def number(self, sql):
        """The first column of the first row."""
        if self.server:
            return int(self.server.sql(sql, self.database))
        connection = sqlite3.connect(self.store)
        try:
            return connection.execute(sql).fetchone()[0]
        finally:
            connection.close()

    def settle(self):
        """Works at one time after the other, until nothing can be left to do."""
        self.run([word for minute in LATER for word in ("work", minute)])


class Findings:
    def __init__(self):
        self.all = []

    def expect(self, holds, sentence):
        if not holds:
            self.all.append(sentence)


def check_store(practice, found, checker):
    """Whole, with nothing in it that still waits for anybody, and true in every column that follows from others."""
    checked = subprocess.run([checker, practice.store], capture_output=True, text=True, check=False)
    found.expect(checked.returncode == 0, f"the store: {checked.stdout.strip()} {checked.stderr.strip()}")
    if not practice.server:
        found.expect(practice.number("PRAGMA integrity_check") == "ok", "the store is damaged")
    found.expect(practice.number("SELECT COUNT(*) FROM outbox WHERE next_try_at IS NOT NULL") == 0,
                 "a mail still waits")
    found.expect(practice.number("SELECT COUNT(*) FROM outbox WHERE lease <> '' OR leased_until IS NOT NULL") == 0,
                 "a mail is still in a dead hand")
    left = [name for name in os.listdir(practice.folder) if "-sending-" in name]
    found.expect(not left, f"journals were left behind: {left}")
