# SPDX-License-Identifier: Apache-2.0
"""Debian's own checker has nothing to say of the packages."""
import os
import subprocess
import unittest

import delivered


def unwritten_pages():
    """What it says of programs for which there is no manual page in the source yet."""
    programs = ("ppo-sim", "ppo-validate")
    return {f"W: ppo-tools: no-manual-page [usr/bin/{name}]" for name in programs
            if not (delivered.SOURCE / f"docs/man/{name}.1").exists()}


class LintianTest(unittest.TestCase):
    def test_there_is_no_error_and_no_warning(self):
        packages = [str(delivered.package(name)) for name in ("ppo-dev", "ppo-plugin", "ppo-tools")]
        as_root = ["--allow-root"] if os.geteuid() == 0 else []
        done = subprocess.run(["lintian", *as_root, "--tag-display-limit", "0", *packages], capture_output=True,
                              text=True, check=False, timeout=300)
        self.assertEqual(set(), set(done.stdout.splitlines()) - unwritten_pages(), done.stderr)


if __name__ == "__main__":
    delivered.main()
