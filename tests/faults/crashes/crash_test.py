# SPDX-License-Identifier: Apache-2.0
"""Kills the process that invites, starts a batch or delivers, in front of every call that changes its store, its
journal or what the mail server knows; starts it again, and checks that nobody was lost and nobody mailed twice.

    crash_test.py DRIVER KILLING_LIBRARY PLUGIN
"""
import collections
import concurrent.futures
import email
import email.policy
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading

from sink import Sink

DRIVER, LIBRARY, PLUGIN = sys.argv[1:4]
PEOPLE = [f"P{number}" for number in range(1, 7)]
AT_LEAST = 40
# Minutes after the crash: the hold-back is over, the dead worker's lease is, the careful retry is due, and again.
LATER = [3, 25, 60, 95, 130, 200]
ORANGE, SENT, UNKNOWN, DONE = "3", "2", "5", "4"

# What is done before, what is killed, and what is done again after it: staff who got no answer click once more.
Step = collections.namedtuple("Step", "name before killed again invited batch")
STEPS = [
    Step("invite", [], ["invite", "P1"], ["invite", "P1"], PEOPLE[:1], 0),
    Step("batch", [], ["batch"], ["batch"], PEOPLE, 6),
    Step("delivery", ["invite", "P1", "batch_people", "1"], ["work", "3"], [], PEOPLE, 5),
]


class Practice:
    """A store in a folder of its own, and a sink."""

    def __init__(self, folder, sink):
        self.folder, self.sink = folder, sink
        self.store = os.path.join(folder, "portal.db")

    def run(self, commands, killed_at=None, log=None):
        """The driver's exit status and what it said, as lists of words."""
        environment = dict(os.environ, LC_ALL="C.UTF-8")
        if log:
            environment.update(LD_PRELOAD=LIBRARY, PPO_KILL_LOG=log, PPO_KILL_STORE=self.store,
                               PPO_KILL_AT=str(killed_at or 0))
        ended = subprocess.run(
            [DRIVER, f"plugin={PLUGIN}", f"store={self.store}", f"patients={self.folder}/patients.tsv",
             f"transport=smtp://127.0.0.1:{self.sink.port}", *commands],
            env=environment, capture_output=True, text=True, timeout=60)
        if ended.returncode not in (0, -signal.SIGKILL):
            raise AssertionError(f"the driver failed at {commands}: {ended.stderr.strip()}")
        return ended.returncode, [line.split("\t") for line in ended.stdout.splitlines()]


def prepare(folder, sink, step):
    with open(os.path.join(folder, "patients.tsv"), "w", encoding="utf-8") as file:
        for number, patient in enumerate(PEOPLE):
            language = "es" if number % 2 else "en"
            file.write(f"{patient}\tFirst{number}\tLast{number}\t{language}\t{patient.lower()}@home.example\n")
    practice = Practice(folder, sink)
    status, _ = practice.run(["set_up", *step.before])
    assert status == 0
    return practice


def points_of(step, sink):
    """The names of all calls that the step makes when nobody kills it."""
    with tempfile.TemporaryDirectory() as folder:
        practice = prepare(os.path.realpath(folder), sink, step)
        log = os.path.join(folder, "calls")
        status, _ = practice.run(step.killed, log=log)
        assert status == 0
        with open(log, encoding="utf-8") as file:
            return file.read().splitlines()


