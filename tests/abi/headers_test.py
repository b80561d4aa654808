# SPDX-License-Identifier: Apache-2.0
"""The headers of abi/ as hosts see them: they compile alone everywhere, figures stay, and rules are kept."""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import contract

LOCK = pathlib.Path(__file__).with_name("lock-1.0")
RELEASED = pathlib.Path(__file__).with_name("1.0") / "include" / "ppo"
CC = os.environ.get("CC") or shutil.which("cc") or "gcc"
CXX = os.environ.get("CXX") or shutil.which("c++") or "g++"
CLANG, CLANGXX = "clang-14", "clang++-14"
WINDOWS_CC, WINDOWS_CXX = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-g++"
ALONE = [f'#include "ppo/{header.name}"\nextern int something;\n' for header in contract.HEADERS]
# What base.h says once, of the arguments that every function has.
CONVENTIONAL = {"self", "view", "caller", "visitor", "error", "sink", "context", "patient_id", "batch_id", "data",
                "size"}
TAGS = ("[free]", "[instance]", "[handle]", "[inline]", "[anywhere]")


def complaints_of_lock(lock, compiler=CXX, include=contract.INCLUDE):
    """What a compiler says of one file of the lock."""
    command = [compiler, "-std=c++20", "-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", "-I", str(include)]
    return subprocess.run([*command, str(lock)], capture_output=True, text=True, check=False).stderr


class LockTest(unittest.TestCase):
    """Sizes, offsets, types, constants and ids of the first release, file by file of its lock."""

    def changed(self, header, old, new):
        """What the header's lock says once the header has other words."""
        with tempfile.TemporaryDirectory() as folder:
            include = pathlib.Path(folder)
            shutil.copytree(contract.INCLUDE / "ppo", include / "ppo")
            text = (include / "ppo" / f"{header}.h").read_text(encoding="utf-8")
            self.assertEqual(1, text.count(old), old)
            (include / "ppo" / f"{header}.h").write_text(text.replace(old, new), encoding="utf-8")
            return complaints_of_lock(LOCK / f"{header}.cpp", include=include)

    def test_headers_are_as_they_were_released(self):
        for lock in sorted(LOCK.glob("*.cpp")):
            with self.subTest(lock=lock.name):
                self.assertEqual("", complaints_of_lock(lock))

    def test_windows_has_the_same_figures(self):
        for lock in sorted(LOCK.glob("*.cpp")):
            with self.subTest(lock=lock.name):
                self.assertEqual("", complaints_of_lock(lock, compiler=WINDOWS_CXX))

    def test_nothing_that_was_released_is_changed(self):
        for folder, kind in ((LOCK, "*.cpp"), (RELEASED, "*.h")):
            sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text("ascii").splitlines())
            found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob(kind)}
            self.assertEqual(sums, found)

    def test_everything_in_the_headers_is_locked(self):
        """As long as no later minor has a lock of its own."""
        locked = "".join(file.read_text(encoding="utf-8") for file in LOCK.glob("*.cpp"))
        for name, (members, _, _) in contract.structs().items():
            for member in members:
                with self.subTest(member=f"{name}.{member}"):
                    self.assertRegex(locked, rf"decltype\({name}::{member}\)")
        for name in set(contract.constants()) - {"PPO_ABI_MINOR"}:
            with self.subTest(constant=name):
                self.assertRegex(locked, rf"\b{name}\b")

    def test_a_member_that_moved_is_found(self):
        self.assertIn("ppo_error.retry_after_ms", self.changed("base", "    int64_t retry_after_ms;",
                                                               "    int64_t between;\n    int64_t retry_after_ms;"))

    def test_a_member_of_another_type_is_found(self):
        self.assertIn("ppo_checkpoint.at", self.changed("host", "    ppo_time at; ", "    uint64_t at; "))

    def test_a_slot_that_takes_something_else_is_found(self):
        self.assertIn("ppo_plugin.work", self.changed("plugin", "*work)(ppo_instance *self, uint32_t budget_ms,",
                                                      "*work)(ppo_instance *self, int32_t budget_ms,"))

    def test_a_constant_with_another_value_is_found(self):
        self.assertIn("PPO_STOPPED", self.changed("results", "PPO_STOPPED = 2,", "PPO_STOPPED = 4,"))

    def test_an_interface_of_another_name_is_found(self):
        self.assertIn("PPO_STORE_1", self.changed("store", '"ppo.store/1"', '"ppo.stores/1"'))

    def test_what_is_appended_passes(self):
        message = "    char message[400];"
        self.assertEqual("", self.changed("base", message, message + "\n    int64_t more[2];"))
        self.assertEqual("", self.changed("results", "    PPO_STOPPED = 2,", "    PPO_STOPPED = 2, PPO_LATER = 4,"))


