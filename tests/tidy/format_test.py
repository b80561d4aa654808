# SPDX-License-Identifier: Apache-2.0
"""C++ is laid out as .clang-format says. Exit status 77 where there is no clang-format 14. Usage: format_test.py"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def formatter():
    for name in ("clang-format-14", "clang-format"):
        path = shutil.which(name)
        if not path:
            continue
        version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
        if " version 14." in version:
            return path
    return None


def badly_laid_out(program, files):
    """Which of the files the formatter would change."""
    done = subprocess.run([program, "--style=file", "--dry-run", "-Werror", "--ferror-limit=1", *map(str, files)],
                          capture_output=True, text=True, check=False)
    return sorted(set(re.findall(r"^(.+?):\d+:\d+: error: code should be clang-formatted", done.stderr, flags=re.M)))


def tells_good_from_bad(program):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / ".clang-format", folder)
        good, bad = pathlib.Path(folder, "good.cpp"), pathlib.Path(folder, "bad.cpp")
        good.write_text("int x;\n", encoding="utf-8")
        bad.write_text("int  x ;\n", encoding="utf-8")
        return badly_laid_out(program, [good, bad]) == [str(bad)]


def main():
    program = formatter()
    if not program:
        print("not checked: clang-format 14 is not here")
        return 77
    if not tells_good_from_bad(program):
        print("the formatter does not tell good from bad")
        return 1
    files = [file for folder in ("plugin", "host-simulator", "tests") for ending in ("*.cpp", "*.hpp")
             for file in sorted((ROOT / folder).rglob(ending)) if "node_modules" not in file.parts]
    bad = badly_laid_out(program, files)
    for file in bad:
        print(f"{pathlib.Path(file).relative_to(ROOT)}: run {pathlib.Path(program).name} -i on it")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main())
