# SPDX-License-Identifier: Apache-2.0
"""After a day of use no link, password, key or hash lies where a thief of files or memory would look.
Usage: hunt_test.py HOST HUNTER MODULE PATIENTS memory|files"""
import collections
import concurrent.futures
import pathlib
import re
import sys
import tempfile
import unittest

from hunt import Hunt, derived_keys, links_in, password, word
from rig import Host

HOST, HUNTER, MODULE, PATIENTS, PLACES = "", "", "", 0, ""
OK, MORE = 1, 2
LINK_USED, SIGN_IN, MISMATCH, GUESSABLE = -1302, -1401, -1309, -1203
BIRTH_DATE = "1980-02-29"


class Day:
    """Everything that happens at the practice, and every secret that it happens with."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.host = Host(HOST, MODULE, folder)
        self.hunt = Hunt(HUNTER)
        self.links = {}
        self.seen = set()

    def in_turns(self, job, numbers):
        """Each worker of the host does every second one."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(lambda turn=turn: [job(turn, i) for i in numbers[turn::2]]) for turn in (0, 1)]:
                done.result()

    def ask(self, turn, *command, expect=OK):
        return self.host.ask(turn, *command, expect=expect)

    def work(self):
        while self.host.ask(0, "work", expect=None)[0] == MORE:
            pass

    def take_mails(self):
        """The links of the mails that are new, by patient; each is a secret from now on."""
        for file in sorted(self.folder.glob("mails/*.eml")):
            if file.name in self.seen:
                continue
            self.seen.add(file.name)
            for number, link, lines in links_in(file.read_bytes()):
                self.links[number] = link
                self.hunt.seek("link", link.encode())
                for line in lines:
                    self.hunt.seek("link in base64", line)

    def invite(self, numbers):
        self.in_turns(lambda turn, i: self.ask(turn, "invite", f"P{i}"), numbers)
        self.work()
        self.take_mails()

    def seek_password(self, text):
        self.hunt.seek_text("password", text)
        return text

    def new_password(self, i, use):
        """One that the plugin takes: by chance one in some thousands is a word with something around it."""
        while True:
            text = self.seek_password(password(i))
            result = use(text)[0]
            if result != GUESSABLE:
                if result != OK:
                    raise AssertionError(f"a new password: {result}")
                return text

    def set_up(self, turn, i):
        link = self.links[i]
        self.ask(turn, "open_link", link)
        if i % 20 == 0:
            typed = self.seek_password(password(i))
            self.ask(turn, "redeem", link, "1980-02-28", f"patient.{i}", typed, expect=MISMATCH)
        chosen = self.new_password(i, lambda text: self.ask(
            turn, "redeem", link, BIRTH_DATE, f"patient.{i}", text, expect=None))
        self.ask(turn, "open_link", link, expect=LINK_USED)
        if i % 8 == 0:
            wrong = self.seek_password(password(i))
            self.ask(turn, "sign_in", f"patient.{i}", wrong, expect=SIGN_IN)
            self.ask(turn, "sign_in", f"nobody.{i}", wrong, expect=SIGN_IN)
        self.ask(turn, "sign_in", f"patient.{i}", chosen)
        if i % 5 == 0:
            changed = self.new_password(i, lambda text: self.ask(turn, "change", f"P{i}", chosen, text, expect=None))
            self.ask(turn, "sign_in", f"patient.{i}", changed)

    def at_the_desk(self, turn, i):
        left = self.seek_password(password(i))
        self.ask(turn, "open", f"P{i}")
        self.ask(turn, "edit", "by_hand", "1")
        suggested = self.ask(turn, "invoke", "suggest_password")[1]
        self.seek_password(suggested)
        self.ask(turn, "edit", "password", suggested)

        def save(text):
            self.ask(turn, "edit", "password", text)
            return self.ask(turn, "invoke", "save", expect=None)
        typed = self.new_password(i, save)
        self.ask(turn, "edit", "by_hand", "1")
        self.ask(turn, "edit", "password", left)
        self.ask(turn, "close")
        self.ask(turn, "sign_in", f"patient.{i}", typed)
        self.new_password(i, lambda text: self.ask(turn, "set", f"P{i}", f"patient.{i}", text, expect=None))

    def ask_for_link(self, turn, i):
        name = "Nobody" + word(16)
        self.hunt.seek_text("typed name", name)
        self.ask(turn, "request", f"nobody{i}@example.test", name, BIRTH_DATE, "01234")
        self.ask(turn, "request", f"p{i}@example.test", "Weber", BIRTH_DATE, "01234")

    def pass_by(self):
        everybody = list(range(PATIENTS))
        self.in_turns(lambda turn, i: self.ask(turn, "patient", f"P{i}", "Weber", f"p{i}@example.test"), everybody)
        self.invite(everybody)
        self.in_turns(self.set_up, everybody)
        self.ask(0, "advance", "300")
        self.in_turns(self.at_the_desk, everybody[1::20])
        self.in_turns(self.ask_for_link, everybody[3::20])
        found = self.search_files()
        self.work()
        self.take_mails()
        self.ask(0, "advance", "300")
        self.invite(everybody[2::20])
        self.ask(0, "advance", "300")
        self.invite(everybody[2::20])  # The links of a moment ago are replaced: dead, and unused.
        return found

    def keys(self):
        for line in (self.folder / "portal.key").read_text().split("\n"):
            if line:
                yield bytes.fromhex(line.split(" ")[1])

    def files(self):
        for file in sorted(self.folder.rglob("*")):
            if file.is_file() and file.suffix != ".eml":
                yield file

    def search_files(self):
        return self.hunt.search((str(file.relative_to(self.folder)), file.read_bytes()) for file in self.files())

    def search_memory(self):
        return self.hunt.search(self.host.memory())


