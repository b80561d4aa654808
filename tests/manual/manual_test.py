# SPDX-License-Identifier: Apache-2.0
"""The manual says what is: pages, tables, links and pieces of code. manual_test.py PPO_SIM PPO_VALIDATE"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import man_pages
import results

TOP = pathlib.Path(__file__).resolve().parents[2]
DOCS = TOP / "docs"
PPO_SIM, PPO_VALIDATE = sys.argv.pop(1), sys.argv.pop(1)
sys.path.insert(0, str(TOP / "tests" / "abi"))
import contract  # noqa: E402

# What the pieces of docs/abi.md stand in.
STAGE = """#include <ppo/ppo.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
int report_to_operator(const char *code, const char *message);
int is_running_a_second_later(void), use_json(const ppo_report_1 *report), do_without(void), show(const char *sentence);
void log_for_support(const char *code, const char *field), tell_the_windows(void *context, const char *patient_id);
void render_again(void *screen, ppo_text row), close_window(void *screen), say_aloud(void *screen, ppo_text words);
void append_to_file(void *screen, ppo_text piece);
"""
# What a piece may call that the machine of the tests need not have.
OF_AN_INSTALLATION = {"systemctl", "psql", "apt", "cc", "cmake", "ctest"}
FUNCTION = """int piece(const char *path, const ppo_host *host, const ppo_settings *settings, const ppo_plugin *plugin,
          const ppo_onboarding_1 *onboarding, ppo_instance *%s, const ppo_caller *who, ppo_text patient_id);
int piece(const char *path, const ppo_host *host, const ppo_settings *settings, const ppo_plugin *plugin,
          const ppo_onboarding_1 *onboarding, ppo_instance *%s, const ppo_caller *who, ppo_text patient_id) {
(void)path, (void)host, (void)settings, (void)plugin, (void)onboarding, (void)%s, (void)who, (void)patient_id;
%s
return 0; }
"""


def fences(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.S | re.M)


def anchors(text):
    """The anchors that a page's headings have."""
    plain = [re.sub(r"[`*]", "", heading) for heading in re.findall(r"^#+ (.*)$", text, flags=re.M)]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


def mandoc(*arguments):
    return subprocess.run(["mandoc", *arguments], capture_output=True, text=True, check=False).stdout


class ManPagesTest(unittest.TestCase):
    def test_pages_of_the_contract_are_made_from_the_headers(self):
        for name, text in man_pages.pages().items():
            with self.subTest(page=name):
                self.assertEqual(text, (DOCS / "man" / name).read_text(encoding="utf-8"))

    def test_every_slot_stands_in_them(self):
        text = "".join(man_pages.pages().values())
        for header, slot, _ in contract.slots():
            if slot not in ("put", "ppo_plugin_entry"):
                with self.subTest(header=header, slot=slot):
                    self.assertIn(f'Fn "(*{slot})"', text)

    def test_every_table_stands_in_them_with_all_of_its_slots(self):
        text = "".join(man_pages.pages().values())
        for table, (members, body, _) in contract.structs().items():
            if "PPO_CALL" not in body or table.endswith("_sink"):
                continue
            section = text.partition(f".Ss {table}\n")[2].partition("\n.S")[0]
            with self.subTest(table=table):
                self.assertEqual(re.findall(r"PPO_CALL \*(\w+)\)\(", body),
                                 re.findall(r'Fn "\(\*(\w+)\)"', section))

    def test_no_sentence_ends_in_the_middle(self):
        for name, text in man_pages.pages().items():
            for line in text.splitlines():
                with self.subTest(page=name, line=line):
                    self.assertEqual(line.count("("), line.count(")"))

    def test_every_setting_stands_in_them_and_in_the_page_of_settings(self):
        plugin_page = man_pages.pages()["ppo_plugin.3"]
        settings_page = (DOCS / "settings.md").read_text(encoding="utf-8")
        for member in contract.structs()["ppo_settings"][0]:
            if member not in ("struct_size", "reserved"):
                with self.subTest(setting=member):
                    self.assertIn(f".It Va {member}\n", plugin_page)
                    self.assertIn(f"`{member}`", settings_page)
        for flag in contract.constants():
            if flag.startswith("PPO_SETTING_"):
                with self.subTest(flag=flag):
                    self.assertIn(f".It Dv {flag}\n", plugin_page)
                    self.assertIn(f"`{flag}`", settings_page)

    def test_nothing_is_to_be_said_against_them(self):
        for page in sorted((DOCS / "man").glob("*.[13]")):
            with self.subTest(page=page.name):
                self.assertEqual("", mandoc("-T", "lint", "-W", "warning", str(page)))

    def test_commands_and_options_of_the_simulator_stand_in_its_page_and_no_others(self):
        page = (DOCS / "man" / "ppo-sim.1").read_text(encoding="utf-8")
        commands, options = set(), set()

        def ask(*words):
            said = subprocess.run([PPO_SIM, *words, "--help"], capture_output=True, text=True, check=True).stdout
            options.update(re.findall(r"^  (?:-h,)?--([\w-]+)", said, flags=re.M))
            below = re.findall(r"^  ([a-z][\w-]*) {2,}", said.partition("Subcommands:")[2], flags=re.M)
            for word in below:
                ask(*words, word)
            if words and not below:
                commands.add(" ".join(words))

        ask()
        self.assertEqual(commands, {" ".join(found.split()) for found in
                                    re.findall(r"^\.It Cm ((?:[a-z][\w-]*\s?)+?)(?: Oo| Ar|$)", page, flags=re.M)})
        self.assertEqual(options, set(re.findall(r"^\.It Fl Fl ([\w-]+)", page, flags=re.M)))