def use_of_everything():
    """A text in which every constant and PPO_HAS is used: a macro that nobody expands compiles always."""
    words = {word for header in contract.HEADERS for word in contract.words_of(header)}
    lines = ['#include "ppo/ppo.h"', "extern int knows(const ppo_host *host);",
             "int knows(const ppo_host *host) { return PPO_HAS(ppo_host, host, query); }"]
    for name in contract.constants():
        kind = "const char *" if name in words else "int64_t "
        cast = "" if name in words else "(int64_t)"
        lines += [f"extern {kind}use_{name};", f"{kind}use_{name} = {cast}{name};"]
    return "\n".join(lines) + "\n"


class HeadersTest(unittest.TestCase):
    """Each alone, and all of them used, without a warning."""

    def compiled(self, c, cxx, texts, of_c90=(), of_old_cxx=()):
        for standard in contract.C_STANDARDS + contract.CXX_STANDARDS:
            is_cxx = standard.startswith("c++")
            flags = {"c90": of_c90, "c++98": of_old_cxx, "c++03": of_old_cxx}.get(standard, ())
            with self.subTest(compiler=cxx if is_cxx else c, standard=standard):
                self.assertEqual("", contract.compile_texts(cxx if is_cxx else c, standard, texts,
                                                            [*flags, *([] if is_cxx else ["-Wc++-compat"])]))

    def test_gcc_compiles_them_in_every_standard(self):
        self.compiled(CC, CXX, [*ALONE, use_of_everything()])

    def test_clang_compiles_them_in_every_standard(self):
        self.compiled(CLANG, CLANGXX, [use_of_everything()])

    def test_windows_compiles_them_in_every_standard_with_what_base_h_says_of_its_oldest(self):
        self.compiled(WINDOWS_CC, WINDOWS_CXX, [use_of_everything()], ["-Wno-long-long"],
                      ["-D__STDC_LIMIT_MACROS", "-D__STDC_CONSTANT_MACROS", "-Wno-long-long"])

    def test_a_hole_in_a_struct_would_be_found(self):
        text = '#include "ppo/base.h"\nstruct holed { uint32_t first; uint64_t second; };\n'
        self.assertIn("padd", contract.compile_texts(CC, "c11", [text]))

    def test_a_comment_of_newer_c_would_be_found(self):
        self.assertIn("comment", contract.compile_texts(CC, "c90", ["extern int a; // b\n"]))


