# SPDX-License-Identifier: Apache-2.0
"""The hosts of abi/examples, each in its language: they print what is expected, and their layouts are the headers'.

    examples_test.py LANGUAGE PLUGIN
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(TOP / "tests" / "abi"))
import contract  # noqa: E402

EXAMPLES = TOP / "abi" / "examples"
LANGUAGE, PLUGIN = sys.argv.pop(1), sys.argv.pop(1)
JNA = "/usr/share/java/jna.jar"
JNI = "/usr/lib/x86_64-linux-gnu/jni"


# A plugin that looks again, after create, at the host that it borrowed until destroy; and one that first hands it a
# line that nobody can read.
LOOKS_AGAIN = r"""
#include <ppo/ppo.h>
#include <stdio.h>
#include <string.h>
static const ppo_host *kept;
static ppo_host first;
static ppo_result create(const ppo_host *host, const ppo_settings *settings, ppo_instance **out, ppo_error *error) {
    (void)settings, (void)error;
    kept = host;
    first = *host;
    *out = (ppo_instance *)&first;
    return PPO_OK;
}
static const void *query(ppo_text id) {
    (void)id;
#ifdef UNREADABLE
    kept->log(kept->context, PPO_LOG_ERROR, "\xff", UNREADABLE);
#endif
    fprintf(stderr, "the host is %s\n", memcmp(kept, &first, sizeof first) == 0 ? "still there" : "gone");
    return NULL;
}
static const ppo_plugin plugin = {sizeof plugin, 1, 0, 0, {"x", 1}, {"x", 1}, {"x", 1}, create, 0, 0, 0, query};
PPO_EXPORT const ppo_plugin *ppo_plugin_entry(uint32_t major) { return major == 1 ? &plugin : NULL; }
"""


class Example:
    """A copy of one language's folder, built as its README says."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        shutil.copytree(EXAMPLES / LANGUAGE, self.folder / LANGUAGE, ignore=shutil.ignore_patterns("node_modules"))
        self.source = self.folder / LANGUAGE
        self.command = getattr(self, f"build_{LANGUAGE}")()

    def build(self, *command):
        subprocess.run(command, check=True, cwd=self.source)

    def build_c(self):
        self.build(os.environ.get("CC", "cc"), "-std=c11", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE", "-I",
                   str(contract.INCLUDE), "-o", "onboard", "onboard.c")
        return [str(self.source / "onboard")]

    def build_python(self):
        return [sys.executable, "-B", str(self.source / "onboard.py")]

    def build_node(self):
        if not (EXAMPLES / "node" / "node_modules" / "koffi").is_dir():
            self.build("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
        else:
            (self.source / "node_modules").symlink_to(EXAMPLES / "node" / "node_modules")
        return ["node", str(self.source / "onboard.mjs")]

    def build_java(self):
        self.build("javac", "-Xlint:all", "-Werror", "-d", ".", "-cp", JNA, "Ppo.java", "Onboard.java")
        return ["java", f"-Djna.boot.library.path={JNI}", "-cp", f"{self.source}:{JNA}", "Onboard"]

    def build_csharp(self):
        self.build("mcs", "-warnaserror", "-out:onboard.exe", "Ppo.cs", "Onboard.cs")
        return ["mono", str(self.source / "onboard.exe")]

    def run(self, *arguments, charts=""):
        return subprocess.run([*self.command, *arguments], input=charts, capture_output=True, text=True, check=False,
                              timeout=90, env=dict(os.environ, LC_ALL="C.UTF-8"))


class ExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.example = Example(folder.name)

    def test_does_the_scenario(self):
        with tempfile.TemporaryDirectory() as store:
            done = self.example.run(PLUGIN, store, charts=(EXAMPLES / "patients.csv").read_text(encoding="utf-8"))
        expected = (EXAMPLES / "expected.txt").read_text(encoding="utf-8").splitlines()
        self.assertEqual(expected, [line.rstrip() for line in done.stdout.splitlines()], done.stderr)
        self.assertEqual(0, done.returncode, done.stderr)

    def test_says_which_contract_a_library_does_not_speak(self):
        with tempfile.TemporaryDirectory() as folder:
            other = pathlib.Path(folder, "other.so")
            subprocess.run(["cc", "-x", "c", "-shared", "-fPIC", "-o", str(other), "-"], check=True, text=True,
                           input="const void *ppo_plugin_entry(unsigned major) { return major == 7 ? &major : 0; }\n")
            done = self.example.run(str(other), folder, charts="id\n")
        self.assertNotEqual(0, done.returncode)
        self.assertIn("does not speak contract 1", done.stdout + done.stderr)

    @unittest.skipIf(LANGUAGE == "c", "it takes every table that it asks for to be there")
    def test_keeps_the_host_where_it_was_until_destroy(self):
        done = self.run_with_plugin_that_looks_again()
        self.assertNotEqual(0, done.returncode)
        self.assertIn("the host is still there", done.stderr)
        self.assertIn("The plugin has no ppo.", done.stdout + done.stderr)

    @unittest.skipIf(LANGUAGE == "c", "C has no exceptions")
    def test_survives_an_exception_in_a_callback_that_answers_no_result(self):
        # Python reads memory before it can complain of a size; of bytes that are no text it does.
        done = self.run_with_plugin_that_looks_again(f"-DUNREADABLE={'1' if LANGUAGE == 'python' else 'SIZE_MAX'}")
        self.assertIn("the host is still there", done.stderr)

    def run_with_plugin_that_looks_again(self, *definitions):
        with tempfile.TemporaryDirectory() as folder:
            plugin = pathlib.Path(folder, "looks_again.so")
            subprocess.run(["cc", "-x", "c", "-shared", "-fPIC", *definitions, "-I", str(contract.INCLUDE), "-o",
                            str(plugin), "-"], check=True, text=True, input=LOOKS_AGAIN)
            return self.example.run(str(plugin), folder, charts="id\n")

    @unittest.skipIf(LANGUAGE == "c", "its compiler reads the headers")
    def test_has_the_offsets_and_constants_of_the_headers(self):
        figures = contract.figures()
        said = self.example.run("--layout", charts="id\n").stdout.splitlines()
        self.assertGreater(len(said), 150)
        for line in said:
            name, value = line.split()
            with self.subTest(name=name):
                self.assertEqual(figures[name], int(value))


if __name__ == "__main__":
    unittest.main()
