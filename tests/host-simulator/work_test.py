# SPDX-License-Identifier: Apache-2.0
"""ppo-sim work, and the settings that every command reads, as a process of its own.

    work_test.py PPO_SIM
"""
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from desk import DEADLINE, Desk

PPO_SIM = sys.argv.pop(1)
CHARTS = "id,first,last,dob,zip,email,status\nP1,Anna,Weber,1980-04-02,80331,anna@example.org,Active\n"


class WorkTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name, "data")
        charts = pathlib.Path(folder.name, "charts.csv")
        charts.write_text(CHARTS)
        self.run_to_end("import", str(charts))

    def run_to_end(self, command, *words):
        return subprocess.run([PPO_SIM, command, *words, "--data", str(self.data)], capture_output=True, text=True,
                              timeout=DEADLINE)

    def start(self, command, *words):
        process = subprocess.Popen([PPO_SIM, command, *words, "--data", str(self.data)], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(self.end, process)
        return process

    def end(self, process):
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()
        process.stderr.close()

    def invite_through(self, transport):
        """One mail in the queue: the server that should take it is not there, and the one who tries has ended."""
        serve = self.start("serve", "--port", "0", "--mail", transport)
        desk = Desk(re.search(r"http://[\d.:]+", serve.stdout.readline()).group(0))
        desk.invite()
        serve.send_signal(signal.SIGTERM)
        self.assertEqual(serve.wait(DEADLINE), 0)

    def test_says_what_is_left_when_nothing_is_due(self):
        self.run_to_end("report")
        worked = self.run_to_end("work")
        self.assertEqual((worked.returncode, worked.stderr), (0, ""))
        said = json.loads(worked.stdout)
        self.assertEqual((said["left"], said["waiting"], said["batches_run"]), (0, 0, False))

    def test_needs_a_folder_that_is_there(self):
        self.data = self.data / "nowhere"
        worked = self.run_to_end("work")
        self.assertEqual(worked.returncode, 2)
        self.assertIn("name the folder with --data", worked.stderr)
        self.assertFalse(self.data.exists())

    def test_a_mail_that_waits_is_counted_and_not_waited_for(self):
        self.invite_through(f"smtp://127.0.0.1:{dead_port()}")
        said = json.loads(self.run_to_end("work", "--mail", f"smtp://127.0.0.1:{dead_port()}").stdout)
        self.assertEqual((said["left"], said["waiting"]), (0, 1))

    def test_a_signal_ends_the_wait_until_the_queue_is_empty(self):
        self.invite_through(f"smtp://127.0.0.1:{dead_port()}")
        worker = self.start("work", "--until-empty", "--mail", f"smtp://127.0.0.1:{dead_port()}")
        wait_until_it_holds_signals(worker.pid)
        worker.send_signal(signal.SIGTERM)
        said = json.loads(worker.stdout.readline())
        self.assertEqual(worker.wait(DEADLINE), 0)
        self.assertEqual(said["waiting"], 1)

    def test_moves_bounces_that_are_none_and_tells_only_how_many(self):
        self.run_to_end("report")
        (self.data / "bounces" / "new").mkdir(parents=True)
        (self.data / "bounces" / "new" / "letter").write_text("To: anna@example.org\n\nHello\n")
        worked = self.run_to_end("work")
        self.assertEqual(worked.stderr, "Bounces: 1 set aside, no delivery reports about mails of ours\n")
        self.assertEqual([entry.name for entry in (self.data / "bounces" / "cur").iterdir()], ["letter:2,S"])

    def test_commands_read_the_settings_that_were_kept(self):
        (self.data / "settings.json").write_text('{"time_zone": "Mars/Base"}')
        for command in ("report", "serve"):
            told = self.run_to_end(command)
            self.assertNotEqual(told.returncode, 0)
            self.assertIn("time_zone", told.stderr)

    def test_the_command_line_stands_above_what_was_kept(self):
        self.run_to_end("report")
        (self.data / "settings.json").write_text('{"mail_transport": "smtps://"}')
        self.assertEqual(self.run_to_end("work").returncode, 2)
        self.assertEqual(self.run_to_end("work", "--mail", f"folder:{self.data}").returncode, 0)


def dead_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_it_holds_signals(pid):
    """Before that, a signal would end it as any program. A runtime may hold all for a moment, Poco holds SIGPIPE."""
    held = sum(1 << (number - 1) for number in (signal.SIGINT, signal.SIGTERM))
    held_with_pipe = held | 1 << (signal.SIGPIPE - 1)
    end = time.monotonic() + DEADLINE
    status = pathlib.Path(f"/proc/{pid}/status")
    while int(re.search(r"SigBlk:\s+(\w+)", status.read_text()).group(1), 16) not in (held, held_with_pipe):
        assert time.monotonic() < end


if __name__ == "__main__":
    unittest.main()