def places(found):
    return dict(collections.Counter((label, place) for label, place, _ in found))


class HuntTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.day = Day(cls.folder.name)
        cls.found_while_requests_wait = cls.day.pass_by()
        cls.root_keys = list(cls.day.keys())
        cls.day.hunt.seek("hash", b"$argon2id$v=19$m=19456", whole=True)
        for key in cls.root_keys:
            cls.day.hunt.seek("root key", key, whole=True)
            cls.day.hunt.seek("root key in hex", key.hex().encode())
            for use, derived in derived_keys(key):
                cls.day.hunt.seek(f"key {use}", derived)

    @classmethod
    def tearDownClass(cls):
        cls.day.host.close()
        cls.folder.cleanup()

    def test_1_files_hold_no_secret(self):
        self.assertGreater(len(self.day.hunt.needles), 4 * PATIENTS)
        found = self.day.search_files()
        print("files:", self.day.hunt.searched, "bytes,", len(self.day.hunt.needles), "needles", places(found))
        self.assertEqual([("root key in hex", "portal.key")], sorted(set(f[:2] for f in found)))

    def test_2_waiting_requests_hold_no_secret(self):
        self.assertEqual({}, places(self.found_while_requests_wait))

    def test_3_log_names_nobody(self):
        log = (self.day.folder / "host.log").read_text()
        self.assertNotIn("@", log)

    def test_4_a_planted_secret_is_found(self):
        planted = "planted" + word(20)
        self.day.hunt.seek("planted", planted.encode(), whole=True)
        trap = self.day.folder / "trap"
        trap.write_bytes(b"\0" * 4095 + planted.encode())
        found = self.day.search_files()
        trap.unlink()
        self.assertIn(("planted", "trap", 4095), found)
        if PLACES == "memory":
            self.assertNotIn("planted", [label for label, _, _ in self.day.search_memory()])
            self.day.ask(0, "plant", planted)
            self.assertEqual(1, [label for label, _, _ in self.day.search_memory()].count("planted"))

    @unittest.skipIf("files" in sys.argv, "a sanitizer keeps in quarantine what was given back")
    def test_5_idle_memory_holds_no_secret_but_the_keys_in_their_place(self):
        found = [find for find in self.day.search_memory() if find[0] != "planted"]
        print("memory:", self.day.hunt.searched, "bytes", places(found))
        live = [find for find in found if find[0] == "root key"]
        # Whoever has no account is refused after as much work: by a hash of noise that opens nothing.
        noise = [find for find in found if find[0] == "hash"]
        self.assertEqual(1, len(noise), "one hash, of no password that anybody has")
        self.assertEqual({}, places(find for find in found if find not in live + noise))
        self.assertEqual(len(self.root_keys), len(live), "each root key is in memory once")
        for _, place, _ in live:
            self.assertIn("dd", self.day.host.flags_of(place), "a core dump leaves its pages out")

    @unittest.skipIf("files" in sys.argv, "a sanitizer keeps in quarantine what was given back")
    def test_6_an_ended_instance_leaves_no_key(self):
        self.day.ask(0, "end")
        found = [find for find in self.day.search_memory() if find[0] != "planted"]
        self.assertEqual({}, places(found))


if __name__ == "__main__":
    HOST, HUNTER, MODULE, PATIENTS, PLACES = sys.argv[1:4] + [int(sys.argv[4]), sys.argv[5]]
    unittest.main(argv=sys.argv[:1], verbosity=2)
