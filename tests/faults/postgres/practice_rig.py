# SPDX-License-Identifier: Apache-2.0
"""A practice whose store is on a PostgreSQL server, and programs that work on it and live on whatever happens there."""
import email
import email.policy
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "crashes"), os.path.join(HERE, "..", "..", "support")]

LONGEST_ANSWER = 120  # Seconds: a call that finds no server waits for it, but not for ever.


class Talker:
    """A program with one instance of the plugin, asked line by line."""

    def __init__(self, program, plugin, store, folder, transport, *more):
        command = [program, f"plugin={plugin}", f"store={store}", f"state={folder}", f"patients={folder}/patients.tsv",
                   f"transport={transport}", *more]
        self.complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # A pipe that nobody reads would fill up.
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints,
                                        text=True, encoding="utf-8")
        self.began = self.process.stdout.readline()

    def say(self, *words):
        """The answer's code, "ok" if all is well, and what was found."""
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended at {words[0]}: {self.complaint()}")
        _, code, found = line.rstrip("\n").split("\t")
        return code, found

    def must(self, *words):
        code, found = self.say(*words)
        if code != "ok":
            raise RuntimeError(f"{words[0]} answered {code}")
        return found

    def complaint(self):
        """What it wrote beside its answers."""
        self.complaints.seek(0)
        return self.complaints.read().strip()

    def end(self):
        if self.complaints.closed:
            return
        try:
            self.process.communicate(timeout=LONGEST_ANSWER)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.complaints.close()


def write_patients(folder, ids):
    with open(os.path.join(folder, "patients.tsv"), "w", encoding="utf-8") as file:
        file.writelines(f"{patient}\tFirst\tLast{patient}\ten\t{patient.lower()}@home.example\n" for patient in ids)


def link_in(mail):
    message = email.message_from_bytes(mail.content, policy=email.policy.default)
    return re.search(r"https://portal\.practice\.example/link/(\S+)",
                     message.get_body(("plain",)).get_content()).group(1)


def links_by_patient(mails):
    return {mail.recipient.split("@")[0].upper(): link_in(mail) for mail in mails}


def complaint_about(checker, address):
    """What the checker of stores finds wrong; empty if nothing is."""
    checked = subprocess.run([checker, address], capture_output=True, text=True, check=False)
    return "" if checked.returncode == 0 else f"{checked.stdout.strip()} {checked.stderr.strip()}".replace(address, "")
