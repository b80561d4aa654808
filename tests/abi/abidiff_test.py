# SPDX-License-Identifier: Apache-2.0
"""Nothing in the contract changes unseen: libabigail compares the headers with the committed baseline.

    abidiff_test.py          fails on any difference
    abidiff_test.py --renew  writes the baseline anew; commit it with the change of the headers

Tables are reached through `query`, as void pointers, where no tool finds them. So it looks at a library of witnesses:
one function a struct, which hands it out.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import contract

BASELINE = pathlib.Path(__file__).with_name("ppo-1.0.abi")
WITHOUT_PATHS = ["--no-corpus-path", "--no-comp-dir-path", "--no-show-locs"]


def witnesses():
    lines = ['#include "ppo/ppo.h"']
    for name in contract.structs():
        lines += [f"const {name} *witness_{name}(void);",
                  f"const {name} *witness_{name}(void) {{ static const {name} *it; return it; }}"]
    return "\n".join(lines) + "\n"


def describe(include, file):
    """Writes what libabigail finds in a library of witnesses that sees these headers."""
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder, "witness.so")
        subprocess.run(["cc", "-x", "c", "-std=c11", "-g", "-O0", "-fPIC", "-shared", "-I", str(include), "-o",
                        str(library), "-"], input=witnesses(), text=True, check=True)
        subprocess.run(["abidw", *WITHOUT_PATHS, "--out-file", str(file), str(library)], check=True)


def difference(include):
    """What abidiff has to say, and its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        now = pathlib.Path(folder, "now.abi")
        describe(include, now)
        done = subprocess.run(["abidiff", str(BASELINE), str(now)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class AbidiffTest(unittest.TestCase):
    def changed(self, header, old, new):
        with tempfile.TemporaryDirectory() as folder:
            include = pathlib.Path(folder)
            shutil.copytree(contract.INCLUDE / "ppo", include / "ppo")
            text = (include / "ppo" / header).read_text(encoding="utf-8")
            self.assertEqual(1, text.count(old), old)
            (include / "ppo" / header).write_text(text.replace(old, new), encoding="utf-8")
            return difference(include)[0]

    def test_the_headers_are_those_of_the_baseline(self):
        self.assertEqual((0, ""), difference(contract.INCLUDE))

    def test_every_struct_stands_in_the_baseline(self):
        baseline = BASELINE.read_text(encoding="utf-8")
        for name in contract.structs():
            with self.subTest(struct=name):
                self.assertIn(f"name='{name}'", baseline)

    def test_the_baseline_names_no_folder(self):
        self.assertNotRegex(BASELINE.read_text(encoding="utf-8"), r"'/\w+/|\bcomp-dir-path='[^']|\bfilepath=")

    def test_a_slot_inserted_in_a_table_is_seen(self):
        slot = "    ppo_result(PPO_CALL *move)("
        self.assertNotEqual(0, self.changed("store.h", slot, "    ppo_result(PPO_CALL *more)(void);\n" + slot))

    def test_a_slot_that_takes_another_type_is_seen(self):
        self.assertNotEqual(0, self.changed("store.h", "*back_up)(ppo_instance *self, ppo_text path,",
                                            "*back_up)(ppo_instance *self, const char *path,"))

    def test_a_slot_appended_to_a_table_is_seen(self):
        self.assertNotEqual(0, self.changed("store.h", "} ppo_store_1;",
                                            "    ppo_result(PPO_CALL *more)(void);\n} ppo_store_1;"))


if __name__ == "__main__":
    if sys.argv[1:] == ["--renew"]:
        describe(contract.INCLUDE, BASELINE)
    else:
        unittest.main()
