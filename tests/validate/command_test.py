# SPDX-License-Identifier: Apache-2.0
"""The program's options, answers and reports. Usage: command_test.py VALIDATOR PLUGIN FAULTY SCHEMA"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import jsonschema
from validator import Validator, failing

VALIDATOR, SCHEMA = None, {}
MANUAL = pathlib.Path(__file__).resolve().parents[2] / "docs/man/ppo-validate.1"


class CommandTest(unittest.TestCase):
    def test_a_good_plugin_ends_with_0_and_one_line_a_check(self):
        done = VALIDATOR.run(VALIDATOR.plugin, "--only", r"^loading\.")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual(7, len(re.findall(r"^pass     loading\.\w+$", done.stdout, flags=re.M)), done.stdout)
        self.assertRegex(done.stdout, r"  contract: 1\.\d+\n")
        self.assertRegex(done.stdout, r"7 checks: 7 pass, 0 fail, 0 skipped, in \d+\.\d s \(seed 1, 1000 cycles\)\n$")

    def test_the_wrapper_of_the_tests_is_as_good_as_what_it_wraps(self):
        done, report = VALIDATOR.report(VALIDATOR.faulty, "--only", r"^(loading|errors|growth|report|life\.[a-t])")
        self.assertEqual([], failing(report), done.stdout)
        self.assertEqual(0, done.returncode)

    def test_a_file_that_is_not_there_ends_with_2(self):
        done = VALIDATOR.run("/no/such/plugin.so")
        self.assertEqual(2, done.returncode)
        self.assertIn("there is no file /no/such/plugin.so", done.stderr)

    def test_wrong_arguments_end_with_2(self):
        for arguments in ([], [VALIDATOR.plugin, "--no-such-option"], [VALIDATOR.plugin, "--timeout", "0"],
                          [VALIDATOR.plugin, "--only", "("], [VALIDATOR.plugin, "--only", "no such check"],
                          [VALIDATOR.plugin, "--cycles", "3"], [VALIDATOR.plugin, "--seed", "x"]):
            self.assertEqual(2, VALIDATOR.run(*arguments).returncode, arguments)

    def test_help_ends_with_0_and_names_every_option(self):
        done = VALIDATOR.run("--help")
        self.assertEqual(0, done.returncode)
        for option in ("--only", "--json", "--in-process", "--seed", "--timeout", "--cycles"):
            self.assertIn(option, done.stdout)

    def test_list_tells_each_check_and_its_claim_without_a_plugin(self):
        done = VALIDATOR.run("list", "--only", r"^loading\.")
        self.assertEqual(0, done.returncode)
        self.assertEqual(7, len(re.findall(r"^loading\.\w+\n    \S.*\.$", done.stdout, flags=re.M)), done.stdout)

    def test_json_on_stdout_is_json_alone(self):
        done = VALIDATOR.run(VALIDATOR.plugin, "--json", "-", "--only", r"^loading\.entry")
        report = json.loads(done.stdout)
        jsonschema.validate(report, SCHEMA)
        self.assertIn("pass     loading.entry", done.stderr)

    def test_json_of_a_failure_names_what_to_mend(self):
        done, report = VALIDATOR.report(VALIDATOR.faulty, "--only", r"^loading\.", fault="has_a_vendor_in_latin_1")
        self.assertEqual(1, done.returncode)
        jsonschema.validate(report, SCHEMA)
        self.assertEqual(["Fill every member of ppo_plugin."],
                         [check["mend"] for check in report["checks"] if check["verdict"] == "fail"])

    def test_a_report_that_cannot_be_written_ends_with_2(self):
        done = VALIDATOR.run(VALIDATOR.plugin, "--json", "/no/such/folder/report.json", "--only", r"^loading\.entry")
        self.assertEqual(2, done.returncode)
        self.assertIn("cannot be written", done.stderr)

    def test_in_process_finds_the_same(self):
        only = r"^(loading\.entry|life\.(destroy|shutdown)|errors\.ui|growth\.audit)$"
        here = VALIDATOR.run(VALIDATOR.plugin, "--in-process", "--only", only)
        self.assertEqual(0, here.returncode, here.stdout + here.stderr)
        self.assertIn("5 checks: 5 pass", here.stdout)

    def test_in_process_a_crash_ends_the_run(self):
        done = VALIDATOR.run(VALIDATOR.faulty, "--in-process", "--only", r"^life\.", fault="minds_a_second_destroy")
        self.assertNotIn(done.returncode, (0, 1, 2))

    def test_the_seed_gives_the_same_values_again(self):
        only = ("--only", r"^views\.touch$")
        reports = [VALIDATOR.report(VALIDATOR.faulty, *only, "--seed", seed, fault="crashes_on_a_number")[1]
                   for seed in (7, 7, 8)]
        said = [report["checks"][0]["problems"] for report in reports]
        self.assertEqual(said[0], said[1])
        self.assertNotEqual(said[0], said[2])

    def test_the_manual_page_is_well_formed_and_has_every_option(self):
        lint = subprocess.run(["mandoc", "-T", "lint", "-W", "style", MANUAL], capture_output=True, text=True,
                              check=False)
        self.assertEqual("", lint.stdout + lint.stderr)
        told = set(re.findall(r"^\.It Fl (-[\w-]+)", pathlib.Path(MANUAL).read_text(encoding="utf-8"), flags=re.M))
        offered = set(re.findall(r"^ +(?:-\w,)?-(-[\w-]+)", VALIDATOR.run("--help").stdout, flags=re.M)) - {"-help"}
        self.assertEqual(offered, told)

    def test_the_manual_page_has_every_group(self):
        groups = {name.split(".")[0] for name in re.findall(r"^(\S+)$", VALIDATOR.run("list").stdout, flags=re.M)}
        told = set(re.findall(r"^\.It ([a-z]+)$", pathlib.Path(MANUAL).read_text(encoding="utf-8"), flags=re.M))
        self.assertEqual(groups, told)
        self.assertEqual(groups, set(SCHEMA["definitions"]["check"]["properties"]["group"]["enum"]))

    def test_nothing_is_left_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            environment_folder = pathlib.Path(folder, "temporary")
            environment_folder.mkdir()
            VALIDATOR.run(VALIDATOR.faulty, "--only", r"^(errors\.audit|life\.shutdown)$", "--timeout", 2,
                          fault="hangs", folder=environment_folder)
            self.assertEqual([], list(environment_folder.iterdir()))


if __name__ == "__main__":
    SCHEMA = json.loads(pathlib.Path(sys.argv.pop()).read_text(encoding="utf-8"))
    VALIDATOR = Validator(*sys.argv[1:4])
    unittest.main(argv=sys.argv[:1])