def worth_dying_at(names):
    """Of calls of one kind in a row, the first, the one in the middle and the last: what is written page by page
    dies alike at each. The numbers of the calls, from 1."""
    kind = [name.rsplit(" ", 1)[0] for name in names]
    chosen, first = set(), 0
    for i in range(1, len(kind) + 1):
        if i == len(kind) or kind[i] != kind[first]:
            chosen |= {first + 1, (first + i + 1) // 2, i}
            first = i
    return sorted(chosen)


def link_in(mail):
    message = email.message_from_bytes(mail.content, policy=email.policy.default)
    words = message.get_body(("plain",)).get_content()
    found = re.search(r"https://portal\.practice\.example/link/(\S+)", words)
    return found.group(1) if found else ""


class Findings:
    def __init__(self):
        self.all = []

    def expect(self, holds, sentence):
        if not holds:
            self.all.append(sentence)


def check_mails(step, practice, found, entries):
    """Each got one mail with a link that works; a second one only where the record says that it may be."""
    by_patient = collections.defaultdict(list)
    for mail in practice.sink.mails:
        by_patient[mail.recipient.split("@")[0].upper()].append(mail)
    links = {patient: link_in(mails[-1]) for patient, mails in by_patient.items()}
    said = practice.run([word for link in links.values() for word in ("open", link)])[1]
    usable = {words[1] for words in said if words[0] == "link" and words[2] == "usable"}
    for patient in step.invited:
        mails = by_patient[patient]
        unknown = entries.count(("mail_outcome_unknown", patient)) > 0
        found.expect(mails, f"{patient} got no mail")
        found.expect(len(mails) <= (2 if unknown else 1), f"{patient} got {len(mails)} mails")
        found.expect(len({mail.message_id for mail in mails}) <= 1, f"{patient} got different mails")
        found.expect(links.get(patient) in usable, f"{patient} cannot use the link")
    found.expect(set(by_patient) == set(step.invited), "somebody else was mailed")


def check_store(practice, found):
    connection = sqlite3.connect(practice.store)
    one = lambda sql: connection.execute(sql).fetchone()[0]
    found.expect(one("PRAGMA integrity_check") == "ok", "the store is damaged")
    found.expect(one("SELECT COUNT(*) FROM outbox WHERE next_try_at IS NOT NULL") == 0, "a mail still waits")
    found.expect(one("SELECT COUNT(*) FROM outbox WHERE lease <> '' OR leased_until IS NOT NULL") == 0,
                 "a mail is still in a dead hand")
    connection.close()
    left = [name for name in os.listdir(practice.folder) if "-sending-" in name]
    found.expect(not left, f"files were left behind: {left}")


def check(step, practice):
    found = Findings()
    people = [word for patient in step.invited for word in ("status", patient)]
    said = practice.run([*people, "batches", "audit"])[1]
    entries = [tuple(words[1:]) for words in said if words[0] == "entry"]
    for words in (words for words in said if words[0] == "status"):
        _, patient, status, mail_state, marks = words
        found.expect(status == ORANGE, f"{patient} has status {status}")
        found.expect(mail_state in (SENT, UNKNOWN), f"{patient}'s mail is in state {mail_state}")
        found.expect(marks == ("0" if mail_state == SENT else "1024"), f"{patient} has marks {marks}")
        found.expect(entries.count(("invitation_queued", patient)) == 1, f"{patient} was not invited once")
        found.expect(entries.count(("mail_sent", patient)) == 1, f"{patient}'s mail was not sent once")
    found.expect(["audit", "intact"] in said, "the record is broken")
    batches = [words for words in said if words[0] == "batch"]
    if step.batch:
        expected = ["batch", DONE, str(step.batch), "0", "0", str(step.batch)]
        found.expect(len(batches) == 1 and batches[0][:6] == expected, f"the batch says {batches}")
        found.expect(entries.count(("batch_started", "")) == 1, "the batch was not started once")
        found.expect(entries.count(("batch_done", "")) == 1, "the batch did not end once")
    else:
        found.expect(not batches, "there is a batch")
    check_mails(step, practice, found, entries)
    check_store(practice, found)
    return found.all


def kill_at(step, point, prepared, sinks):
    """What is wrong after dying in front of this call, and the call's name."""
    sink = sinks.pop()
    sink.mails.clear()
    folder = os.path.realpath(tempfile.mkdtemp(prefix="ppo-crash-"))
    try:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        practice = Practice(folder, sink)
        log = os.path.join(folder, "calls")
        status, _ = practice.run(step.killed, killed_at=point, log=log)
        with open(log, encoding="utf-8") as file:
            name = file.read().splitlines()[-1]
        if status != -signal.SIGKILL:
            return name, ["it was not reached"]
        again = [word for minute in LATER for word in ("work", str(minute))]
        practice.run([*step.again, *again])
        return name, check(step, practice)
    except Exception as failure:
        return f"call {point}", [str(failure)]
    finally:
        shutil.rmtree(folder)
        sinks.append(sink)


def kill_everywhere(step, sinks, pool):
    names = points_of(step, sinks[0])
    points = worth_dying_at(names)
    with tempfile.TemporaryDirectory() as folder:
        prepared = os.path.realpath(folder)
        prepare(prepared, sinks[0], step)
        results = list(pool.map(lambda point: kill_at(step, point, prepared, sinks), points))
    bad = [(name, findings) for name, findings in results if findings]
    kinds = collections.Counter(name.rsplit(" ", 1)[0] for name, _ in results)
    print(f"{step.name}: {len(names)} calls, killed in front of {len(points)}, {len(bad)} badly")
    print("   " + ", ".join(f"{kind} x{count}" for kind, count in sorted(kinds.items())))
    for name, findings in bad:
        print(f"   {step.name}: {name}: {'; '.join(findings)}")
    return len(points), len(bad)


def main():
    workers = min(4, os.cpu_count() or 2)
    sinks = [Sink().__enter__() for _ in range(workers)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        figures = [kill_everywhere(step, sinks, pool) for step in STEPS]
    for sink in sinks:
        sink.__exit__()
    total, bad = (sum(column) for column in zip(*figures))
    print(f"{total} points, {bad} of them bad")
    if total < AT_LEAST:
        print(f"fewer than {AT_LEAST} points")
    return 1 if bad or total < AT_LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
