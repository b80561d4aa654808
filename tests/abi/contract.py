# SPDX-License-Identifier: Apache-2.0
"""Reads the headers of abi/: structs with their members, function pointers with their comments, constants."""
import pathlib
import re
import subprocess
import tempfile

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "abi" / "include"
HEADERS = sorted((INCLUDE / "ppo").glob("*.h"))
STRICT = ["-Wall", "-Wextra", "-pedantic", "-Wpadded", "-Wconversion", "-Werror", "-fsyntax-only", "-I", str(INCLUDE)]
C_STANDARDS = ("c99", "c11", "c17")
CXX_STANDARDS = ("c++17", "c++20")


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def members_of(body):
    """Names of the members in a struct's body (without comments), in order."""
    names = []
    for declaration in filter(None, (part.strip() for part in body.split(";"))):
        slot = re.match(r".*?\(\s*PPO_CALL\s*\*\s*(\w+)\s*\)", declaration, flags=re.S)
        plain = re.match(r".*?(\w+)\s*(?:\[[^\]]*\])?$", declaration, flags=re.S)
        names.append((slot or plain).group(1))
    return names


def structs():
    """{struct: (members, header text of the body with comments, frozen?)} of every header."""
    found = {}
    for header in HEADERS:
        text = header.read_text(encoding="utf-8")
        for match in re.finditer(r"typedef struct (\w+) \{(.*?)\n\} \1;", text, flags=re.S):
            before = text[: match.start()].rstrip()
            comment = before[before.rfind("/*"):] if before.endswith("*/") else ""
            found[match.group(1)] = (members_of(without_comments(match.group(2))), match.group(2), "Frozen" in comment)
    return found


def constants():
    """Names of every enumerator and every numeric or text macro."""
    names = []
    for header in HEADERS:
        text = without_comments(header.read_text(encoding="utf-8"))
        for body in re.findall(r"\benum\s*\w*\s*\{(.*?)\}", text, flags=re.S):
            names += [entry.split("=")[0].strip() for entry in body.split(",") if entry.strip()]
        names += [name for name, value in re.findall(r"^#define (PPO_\w+)[ ]+(\S.*)$", text, flags=re.M)
                  if re.match(r'[-"\d(U]|INT64_MIN', value)]
    return names


def slots():
    """(header name, slot name, comment above it) of every function pointer and function in a header."""
    found = []
    for header in HEADERS:
        text = header.read_text(encoding="utf-8")
        for match in re.finditer(r"\(\s*PPO_CALL\s*\*\s*(\w+)\s*\)\s*\(|\bPPO_CALL (\w+)\(", text):
            line_start = text.rfind(";", 0, match.start())
            line_start = max(line_start, text.rfind("{", 0, match.start()), text.rfind("*/", 0, match.start()) + 1)
            if text[text.rfind("\n", 0, match.start()) + 1:].startswith("typedef"):
                continue
            comment_end = text.rfind("*/", 0, match.start())
            comment = text[text.rfind("/*", 0, comment_end): comment_end + 2] if comment_end + 1 == line_start else ""
            found.append((header.name, match.group(1) or match.group(2), comment))
    return found


def compile_text(compiler, standard, text, flags=()):
    """Compiles a text; returns what the compiler had to say, empty when it was content."""
    language = "c++" if standard.startswith("c++") else "c"
    with tempfile.NamedTemporaryFile("w", suffix=".cc" if language == "c++" else ".c", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([compiler, "-x", language, f"-std={standard}", *STRICT, *flags, file.name],
                              capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr or "the compiler failed"
