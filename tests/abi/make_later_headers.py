# SPDX-License-Identifier: Apache-2.0
"""Writes the headers of a minor that does not exist yet: every struct that may grow has, every table has a slot more.

    make_later_headers.py INCLUDE

Built with these a host is newer than the plugin beside it, and a plugin newer than its host.
"""
import pathlib
import re
import sys

import contract

SLOT = "    ppo_result(PPO_CALL *since_later)(void);\n"
MEMBER = "    uint64_t since_later; /* 0 = as before. */\n"


def grown(text, header):
    for name, (_, body, frozen) in contract.structs_of(header).items():
        if not frozen:
            more = SLOT if "PPO_CALL" in body else MEMBER
            text = re.sub(rf"^\}} {name};", f"{more}}} {name};", text, count=1, flags=re.M)
    return text.replace("#define PPO_ABI_MINOR 0u", "#define PPO_ABI_MINOR 1u\n#define PPO_LATER 1")


def main():
    folder = pathlib.Path(sys.argv[1], "ppo")
    folder.mkdir(parents=True, exist_ok=True)
    for header in contract.HEADERS:
        text = grown(header.read_text(encoding="utf-8"), header)
        file = folder / header.name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
