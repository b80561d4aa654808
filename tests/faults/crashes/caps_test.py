# SPDX-License-Identifier: Apache-2.0
"""Four workers on one store whose practice lets so many mails a minute leave: no minute sees more, each patient gets
one, and what a killed worker had in hand comes back. A minute of the practice takes two seconds.

    caps_test.py DRIVER PLUGIN CHECKER
"""
import collections
import os
import sys
import tempfile
import time

from rig import Findings, Practice, check_store
from sink import Sink

DRIVER, PLUGIN, CHECKER = sys.argv[1:4]
WORKERS, A_MINUTE, MAILS, SPEED = 4, 40, 400, 30
KILLED_AT = MAILS // 3
SILENCE = 60  # Seconds: the lease of the one that dies, and the half hour of a mail with an unknown outcome.


class Arrivals(Sink):
    """Remembers when each mail came, by the practice's clock."""

    def __init__(self):
        super().__init__(keep=False)
        self.began, self.minutes = 0.0, []

    def take(self, mail):
        self.minutes.append((time.time() - self.began) * SPEED / 60)
        super().take(mail)


def deliver(practice, sink):
    """All at once; one is killed in the middle."""
    sink.began = time.time()
    settings = [f"since={int(sink.began * 1000)}", f"speed={SPEED}", f"mails_per_minute={A_MINUTE}"]
    start = lambda: practice.start([*settings, "deliver", "3"])
    workers = [start() for _ in range(WORKERS)]
    try:
        seen, moved_at = 0, time.monotonic()
        while seen < MAILS and time.monotonic() - moved_at < SILENCE:
            now = sink.wait_for_more_than(seen, 0.5)
            if seen < KILLED_AT <= now:
                workers[0].kill()
                workers[0].communicate()
                workers[0] = start()
            if now > seen:
                seen, moved_at = now, time.monotonic()
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def check(practice, sink):
    found = Findings()
    ids = collections.defaultdict(set)
    for mail in sink.mails:
        ids[mail.recipient].add(mail.message_id)
    twice = len(sink.mails) - len(ids)
    found.expect(len(ids) == MAILS, f"{len(ids)} of {MAILS} patients got a mail")
    found.expect(all(len(each) == 1 for each in ids.values()), "somebody got two different mails")
    found.expect(twice <= 1 + WORKERS, f"{twice} mails were sent twice")  # One was killed, and all at the end.
    most = practice.number("SELECT MAX(mails) FROM delivery_minute")
    found.expect(most <= A_MINUTE, f"{most} mails left in one minute, {A_MINUTE} may")
    # As the mail server saw it: at any moment no more than the minutes begun allow.
    for number, minute in enumerate(sorted(sink.minutes), 1):
        if number > A_MINUTE * (int(minute) + 2):
            found.expect(False, f"{number} mails had arrived {minute:.1f} minutes after the beginning")
            break
    found.expect(max(sink.minutes) >= MAILS / A_MINUTE - 2, "they left sooner than the cap allows")
    practice.settle()
    check_store(practice, found, CHECKER)
    return most, twice, found.all


def main():
    with tempfile.TemporaryDirectory(prefix="ppo-caps-") as folder, Arrivals() as sink:
        practice = Practice(DRIVER, PLUGIN, os.path.realpath(folder), f"smtp://127.0.0.1:{sink.port}")
        practice.write_patients((f"P{number}", "First", f"Last{number}", "en", f"p{number}@home.example")
                                for number in range(MAILS))
        practice.run(["set_up", "batch"])
        deliver(practice, sink)
        most, twice, findings = check(practice, sink)
    print(f"{MAILS} mails by {WORKERS} workers in {max(sink.minutes):.1f} minutes of the practice, at most {most} in "
          f"one, {twice} twice")
    for finding in findings:
        print(f"   {finding}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
