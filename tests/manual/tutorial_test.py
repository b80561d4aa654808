# SPDX-License-Identifier: Apache-2.0
"""The tutorial is true: its code compiles after each step, and prints what it says. tutorial_test.py PLUGIN"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
TUTORIAL = (TOP / "docs" / "tutorial.md").read_text(encoding="utf-8")
PLUGIN = sys.argv.pop(1)
CC = [os.environ.get("CC", "cc"), "-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror", "-D_GNU_SOURCE", "-I",
      str(TOP / "abi" / "include")]


def fences(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", TUTORIAL, flags=re.S | re.M)


class TutorialTest(unittest.TestCase):
    def compile(self, text, *more):
        done = subprocess.run([*CC, *more, "-x", "c", "-"], input=text, capture_output=True, text=True, check=False)
        self.assertEqual("", done.stderr)

    def test_compiles_after_each_step(self):
        steps = fences("c")
        self.assertGreater(len(steps), 8)
        for step in range(len(steps)):
            with self.subTest(step=step):
                self.compile("\n".join(steps[: step + 1]), "-Wno-unused", "-fsyntax-only")

    def test_the_whole_prints_what_it_says(self):
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "host")
            self.compile("\n".join(fences("c")), "-o", program)
            done = subprocess.run([program, PLUGIN, folder], capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(fences("text")[0], done.stdout, done.stderr)
        self.assertEqual(0, done.returncode)

    def test_stays_readable(self):
        self.assertLess(sum(text.count("\n") for text in fences("c")), 300)


if __name__ == "__main__":
    unittest.main()
