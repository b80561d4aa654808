# SPDX-License-Identifier: Apache-2.0
"""Sixteen processes on one store deliver a batch while one after the other is killed: everybody gets the mail, and no
more are sent twice than processes died.

    workers_test.py DRIVER PLUGIN CHECKER MAILS [SEED]
"""
import collections
import os
import random
import signal
import sys
import tempfile
import time

from rig import Findings, Practice, check_store
from sink import Sink

DRIVER, PLUGIN, CHECKER, MAILS = *sys.argv[1:4], int(sys.argv[4])
SEED = int(sys.argv[5]) if len(sys.argv) > 5 else random.randrange(1_000_000)
WORKERS, KILLS = 16, 32
SILENCE = 15  # Seconds without a new mail after which nothing is left that could go now.
# What a worker may say among so many, and try again: the store is in another's hand for too long; its new journal was
# taken for a dead one's.
MAY_SAY = ("fault_store_busy", "Resource temporarily unavailable")


class Workers:
    """Keeps sixteen processes at work, and kills one each time that enough mails have arrived."""

    def __init__(self, practice, sink, chance):
        self.practice, self.sink, self.chance = practice, sink, chance
        self.work = ["deliver", "3"]
        self.settings = [f"since={int(time.time() * 1000)}"]
        self.alive = [self.start() for _ in range(WORKERS)]
        self.kills = self.faults = 0

    def start(self):
        return self.practice.start(self.settings + self.work)

    def run(self):
        """When the last mail came: everybody has one, or the others wait for their half hour of an unknown outcome."""
        seen, moved_at = 0, time.monotonic()
        while seen < MAILS and time.monotonic() - moved_at < SILENCE:
            now = self.sink.wait_for_more_than(seen, 0.5)
            if now > seen:
                seen, moved_at = now, time.monotonic()
            if self.kills < KILLS and seen >= MAILS * (self.kills + 1) // (KILLS + 2):
                self.replace(self.chance.randrange(WORKERS))
        return moved_at

    def replace(self, i):
        self.kill(self.alive[i])
        self.alive[i] = self.start()

    def kill(self, process):
        process.kill()
        _, complaint = process.communicate()
        if process.returncode != -signal.SIGKILL and not any(known in complaint for known in MAY_SAY):
            raise AssertionError(f"a worker ended by itself: {complaint.strip()}")
        faults = [line for line in complaint.splitlines() if line.startswith("work: ")]
        for line in faults:
            if not any(known in line for known in MAY_SAY):
                raise AssertionError(f"a worker failed: {line}")
        self.faults += len(faults)
        self.kills += 1

    def end(self):
        """The others go the same way."""
        for process in self.alive:
            self.kill(process)


def check(practice, sink, kills):
    found = Findings()
    ids = collections.defaultdict(set)
    for mail in sink.mails:
        ids[mail.recipient].add(mail.message_id)
    twice = len(sink.mails) - len(ids)
    found.expect(len(ids) == MAILS, f"{len(ids)} of {MAILS} patients got a mail")
    found.expect(all(len(each) == 1 for each in ids.values()), "somebody got two different mails")
    found.expect(twice <= kills, f"{twice} mails were sent twice by {kills} kills")
    said = practice.run(["batches", "audit"])[1]
    entries = collections.Counter(words[1] for words in said if words[0] == "entry")
    batches = [words[:6] for words in said if words[0] == "batch"]
    expected = [["batch", "4", str(MAILS), "0", "0", str(MAILS)]]
    found.expect(batches == expected, f"the batch says {batches}")
    found.expect(["audit", "intact"] in said, "the record is broken")
    found.expect(entries["mail_sent"] == MAILS, f"the record has {entries['mail_sent']} mails sent")
    found.expect(entries["mail_outcome_unknown"] >= twice, "a mail was sent twice and the record does not say so")
    check_store(practice, found, CHECKER)
    return twice, entries["mail_outcome_unknown"], found.all


def main():
    print(f"{MAILS} mails, {WORKERS} processes, seed {SEED}", flush=True)
    with tempfile.TemporaryDirectory(prefix="ppo-workers-") as folder, Sink(keep=False) as sink:
        practice = Practice(DRIVER, PLUGIN, os.path.realpath(folder), f"smtp://127.0.0.1:{sink.port}")
        practice.write_patients((f"P{number}", "First", f"Last{number}", "en", f"p{number}@home.example")
                                for number in range(MAILS))
        practice.run(["set_up", "batch"])
        began = time.monotonic()
        workers = Workers(practice, sink, random.Random(SEED))
        try:
            seconds = workers.run() - began
            workers.end()
        finally:
            for process in workers.alive:
                process.kill()
        delivered = len(sink.mails)
        practice.settle()
        twice, unknown, findings = check(practice, sink, workers.kills)
    print(f"{seconds:.1f} s, {delivered / seconds:.0f} mails a second, {workers.kills} kills, {unknown} outcomes "
          f"unknown, {twice} mails sent twice, {workers.faults} faults of a crowded store")
    if workers.kills < KILLS + WORKERS:
        findings.append("the mails stopped before every kill was done")
    for finding in findings:
        print(f"   {finding}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
