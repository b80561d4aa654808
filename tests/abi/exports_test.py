# SPDX-License-Identifier: Apache-2.0
"""What the shared libraries show and need. Usage: exports_test.py MODULE POSTGRESQL_MODULE"""
import re
import subprocess
import sys
import unittest

MODULE = ""
POSTGRESQL = ""

# Each library is a package that somebody has to have. A release contains its Poco, and needs what that needs instead.
EVERYWHERE = {"libstdc++.so.6", "libm.so.6", "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2"}
OF_THE_PLUGIN = {"libsqlite3.so.0", "libssl.so.3", "libcrypto.so.3", "libsodium.so.23", "libicui18n.so.72",
                 "libicuuc.so.72", "libzxcvbn.so.0"}
OF_POSTGRESQL = {"libpq.so.5"}
OF_POCO = {"libexpat.so.1", "libpcre.so.3", "libz.so.1"}
POCO = {f"libPoco{part}.so.80" for part in ("Foundation", "Data", "DataSQLite", "DataPostgreSQL", "Net", "NetSSL")}
SANITIZERS = {"libasan.so.8", "libubsan.so.1", "libtsan.so.2"}
# What Debian 12 has, or less. To raise one is to leave systems behind.
NEWEST = {"GLIBC": (2, 34), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13), "GCC": (3, 0)}


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def exported(module):
    """The names, without the version nodes, which name no code."""
    lines = [line.split() for line in output_of("nm", "-D", "--defined-only", module).splitlines()]
    return [line[-1] for line in lines if line[-2] != "A"]


def needed(module):
    return set(re.findall(r"\(NEEDED\).*\[(.*)\]", output_of("readelf", "--dynamic", module)))


def versions(module):
    """{"GLIBC": the newest version of it that a symbol asks for, as numbers}"""
    found = {}
    for library, version in re.findall(r"\b(GLIBC|GLIBCXX|CXXABI|GCC)_(\d[\d.]*)",
                                       output_of("readelf", "--wide", "--version-info", module)):
        numbers = tuple(int(number) for number in version.split("."))
        found[library] = max(found.get(library, ()), numbers)
    return found


def too_new(found, newest):
    return {library for library, version in found.items() if version > newest[library]}


class ExportsTest(unittest.TestCase):
    def test_exports_the_entry_and_nothing_else(self):
        self.assertEqual(["ppo_plugin_entry@@PPO_1"], exported(MODULE))

    def test_the_module_for_postgresql_exports_its_entry_and_nothing_else(self):
        self.assertEqual(["ppo_connect_to_postgres_1"], exported(POSTGRESQL))

    def test_another_library_shows_that_exports_are_seen(self):
        self.assertLess(100, len(exported(output_of("cc", "-print-file-name=libc.so.6").strip())))

    def test_needs_only_libraries_that_it_is_said_to_need(self):
        for module, own in ((MODULE, OF_THE_PLUGIN), (POSTGRESQL, OF_POSTGRESQL)):
            with self.subTest(module=module):
                self.assertEqual(set(), needed(module) - own - EVERYWHERE - OF_POCO - POCO - SANITIZERS)
                self.assertLessEqual(own, needed(module))

    def test_has_poco_inside_or_beside_it_and_never_both(self):
        for module in (MODULE, POSTGRESQL):
            with self.subTest(module=module):
                beside = needed(module) & POCO
                self.assertNotEqual(bool(beside), bool(needed(module) & OF_POCO))

    def test_only_the_module_for_postgresql_needs_its_client(self):
        self.assertEqual(set(), needed(MODULE) & OF_POSTGRESQL)

    def test_asks_for_no_newer_system_than_it_is_said_to(self):
        for module in (MODULE, POSTGRESQL):
            with self.subTest(module=module):
                self.assertEqual({"GLIBC", "GLIBCXX", "CXXABI", "GCC"}, set(versions(module)))
                self.assertEqual(set(), too_new(versions(module), NEWEST))

    def test_a_newer_symbol_would_be_found(self):
        self.assertEqual({"GLIBC"}, too_new(versions(MODULE), NEWEST | {"GLIBC": (2, 33)}))

    def test_has_no_unique_symbol_so_that_dlclose_unloads_it(self):
        for module in (MODULE, POSTGRESQL):
            kinds = [line.split()[-2] for line in output_of("nm", "-D", "--defined-only", module).splitlines()]
            with self.subTest(module=module):
                self.assertNotIn("u", kinds)

    def test_has_no_executable_stack_and_no_text_relocation(self):
        for module in (MODULE, POSTGRESQL):
            headers = output_of("readelf", "--wide", "--program-headers", "--dynamic", module)
            stack = [line for line in headers.splitlines() if "GNU_STACK" in line]
            with self.subTest(module=module):
                self.assertNotIn("TEXTREL", headers)
                self.assertEqual(1, len(stack))
                self.assertNotIn("RWE", stack[0])

    def test_gives_memory_back_by_a_delete_of_its_own_that_wipes(self):
        lines = output_of("nm", "-D", "--undefined-only", MODULE).splitlines()
        names = [line.split()[-1].split("@")[0] for line in lines]
        self.assertIn("_ZdlPv", names, "what frees is the process's own")
        self.assertFalse([name for name in names if name.startswith(("_ZdlPvm", "_ZdaPvm"))])

    def test_carries_no_path_of_the_machine_that_built_it(self):
        for module in (MODULE, POSTGRESQL):
            with self.subTest(module=module):
                self.assertNotRegex(output_of("readelf", "--dynamic", module), r"\(R(UN)?PATH\)")


if __name__ == "__main__":
    POSTGRESQL = sys.argv.pop(2)
    MODULE = sys.argv.pop(1)
    unittest.main()
