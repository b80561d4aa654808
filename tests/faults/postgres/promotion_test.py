# SPDX-License-Identifier: Apache-2.0
"""The database server dies in the middle of a batch, and its standby, which has everything that was answered, takes
over. The workers and the EMR find it by themselves; whatever was answered is there; everybody is mailed.

    promotion_test.py TALKER PLUGIN CHECKER DRIVER MAILS
"""
import collections
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

from practice_rig import Talker, complaint_about, write_patients
from postgres_cluster import Cluster
from sink import Sink

TALKER, PLUGIN, CHECKER, DRIVER, MAILS = *sys.argv[1:5], int(sys.argv[5])
WORKERS, DESK = 3, 1000  # Workers, and more patients than staff can serve meanwhile.
SILENCE = 45             # Seconds without a new mail.
LATER = ["3", "25", "60", "95", "130", "200"]


class Desk(threading.Thread):
    """Somebody at the desk sets credentials, one patient after the other, and notes what was answered."""

    def __init__(self, talker, patients):
        super().__init__()
        self.talker, self.patients, self.answers = talker, patients, {}
        self.is_over = threading.Event()
        self.served_after = 0
        self.has_crashed, self.is_promoted, self.is_served = (threading.Event() for _ in range(3))

    def run(self):
        for patient in self.patients:
            if self.is_over.is_set():
                return
            code, _ = self.talker.say("credentials", patient, f"portal.{patient}", f"seven purple lanterns {patient}")
            self.answers[patient] = code
            if self.has_crashed.is_set() and code == "ok":
                self.served_after += 1
                self.is_served.set()
            if code != "ok":  # Staff wait until it works again, and go on with the next. For a second after it could
                self.is_promoted.wait(SILENCE)  # not connect, the plugin does not try.
                self.is_over.wait(0.2)


