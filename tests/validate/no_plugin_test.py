# SPDX-License-Identifier: Apache-2.0
"""What is no library ends with one sentence and 2; a library that is no good plugin, with a check that says why.

Usage: no_plugin_test.py VALIDATOR PLUGIN FAULTY SCHEMA"""
import json
import os
import pathlib
import sys
import tempfile
import unittest

import jsonschema
from validator import Validator, failing

VALIDATOR, SCHEMA = None, {}


class NoLibraryTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def expect(self, path, sentence):
        told = self.folder / "report.json"
        done = VALIDATOR.run(path, "--json", told)
        self.assertEqual((2, "", f"ppo-validate: {sentence}\n"), (done.returncode, done.stdout, done.stderr))
        self.assertFalse(told.exists())

    def file(self, content):
        path = self.folder / "made.so"
        path.write_bytes(content)
        return path

    def library_with(self, offset, *values):
        """The beginning of a good library, with other bytes at one place of its ELF header."""
        content = bytearray(pathlib.Path(VALIDATOR.faulty).read_bytes())
        content[offset:offset + len(values)] = bytes(values)
        return self.file(content)

    def test_a_file_that_is_not_there(self):
        self.expect("/no/such/plugin.so", "there is no file /no/such/plugin.so")
        broken = self.folder / "broken.so"
        broken.symlink_to("/no/such/plugin.so")
        self.expect(broken, f"there is no file {broken}")

    def test_a_folder_and_a_device(self):
        self.expect(self.folder, f"{self.folder} is a folder: name the plugin's file in it")
        self.expect("/dev/null", "/dev/null is no regular file: name the plugin's .so")

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_a_file_that_may_not_be_read(self):
        path = self.file(b"")
        path.chmod(0)
        self.expect(path, f"{path} cannot be read: Permission denied")

    def test_what_is_no_elf_file(self):
        for content in (b"", b"no library", b"\x7fEL", b"MZ\x90\0" + bytes(100), bytes(5000)):
            path = self.file(content)
            self.expect(path, f"{path} is no ELF file, and so no library: name the plugin's .so")

    def test_a_library_that_is_cut_off(self):
        whole = pathlib.Path(VALIDATOR.faulty).read_bytes()
        for size in (4, 63, 64, 1000, len(whole) // 4):
            path = self.file(whole[:size])
            self.expect(path, f"{path} is cut off, and ends before what its own headers name: copy it anew")

    def test_a_library_of_another_machine(self):
        for offset, value in ((4, 1), (5, 2), (18, 8)):  # 32 bits, the other order of bytes, MIPS.
            path = self.library_with(offset, value)
            self.expect(path, f"{path} is built for another machine than this ppo-validate: check it there")

    def test_what_the_linker_made_or_was_to_make_of_other_kinds(self):
        self.expect(VALIDATOR.program, f"{VALIDATOR.program} is a program, and a plugin is a library: link it with "
                                       "-shared")
        path = self.library_with(16, 2, 0)
        self.expect(path, f"{path} is a program, and a plugin is a library: link it with -shared")
        path = self.library_with(16, 1, 0)
        self.expect(path, f"{path} is an object file: link it as a library, with -shared")
        path = self.library_with(16, 4, 0)
        self.expect(path, f"{path} is an ELF file, but no library: name the plugin's .so")


class NoGoodPluginTest(unittest.TestCase):
    def report(self, library, *arguments, **more):
        done, report = VALIDATOR.report(library, *arguments, **more)
        jsonschema.validate(report, SCHEMA)
        self.assertEqual({}, report["about"])
        reasons = {check["reason"] for check in report["checks"] if check["verdict"] == "skipped"}
        self.assertEqual(1, len(reasons), reasons)
        self.assertIn(f"\nskipped  {report['skipped']} checks: {min(reasons)}\n", done.stdout)
        self.assertEqual(1, done.stdout.count("skipped  "), done.stdout)
        return done.returncode, failing(report), min(reasons)

    @staticmethod
    def without_entry():
        return pathlib.Path(VALIDATOR.faulty).parent / "not_found/libmissing_library.so"

    def test_a_library_without_the_entry(self):
        self.assertEqual((1, ["loading.exports"], "the library has no ppo_plugin_entry"),
                         self.report(self.without_entry()))

    def test_a_library_whose_own_library_is_missing(self):
        status, failed, reason = self.report(pathlib.Path(VALIDATOR.faulty).parent / "faulty_needs.so")
        self.assertEqual((1, ["loading.needed"]), (status, failed))
        self.assertRegex(reason, "^the library cannot be loaded: libmissing_library.so: ")

    def test_an_entry_that_gives_no_table(self):
        self.assertEqual((1, ["loading.entry"], "the plugin cannot be used: ppo_plugin_entry(1) answered NULL"),
                         self.report(VALIDATOR.faulty, fault="gives_no_table"))

    def test_a_library_that_crashes_when_it_is_loaded(self):
        status, failed, reason = self.report(VALIDATOR.faulty, fault="crashes_when_loaded")
        self.assertEqual((1, ["loading.entry", "loading.needed"]), (status, failed))
        self.assertRegex(reason, r"^the plugin cannot be used: the check crashed by signal 6 \(SIGABRT\)")

    def test_nothing_passes_because_only_checks_are_chosen_that_cannot_be_made(self):
        for library, fault in ((self.without_entry(), None), (VALIDATOR.faulty, "gives_no_table")):
            self.assertEqual((2, []), self.report(library, "--only", "^views", fault=fault)[:2])


if __name__ == "__main__":
    SCHEMA = json.loads(pathlib.Path(sys.argv.pop()).read_text(encoding="utf-8"))
    VALIDATOR = Validator(*sys.argv[1:4])
    unittest.main(argv=sys.argv[:1])
