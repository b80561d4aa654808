# SPDX-License-Identifier: Apache-2.0
"""The headers of abi/ as hosts see them: they compile alone everywhere, figures stay, and rules are kept."""
import os
import pathlib
import re
import shutil
import unittest

import contract

FIGURES = pathlib.Path(__file__).with_name("contract-1.0.txt").read_text(encoding="utf-8")
CC = os.environ.get("CC") or shutil.which("cc") or "gcc"
CXX = os.environ.get("CXX") or shutil.which("c++") or "g++"
TAGS = ("[free]", "[instance]", "[handle]", "[inline]", "[anywhere]")


def compiler_of(standard):
    return CXX if standard.startswith("c++") else CC


def figures():
    """The committed table: {struct: (size, [(member, offset)])} and {constant: value as text}."""
    layouts, values = {}, {}
    for line in FIGURES.splitlines():
        if match := re.fullmatch(r"(ppo_\w+) (\d+):(.*)", line):
            pairs = [pair.split() for pair in match.group(3).split(",")]
            layouts[match.group(1)] = (int(match.group(2)), [(name, int(at)) for name, at in pairs])
        elif match := re.fullmatch(r"(PPO_\w+) = (.*)", line):
            values[match.group(1)] = match.group(2)
    return layouts, values


def assertions(layouts, values):
    lines = ["#include <assert.h>", "#include <string.h>", '#include "ppo/ppo.h"']
    for struct, (size, members) in layouts.items():
        lines.append(f'static_assert(sizeof({struct}) == {size}, "size of {struct}");')
        lines += [f'static_assert(offsetof({struct}, {name}) == {at}, "{struct}.{name}");' for name, at in members]
    for name, value in values.items():
        if value.startswith('"'):
            lines.append(f'static_assert(sizeof({name}) == sizeof({value}), "{name}");')
        else:
            lines.append(f'static_assert({name} == {value}, "{name}");')
    return "\n".join(lines) + "\n"


class HeadersTest(unittest.TestCase):
    def test_every_header_compiles_alone_without_a_warning(self):
        for header in contract.HEADERS:
            for standard in contract.C_STANDARDS + contract.CXX_STANDARDS:
                with self.subTest(header=header.name, standard=standard):
                    text = f'#include "ppo/{header.name}"\nextern int something;\n'
                    self.assertEqual("", contract.compile_text(compiler_of(standard), standard, text))

    def test_a_hole_in_a_struct_would_be_found(self):
        text = '#include "ppo/base.h"\nstruct holed { uint32_t first; uint64_t second; };\n'
        self.assertIn("padding", contract.compile_text(CC, "c11", text))

    def test_sizes_offsets_and_constants_are_those_of_the_first_release(self):
        for standard in ("c11", "c++20"):
            with self.subTest(standard=standard):
                text = assertions(*figures())
                self.assertEqual("", contract.compile_text(compiler_of(standard), standard, text))

    def test_a_moved_member_and_a_changed_constant_would_be_found(self):
        moved = assertions({"ppo_text": (16, [("data", 8)])}, {})
        changed = assertions({}, {"PPO_OK": "0"})
        self.assertIn("ppo_text.data", contract.compile_text(CC, "c11", moved))
        self.assertIn("PPO_OK", contract.compile_text(CC, "c11", changed))

    def test_interface_names_are_those_of_the_first_release(self):
        headers = "".join(header.read_text(encoding="utf-8") for header in contract.HEADERS)
        for name, value in figures()[1].items():
            if value.startswith('"'):
                self.assertIn(f"#define {name} {value}", headers)

    def test_every_struct_and_member_has_its_figures(self):
        in_headers = {name: members for name, (members, _, _) in contract.structs().items()}
        in_table = {name: [member for member, _ in members] for name, (_, members) in figures()[0].items()}
        self.assertEqual(in_headers, in_table)

    def test_every_constant_has_its_figure(self):
        self.assertEqual(sorted(contract.constants()), sorted(figures()[1]))


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
