# SPDX-License-Identifier: Apache-2.0
"""Reads the headers of abi/: structs with their members, function pointers with their comments, constants; and asks a
compiler for their figures."""
import functools
import pathlib
import re
import subprocess
import tempfile

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "abi" / "include"
HEADERS = sorted((INCLUDE / "ppo").glob("*.h"))
STRICT = ["-Wall", "-Wextra", "-pedantic", "-Wpadded", "-Wconversion", "-Wsign-conversion", "-Wundef", "-Werror",
          "-fsyntax-only", "-I", str(INCLUDE)]
C_STANDARDS = ("c90", "c99", "c11", "c17", "c2x")
CXX_STANDARDS = ("c++98", "c++03", "c++11", "c++14", "c++17", "c++20", "c++23")


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


def structs_of(header):
    """{struct: (members, header text of the body with comments, frozen?)} of one header."""
    found = {}
    text = header.read_text(encoding="utf-8")
    for match in re.finditer(r"typedef struct (\w+) \{(.*?)\n\} \1;", text, flags=re.S):
        before = text[: match.start()].rstrip()
        comment = before[before.rfind("/*"):] if before.endswith("*/") else ""
        found[match.group(1)] = (members_of(without_comments(match.group(2))), match.group(2), "Frozen" in comment)
    return found


def structs():
    return {name: struct for header in HEADERS for name, struct in structs_of(header).items()}


def constants_of(header):
    """Names of every enumerator and every numeric or text macro of one header."""
    names = []
    text = without_comments(header.read_text(encoding="utf-8"))
    for body in re.findall(r"\benum\s*\w*\s*\{(.*?)\}", text, flags=re.S):
        names += [entry.split("=")[0].strip() for entry in body.split(",") if entry.strip()]
    names += [name for name, value in re.findall(r"^#define (PPO_\w+)[ ]+(\S.*)$", text, flags=re.M)
              if re.match(r'[-"\d(U]|INT64_MIN', value)]
    return names


def constants():
    return [name for header in HEADERS for name in constants_of(header)]


def words_of(header):
    """{macro: text} of the ids in one header."""
    return dict(re.findall(r'^#define (PPO_\w+) "([^"]*)"$', header.read_text(encoding="utf-8"), flags=re.M))


@functools.lru_cache
def figures():
    """{"struct", "struct.member" or constant: number}, as this machine's compiler has them."""
    words = {name for header in HEADERS for name in words_of(header)}
    lines = ['#include "ppo/ppo.h"', "#include <stdio.h>", "int main(void) {"]
    for name, (members, _, _) in structs().items():
        lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
        lines += [f'printf("{name}.{member} %zu\\n", offsetof({name}, {member}));' for member in members]
    lines += [f'printf("{name} %lld\\n", (long long)({name}));' for name in constants() if name not in words]
    lines.append("return 0; }")
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, "figures")
        subprocess.run(["cc", "-x", "c", "-I", str(INCLUDE), "-o", str(program), "-"], input="\n".join(lines),
                       text=True, check=True)
        said = subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout
    return {name: int(value) for name, value in (line.split() for line in said.splitlines())}


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


def signature_of(header, slot):
    """What a function returns, and its parameters, as text."""
    text = without_comments((INCLUDE / "ppo" / header).read_text(encoding="utf-8"))
    called = rf"\(\s*PPO_CALL\s*\*\s*{slot}\s*\)|\bPPO_CALL {slot}\b"
    match = re.search(rf"([^;{{}}]*)(?:{called})\s*\(([^;]*)\);", text)
    return " ".join(match.group(1).split()).removeprefix("PPO_EXPORT "), " ".join(match.group(2).split())


def parameters_of(header, slot):
    """Names of a function's parameters."""
    parameters = signature_of(header, slot)[1]
    return [] if parameters == "void" else [re.search(r"\w+$", one.strip())[0] for one in parameters.split(",")]


def results_in(comment):
    """Results as a comment names them: in full, or short (`_NO_EMAIL`) after one of the same band."""
    band = None
    for name in re.findall(r"(?<![A-Z0-9])(?:PPO_(?:REFUSED|MISUSE|FAULT))?_[A-Z][A-Z_]*[A-Z]\b", comment):
        full = re.match(r"PPO_(?:REFUSED|MISUSE|FAULT)", name)
        band = full[0] if full else band
        if full or band:
            yield name if full else f"{band}{name}"


def compile_texts(compiler, standard, texts, flags=()):
    """Compiles texts, each alone; returns what the compiler had to say, empty when it was content."""
    language = "c++" if standard.startswith("c++") else "c"
    if language == "c++" and "clang" in compiler:
        standard = standard.replace("c++23", "c++2b")  # As it was called before.
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder, f"{number}.{'cc' if language == 'c++' else 'c'}") for number in range(len(texts))]
        for file, text in zip(files, texts):
            file.write_text(text, encoding="utf-8")
        done = subprocess.run([compiler, f"-std={standard}", *STRICT, *flags, *map(str, files)],
                              capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr or "the compiler failed"