class ResultsTest(unittest.TestCase):
    def test_table_is_made_from_the_header(self):
        self.assertEqual(results.document(), (DOCS / "results.md").read_text(encoding="utf-8"))

    def test_every_result_has_a_meaning(self):
        self.assertEqual([], [name for name, said in results.meanings().items() if not said])
        self.assertEqual([], re.findall(r"^.*\| *\|$", results.document(), flags=re.M))
        self.assertEqual(sorted(contract.constants_of(contract.INCLUDE / "ppo" / "results.h")),
                         sorted(results.meanings()))


class PiecesTest(unittest.TestCase):
    def test_pieces_of_code_compile(self):
        for number, piece in enumerate(fences((DOCS / "abi.md").read_text(encoding="utf-8"), "c")):
            self_name = "instance" if "ppo_instance *self" in piece else "self"
            text = piece if piece.startswith("static") else FUNCTION % (self_name, self_name, self_name, piece)
            with self.subTest(piece=number):
                done = subprocess.run(
                    [os.environ.get("CC", "cc"), "-std=c11", "-Wall", "-Wextra", "-Wno-unused", "-Werror",
                     "-D_GNU_SOURCE", "-fsyntax-only", "-I", str(TOP / "abi" / "include"), "-x", "c", "-"],
                    input=STAGE + text, capture_output=True, text=True, check=False)
                self.assertEqual("", done.stderr)


    def test_pieces_of_json_are_json(self):
        for page in LinksTest.PAGES:
            for piece in fences(page.read_text(encoding="utf-8"), "json"):
                with self.subTest(page=page.name, piece=piece):
                    json.loads(piece)

    def test_programs_that_are_called_are_there(self):
        ours = {"ppo-sim", "ppo-validate"}
        for page in LinksTest.PAGES:
            for piece in fences(page.read_text(encoding="utf-8"), "sh"):
                for command in re.split(r"\s*(?:&&|\||\n|&)\s*", re.sub(r" *#.*", "", piece)):
                    words = [word for word in command.split() if not re.match(r"[A-Z_]+=", word)]
                    with self.subTest(page=page.name, command=command):
                        self.assertTrue(not words or words[0] in ours | OF_AN_INSTALLATION | {"cd", "./host"}
                                        or shutil.which(words[0]) or (TOP / words[0]).is_file())

    def test_checks_and_modes_that_are_named_are_there(self):
        checks = subprocess.run([PPO_VALIDATE, "list"], capture_output=True, text=True, check=True).stdout.split("\n")
        groups = {check.partition(".")[0] for check in checks if re.fullmatch(r"\w+\.\w+", check)}
        self.assertGreater(len(groups), 8)
        torture = "".join(file.read_text(encoding="utf-8") for file in (TOP / "host-simulator/torture").glob("*.cpp"))
        for name in ("abi.md", "integrators-check-list.md"):
            text = re.sub(r"^```.*?^```$", "", (DOCS / name).read_text(encoding="utf-8"), flags=re.S | re.M)
            said = re.findall(r"`([^`]+)`", text)
            named = [word for word in said if re.fullmatch(r"(?:%s)\.\w+" % "|".join(groups), word)
                     and not word.endswith(".h")]
            modes = [word.partition("=")[2].partition("=")[0] for word in said if word.startswith("PPO_TORTURE=")]
            self.assertTrue(named and modes, name)
            for check in named:
                with self.subTest(page=name, check=check):
                    self.assertIn(check, checks)
            for mode in modes:
                with self.subTest(page=name, mode=mode):
                    self.assertIn(f'"{mode}"', torture)


class LinksTest(unittest.TestCase):
    PAGES = [TOP / "README.md", TOP / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")),
             TOP / "abi" / "examples" / "README.md", TOP / "tests" / "abi" / "README.md"]

    @staticmethod
    def links(page):
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
        return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text))

    def test_every_link_leads_somewhere(self):
        for page in self.PAGES:
            for link in self.links(page):
                if re.match(r"https?:|mailto:", link):
                    continue
                path, _, anchor = link.partition("#")
                target = (page.parent / path).resolve() if path else page
                with self.subTest(page=page.name, link=link):
                    self.assertTrue(target.exists())
                    if anchor and target.suffix == ".md":
                        self.assertIn(anchor, anchors(target.read_text(encoding="utf-8")))

    def test_every_page_is_reached_from_the_first(self):
        reached, folders, waiting = set(), set(), [TOP / "README.md"]
        while waiting:
            page = waiting.pop()
            if page in reached or not page.is_file():
                continue
            reached.add(page)
            if page.suffix == ".md":
                waiting += [(page.parent / link.partition("#")[0]).resolve() for link in self.links(page)]
                folders |= {(page.parent / link).resolve() for link in self.links(page) if link.endswith("/")}
        for page in filter(pathlib.Path.is_file, DOCS.rglob("*")):
            with self.subTest(page=str(page.relative_to(TOP))):
                self.assertTrue(page in reached or page.parent in folders)


if __name__ == "__main__":
    unittest.main()
