# SPDX-License-Identifier: Apache-2.0
"""Shows Doxygen which comments of a header are documentation: all, in front of what they are about, or behind it."""
import re
import sys


# Members that are the same everywhere; base.h says more.
EVERYWHERE = {"struct_size": "sizeof as compiled, by whoever filled the struct or owns it.",
              "context": "Handed back with each call.", "reserved": "0."}


def documented(text):
    lines = []
    for line in text.splitlines():
        member = re.fullmatch(r"\s+[\w *]+?\b(\w+);", line)
        if member and member.group(1) in EVERYWHERE:
            lines.append(f"{line} /**< {EVERYWHERE[member.group(1)]} */")
        elif re.match(r"^/\* (SPDX|-{9})", line):  # The licence, and rulers between parts.
            lines.append("")
        elif re.match(r"^\s*/\*", line):
            lines.append(line.replace("/*", "/**", 1))
        else:
            lines.append(re.sub(r"/\*(?=[^*])", "/**<", line, count=1) if not line.lstrip().startswith("*") else line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as header:
        sys.stdout.write(documented(header.read()))