class Play:
    def __init__(self, folder, sink):
        self.folder, self.sink, self.findings = folder, sink, []
        self.primary = Cluster.started(os.path.join(folder, "one"), in_memory=True)
        self.primary.sql("CREATE DATABASE practice")
        self.standby = self.primary.replica(os.path.join(folder, "two"), synchronous=True)
        self.both = (f"postgresql://ppo_admin:{self.primary.password}@127.0.0.1:{self.primary.port},"
                     f"127.0.0.1:{self.standby.port}/practice")
        self.transport = f"smtp://127.0.0.1:{sink.port}"
        self.batch = [f"B{number}" for number in range(MAILS)]
        self.desk = [f"D{number}" for number in range(DESK)]
        write_patients(folder, self.batch + self.desk)

    def expect(self, holds, sentence):
        if not holds:
            self.findings.append(sentence)

    def driver(self, *commands, settings=()):
        return subprocess.Popen([DRIVER, f"plugin={PLUGIN}", f"store={self.both}", f"state={self.folder}",
                                 f"patients={self.folder}/patients.tsv", f"transport={self.transport}", *settings,
                                 *commands], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, encoding="utf-8")

    def said_by_driver(self, *commands):
        said, complaint = (process := self.driver(*commands)).communicate(timeout=300)
        if process.returncode != 0:
            raise RuntimeError(f"the driver failed at {commands[:2]}: {complaint.strip()}")
        return [line.split("\t") for line in said.splitlines()]

    def talker(self, store):
        return Talker(TALKER, PLUGIN, store, self.folder, self.transport)

    def wait_for_mails(self, wanted):
        seen, moved_at = 0, time.monotonic()
        while seen < wanted and time.monotonic() - moved_at < SILENCE:
            now = self.sink.wait_for_more_than(seen, 0.5)
            if now > seen:
                seen, moved_at = now, time.monotonic()

    def standby_alone(self):
        """Nothing can be changed there, and the error says so."""
        talker = self.talker(self.standby.address("practice"))
        self.expect(not talker.began, "an instance opened on a standby")
        self.expect("fault_store_read_only" in talker.complaint(), f"on a standby it says: {talker.complaint()}")
        talker.end()

    def crash_in_the_middle(self):
        since = f"since={int(time.time() * 1000)}"
        workers = [self.driver("deliver", "3", settings=[since]) for _ in range(WORKERS)]
        desk = Desk(self.talker(self.both), self.desk)
        desk.start()
        try:
            self.wait_for_mails(MAILS // 3)
            self.primary.crash()
            desk.has_crashed.set()
            self.standby.promote()
            desk.is_promoted.set()
            self.wait_for_mails(MAILS)
            desk.is_served.wait(SILENCE)
        finally:
            desk.is_over.set()
            desk.is_promoted.set()
            for worker in workers:
                self.end_worker(worker)
        desk.join()
        desk.talker.end()
        return desk

    def end_worker(self, worker):
        self.expect(worker.poll() is None, f"a worker ended by itself: {worker.poll()}")
        _, complaint = worker.communicate()  # With its input it ends.
        faults = {line for line in complaint.splitlines() if line.startswith("work: ")}
        known = ("fault_store_lost", "fault_store_unknown", "fault_store_read_only", "fault_store_busy",
                 "Resource temporarily unavailable")
        for line in faults:
            self.expect(any(word in line for word in known), f"a worker says: {line}")

    def check_desk(self, desk):
        stored = set(self.standby.sql("SELECT patient_id FROM patient WHERE username IS NOT NULL",
                                      "practice").splitlines())
        for patient, code in desk.answers.items():
            if code == "ok":
                self.expect(patient in stored, f"{patient}: what was answered is lost")
            elif code != "fault_store_unknown":
                self.expect(patient not in stored, f"{patient}: it answered {code} and was kept")
                self.expect(code.startswith("fault_store"), f"{patient}: it answered {code}")
        self.expect(desk.served_after > 0, "nobody at the desk was served after the crash")
        return collections.Counter(desk.answers.values())

    def check_mails(self):
        self.said_by_driver(*[word for minute in LATER for word in ("work", minute)])
        ids = collections.defaultdict(set)
        for mail in self.sink.mails:
            ids[mail.recipient].add(mail.message_id)
        twice = len(self.sink.mails) - len(ids)
        self.expect(len(ids) == MAILS, f"{len(ids)} of {MAILS} patients got a mail")
        self.expect(all(len(each) == 1 for each in ids.values()), "somebody got two different mails")
        self.expect(twice <= WORKERS, f"{twice} mails were sent twice by one crash under {WORKERS} workers")
        said = self.said_by_driver("batches", "audit")
        entries = collections.Counter(words[1] for words in said if words[0] == "entry")
        batches = [words[:6] for words in said if words[0] == "batch"]
        self.expect(batches == [["batch", "4", str(MAILS), "0", "0", str(MAILS)]], f"the batch says {batches}")
        self.expect(["audit", "intact"] in said, "the record is broken")
        self.expect(entries["mail_sent"] == MAILS, f"the record has {entries['mail_sent']} mails sent")
        ask = lambda sql: self.standby.sql(sql, "practice")
        self.expect(ask("SELECT count(*) FROM outbox WHERE next_try_at IS NOT NULL") == "0", "a mail still waits")
        self.expect(ask("SELECT count(*) FROM outbox WHERE lease <> ''") == "0", "a mail is still in a dead hand")
        wrong = complaint_about(CHECKER, self.standby.address("practice"))
        self.expect(not wrong, f"the store: {wrong}")
        left = [name for name in os.listdir(self.folder) if "-sending-" in name]
        self.expect(not left, f"journals were left behind: {left}")
        return twice

    def run(self):
        self.said_by_driver("set_up")
        first = self.talker(self.both)
        self.expect(first.say("batch", *self.batch)[0] == "ok", "the batch did not start")
        first.end()
        self.standby_alone()
        desk = self.crash_in_the_middle()
        delivered = len(self.sink.mails)
        codes, twice = self.check_desk(desk), self.check_mails()
        print(f"{MAILS} mails, {delivered} of them by {WORKERS} workers that met a promotion, {twice} twice; at the "
              f"desk {dict(codes)}, {desk.served_after} served after the crash")

    def end(self):
        self.standby.stop()
        self.primary.stop()


def main():
    with tempfile.TemporaryDirectory(prefix="ppo-promotion-") as folder, Sink(keep=False) as sink:
        os.chmod(folder, 0o755)
        play = Play(folder, sink)
        try:
            play.run()
        finally:
            play.end()
    for finding in play.findings[:40]:
        print(f"   {finding}")
    return 1 if play.findings else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
