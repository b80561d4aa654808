# SPDX-License-Identifier: Apache-2.0
"""Runs the validator for the tests of this folder."""
import json
import os
import pathlib
import subprocess
import tempfile


class Validator:
    def __init__(self, program, plugin, faulty):
        self.program, self.plugin, self.faulty = program, plugin, faulty

    def run(self, *arguments, fault=None, folder=None, cwd=None):
        environment = dict(os.environ, PPO_REAL_PLUGIN=self.plugin)
        environment.pop("PPO_FAULT", None)
        # What is made once for the life of a process is no leak; life.unload looks for those.
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        if fault:
            environment["PPO_FAULT"] = fault
        if folder:
            environment["TMPDIR"] = str(folder)
        return subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True, check=False,
                              env=environment, timeout=240, cwd=cwd)

    def report(self, library, *arguments, fault=None, cwd=None):
        """The run, and its report as read from JSON."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "report.json")
            done = self.run(library, "--json", path, *arguments, fault=fault, cwd=cwd)
            return done, json.loads(path.read_text(encoding="utf-8"))


def failing(report):
    return sorted(check["name"] for check in report["checks"] if check["verdict"] == "fail")
