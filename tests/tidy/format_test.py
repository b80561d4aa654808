# SPDX-License-Identifier: Apache-2.0
"""C++ is laid out as .clang-format says. Exit status 77 where there is no clang-format 14. Usage: format_test.py"""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def formatter():
    for name in ("clang-format-14", "clang-format"):
        path = shutil.which(name)
        if path and " version 14." in subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout:
            return path
    return None


def differs(program, text):
    done = subprocess.run([program, "--style=file", "--assume-filename=" + str(ROOT / "plugin" / "x.cpp")],
                          input=text, capture_output=True, text=True, check=True)
    return done.stdout != text


def main():
    program = formatter()
    if not program:
        print("not checked: clang-format 14 is not here")
        return 77
    if not differs(program, "int  x ;\n") or differs(program, "int x;\n"):
        print("the formatter does not tell good from bad")
        return 1
    files = [file for folder in ("plugin", "host-simulator", "tests") for ending in ("*.cpp", "*.hpp")
             for file in sorted((ROOT / folder).rglob(ending)) if "node_modules" not in file.parts]
    bad = [file for file in files if differs(program, file.read_text(encoding="utf-8"))]
    for file in bad:
        print(f"{file.relative_to(ROOT)}: run {pathlib.Path(program).name} -i on it")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main())
