# SPDX-License-Identifier: Apache-2.0
"""What the plugin's shared library shows and needs. Usage: exports_test.py MODULE"""
import subprocess
import sys
import unittest

MODULE = ""


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class ExportsTest(unittest.TestCase):
    def test_exports_the_entry_and_nothing_else(self):
        names = [line.split()[-1] for line in output_of("nm", "-D", "--defined-only", MODULE).splitlines()]
        exported = [name for name in names if name != "PPO_1"]  # The version node names no code.
        self.assertEqual(["ppo_plugin_entry@@PPO_1"], exported)

    def test_has_no_unique_symbol_so_that_dlclose_unloads_it(self):
        kinds = [line.split()[-2] for line in output_of("nm", "-D", "--defined-only", MODULE).splitlines()]
        self.assertNotIn("u", kinds)

    def test_has_no_executable_stack_and_no_text_relocation(self):
        headers = output_of("readelf", "--wide", "--program-headers", "--dynamic", MODULE)
        self.assertNotIn("TEXTREL", headers)
        stack = [line for line in headers.splitlines() if "GNU_STACK" in line]
        self.assertEqual(1, len(stack))
        self.assertNotIn("RWE", stack[0])

    def test_gives_memory_back_by_a_delete_of_its_own_that_wipes(self):
        lines = output_of("nm", "-D", "--undefined-only", MODULE).splitlines()
        needed = [line.split()[-1].split("@")[0] for line in lines]
        self.assertIn("_ZdlPv", needed, "what frees is the process's own")
        self.assertFalse([name for name in needed if name.startswith(("_ZdlPvm", "_ZdaPvm"))])

    def test_carries_no_path_of_the_machine_that_built_it(self):
        self.assertNotRegex(output_of("readelf", "--dynamic", MODULE), r"\(R(UN)?PATH\)")


if __name__ == "__main__":
    MODULE = sys.argv.pop(1)
    unittest.main()
