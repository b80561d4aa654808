# SPDX-License-Identifier: Apache-2.0
"""Writes the lock of a release of the contract: what a compiler must find in the headers for ever after.

    make_lock.py FOLDER

One file a header: size, offset and type of every member, value of every constant, text of every interface's id. Made
once when a minor is released, and never again for that minor; see README.md.
"""
import pathlib
import re
import subprocess
import sys

import contract

HEAD = """// SPDX-License-Identifier: Apache-2.0
// Locked with contract {release}: this file never changes. What is appended later has a lock of its own.
#include "ppo/{header}"

#include <string_view>
#include <type_traits>

"""


def type_of(declaration, name):
    """The member's type as C writes it: the declaration without the name."""
    plain = " ".join(declaration.split())
    slot = re.sub(rf"(\(\s*PPO_CALL\s*\*)\s*{name}\s*\)", r"\1)", plain)
    if slot != plain:
        return slot
    return re.sub(rf"\s*\b{name}\b\s*(\[\w+\])?$", r"\1", plain)


def declarations(body):
    return [part.strip() for part in contract.without_comments(body).split(";") if part.strip()]


def lines_of_struct(name, members, body, frozen):
    figures = contract.figures()
    yield f'static_assert(sizeof({name}) {"==" if frozen else ">="} {figures[name]}, "{name}");'
    for member, declaration in zip(members, declarations(body)):
        yield f'static_assert(offsetof({name}, {member}) == {figures[f"{name}.{member}"]}, "{name}.{member}");'
        yield (f"static_assert(std::is_same_v<decltype({name}::{member}), {type_of(declaration, member)}>, "
               f'"{name}.{member}");')
    yield ""


def lines_of_constants(header):
    words = contract.words_of(header)
    for name in contract.constants_of(header):
        if name in words:
            yield f'static_assert(std::string_view{{{name}}} == "{words[name]}", "{name}");'
        elif name == "PPO_TIME_NONE":
            yield f'static_assert({name} == INT64_MIN, "{name}");'
        elif name != "PPO_ABI_MINOR":  # The one that is there to change.
            yield f'static_assert({name} == {contract.figures()[name]}, "{name}");'


def lock_of(header, release):
    lines = list(lines_of_constants(header))
    if lines:
        lines.append("")
    for name, (members, body, frozen) in contract.structs_of(header).items():
        lines += lines_of_struct(name, members, body, frozen)
    return HEAD.format(release=release, header=header.name) + "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir()
    release = folder.name.removeprefix("lock-")
    for header in contract.HEADERS:
        if text := lock_of(header, release):
            file = folder / f"{header.stem}.cpp"
            file.write_text(text, encoding="utf-8")
            subprocess.run(["clang-format-14", "-i", str(file)], check=True)


if __name__ == "__main__":
    main()
