# SPDX-License-Identifier: Apache-2.0
"""The torture plugin has every slot of every table of the headers, and is written against abi/ alone.

Usage: slots_test.py WRONG_HOST PLUGIN
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOST, PLUGIN = "", ""
TABLE = re.compile(r"typedef struct (ppo_(?:plugin|[a-z]+_1)) \{(.*?)\n\} \1;", re.S)


def slots_of_headers():
    """table.slot of each table that the plugin gives; the host's own stand in host.h."""
    found = set()
    for header in sorted((ROOT / "abi/include/ppo").glob("*.h")):
        if header.name == "host.h":
            continue
        for table, body in TABLE.findall(header.read_text()):
            found |= {f"{table}.{slot}" for slot in re.findall(r"\(PPO_CALL \*(\w+)\)", body)}
    return found


class SlotsTest(unittest.TestCase):
    def test_the_plugin_counts_calls_of_every_slot_of_the_headers(self):
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder, "report.jsonl")
            subprocess.run([HOST, PLUGIN, "right"], check=True, timeout=60,
                           env={**os.environ, "PPO_TORTURE": "plain", "PPO_TORTURE_REPORT": str(report)})
            calls = json.loads(report.read_text().splitlines()[-1])["calls"]
        self.assertGreater(len(slots_of_headers()), 60)
        self.assertEqual(slots_of_headers(), set(calls))

    def test_each_table_is_filled_by_name_with_every_slot(self):
        source = "".join(path.read_text() for path in sorted((ROOT / "host-simulator/torture").glob("*.cpp")))
        for name in slots_of_headers():
            table, slot = name.split(".")
            filled = re.search(rf"const {table} \w+ = \{{(.*?)\n\}};", source, re.S)
            self.assertIsNotNone(filled, table)
            self.assertIn(f".{slot} = ", filled[1], name)

    def test_it_includes_the_contract_and_itself_alone(self):
        for path in (ROOT / "host-simulator/torture").glob("*.[ch]pp"):
            for name in re.findall(r'#include "([^"]+)"', path.read_text()):
                self.assertTrue(name.startswith("torture/"), f"{path.name} includes {name}")
            for name in re.findall(r"#include <([^>]+/[^>]+)>", path.read_text()):
                self.assertTrue(name.startswith("ppo/"), f"{path.name} includes {name}")

    def test_every_mode_stands_in_the_document(self):
        words = re.findall(r'\{"([a-z-]+)", Mode::', (ROOT / "host-simulator/torture/modes.cpp").read_text())
        document = (ROOT / "docs/torture.md").read_text()
        self.assertGreater(len(words), 15)
        for word in words + ["slow=", "create-refused=", "create-stop=", "without=", "answer=", "at=", "seed="]:
            self.assertIn(f"`{word}", document)

    def test_every_finding_stands_in_the_document(self):
        source = "".join(path.read_text() for path in sorted((ROOT / "host-simulator/torture").glob("*.cpp")))
        codes = set(re.findall(r'(?:complain\(|found\([^"]*?,\s*)"([a-z_]+)"', source, re.S))
        document = (ROOT / "docs/torture.md").read_text()
        self.assertGreater(len(codes), 15)
        for code in codes:
            self.assertIn(f"`{code}`", document)


if __name__ == "__main__":
    HOST, PLUGIN = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
