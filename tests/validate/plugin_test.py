# SPDX-License-Identifier: Apache-2.0
"""The plugin passes every check. Usage: plugin_test.py VALIDATOR PLUGIN FAULTY SCHEMA"""
import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

import jsonschema
from validator import Validator, failing

VALIDATOR, SCHEMA = None, ""
HEADERS = pathlib.Path(__file__).resolve().parents[2] / "abi/include/ppo"

TABLE = r"typedef struct (ppo_(?!host)\w+_1|ppo_plugin) \{(.*?)\n\} \1;"


class PluginTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.done, cls.report = VALIDATOR.report(VALIDATOR.plugin, cwd=folder)
            cls.left = os.listdir(folder)

    def test_the_plugin_passes_every_check(self):
        self.assertEqual([], failing(self.report), self.done.stdout + self.done.stderr)
        self.assertEqual(0, self.done.returncode)

    def test_nothing_is_left_where_it_was_called_from(self):
        self.assertEqual([], self.left)

    def test_nothing_of_it_is_skipped(self):
        self.assertEqual([], [check["name"] for check in self.report["checks"] if check["verdict"] == "skipped"])

    def test_every_slot_has_twenty_cases_of_abuse(self):
        slots = next(check for check in self.report["checks"] if check["name"] == "loading.slots")["figures"]
        self.assertEqual({}, {slot: count for slot, count in slots.items() if int(count) < 20})

    def test_every_slot_of_the_headers_is_among_them(self):
        declared = set()
        for header in HEADERS.glob("*.h"):
            text = header.read_text(encoding="utf-8")
            for table, body in re.findall(TABLE, text, flags=re.S):
                interface = re.sub(r"^ppo_(\w+)_1$", r"ppo.\1/1", table)
                declared |= {f"{interface} {slot}" for slot in re.findall(r"\(PPO_CALL \*(\w+)\)\(", body)}
        slots = next(check for check in self.report["checks"] if check["name"] == "loading.slots")["figures"]
        self.assertEqual(declared, set(slots) - {"sum"})

    def test_a_thousand_loads_were_made(self):
        unload = next(check for check in self.report["checks"] if check["name"] == "life.unload")
        self.assertEqual("1000", unload["figures"]["cycles"])

    def test_the_report_is_as_published(self):
        schema = json.loads(pathlib.Path(SCHEMA).read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        jsonschema.validate(self.report, schema)


if __name__ == "__main__":
    SCHEMA = sys.argv.pop()
    VALIDATOR = Validator(*sys.argv[1:4])
    unittest.main(argv=sys.argv[:1])
