# SPDX-License-Identifier: Apache-2.0
"""The services: systemd reads them without complaint and finds little to expose, and what they start lives within their
limits. There is no systemd running here, so their command lines are run by hand under the same rights, file mask and
filter of system calls."""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import delivered
import sandbox
from delivered import run

UNITS = {"portal": "ppo-portal.service", "worker": "ppo-worker.service"}
FAMILIES = {"AF_UNIX": socket.AF_UNIX, "AF_INET": socket.AF_INET, "AF_INET6": socket.AF_INET6}
LISTED = re.compile(r"(\w+)=(.*)")


class UnitsTest(delivered.TreeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("ppo-plugin", "ppo-tools"):
            run("dpkg", "-x", delivered.package(name), cls.root)
        cls.units = cls.root / "usr/lib/systemd/system"
        for kind in ("target", "slice"):  # Those of systemd itself, which units lean on without saying so.
            for unit in pathlib.Path("/lib/systemd/system").glob(f"*.{kind}"):
                shutil.copy(unit, cls.units)

    def settings(self, unit):
        lines = (self.units / unit).read_text(encoding="utf-8").splitlines()
        found = {}
        for name, value in (LISTED.fullmatch(line).groups() for line in lines if LISTED.fullmatch(line)):
            found.setdefault(name, []).append(value)
        return found

    def limits(self, unit):
        told = self.settings(unit)
        self.assertEqual((["0077"], ["yes"]), (told["UMask"], told["MemoryDenyWriteExecute"]))
        families = [FAMILIES[name] for name in told["RestrictAddressFamilies"][0].split()]
        return sandbox.Limits(sandbox.allowed_calls(told["SystemCallFilter"]), families, writable_code=False)

    def test_systemd_understands_every_line(self):
        for unit in UNITS.values():
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", f"--root={self.root}", unit], text=True,
                                  capture_output=True, check=False, timeout=delivered.DEADLINE)
            ours = [line for line in (done.stdout + done.stderr).splitlines() if unit in line]
            self.assertEqual((0, []), (done.returncode, ours), done.stderr)

    def test_little_is_exposed(self):
        for unit in UNITS.values():
            said = run("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
                       self.units / unit)
            exposure = re.search(r"exposure level for \S+: (\d+\.\d)", said)
            self.assertLessEqual(float(exposure[1]), 2.0)

    def test_the_filter_of_this_test_bites(self):
        script = """import errno, mmap, os, socket
def refused(call, *words):
    try: call(*words)
    except OSError as fault: return fault.errno
private = mmap.MAP_PRIVATE
print(refused(os.chroot, "/"), refused(mmap.mmap, -1, 4096, private, 7), refused(socket.socket, socket.AF_NETLINK))
print(refused(mmap.mmap, -1, 4096, private, 3), refused(socket.socket))"""
        limits = self.limits(UNITS["portal"])
        done = subprocess.run(["/usr/bin/python3", "-c", script], preexec_fn=limits.enter, text=True,
                              capture_output=True, check=False, cwd="/")
        self.assertEqual("1 1 1\nNone None\n", done.stdout, done.stderr)

    def start(self, role, folder):
        """The unit's command line within its limits; (process, the socket it reports to)."""
        told = self.settings(UNITS[role])
        words = told["ExecStart"][0].replace("%S/ppo", str(folder)).split()
        self.assertEqual(f"$PPO_{role.upper()}_OPTIONS", words.pop())
        words += ["--port", "0"] if role == "portal" else []
        reports = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        reports.bind(str(folder / "notify"))
        reports.settimeout(delivered.DEADLINE)
        self.addCleanup(reports.close)
        passwords = folder / "pgpass"
        passwords.write_text("#", encoding="utf-8")
        passwords.chmod(0o400)
        for path in (folder, folder / "notify", passwords):
            if os.geteuid() == 0:
                os.chown(path, sandbox.NOBODY, sandbox.NOBODY)
        process = subprocess.Popen([str(self.root) + words[0], *words[1:]], preexec_fn=self.limits(UNITS[role]).enter,
                                   env={"NOTIFY_SOCKET": str(folder / "notify"), "PGPASSFILE": str(passwords)}, cwd="/",
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(lambda: process.poll() is not None or (process.kill(), process.communicate()))
        return process, reports

    def starts_and_stops(self, role, while_it_runs):
        folder = self.folder()
        self.assertEqual(["notify"], self.settings(UNITS[role])["Type"])
        process, reports = self.start(role, folder)
        try:
            self.assertEqual(b"READY=1", reports.recv(64))
        except TimeoutError:
            process.kill()
            self.fail(process.communicate())
        while_it_runs(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        self.assertEqual(b"STOPPING=1", reports.recv(64))
        self.assertEqual(("", ""), process.communicate(timeout=delivered.DEADLINE))
        self.assertEqual(0, process.returncode)
        others = {path.name: oct(path.stat().st_mode & 0o077) for path in folder.iterdir()
                  if path.name != "notify" and path.stat().st_mode & 0o077}
        self.assertEqual({}, others, "others may look into these")
        self.assertTrue((folder / "onboarding.sqlite").exists())

    def test_the_portal_reports_serves_a_page_and_stops(self):
        def page(said):
            with urllib.request.urlopen(said.split()[1].rstrip("."), timeout=delivered.DEADLINE) as answer:
                self.assertEqual(200, answer.status)
        self.starts_and_stops("portal", page)

    def test_the_worker_reports_and_stops(self):
        self.starts_and_stops("worker", lambda said: self.assertIn("Working", said))

    def test_the_example_of_settings_names_what_the_units_read(self):
        text = (self.root / "usr/share/doc/ppo-tools/examples/ppo.default").read_text(encoding="utf-8")
        named = set(re.findall(r"^#?(PPO_\w+)=", text, flags=re.M))
        read = {f"PPO_{role.upper()}_OPTIONS" for role in UNITS}
        self.assertEqual(read | {"PPO_STORE"}, named)
        for role, unit in UNITS.items():
            self.assertIn(f"$PPO_{role.upper()}_OPTIONS", self.settings(unit)["ExecStart"][0])
            options = re.search(rf"^#PPO_{role.upper()}_OPTIONS=(.*)", text, flags=re.M)[1]
            known = run(pathlib.Path(self.root, "usr/bin/ppo-sim"), role, "--help")
            for option in re.findall(r"--[\w-]+", options):
                self.assertIn(option + " ", known)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    delivered.main()
