# SPDX-License-Identifier: Apache-2.0
"""Kills the process that invites, starts a batch or delivers, in front of every call that changes its store, its
journal or what the mail server knows; starts it again, and checks that nobody was lost and nobody mailed twice.

    crash_test.py DRIVER KILLING_LIBRARY PLUGIN CHECKER [every]

Of calls of one kind in a row it takes three, unless it is told to die at every one.
"""
import collections
import concurrent.futures
import email
import email.policy
import glob
import os
import re
import shutil
import sys
import tempfile

from rig import Findings, Practice, check_store
from sink import Mail, Sink

DRIVER, LIBRARY, PLUGIN, CHECKER = sys.argv[1:5]
EVERY = sys.argv[5:] == ["every"]
PEOPLE = [f"P{number}" for number in range(1, 7)]
AT_LEAST = 40
GRAY, ORANGE, SENT, UNKNOWN, DONE = "2", "3", "2", "5", "4"

# What is done before, what is killed, and what is done again after it: staff who got no answer click once more.
Step = collections.namedtuple("Step", "name before killed again invited batch folder")
ACCESS = Step("access of many", ["access", "0"], ["access", "1"], ["access", "1"], [], 0, False)
STEPS = [
    Step("invite", [], ["invite", "P1"], ["invite", "P1"], PEOPLE[:1], 0, False),
    Step("batch", [], ["batch"], ["batch"], PEOPLE, 6, False),
    Step("delivery", ["invite", "P1", "batch_people", "1"], ["work", "3"], [], PEOPLE, 5, False),
    Step("delivery into a folder", ["invite", "P1", "batch_people", "1"], ["work", "3"], [], PEOPLE, 5, True),
    ACCESS,
]


def practice_in(folder, sink, step):
    folder = os.path.realpath(folder)
    transport = f"folder:{folder}/mail" if step.folder else f"smtp://127.0.0.1:{sink.port}"
    return Practice(DRIVER, PLUGIN, folder, transport)


def mails_of(practice, sink, step):
    """Whatever left, wherever it went."""
    if not step.folder:
        return sink.mails
    mails = []
    for path in glob.glob(f"{practice.folder}/mail/*.eml"):
        with open(path, "rb") as file:
            content = file.read()
        recipient = email.message_from_bytes(content, policy=email.policy.default)["To"].addresses[0].addr_spec
        mails.append(Mail(recipient, content, True))
    return mails


def prepare(folder, sink, step):
    practice = practice_in(folder, sink, step)
    practice.write_patients((patient, f"First{number}", f"Last{number}", "es" if number % 2 else "en",
                             f"{patient.lower()}@home.example") for number, patient in enumerate(PEOPLE))
    practice.run(["set_up", *step.before])
    return practice


def run_counted(practice, step, killed_at=0):
    """Whether it was killed, and the names of the calls up to then."""
    log = os.path.join(practice.folder, "calls")
    killed, _ = practice.run(step.killed, {"LD_PRELOAD": LIBRARY, "PPO_KILL_LOG": log, "PPO_KILL_AT": str(killed_at),
                                           "PPO_KILL_STORE": practice.store})
    with open(log, encoding="utf-8") as file:
        return killed, file.read().splitlines()


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


def check_mails(step, practice, sink, found, entries):
    """Each got one mail with a link that works; a second one only where the record says that it may be."""
    by_patient = collections.defaultdict(list)
    for mail in mails_of(practice, sink, step):
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


def check_access(practice, found, entries):
    """Everybody was given access once, whatever died in between."""
    said = practice.run([word for patient in PEOPLE for word in ("status", patient)])[1]
    for _, patient, status, *_ in said:
        found.expect(status == GRAY, f"{patient} has status {status}")
        found.expect(entries.count(("access_enabled", patient)) == 1, f"{patient} was not enabled once")


def check(step, practice, sink):
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
    if step == ACCESS:
        check_access(practice, found, entries)
    check_mails(step, practice, sink, found, entries)
    check_store(practice, found, CHECKER)
    return found.all


def kill_at(step, point, prepared, sinks):
    """What is wrong after dying in front of this call, and the call's name."""
    sink = sinks.pop()
    sink.mails.clear()
    folder = tempfile.mkdtemp(prefix="ppo-crash-")
    try:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        practice = practice_in(folder, sink, step)
        killed, names = run_counted(practice, step, point)
        if not killed:
            return names[-1], ["it was not reached"]
        if step.again:
            practice.run(step.again)
        practice.settle()
        return names[-1], check(step, practice, sink)
    except Exception as failure:
        return f"call {point}", [str(failure)]
    finally:
        shutil.rmtree(folder)
        sinks.append(sink)


def kill_everywhere(step, sinks, pool):
    with tempfile.TemporaryDirectory() as folder:
        _, names = run_counted(prepare(folder, sinks[0], step), step)
    points = range(1, len(names) + 1) if EVERY else worth_dying_at(names)
    with tempfile.TemporaryDirectory() as prepared:
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