class RulesTest(unittest.TestCase):
    def test_every_struct_that_may_grow_starts_with_its_size(self):
        for name, (members, _, frozen) in contract.structs().items():
            with self.subTest(struct=name):
                self.assertTrue(frozen or members[0] == "struct_size")

    def test_no_frozen_struct_has_a_size(self):
        for name, (members, _, frozen) in contract.structs().items():
            with self.subTest(struct=name):
                self.assertFalse(frozen and "struct_size" in members)

    def test_every_function_has_exactly_one_thread_tag_which_starts_the_end_of_its_comment(self):
        for header, slot, comment in contract.slots():
            with self.subTest(header=header, slot=slot):
                paragraphs = re.sub(r"^\s*\*? ?", "", comment.strip("/* \n"), flags=re.M).split("\n\n")
                tagged = [paragraph for paragraph in paragraphs if paragraph.startswith(TAGS)]
                self.assertEqual(paragraphs[-1:], tagged, comment)

    def test_every_function_has_exactly_one_word_on_memory_beside_its_thread_tag(self):
        for header, slot, comment in contract.slots():
            with self.subTest(header=header, slot=slot):
                self.assertRegex(comment, r"\* \[(free|instance|handle|inline|anywhere)\] \[\w+\]( |\n)")
                self.assertEqual(1, len(re.findall(r"\[(?:borrows|opens|ends|static)\]", comment)), comment)

    def test_words_on_memory_fit_what_the_function_takes_and_returns(self):
        for header, slot, comment in contract.slots():
            word = re.search(r"\[(borrows|opens|ends|static)\]", comment)[1]
            returned, parameters = contract.signature_of(header, slot)
            with self.subTest(header=header, slot=slot):
                self.assertEqual(word == "opens", "**out" in parameters)
                self.assertEqual(word == "ends", slot in ("destroy", "close"))
                self.assertEqual(word == "static", returned.startswith("const "))

    def test_results_that_comments_name_exist(self):
        constants = contract.constants()
        for header, slot, comment in contract.slots():
            for name in contract.results_in(comment):
                with self.subTest(header=header, slot=slot, name=name):
                    self.assertTrue(any(one == name or one.startswith(f"{name}_") for one in constants))

    def test_a_result_that_does_not_exist_would_be_found_by_its_short_name(self):
        self.assertEqual(["PPO_REFUSED_NO_EMAIL", "PPO_REFUSED_NO_HOPE"],
                         list(contract.results_in("PPO_OK; PPO_REFUSED_NO_EMAIL, _NO_HOPE (see above)")))

    def test_every_parameter_is_described_or_conventional(self):
        for header, slot, comment in contract.slots():
            for name in set() if slot == "put" else set(contract.parameters_of(header, slot)) - CONVENTIONAL:
                with self.subTest(header=header, slot=slot, parameter=name):
                    self.assertRegex(comment, rf"\b{name}\b")

    def test_every_constant_is_described(self):
        for header in contract.HEADERS:
            for name in contract.constants_of(header):
                with self.subTest(constant=name):
                    self.assertTrue(re.search(rf'^(?:    {name} = .*/\* \S|#define {name} (?:.*/\* \S|"))',
                                              header.read_text(encoding="utf-8"), flags=re.M))

    def test_every_header_tells_its_history(self):
        for header in contract.HEADERS:
            if header.name != "ppo.h":
                with self.subTest(header=header.name):
                    self.assertIn(" * Interface history: 1.0 first.", header.read_text(encoding="utf-8"))

    def test_tags_fit_the_side_that_implements_the_function(self):
        for header, slot, comment in contract.slots():
            if header == "host.h" and slot != "put":
                with self.subTest(slot=slot):
                    self.assertRegex(comment, r"\[(inline|anywhere)\]")
            elif slot != "put":
                with self.subTest(slot=slot):
                    self.assertRegex(comment, r"\[(free|instance|handle)\]")

    def test_no_type_whose_size_depends_on_the_compiler_or_the_system(self):
        for header in contract.HEADERS:
            text = contract.without_comments(header.read_text(encoding="utf-8"))
            with self.subTest(header=header.name):
                self.assertEqual([], re.findall(r"\b(?:_?[Bb]ool|long|short|wchar_t|time_t|union)\b", text))
                self.assertEqual([], re.findall(r"\bunsigned\b|\bint\b(?!\d)|\benum\s+\w+\s+\w+\s*;", text))
                self.assertEqual([], re.findall(r"^.*\w+\s*:\s*\d+\s*;.*$", text, flags=re.M), "a bit-field")

    def test_no_function_returns_a_struct(self):
        structs = "|".join(contract.structs())
        for header in contract.HEADERS:
            text = contract.without_comments(header.read_text(encoding="utf-8"))
            with self.subTest(header=header.name):
                self.assertEqual([], re.findall(rf"\b(?:{structs})\s*\(\s*PPO_CALL", text))

    def test_first_line_is_the_licence_and_names_stay_in_our_prefix(self):
        for header in contract.HEADERS:
            text = header.read_text(encoding="utf-8")
            with self.subTest(header=header.name):
                self.assertTrue(text.startswith("/* SPDX-License-Identifier: Apache-2.0 */\n"))
                self.assertEqual([], [name for name in re.findall(r"^#define (\w+)", text, flags=re.M)
                                      if not name.startswith("PPO_")])
                self.assertEqual([], [name for name in re.findall(r"\} (\w+);", text) if not name.startswith("ppo_")])


if __name__ == "__main__":
    unittest.main()
