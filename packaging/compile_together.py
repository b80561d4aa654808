# SPDX-License-Identifier: Apache-2.0
"""Which sources a compiler may read as one: `compile_together.py MOST FILE...` prints a group's number and a file a
line.

What a source keeps to itself, in an unnamed namespace, would meet the same name of another. So sources stand in one
group only if no name that either keeps to itself is a word of the other, or declared in a header of ours that it
includes.
"""
import functools
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
ROOTS = [TOP / name for name in ("plugin", "host-simulator", "tests", "abi/include")]
NOT_CODE = re.compile(r'//[^\n]*|^#include[^\n]*|"(?:[^"\\\n]|\\.)*"', re.M)
UNNAMED = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.M | re.S)
KIND = re.compile(r"(?:struct|class|enum class|enum|using|namespace)\s+(\w+)")
NAME = re.compile(r"(\w+)\s*[({=;\[]")


def names_in(text):
    """What it declares outside functions and types."""
    for line in text.splitlines():
        found = re.match(r"[\w[]", line) and (KIND.match(line) or NAME.search(line))
        if found:
            yield found[1]


def names_kept(text):
    for unnamed in UNNAMED.findall(text):
        yield from names_in(unnamed)
    yield from re.findall(r"^using [\w:]+::(\w+);", text, re.M)
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("CPPUNIT_TEST_SUITE_REGISTRATION("):  # It names what it defines after its line.
            yield f"the registration of line {number}"


@functools.cache
def names_included(file):
    text = file.read_text(encoding="utf-8")
    names = set(names_in(text))
    for included in re.findall(r'^#include "([^"]+)"', text, re.M):
        for header in [file.parent / included, *(root / included for root in ROOTS)]:
            if header.is_file():
                names |= names_included(header)
                break
    return names


class Group:
    def __init__(self):
        self.files, self.kept, self.words = [], set(), set()

    def take(self, file, kept, words):
        self.files.append(file)
        self.kept |= kept
        self.words |= words


def groups_of(files, most):
    groups = []
    for file in files:
        source = pathlib.Path(file)
        text = source.read_text(encoding="utf-8")
        kept = set(names_kept(text))
        words = kept | names_included(source) | set(re.findall(r"\w+", NOT_CODE.sub(" ", text)))
        for group in groups:
            if len(group.files) < most and not kept & group.words and not group.kept & words:
                break
        else:
            groups.append(group := Group())
        group.take(file, kept, words)
    return groups


if __name__ == "__main__":
    for number, each in enumerate(groups_of(sys.argv[2:], int(sys.argv[1]))):
        for path in each.files:
            print(number, path)
