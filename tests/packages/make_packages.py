# SPDX-License-Identifier: Apache-2.0
"""Makes all packages of a build. Usage: make_packages.py BUILD FOLDER"""
import os
import pathlib
import shutil
import subprocess
import sys

ANY_DAY = "1764115200"  # 26 November 2025


def make(build, folder, **environment):
    """Leaves three .deb and one .tar.gz in the folder, which is emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run(["cpack", "-B", str(folder)], cwd=build, capture_output=True, text=True, check=False,
                          env={**os.environ, "SOURCE_DATE_EPOCH": ANY_DAY, **environment})
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    shutil.rmtree(pathlib.Path(folder, "_CPack_Packages"))


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
